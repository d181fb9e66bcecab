import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readRunAttempt
} from "./chunk-run-attempt.js";
import {
  docker
} from "./chunk-docker.js";
import {
  require_promises,
  withOciArchive
} from "./chunk-tar-file.js";
import {
  readConfig,
  readFirstImage
} from "./chunk-read-content.js";
import {
  readDockerCredentials
} from "./chunk-docker-credentials.js";
import {
  openRegistry
} from "./chunk-registry.js";
import "./chunk-stream.js";
import {
  RegistryError
} from "./chunk-login.js";
import {
  require_node_os
} from "./chunk-os.js";
import "./chunk-link-header.js";
import {
  require_node_crypto
} from "./chunk-crypto.js";
import "./chunk-parse-json.js";
import "./chunk-request.js";
import "./chunk-refusal.js";
import "./chunk-run-program.js";
import {
  $
} from "./chunk-vendor-core.js";
import "./chunk-process.js";
import {
  isPublicRepository
} from "./chunk-event.js";
import {
  retry
} from "./chunk-retry.js";
import {
  findInside
} from "./chunk-inside-repository.js";
import {
  writeSummary
} from "./chunk-step-summary.js";
import {
  endGroup,
  maskSecret,
  notice,
  readBoolean,
  readChoice,
  readDuration,
  readInteger,
  readLines,
  readList,
  readRequired,
  readText,
  refuseHiddenOutputs,
  runStep,
  startGroup,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  chooseProvenance,
  classifyPushError,
  createStepCounter,
  findDockerfile,
  fingerprintBuild,
  formatCacheLine,
  imageSize,
  isAttestation,
  judgeReuse,
  localContextOf,
  nameArchive,
  nameArchives,
  parseCacheStores,
  parseDigest,
  parseImagePlan,
  parseOciContent,
  parsePairs,
  parsePlatformSelection,
  parsePlatforms,
  parseSecrets,
  parseVolatile,
  planBuildCommand,
  planCache,
  platformOf,
  readImageFacts,
  require_node_path,
  selectPlatforms,
  splitPair
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  codeText,
  escapeMarkdown,
  quoteValue,
  require_node_fs
} from "./chunk-escape.js";
import {
  InputError,
  normaliseImage
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// build-platform/main.ts
var import_node_os = __toESM(require_node_os(), 1);

// build-platform/build-place.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);
function findBuildPlace(workspace, buildContexts) {
  const input = readText("context", ".");
  if (/^(?:[a-z+]+:\/\/|git@|github\.com\/|-$)/i.test(input)) {
    throw new InputError(
      `Input context is ${quoteValue(input)}: only a folder of the checked out repository can be built.`
    );
  }
  const context = requireFolder(workspace, input, "Input context");
  for (const { name, value } of buildContexts.map(splitPair)) {
    const path2 = localContextOf(value);
    if (path2 !== void 0) requireFolder(workspace, path2, `Input build-contexts: the folder of ${name}`);
  }
  const asked = readText("file");
  const found = findDockerfile(asked, input, (path2) => (0, import_node_fs.existsSync)((0, import_node_path.resolve)(context, path2)));
  const path = (0, import_node_path.resolve)(context, found);
  const real = findInside(workspace, found, "Input file", context) ?? path;
  if (!(0, import_node_fs.statSync)(real).isFile()) throw new InputError(`Input file is ${quoteValue(found)}, which is no file.`);
  const dockerfile = (0, import_node_path.join)((0, import_node_fs.realpathSync)((0, import_node_path.dirname)(path)), (0, import_node_path.basename)(path));
  findInside(workspace, `${(0, import_node_path.basename)(dockerfile)}.dockerignore`, "The ignore file", (0, import_node_path.dirname)(dockerfile));
  findInside(workspace, ".dockerignore", "The ignore file", context);
  const root = (0, import_node_fs.realpathSync)(workspace);
  return {
    ...{ context, dockerfile, dockerfileText: (0, import_node_fs.readFileSync)(real, "utf8") },
    told: { context: (0, import_node_path.relative)(root, context), file: (0, import_node_path.relative)(root, dockerfile) }
  };
}
function requireFolder(workspace, path, what) {
  const folder = findInside(workspace, path, what);
  if (folder !== void 0 && (0, import_node_fs.statSync)(folder).isDirectory()) return folder;
  throw new InputError(`${what} is ${quoteValue(path)}: there is no such folder in the repository.`);
}
async function withReadableDockerfile({ dockerfile, dockerfileText }, temp, use) {
  if (!(0, import_node_fs.lstatSync)(dockerfile).isSymbolicLink() || leadsBelow(dockerfile)) return use(dockerfile);
  const folder = (0, import_node_path.join)(temp, `longshore-${process.pid}-dockerfile`);
  try {
    (0, import_node_fs.mkdirSync)(folder);
    const copy = (0, import_node_path.join)(folder, (0, import_node_path.basename)(dockerfile));
    (0, import_node_fs.writeFileSync)(copy, dockerfileText);
    const ignoreFile = `${dockerfile}.dockerignore`;
    if ((0, import_node_fs.existsSync)(ignoreFile)) (0, import_node_fs.writeFileSync)(`${copy}.dockerignore`, (0, import_node_fs.readFileSync)(ignoreFile));
    return await use(copy);
  } finally {
    (0, import_node_fs.rmSync)(folder, { recursive: true, force: true });
  }
}
function leadsBelow(link) {
  const target = (0, import_node_fs.readlinkSync)(link);
  const path = (0, import_node_path.resolve)((0, import_node_path.dirname)(link), target);
  return !target.startsWith("/") && path.startsWith(`${(0, import_node_path.dirname)(link)}/`) && path === (0, import_node_fs.realpathSync)(link);
}

// build-platform/compare-builds.ts
var import_node_crypto = __toESM(require_node_crypto(), 1);
function warnOfMissingAttestations({ dockerMediaTypes, sbom, provenance }) {
  if (!dockerMediaTypes) return;
  const asked = [...sbom ? ["sbom"] : [], ...["max", "min"].includes(provenance) ? ["provenance"] : []];
  if (asked.length === 0) return;
  warning(
    `${asked.map((input) => `\`${input}\``).join(" and ")} cannot be attached with \`docker-media-types\`: leave that out where the registry takes OCI indexes, or attest the image by sign-image.yml.`
  );
}
function fingerprintOf(request, { told, dockerfileText }) {
  return fingerprintBuild(
    {
      ...request,
      ...{ ...told, dockerfileText },
      secretIds: request.secrets.map(({ id }) => id),
      hasSshKey: request.sshKey !== ""
    },
    (text) => (0, import_node_crypto.createHash)("sha256").update(text).digest("hex")
  );
}
function tellWhyBuilt({ plan, reuse }, finished) {
  const name = `${plan.images[0]}:${plan.primaryTag}`;
  if (finished.type === "differs") {
    const inputs = finished.inputs.map((input) => `\`${input}\``).join(", ");
    const what = `${name} is an image of this commit that was built otherwise: ${inputs} ${finished.inputs.length === 1 ? "differs" : "differ"}`;
    if (!reuse) {
      warning(
        `${what}. This tag keeps that image; only moving tags name what is built now. Give it an image name or a suffix of its own to have both by name.`
      );
      return;
    }
    throw new InputError(
      `${what}, and the tag never changes. Give this build an image name or a \`suffix\` of its own, name build arguments and labels that differ from run to run in \`volatile\`, or set \`reuse: false\` (a rebuild) to build it beside that image.`
    );
  }
  if (finished.type === "finished") return;
  const { keeps } = finished;
  if (keeps !== void 0 && keeps !== "other") {
    warning(
      `${finished.sentence} The image is built, but this tag never changes and keeps naming a broken one: delete version ${keeps.broken} of the package, then run this workflow again.`
    );
    return;
  }
  if (!reuse) return;
  if (keeps === "other") {
    warning(
      `${finished.sentence} The image is built, but this tag keeps what it names: give images of other platforms a \`suffix\` of their own.`
    );
  } else printText(finished.sentence);
}

