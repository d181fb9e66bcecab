import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  imageSlug,
  readDefaultBranch
} from "./chunk-default-branch.js";
import {
  readImage
} from "./chunk-read-image.js";
import "./chunk-read-content.js";
import {
  readRegistryCredentials
} from "./chunk-credentials.js";
import "./chunk-parallel.js";
import "./chunk-docker-credentials.js";
import {
  openRegistry
} from "./chunk-registry.js";
import "./chunk-stream.js";
import "./chunk-login.js";
import "./chunk-os.js";
import "./chunk-link-header.js";
import "./chunk-crypto.js";
import "./chunk-parse-json.js";
import "./chunk-request.js";
import "./chunk-refusal.js";
import "./chunk-vendor-core.js";
import "./chunk-process.js";
import "./chunk-event.js";
import {
  require_promises
} from "./chunk-retry.js";
import {
  readGateInputs
} from "./chunk-gate-inputs.js";
import "./chunk-decide-gate.js";
import {
  formatTextTable
} from "./chunk-step-summary.js";
import {
  maskSecret,
  readChoice,
  readDuration,
  readText,
  runStep,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  formatTag,
  isDigest,
  parsePlatforms,
  parseSuffix,
  platformSlug
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  quoteValue,
  showText
} from "./chunk-escape.js";
import {
  InputError,
  normaliseImage
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// wait-for-image/find-baseline.ts
async function findBaseline({ repository, digest, baseline, sameBaseline, suffix }, open) {
  if (baseline === "") return void 0;
  const wanted = baseline === "auto" ? { repository, reference: defaultBranchTag(suffix) } : parseReference(baseline);
  const separator = isDigest(wanted.reference) ? "@" : ":";
  const name = `${wanted.repository}${separator}${wanted.reference}`;
  const image = await readImage(open(wanted.repository), wanted.reference);
  if (image === void 0)
    return `There is no ${name} to compare with: everything found counts as new. Build it, or name another image in the input \`baseline\`.`;
  if (image.digest === digest && sameBaseline === "new")
    return `${name} is this very image, which is no comparison: everything found counts as new. Name another image in the input \`baseline\`, or put tags after the scan and say \`same-baseline: known\`.`;
  return { repository: wanted.repository, image };
}
function parseReference(text) {
  const at = text.indexOf("@");
  const colon = text.lastIndexOf(":");
  const cut = at >= 0 ? at : colon > text.lastIndexOf("/") ? colon : -1;
  const reference = text.slice(cut + 1);
  if (cut < 0 || !(at >= 0 ? isDigest(reference) : /^\w[\w.-]{0,127}$/u.test(reference))) {
    throw new InputError(
      `Input \`baseline\` is ${quoteValue(text, 200)}: give \`repository:tag\`, \`repository@sha256:…\` or \`auto\`.`
    );
  }
  return { repository: normaliseImage(text.slice(0, cut)), reference };
}
function defaultBranchTag(suffix) {
  const missing = "Input `baseline` is `auto`, and this event does not tell the default branch: give `repository:tag`.";
  return formatTag({ class: "branch", suffix }, { defaultBranch: readDefaultBranch("", missing) });
}

// wait-for-image/list-targets.ts
function listTargets(request, { platforms }, baseline) {
  const asked = request.platforms.length === 0 ? [...platforms.keys()] : request.platforms;
  const what = `${request.repository}@${request.digest}`;
  if (asked.length === 0) throw new InputError(`Input \`image\` names ${what}, which holds no image of any platform.`);
  if (asked.includes("unknown")) {
    throw new InputError(
      `${what} holds an image of a platform that is not known: name those to scan in the input \`platforms\`.`
    );
  }
  const variant = request.suffix === "" ? [] : [request.suffix.replace(/^-/, "")];
  return asked.map((platform) => {
    const digest = platforms.get(platform);
    if (digest === void 0) {
      const has = [...platforms.keys()].join(", ");
      throw new InputError(`Input \`platforms\` names ${platform}, which ${what} has not: it has ${has || "none"}.`);
    }
    const slug = platformSlug(platform);
    const before = baseline?.image.platforms.get(platform);
    return {
      ...{
        platform,
        slug,
        digest,
        reference: `${request.repository}@${digest}`,
        name: `${imageSlug(request)}-${slug}`
      },
      category: [request.repository, slug, ...variant].join("/"),
      baseline: before === void 0 ? "" : `${baseline?.repository}@${before}`
    };
  });
}

// wait-for-image/read-request.ts
function readRequest() {
  readGateInputs();
  const platforms = readText("platforms");
  return {
    ...readImage2(readText("image")),
    platforms: platforms === "" ? [] : parsePlatforms(platforms),
    baseline: readText("baseline"),
    sameBaseline: readChoice("same-baseline", ["new", "known"], "new"),
    suffix: parseSuffix(readText("suffix")),
    wait: readWait(),
    token: readText("token")
  };
}
function readWait() {
  const wait = readDuration("wait", "5m");
  if (wait <= 2 * 36e5) return wait;
  throw new InputError(`Input \`wait\` is ${quoteValue(readText("wait"))}: at most \`2h\`.`);
}
function readImage2(image) {
  if (image === "") {
    throw new InputError(
      "Input `image` is empty: give `repository@sha256:…`, and skip this job where the build pushed none (its output `delivery` is not `registry`)."
    );
  }
  const at = image.indexOf("@");
  const digest = image.slice(at + 1);
  if (at < 0 || !isDigest(digest)) {
    throw new InputError(
      `Input \`image\` is ${quoteValue(image, 200)}: give it by digest, \`repository@sha256:…\`, so that what is scanned is what ships.`
    );
  }
  return { repository: normaliseImage(image.slice(0, at)), digest };
}

// wait-for-image/wait-for-parts.ts
var import_promises = __toESM(require_promises(), 1);
var PAUSES = [500, 1e3, 2e3, 4e3, 8e3, 15e3];
var NotServedError = class extends Error {
  name = "NotServedError";
};
async function waitForParts(registry, digest, limit, tell) {
  const end = performance.now() + limit;
  for (let look = 0; ; look += 1) {
    const image = await readImage(registry, digest);
    if (image !== void 0 && image.missing.length === 0) return image;
    const lacks = image?.missing.map((part) => `${part.what} (${part.digest})`).join(", ") ?? "the image itself";
    const left = end - performance.now();
    if (left <= 0) {
      throw new NotServedError(
        `${registry.image}@${digest} cannot be read whole after ${limit / 1e3} s: the registry does not serve ${lacks}. Check that it was pushed there and not removed, or give the input \`wait\` a longer time.`
      );
    }
    const delay = Math.min(PAUSES[Math.min(look, PAUSES.length - 1)] ?? 0, left);
    tell(`The registry does not serve ${lacks} yet: looking again in ${Math.ceil(delay / 100) / 10} s.`);
    await (0, import_promises.setTimeout)(delay);
  }
}

// wait-for-image/main.ts
await runStep(async () => {
  const request = readRequest();
  maskSecret(request.token);
  const credentials = readRegistryCredentials(process.env, request.token);
  const open = (repository) => openRegistry(repository, { credentials, onRetry: (sentence) => warning(showText(sentence)) });
  const image = await waitForParts(open(request.repository), request.digest, request.wait, printText);
  const baseline = await findBaseline(request, open);
  if (typeof baseline === "string") warning(showText(baseline));
  const targets = listTargets(request, image, typeof baseline === "string" ? void 0 : baseline);
  printText(formatTextTable(targets.map(({ platform, reference }) => [platform, reference])));
  writeOutputs({
    targets: JSON.stringify(targets),
    digest: image.digest,
    revision: image.facts.revision ?? "",
    name: imageSlug(request)
  });
});
