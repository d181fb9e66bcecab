import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  imageSlug,
  readDefaultBranch
} from "./chunk-default-branch.js";
import {
  countProblems,
  describeHealth,
  problemsOf,
  uncheckedOf
} from "./chunk-health-report.js";
import {
  readWorkflowInput
} from "./chunk-workflow-input.js";
import {
  readImage
} from "./chunk-read-image.js";
import "./chunk-read-content.js";
import {
  readRegistryCredentials
} from "./chunk-credentials.js";
import {
  mapParallel
} from "./chunk-parallel.js";
import "./chunk-docker-credentials.js";
import {
  isTransientError,
  openRegistry
} from "./chunk-registry.js";
import "./chunk-stream.js";
import "./chunk-login.js";
import {
  require_node_os
} from "./chunk-os.js";
import "./chunk-link-header.js";
import "./chunk-crypto.js";
import "./chunk-parse-json.js";
import "./chunk-request.js";
import "./chunk-refusal.js";
import {
  runProgram
} from "./chunk-run-program.js";
import "./chunk-vendor-core.js";
import "./chunk-process.js";
import {
  readRepositoryInput,
  readRepositoryName
} from "./chunk-event.js";
import {
  require_promises
} from "./chunk-retry.js";
import {
  readGateInputs
} from "./chunk-gate-inputs.js";
import {
  readClock
} from "./chunk-clock.js";
import "./chunk-decide-gate.js";
import {
  formatMarkdownTable,
  formatTextTable,
  writeSummary
} from "./chunk-step-summary.js";
import {
  maskSecret,
  readBoolean,
  readChoice,
  readDuration,
  readInteger,
  readLines,
  readList,
  readText,
  runStep,
  setFailed,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  GITHUB_ISSUER,
  RELEASING_TRIGGERS,
  attestationArguments,
  formatReferrersTag,
  formatSignatureTags,
  hasReleasingTrigger,
  identityOf,
  judgeTagHealth,
  judgeVerification,
  movingTagsOf,
  parseImages,
  parsePlatforms,
  parseSuffix,
  platformSlug,
  readReferrers,
  require_node_path,
  verifyArguments
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  codeText,
  escapeMarkdown,
  quoteValue,
  require_node_fs,
  showText
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// verify-image/main.ts
var import_node_fs2 = __toESM(require_node_fs(), 1);
var import_node_os2 = __toESM(require_node_os(), 1);
var import_node_path2 = __toESM(require_node_path(), 1);

// verify-image/check-trust.ts
var import_promises = __toESM(require_promises(), 1);
function createPatience(attempts, delay, onRetry) {
  let left = attempts;
  const giveUp = () => {
    left = 1;
  };
  return { attempts: () => left, giveUp, delay, onRetry };
}
async function checkSignature(reference, trust, about, patience) {
  const look = async () => {
    const seen = await verifySignature(reference, trust);
    if (seen.verdict !== "refused" || !seen.absent) return { seen, passes: isPassing(seen) };
    try {
      return { seen, passes: await about.isKept() };
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      return { seen: { verdict: "not-checked", said, transient: true }, passes: true };
    }
  };
  const what = about.platform === void 0 ? "signature" : `signature of ${about.platform}`;
  return describe("signature", what, await keepLooking(reference, look, patience));
}
async function verifySignature(reference, trust) {
  const verify = async (of) => judgeVerification("cosign", await runProgram("cosign", verifyArguments(reference, of)));
  if (trust.kind === "key") return verify(trust);
  const [first, ...others] = RELEASING_TRIGGERS;
  let seen = await verify({ ...trust, ...first === void 0 ? {} : { trigger: first } });
  for (const trigger of others) {
    if (seen.verdict !== "refused" || !seen.otherTrigger) return seen;
    seen = await verify({ ...trust, trigger });
  }
  return seen;
}
async function checkAttestation(reference, { token, ...attester }, patience) {
  const args = [...attestationArguments(reference, attester), "--format", "json"];
  const look = async () => {
    const run = await runProgram("gh", args, { env: { GH_TOKEN: token, NO_COLOR: "1" } });
    const seen = judgeVerification("gh", run);
    if (seen.verdict !== "verified" || hasReleasingTrigger(run.stdout)) return { seen, passes: isPassing(seen) };
    const said = "it was made by a run that no release comes from, such as one of a pull request";
    return { seen: { verdict: "refused", said, absent: false, otherTrigger: true }, passes: false };
  };
  return describe("attestation", "attestation", await keepLooking(reference, look, patience));
}
function isPassing(seen) {
  return seen.verdict === "not-checked" && seen.transient;
}
async function keepLooking(reference, look, { attempts, giveUp, delay, onRetry }) {
  for (let attempt = 1; ; attempt += 1) {
    const { seen, passes } = await look();
    if (!passes || seen.verdict === "verified") return seen;
    const most = attempts();
    if (attempt >= most) {
      giveUp();
      return seen;
    }
    onRetry(`${reference}: ${seen.said} Looking again in ${delay / 1e3} s (attempt ${attempt + 1} of ${most}).`);
    await (0, import_promises.setTimeout)(delay);
  }
}
function describe(kind, what, verification) {
  if (verification.verdict === "verified") return [];
  const said = showText(verification.said).replace(/\.$/u, "");
  return verification.verdict === "refused" ? [{ kind, detail: `The ${what} does not verify: ${said}.` }] : [
    {
      kind: "not-checked",
      detail: `The ${what} could not be checked, which says nothing about the image: ${said}.`
    }
  ];
}

// verify-image/describe-report.ts
function describeReport(report) {
  const rows = report.images.flatMap(
    ({ image, tags }) => tags.map(({ tag, digest, problems: problems2 }) => [
      showText(`${image}:${tag}`),
      digest || "no digest",
      describeHealth(problems2)
    ])
  );
  const problems = [...problemsOf(report), ...uncheckedOf(report)].map(
    ({ where, kind, detail }) => showText(`${where}: ${kind}: ${detail}`)
  );
  return [formatTextTable(rows), ...problems].filter((line) => line !== "").join("\n");
}
function summariseReport(report) {
  const [problems, unchecked] = [problemsOf(report), uncheckedOf(report)];
  const well = unchecked.length === 0 ? "Published images are well" : "Published images could not all be checked";
  const title = problems.length === 0 ? well : `Published images have ${countProblems(problems)}`;
  const rows = report.images.flatMap(({ image, problems: own, tags }) => [
    ...own.length === 0 ? [] : [[codeText(image), "", "", "", listed(own)]],
    ...tags.map((tag) => [
      codeText(`${image}:${tag.tag}`),
      tag.digest === "" ? "" : codeText(tag.digest.slice(0, 19)),
      escapeMarkdown(Object.keys(tag.manifests).join(", ")),
      escapeMarkdown(tag.created.slice(0, 10)),
      tag.problems.length === 0 ? "ok" : listed(tag.problems)
    ])
  ]);
  return `### ${title}

${formatMarkdownTable({ header: ["tag", "digest", "platforms", "of", ""], rows })}`;
}
function listed(problems) {
  return problems.map(({ detail }) => escapeMarkdown(detail)).join("<br>");
}

// verify-image/list-scan-targets.ts
function listScanTargets({ images }) {
  const targets = images.flatMap(
    ({ image, tags }) => tags.flatMap(
      ({ manifests }) => Object.entries(manifests).map(([platform, digest]) => {
        const slug = platformSlug(platform);
        return {
          ...{ platform, slug, digest, reference: `${image}@${digest}` },
          name: `${imageSlug({ repository: image, digest })}-${slug}`
        };
      })
    )
  );
  const seen = /* @__PURE__ */ new Set();
  return targets.filter(({ digest }) => !seen.has(digest) && seen.add(digest));
}

// verify-image/read-settings.ts
var import_node_os = __toESM(require_node_os(), 1);
function readSettings(repository) {
  readGateInputs();
  const tags = readList("tags");
  const wrong = tags.find((tag) => !/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/u.test(tag));
  if (wrong !== void 0) throw new InputError(`Input \`tags\` holds ${quoteValue(wrong)}, which is no tag.`);
  const age = readText("max-age");
  const workflow = readWorkflowInput();
  const signer = readRepositoryInput();
  const token = readText("token");
  const attestation = readBoolean("attestation", false);
  return {
    ...{ tags, token },
    images: parseImages(readText("image"), repository),
    suffixes: readLines("suffixes").map(parseSuffix),
    defaultBranch: tags.length > 0 ? "" : readDefaultBranch(readText("default-branch")),
    platforms: parsePlatforms(readText("platforms", "linux/amd64,linux/arm64")),
    maximumAge: age === "" ? void 0 : readDuration("max-age", age),
    signature: readSignatureCheck(workflow, signer),
    attestation: attestation ? { workflow, token, repository: signer } : void 0,
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s"),
    failOnProblems: readBoolean("fail-on-problems", true),
    reportFolder: readText("report-folder", process.env.RUNNER_TEMP || (0, import_node_os.tmpdir)())
  };
}
function readSignatureCheck(workflow, repository) {
  const mode = readChoice("signature", ["none", "key", "keyless"], "none");
  const key = readText("cosign-public-key");
  const transparencyLog = readBoolean("transparency-log", true);
  if (mode === "none") return void 0;
  if (mode === "keyless") {
    const identity = identityOf(workflow, process.env.GITHUB_SERVER_URL || "https://github.com");
    return { mode, trust: { kind: "workflow", identity, issuer: GITHUB_ISSUER, repository } };
  }
  if (!key.includes("-----BEGIN PUBLIC KEY-----")) {
    throw new InputError("Input `cosign-public-key` is no public key in PEM, which `signature: key` needs.");
  }
  return { mode, key, transparencyLog };
}

// verify-image/verify-repository.ts
var together = 4;
var mostVerified = 256;
async function verifyRepository(registry, settings, now, patience) {
  const { image } = registry;
  let tags;
  try {
    tags = settings.tags.length > 0 ? settings.tags : await listMovingTags(registry, settings);
  } catch (error) {
    return { image, tags: [], problems: [describeFailure(error)] };
  }
  const looked = await mapParallel(tags, together, (tag) => lookAtTag(registry, tag, settings, now));
  const trusted = await verifyDigests(registry, looked, settings, patience);
  const problems = tags.length > 0 ? trusted.problems : [{ kind: "not-resolving", detail: "No moving tag is published here." }];
  const judged = looked.map(({ health, digests }) => {
    const found = digests.flatMap(({ digest }) => trusted.byDigest.get(digest) ?? []);
    return { ...health, problems: [...health.problems, ...found] };
  });
  return { image, problems, tags: judged };
}
async function listMovingTags(registry, settings) {
  return movingTagsOf(await registry.listTags() ?? [], settings);
}
async function lookAtTag(registry, tag, { platforms, maximumAge }, now) {
  const nothing = { tag, digest: "", revision: "", created: "", manifests: {} };
  try {
    const seen = await readImage(registry, tag);
    const rules = { platforms, maximumAge, now };
    const problems = judgeTagHealth(seen && { ...seen, platforms: [...seen.platforms.keys()] }, rules);
    if (seen === void 0) return { health: { ...nothing, problems }, digests: [] };
    const { digest, created, facts } = seen;
    const gone = new Set(seen.missing.map((part) => part.digest));
    return {
      health: { tag, digest, created, revision: facts.revision ?? "", manifests: manifestsOf(seen, gone), problems },
      digests: [{ digest }, ...seen.images.filter((image) => !gone.has(image.digest))]
    };
  } catch (error) {
    return { health: { ...nothing, problems: [describeFailure(error)] }, digests: [] };
  }
}
function manifestsOf({ platforms }, gone) {
  return Object.fromEntries([...platforms].filter(([platform, digest]) => platform !== "unknown" && !gone.has(digest)));
}
async function verifyDigests(registry, looked, settings, patience) {
  if (settings.trust === void 0 && settings.attestation === void 0) return { byDigest: /* @__PURE__ */ new Map(), problems: [] };
  const all = looked.flatMap(({ digests }) => digests);
  const named = all.filter(({ platform }) => platform === void 0);
  const unique = [...new Map([...all, ...named].map((one) => [one.digest, one])).values()];
  const sorted = [...unique].sort((one, other) => Number("platform" in one) - Number("platform" in other));
  const verified = await mapParallel(sorted.slice(0, mostVerified), together, async (one) => {
    return [one.digest, await verifyDigest(registry, one, settings, patience)];
  });
  const left = sorted.length - verified.length;
  const detail = `The signatures of ${left} of ${sorted.length} digests were not checked, as ${mostVerified} are the most: name the \`tags\` that matter.`;
  return { byDigest: new Map(verified), problems: left > 0 ? [{ kind: "not-checked", detail }] : [] };
}
async function verifyDigest(registry, { digest, platform }, { trust, attestation }, patience) {
  const reference = `${registry.image}@${digest}`;
  const about = { platform, isKept: () => keepsCompanions(registry, digest) };
  return [
    ...trust === void 0 ? [] : await checkSignature(reference, trust, about, patience),
    // GitHub's attestation is of the digest that the tag names.
    ...attestation === void 0 || platform !== void 0 ? [] : await checkAttestation(reference, attestation, patience)
  ];
}
async function keepsCompanions(registry, digest) {
  const told = await registry.getReferrers(digest);
  if (readReferrers(told && { parsed: told }, digest, []).length > 0) return true;
  if (readReferrers(await registry.getManifest(formatReferrersTag(digest)), digest, []).length > 0) return true;
  const [signature = ""] = formatSignatureTags(digest);
  return await registry.headManifest(signature) !== void 0;
}
function describeFailure(error) {
  const detail = error instanceof Error ? error.message : String(error);
  return isTransientError(error) ? { kind: "not-checked", detail: `It could not be looked at, which says nothing about the image: ${detail}` } : { kind: "not-readable", detail };
}

// verify-image/write-report.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);
function writeReport(folder, report) {
  const path = (0, import_node_path.join)(folder, "verify-report.json");
  try {
    (0, import_node_fs.mkdirSync)(folder, { recursive: true });
    (0, import_node_fs.writeFileSync)(path, `${JSON.stringify(report, void 0, 1)}
`);
    return path;
  } catch (cause) {
    throw new InputError(`Input \`report-folder\` is ${quoteValue(folder, 300)}, where no file can be written.`, {
      cause
    });
  }
}

// verify-image/main.ts
var mostTargets = 256;
var mostWarnings = 10;
await runStep(async () => {
  const settings = readSettings(readRepositoryName());
  maskSecret(settings.token);
  const now = readClock();
  const credentials = readRegistryCredentials(process.env, settings.token);
  const onRetry = (sentence2) => warning(showText(sentence2));
  const { attempts, retryDelay: delay } = settings;
  const patience = createPatience(attempts, delay, onRetry);
  const images = await withTrust(settings.signature, async (trust) => {
    const found = [];
    for (const image of settings.images) {
      const registry = openRegistry(image, { credentials, attempts, delay, onRetry });
      found.push(await verifyRepository(registry, { ...settings, trust }, now.getTime(), patience));
    }
    return found;
  });
  const report = { format: "longshore-verify-1", checkedAt: now.toISOString(), run: pageOfRun(), images };
  const [problems, unchecked] = [problemsOf(report), uncheckedOf(report)];
  const targets = listScanTargets(report);
  if (targets.length > mostTargets) {
    warning(
      `${targets.length} platforms are published, and a matrix takes ${mostTargets}: name the \`tags\` that matter most.`
    );
  }
  printText(describeReport(report));
  writeSummary(summariseReport(report));
  writeOutputs({
    healthy: String(problems.length + unchecked.length === 0),
    problems: String(problems.length),
    "not-checked": String(unchecked.length),
    checked: String(images.reduce((sum, { tags }) => sum + tags.length, 0)),
    targets: JSON.stringify(targets.slice(0, mostTargets)),
    report: writeReport(settings.reportFolder, report)
  });
  const reasons = [...new Map(unchecked.map((one) => [one.detail, `${one.where}: ${one.detail}`])).values()];
  for (const reason of reasons.slice(0, mostWarnings)) warning(showText(reason));
  const all = [...problems, ...unchecked];
  const [first] = all;
  if (first === void 0) return;
  const more = all.length === 1 ? "" : ` and ${all.length - 1} more, see the summary`;
  const sentence = `${first.where}: ${first.detail.replace(/\.$/u, "")}${more}.`;
  if (settings.failOnProblems) setFailed(showText(sentence));
  else warning(showText(sentence));
});
async function withTrust(check, verify) {
  if (check?.mode !== "key") return verify(check?.trust);
  const folder = (0, import_node_fs2.mkdtempSync)((0, import_node_path2.join)(process.env.RUNNER_TEMP || (0, import_node_os2.tmpdir)(), "longshore-key-"));
  try {
    const publicKey = (0, import_node_path2.join)(folder, "cosign.pub");
    (0, import_node_fs2.writeFileSync)(publicKey, check.key);
    return await verify({ kind: "key", publicKey, transparencyLog: check.transparencyLog });
  } finally {
    (0, import_node_fs2.rmSync)(folder, { recursive: true, force: true });
  }
}
function pageOfRun() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = process.env;
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : "";
}