// build-platform/find-reusable.ts
async function findFinishedImage(asked, registries) {
  const { plan } = asked;
  const name = `${plan.images[0]}:${plan.primaryTag}`;
  const [first] = registries;
  try {
    const found = await first?.getManifest(plan.primaryTag);
    if (first === void 0 || found === void 0) return none(`There is no ${name} yet.`);
    const content = parseOciContent(new TextDecoder().decode(found.bytes), name);
    const judged = judgeReuse(content, await readFacts(first, content), asked);
    if (judged.verdict === "differs") return { type: "differs", inputs: judged.inputs };
    if (judged.verdict === "build") {
      return none(`${name} exists but is not reused: ${judged.reason}.`, judged.isOurs ? "other" : void 0);
    }
    const children = content.type === "index" ? content.manifests.map(({ digest }) => digest) : [];
    const heads = await Promise.all(
      registries.flatMap(
        (registry) => children.map(async (digest) => ({ registry, digest, head: await registry.headManifest(digest) }))
      )
    );
    const missing = heads.find(({ head }) => head === void 0);
    if (missing === void 0) return { type: "finished", ...judged };
    const sentence2 = `${name} exists but is not reused: ${missing.registry.image} lacks its part ${missing.digest}.`;
    return none(sentence2, missing.registry === first ? { broken: found.digest } : void 0);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return none(`It could not be found out whether ${name} exists: ${why}`);
  }
}
async function readFacts(registry, content) {
  const told = readImageFacts(content.annotations);
  if (told.revision !== void 0) return told;
  const image = await readFirstImage(registry, content);
  const config = image && await readConfig(registry, image);
  return readImageFacts(config?.labels ?? {});
}
function none(sentence2, keeps) {
  return { type: "none", sentence: sentence2, ...keeps === void 0 ? {} : { keeps } };
}

