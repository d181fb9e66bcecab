import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  loadIntoDocker,
  readArchivedImage
} from "./chunk-load-into-docker.js";
import {
  readImage
} from "./chunk-read-image.js";
import {
  realTiming
} from "./chunk-timing.js";
import {
  connectGitHub
} from "./chunk-api.js";
import "./chunk-tar-file.js";
import "./chunk-read-content.js";
import {
  readRegistryCredentials
} from "./chunk-credentials.js";
import "./chunk-parallel.js";
import "./chunk-reads.js";
import "./chunk-error.js";
import "./chunk-docker-credentials.js";
import {
  isTransientError,
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
import "./chunk-run-program.js";
import "./chunk-vendor-core.js";
import "./chunk-process.js";
import {
  readApiUrl,
  readEventContext,
  readRepositoryName
} from "./chunk-event.js";
import "./chunk-retry.js";
import {
  writeSummary
} from "./chunk-step-summary.js";
import {
  maskSecret,
  readDuration,
  readInteger,
  readText,
  runStep,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  archiveEnding,
  attemptOfArchive,
  formatTag,
  groupBy,
  judgeFoundImage,
  parseComponent,
  parseImages,
  parsePlatform,
  parsePlatforms,
  parseSuffix,
  parseTag,
  planImage,
  readBuildFacts,
  readImageFacts,
  require_node_path
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

// find-image/describe-result.ts
function listOutputs(image) {
  const { reference, digest, tag, revision, platforms, source } = image;
  return { reference, digest, tag, revision, platforms: platforms.join(","), source };
}
function summariseFound({ reference, tag, revision, platforms, source }) {
  const where = source === "archive" ? "loaded from an archive" : `by its tag ${codeText(tag)}`;
  return `Found ${codeText(reference)} ${where}: commit ${codeText(revision)}, ${escapeMarkdown(platforms.join(", "))}.
`;
}

// find-image/find-target.ts
async function findTarget(request, gitHub) {
  const { suffix, pullRequest } = request;
  const repository = readRepositoryName();
  const given = request.revision === "" ? "" : await resolveRevision(request.revision, repository, gitHub);
  if (pullRequest > 0) {
    const revision = given || await readHead(pullRequest, repository, gitHub);
    const sha7 = revision.slice(0, 7);
    const tag = nameOf({ class: "pull-request", number: pullRequest, sha7, suffix });
    return { revision, what: `pull request ${pullRequest} at ${sha7}`, tags: [tag], lists: false };
  }
  if (given !== "") {
    const tags = [given, given.slice(0, 7)].map((sha) => nameOf({ class: "commit", sha, suffix }));
    return { revision: given, what: `commit ${given.slice(0, 7)}`, tags, lists: true };
  }
  return targetOfEvent(request);
}
function targetOfEvent({ image, component, suffix }) {
  const facts = readBuildFacts(readEventContext(), component);
  if (facts.kind === "none") {
    throw new InputError(
      `This event tells no image to find (${facts.reason}): give the input \`revision\` or \`pull-request\`.`
    );
  }
  const plan = planImage(facts, {
    ...{ images: [image], suffix, latest: "none", push: "auto", extraTags: [], versionPrefix: false, versions: [] },
    ...{ commitDate: "", now: /* @__PURE__ */ new Date(0) }
  });
  const tags = plan.tags.filter((tag) => tag.mutability === "immutable" && tag.class !== "date-time");
  const what = facts.kind === "pull-request" ? `pull request ${facts.number} at` : `${facts.kind} image of`;
  return {
    revision: facts.revision,
    what: `${what} ${facts.revision.slice(0, 7)}`,
    tags: tags.map(({ name }) => name),
    lists: false
  };
}
async function resolveRevision(text, repository, gitHub) {
  if (/^[0-9a-f]{40}$/iu.test(text)) return text.toLowerCase();
  return (await gitHub.resolveRef(repository, text)).sha;
}
async function readHead(number, repository, gitHub) {
  if (process.env.GITHUB_EVENT_NAME === "pull_request") {
    const facts = readBuildFacts(readEventContext(), "");
    if (facts.kind === "pull-request" && facts.number === number) return facts.revision;
  }
  return (await gitHub.readPullRequest(repository, number)).sha;
}
function nameOf(tag) {
  return formatTag(tag, { defaultBranch: "main" });
}
var named = ["pull-request", "merge-queue", "feature", "default-branch"];
var mostCandidates = 20;
function tagsOfRevision(names, revision, suffix) {
  const context = { defaultBranch: "main", suffixes: suffix === "" ? [] : [suffix] };
  const isOfRevision = (name) => {
    const tag = parseTag(name, context);
    const isNamed = named.some((tagClass) => tagClass === tag.class);
    return isNamed && "sha7" in tag && revision.startsWith(tag.sha7) && tag.suffix === suffix;
  };
  return names.filter(isOfRevision).slice(0, mostCandidates);
}
function isOfVersion(name, version, suffix) {
  return [false, true].some((prefixed) => name === nameOf({ class: "version", version, prefixed, suffix }));
}

// find-image/read-request.ts
var longestPullRequest = 999999999;
function readRequest(repository) {
  const images = parseImages(readText("image"), repository);
  const [image = ""] = images;
  if (images.length > 1)
    throw new InputError(`Input \`image\` names ${images.length} repositories: give one to look in.`);
  const wanted = readText("platforms");
  const one = readText("platform");
  const platforms = wanted === "" ? [] : parsePlatforms(wanted);
  const platform = one === "" ? "" : parsePlatform(one);
  const interval = readDuration("interval", "10s");
  if (interval < 1e3) throw new InputError("Input `interval` is `0s`: leave at least `1s` between two looks.");
  return {
    ...{ image, platform, interval },
    component: parseComponent(readText("component")),
    suffix: parseSuffix(readText("suffix")),
    revision: readText("revision"),
    pullRequest: readInteger("pull-request", { lowest: 1, highest: longestPullRequest, fallback: 0 }),
    platforms: platform === "" || platforms.includes(platform) ? platforms : [...platforms, platform],
    wait: readText("wait") === "0" ? 0 : readDuration("wait", "10m"),
    archive: readText("archive"),
    token: readText("token"),
    apiUrl: readApiUrl()
  };
}

// find-image/load-archive.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);

// find-image/look-in-registry.ts
var OtherImage = class extends Error {
  name = "OtherImage";
};
async function lookInRegistry(registry, target, request) {
  const wanted = { revision: target.revision, component: request.component, platforms: request.platforms };
  const reasons = [];
  const others = [];
  const ask = async (tag) => {
    const image = await readImage(registry, tag, { attempts: 1 });
    if (image === void 0) return void 0;
    const platforms = [...image.platforms.keys()];
    const missing = image.missing.map(({ digest, what }) => `${digest} (${what})`);
    const verdict = judgeFoundImage(wanted, { facts: image.facts, platforms, missing });
    if (verdict.verdict === "found") return { outcome: "found", tag, image };
    (verdict.verdict === "other" ? others : reasons).push(`${registry.image}:${tag} is there, but ${verdict.reason}`);
    return void 0;
  };
  try {
    for (const tag of target.tags) {
      const look = await ask(tag);
      if (look !== void 0) return look;
    }
    if (others.length > 0) throw new OtherImage(`Not the image that is wanted: ${others.join("; ")}.`);
    if (target.lists) {
      const names = await registry.listTags({ attempts: 1 }) ?? [];
      for (const tag of tagsOfRevision(names, target.revision, request.suffix)) {
        const look = await ask(tag);
        if (look !== void 0) return look;
      }
    }
  } catch (error) {
    if (!isTransientError(error)) throw error;
    reasons.push(error instanceof Error ? error.message.replace(/\.$/u, "") : String(error));
  }
  return { outcome: "not-yet", reason: [...reasons, ...others].join("; ") || "no such tag is there" };
}

// find-image/load-archive.ts
var mostTold = 10;
var machines = { x64: "linux/amd64", arm64: "linux/arm64", arm: "linux/arm/v7" };
async function loadArchive(request, target) {
  const { archive: folder, component, suffix } = request;
  const platform = request.platform || (machines[process.arch] ?? `linux/${process.arch}`);
  const found = await Promise.all(listArchives(folder).map(readArchivedImage));
  const ours = found.filter(
    (image) => repositoryOf(image) === request.image && (component === "" || readImageFacts(image.labels).component === component)
  );
  if (ours.length === 0) return notYet(`the folder ${folder} holds no archive of it${listOthers(found)}`);
  const called = ours.filter((image) => isCalled(image, target, suffix));
  if (called.length === 0 && ours.some((image) => isOf(image, target))) {
    return notYet(`the folder ${folder} holds no archive of that name${listNames(ours)}`);
  }
  const known = called.length === 0 ? ours : called;
  const fitting = newestAttempts(known.filter((image) => image.platform === platform));
  if (fitting.length === 0) return notYet(`the folder ${folder} holds no archive for ${platform}`);
  const [chosen, ...more] = fitting;
  if (chosen === void 0 || more.length > 0) {
    const names = fitting.map(({ path }) => path).join(", ");
    throw new InputError(
      `Input \`archive\` holds ${fitting.length} archives for ${platform} (${names}): say which by \`component\` or \`suffix\`, or download one artifact only.`
    );
  }
  const platforms = known.filter((image) => isOf(image, target)).map((image) => image.platform);
  const verdict = judgeFoundImage(
    { revision: target.revision, component, platforms: request.platforms },
    { facts: readImageFacts(chosen.labels), platforms: [.../* @__PURE__ */ new Set([chosen.platform, ...platforms])], missing: [] }
  );
  if (verdict.verdict === "other") {
    throw new OtherImage(
      `Not the image that is wanted: the archive ${showText(chosen.path)} is there, but ${verdict.reason}.`
    );
  }
  if (verdict.verdict === "incomplete") return notYet(`as archives ${verdict.reason}`);
  const tag = nameOf2(chosen);
  const reference = `${request.image}:${tag}`;
  await loadIntoDocker(chosen, reference);
  const { digest } = chosen;
  return {
    outcome: "loaded",
    image: { source: "archive", reference, digest, tag, revision: target.revision, platforms: [platform] }
  };
}
function notYet(reason) {
  return { outcome: "not-yet", reason };
}
function listArchives(folder) {
  try {
    const names = (0, import_node_fs.readdirSync)(folder, { recursive: true, encoding: "utf8" });
    return names.filter((name) => name.endsWith(archiveEnding)).sort().map((name) => (0, import_node_path.join)(folder, name));
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw new InputError(`Input \`archive\` is ${quoteValue(folder, 300)}, which is no folder that can be read.`, {
      cause: error
    });
  }
}
function repositoryOf({ name }) {
  return name.replace(/:[^:/]*$/u, "");
}
function listOthers(images) {
  const names = [...new Set(images.map((image) => quoteValue(repositoryOf(image))))];
  return names.length === 0 ? "" : ` (it has archives of ${names.slice(0, mostTold).join(", ")})`;
}
function listNames(images) {
  const names = [...new Set(images.map((image) => quoteValue(`${repositoryOf(image)}:${nameOf2(image)}`, 300)))];
  return ` (it has ${names.slice(0, mostTold).join(", ")})`;
}
function newestAttempts(images) {
  const groups = groupBy(
    images,
    (image) => JSON.stringify([readImageFacts(image.labels).component, nameOf2(image), readImageFacts(image.labels).revision])
  );
  return [...groups.values()].flatMap((group) => {
    const newest = Math.max(...group.map(({ path }) => attemptOfArchive(path)));
    return group.filter(({ path }) => attemptOfArchive(path) === newest);
  });
}
function nameOf2({ labels }) {
  return labels["org.opencontainers.image.ref.name"] ?? "";
}
function isOf({ labels }, { revision }) {
  return readImageFacts(labels).revision === revision;
}
function isCalled(image, { tags, lists, revision }, suffix) {
  const name = nameOf2(image);
  if (tags.includes(name)) return true;
  if (!lists) return false;
  const { version } = readImageFacts(image.labels);
  return tagsOfRevision([name], revision, suffix).length > 0 || version !== void 0 && isOfVersion(name, version, suffix);
}

// find-image/wait-for-image.ts
var quiet = 3e4;
async function waitForImage(request, target, tools) {
  const { registry, timing, print } = tools;
  const started = timing.now();
  let told = "";
  let toldAt = started;
  for (let looks = 1; ; looks += 1) {
    const look = await lookInRegistry(registry, target, request);
    if (look.outcome === "found") return foundInRegistry(request, target, look);
    const archive = request.archive === "" ? void 0 : await loadArchive(request, target);
    if (archive?.outcome === "loaded") return archive.image;
    const reason = [look.reason, ...archive === void 0 ? [] : [archive.reason]].join("; ");
    const elapsed = timing.now() - started;
    if (elapsed >= request.wait) throw new Error(describeFailure(request, target, looks, reason));
    if (reason !== told || timing.now() - toldAt >= quiet) {
      print(`Waiting for the ${target.what} (${seconds(elapsed)} of ${seconds(request.wait)}): ${reason}.`);
      told = reason;
      toldAt = timing.now();
    }
    await timing.sleep(Math.min(request.interval, request.wait - elapsed));
  }
}
function foundInRegistry({ image: repository, platform }, { revision }, { tag, image }) {
  const digest = platform === "" ? image.digest : image.platforms.get(platform) ?? image.digest;
  const platforms = [...image.platforms.keys()];
  return { source: "registry", reference: `${repository}@${digest}`, digest, tag, revision, platforms };
}
function describeFailure(request, target, looks, reason) {
  const names = target.tags.map((tag) => `${request.image}:${tag}`).join(", ");
  const more = target.lists ? ` and every tag of that repository that ends in ${target.revision.slice(0, 7)}${request.suffix}` : "";
  const complete = request.platforms.length === 0 ? "" : ` with ${request.platforms.join(", ")}`;
  const time = request.wait === 0 ? "at one look" : `within ${seconds(request.wait)} (${looks} looks)`;
  return `The ${target.what} was not found ${time}: looked for ${names}${more}${complete}; ${reason}. Check that its build has run and pushed, or raise the input \`wait\`.`;
}
function seconds(milliseconds) {
  const whole = Math.round(milliseconds / 1e3);
  return whole >= 120 && whole % 60 === 0 ? `${whole / 60} min` : `${whole} s`;
}

// find-image/main.ts
await runStep(async () => {
  const request = readRequest(readRepositoryName());
  maskSecret(request.token);
  const warn = (sentence) => warning(showText(sentence));
  const gitHub = connectGitHub({ token: request.token, url: request.apiUrl, onRetry: warn });
  const target = await findTarget(request, gitHub);
  const registry = openRegistry(request.image, {
    credentials: readRegistryCredentials(process.env, request.token),
    attempts: 1
    // the wait is the retry
  });
  const found = await waitForImage(request, target, { registry, timing: realTiming, print: printText });
  printText(`The ${target.what} is ${found.reference} (${found.source}; ${found.platforms.join(", ")}).`);
  writeOutputs(listOutputs(found));
  writeSummary(summariseFound(found));
});