// build-platform/push-access.ts
async function askPushAccess(images, credentials) {
  const answers = await Promise.all(images.map((image) => askOne(image, credentials)));
  const refusal = answers.find(({ type }) => type === "refused");
  return refusal ?? { type: answers.every(({ type }) => type === "allowed") ? "allowed" : "unknown" };
}
async function askOne(image, credentials) {
  try {
    await openRegistry(image, { credentials, attempts: 1 }).checkPush();
    return { type: "allowed" };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const refused = !error.transient && (error.status === 401 || error.status === 403);
    return refused ? { type: "refused", sentence: error.message } : { type: "unknown" };
  }
}

// build-platform/read-pushed.ts
var deepest = 4;
async function readPushedImage(registry, digest, platform) {
  return readImage(digest, platform, registry.image, async (wanted) => {
    const found = await registry.getManifest(wanted, { expected: true });
    return found && new TextDecoder().decode(found.bytes);
  });
}
function readArchivedImage(path, platform) {
  return withOciArchive(path, async (archive) => {
    const top = parseOciContent(await archive.readIndex(), `index.json of ${path}`);
    const digest = top.type === "index" ? top.manifests[0]?.digest : void 0;
    if (digest === void 0) throw archive.refuse("holds no image");
    const read = async (wanted) => (await archive.readBlob(wanted)).toString();
    return { digest, ...await readImage(digest, platform, path, read) };
  });
}
async function readImage(digest, platform, place, read, depth = 1) {
  if (depth > deepest) throw new Error(`${place} nests the image for ${platform} deeper than ${deepest} levels.`);
  const text = await read(digest);
  if (text === void 0) throw new Error(`${place} does not have ${digest}, which was built for ${platform}.`);
  const content = parseOciContent(text, `${place}@${digest}`);
  if (content.type === "manifest") return { manifest: digest, size: imageSize(content) };
  const images = content.manifests.filter((descriptor) => !isAttestation(descriptor));
  const own = images.find((descriptor) => platformOf(descriptor) === platform);
  if (own === void 0 || images.length !== 1) {
    const held = images.map((descriptor) => platformOf(descriptor) ?? "unknown").join(", ");
    throw new Error(`${place}@${digest} was built for ${platform} but holds ${held || "no image"}.`);
  }
  return readImage(own.digest, platform, place, read, depth + 1);
}

// build-platform/read-request.ts
function readRequest() {
  const plan = parseImagePlan(readRequired("plan"));
  const platforms = parsePlatforms(readRequired("platforms"));
  const selection = parsePlatformSelection(readRequired("select"));
  const cacheImage = readText("cache-image");
  const reproducible = readBoolean("reproducible", false);
  const noCache = readBoolean("no-cache", false);
  const pull = readBoolean("pull", false);
  return {
    plan,
    platforms,
    selection,
    selected: selectPlatforms(platforms, selection),
    workspace: process.env.GITHUB_WORKSPACE || process.cwd(),
    target: readText("target"),
    buildArgs: parsePairs("build-args", readLines("build-args"), "NAME=value"),
    buildContexts: parsePairs("build-contexts", readLines("build-contexts"), "name=path-or-image"),
    labels: checkLabels(parsePairs("labels", readLines("labels"), "key=value")),
    secrets: parseSecrets(readText("secrets")),
    sshKey: readText("ssh-key"),
    volatile: parseVolatile(readList("volatile")),
    // What an earlier build left in the cache has the times of that build.
    noCache: noCache || reproducible,
    pull,
    // An image of before was built neither cold nor on the bases of now.
    reuse: readBoolean("reuse", true) && !noCache && !pull,
    reproducible,
    submodules: readChoice("submodules", ["false", "true", "recursive"], "false"),
    provenance: readChoice("provenance", ["auto", "max", "min", "none"], "auto"),
    sbom: readBoolean("sbom", false),
    dockerMediaTypes: readBoolean("docker-media-types", false),
    cacheStores: parseCacheStores(readList("cache")),
    cacheImage: cacheImage === "" ? plan.images[0] ?? "" : normaliseImage(cacheImage),
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s")
  };
}
var identity = /^(?:dev\.longshore\.|org\.opencontainers\.image\.(?:source|url|revision|version|created|ref\.name)=)/u;
function checkLabels(labels) {
  const own = labels.find((label) => identity.test(label));
  if (own === void 0) return labels;
  const key = own.slice(0, own.indexOf("="));
  throw new InputError(`Input labels sets ${quoteValue(key)}, which says what the image was built from: leave it out.`);
}

// build-platform/run-build.ts
var import_node_fs2 = __toESM(require_node_fs(), 1);
var import_promises = __toESM(require_promises(), 1);
var import_node_path2 = __toESM(require_node_path(), 1);
var BuildError = class extends Error {
  reason;
  constructor(platform, reason) {
    super(
      `${platform} could not be ${reason.built ? "pushed" : "built"}: ${sentence(reason.message)} ${reason.advice}`.trimEnd()
    );
    this.name = "BuildError";
    this.reason = reason;
  }
};
async function buildAndPush(platform, setting, history) {
  const { request, registries } = setting;
  const [first] = registries;
  if (first === void 0) throw new Error("The plan names no image.");
  const started = performance.now();
  let built = false;
  const digest = await retry(
    async () => {
      try {
        return await runBuild(platform, setting, { history, alreadyBuilt: built });
      } catch (error) {
        const known = error instanceof BuildError ? await askForReason(platform, error, setting) : error;
        built ||= known instanceof BuildError && known.reason.built;
        throw known;
      }
    },
    {
      attempts: request.attempts,
      delay: request.retryDelay,
      isTransient: (error) => error instanceof BuildError && error.reason.transient,
      retryAfter: (error) => error instanceof BuildError ? (error.reason.retryAfter ?? 0) * 1e3 : void 0,
      onRetry: ({ attempt, attempts, delay, error }) => {
        const why = error instanceof BuildError ? error.reason.message : String(error);
        const told = `Attempt ${attempt} of ${attempts} at ${platform} failed: ${sentence(why)}`;
        history.retries.push(told);
        warning(`${told} Trying again in ${Math.round(delay / 100) / 10} s.`);
      }
    }
  );
  const image = await readPushedImage(first, digest, platform);
  return {
    ...describe(platform, setting, started, history),
    ...{ digest, ...image, delivery: "registry" }
  };
}
async function buildArchive(platform, setting, mode) {
  const started = performance.now();
  const path = (0, import_node_path2.join)(setting.temp, nameArchive(setting.request.plan, platform, readRunAttempt()));
  (0, import_node_fs2.rmSync)(path, { force: true });
  await runBuild(platform, setting, { ...mode, archive: path });
  const image = await readArchivedImage(path, platform);
  return {
    ...describe(platform, setting, started, mode.history),
    ...{ ...image, delivery: "artifact", archive: (0, import_node_path2.basename)(path), path }
  };
}
function describe(platform, { request, fingerprint }, started, { retries, steps }) {
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const count = request.noCache ? void 0 : steps.count();
  const rebuilt = request.reuse ? {} : { rebuilt: true };
  const facts = { platform, seconds, reused: false, fingerprint, ...rebuilt, retries };
  return { ...facts, revision: request.plan.revision, ...count === void 0 ? {} : { steps: count } };
}
async function runBuild(platform, setting, mode) {
  const { request, temp, sshKeyFile, sourceDateEpoch } = setting;
  const metadataFile = (0, import_node_path2.join)(temp, `longshore-${process.pid}-metadata.json`);
  const build = {
    ...request,
    ...{ platform, metadataFile, context: setting.context, dockerfile: setting.dockerfile },
    ...{ fingerprint: setting.fingerprint, provenance: setting.provenance },
    ...{ cache: setting.cacheOf(platform), noCache: request.noCache && !mode.alreadyBuilt },
    ...mode.archive === void 0 ? {} : { archive: mode.archive },
    ...sshKeyFile === void 0 ? {} : { sshKeyFile },
    ...sourceDateEpoch === void 0 ? {} : { sourceDateEpoch }
  };
  const { args, env } = planBuildCommand(build);
  startGroup(`Build ${platform}`);
  try {
    printText(["docker", ...args].map(showArgument).join(" "));
    const { startAttempt, readLine } = mode.history.steps;
    startAttempt();
    const run = await docker(args, { cwd: request.workspace, env, print: true, onLine: readLine });
    if (run.exitCode !== 0) throw new BuildError(platform, classifyPushError(run.stderr));
    const metadata = JSON.parse(await (0, import_promises.readFile)(metadataFile, "utf8"));
    const told = metadata["containerimage.digest"];
    return parseDigest(typeof told === "string" ? told : "", `The digest that buildx told for ${platform}`);
  } finally {
    endGroup();
    (0, import_node_fs2.rmSync)(metadataFile, { force: true });
  }
}
async function askForReason(platform, error, setting) {
  if (error.reason.kind !== "forbidden" || !error.reason.built) return error;
  const access = await setting.askAccess();
  if (access.type === "refused") {
    return new BuildError(platform, { ...error.reason, kind: "permission", message: access.sentence, advice: "" });
  }
  return new BuildError(platform, { ...error.reason, kind: "denied", transient: true });
}
function sentence(text) {
  return /[.…!?]$/.test(text) ? text : `${text}.`;
}
function showArgument(argument) {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

// build-platform/ssh-key-file.ts
var import_node_fs3 = __toESM(require_node_fs(), 1);
var import_node_path3 = __toESM(require_node_path(), 1);
async function withKeyFile(key, folder, use) {
  if (key === "") return use(void 0);
  const path = (0, import_node_path3.join)(folder, `longshore-${process.pid}-ssh-key`);
  const remove = () => (0, import_node_fs3.rmSync)(path, { force: true });
  const end = () => {
    remove();
    process.exit(1);
  };
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    (0, import_node_fs3.writeFileSync)(path, `${key.replaceAll("\r\n", "\n").trimEnd()}
`, { mode: 384, flag: "wx" });
    return await use(path);
  } finally {
    remove();
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}

// build-platform/main.ts
await runStep(async () => {
  const request = readRequest();
  for (const line of [...request.secrets.map(({ value }) => value), request.sshKey].flatMap(tellingLines))
    maskSecret(line);
  refuseHiddenOutputs(listOutputs(request, outlineOf(request)), maskedOf(request));
  const outcome = await buildPlatforms(request);
  tellOutcome(request, outcome);
  if (outcome.fallback !== void 0 && request.plan.kind !== "pull-request") {
    throw new Error(`${outcome.fallback.message} The image is kept as an archive: ${outcome.archives.join(", ")}.`);
  }
});
function tellingLines(text) {
  return text.split("\n").filter((line) => /[\p{L}\p{N}]/u.test(line));
}
function maskedOf({ secrets, sshKey }) {
  return {
    secrets: [readText("secrets"), ...secrets.flatMap(({ value }) => tellingLines(value))],
    "ssh-key": [sshKey]
  };
}
function outlineOf({ selected, plan: { revision } }) {
  const facts = { digest: "sha256:", manifest: "sha256:", size: 0, seconds: 0, reused: false, retries: [], revision };
  return { results: selected.map((platform) => ({ platform, ...facts, delivery: "registry" })), archives: [] };
}
async function buildPlatforms(request) {
  const { plan, platforms, selection, selected } = request;
  if (plan.delivery === "none" || selected.length === 0) {
    printText(
      plan.delivery === "none" ? `Nothing to build: ${plan.reason}` : `No platform for ${selection} is asked for.`
    );
    return { results: [], archives: [] };
  }
  warnOfMissingAttestations(request);
  const place = findBuildPlace(request.workspace, request.buildContexts);
  const fingerprint = fingerprintOf(request, place);
  const credentials = readDockerCredentials(process.env);
  const open = (options) => plan.images.map(
    (image) => openRegistry(image, { credentials, ...options, onRetry: (sentence2) => warning(sentence2) })
  );
  const registries = open({ attempts: request.attempts, delay: request.retryDelay });
  if (plan.delivery === "registry") {
    const patience = { attempts: Math.min(2, request.attempts), delay: Math.min(2e3, request.retryDelay) };
    const finished = await findFinishedImage({ plan, platforms, fingerprint }, open(patience));
    if (finished.type === "finished" && request.reuse) return reuseImage(request, finished, registries);
    tellWhyBuilt(request, finished);
  }
  const askAccess = () => askPushAccess(plan.images, credentials);
  const access = plan.delivery === "registry" ? await askAccess() : { type: "unknown" };
  if (access.type === "refused") throw new Error(access.sentence);
  const sourceDateEpoch = await readEpoch(request);
  const temp = process.env.RUNNER_TEMP || (0, import_node_os.tmpdir)();
  const provenance = chooseProvenance(request.provenance, isPublicRepository());
  return withReadableDockerfile(
    place,
    temp,
    (dockerfile) => withKeyFile(
      request.sshKey,
      temp,
      (sshKeyFile) => buildEach({
        ...{ context: place.context, dockerfile, fingerprint, provenance },
        ...{ request, temp, sshKeyFile, sourceDateEpoch, registries, askAccess },
        cacheOf: cacheOf(request)
      })
    )
  );
}
async function buildEach(setting) {
  const { request } = setting;
  const results = [];
  const archives = [];
  let fallback;
  for (const platform of request.selected) {
    const history = { retries: [], steps: createStepCounter() };
    let alreadyBuilt = false;
    if (request.plan.delivery === "registry" && fallback === void 0) {
      try {
        results.push(await buildAndPush(platform, setting, history));
        continue;
      } catch (error) {
        if (!(error instanceof BuildError) || !staysDown(error)) throw error;
        warning(`${error.message} The image is kept as an archive instead.`);
        alreadyBuilt = true;
        fallback = error;
      }
    }
    const { path, ...result } = await buildArchive(platform, setting, { history, alreadyBuilt });
    results.push(result);
    archives.push(path);
  }
  return { results, archives, ...fallback === void 0 ? {} : { fallback } };
}
function staysDown({ reason }) {
  return reason.built && reason.transient && reason.kind !== "denied";
}
async function reuseImage({ plan, selected }, { manifests, fingerprint }, registries) {
  const [first] = registries;
  const results = await Promise.all(
    selected.map(async (platform) => {
      const started = performance.now();
      const digest = manifests.get(platform);
      if (first === void 0 || digest === void 0) throw new Error(`${platform} is not in the image to be reused.`);
      const { size } = await readPushedImage(first, digest, platform);
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      const facts = {
        reused: true,
        ...fingerprint === void 0 ? {} : { fingerprint },
        retries: [],
        revision: plan.revision,
        delivery: "registry"
      };
      return { platform, digest, manifest: digest, size, seconds, ...facts };
    })
  );
  if (fingerprint === void 0) {
    warning(
      `${plan.images[0]}:${plan.primaryTag} does not tell by which inputs it was built, so it is taken as it is: set \`reuse: false\` to build it anyway.`
    );
  }
  notice(`Nothing was built: ${plan.images[0]}:${plan.primaryTag} is complete and of this revision.`);
  return { results, archives: [] };
}
function cacheOf(request) {
  const ghaReachable = Boolean(process.env.ACTIONS_RUNTIME_TOKEN && process.env.ACTIONS_RESULTS_URL);
  const plan = (platform) => planCache({
    ...{ stores: request.cacheStores, ghaReachable, repository: request.cacheImage, plan: request.plan, platform },
    ...{ cold: request.noCache, dockerMediaTypes: request.dockerMediaTypes }
  });
  for (const notice2 of plan(request.selected[0] ?? "linux/amd64").notices) notice(notice2);
  return plan;
}
async function readEpoch({ plan, workspace, reproducible }) {
  const planned = Date.parse(plan.created);
  if (!Number.isNaN(planned)) return Math.floor(planned / 1e3);
  const git = $({ cwd: workspace, nothrow: true, quiet: true });
  const { exitCode, stdout } = await git`git log -1 --format=%ct ${plan.revision} --`;
  if (exitCode === 0 && /^\d+\s*$/.test(stdout)) return Number(stdout);
  if (reproducible) {
    throw new InputError(
      "Input `reproducible` is true, but the date of the commit, which everything is to have, is not known: check out the repository, or set it to false."
    );
  }
  printText("The date of the commit is not known, so the image is dated by its build.");
  return void 0;
}
function listOutputs({ plan, selection }, { results, archives }) {
  return {
    result: JSON.stringify(results),
    digest: results[0]?.digest ?? "",
    reused: String(results.length > 0 && results.every(({ reused }) => reused)),
    delivery: results.length === 0 ? plan.delivery : archives.length > 0 ? "artifact" : "registry",
    archives: archives.join("\n"),
    "archive-name": nameArchives(plan, selection, readRunAttempt())
  };
}
function tellOutcome(request, outcome) {
  const { plan } = request;
  const { results, archives, fallback } = outcome;
  for (const { platform, digest, size, seconds, delivery, archive, steps } of results) {
    printText(`${platform}  ${digest}  ${size} bytes  ${seconds} s  ${archive ?? delivery}`);
    if (steps !== void 0) printText(formatCacheLine({ platform, ...steps }));
  }
  const outputs = listOutputs(request, outcome);
  writeOutputs(outputs, maskedOf(request));
  if (archives.length > 0) {
    const why = fallback === void 0 ? plan.reason : "The registry stayed down.";
    writeSummary(
      `Kept as OCI archives in the artifact ${codeText(outputs["archive-name"])}: ${escapeMarkdown(why)}

`
    );
  }
}
