import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  docker
} from "./chunk-PNOCP5AS.js";
import {
  readTarFiles,
  require_promises
} from "./chunk-7AEJAY44.js";
import {
  readDockerCredentials
} from "./chunk-HKYPMXMW.js";
import {
  require_node_os
} from "./chunk-LJRTFIPK.js";
import {
  RegistryError,
  openRegistry
} from "./chunk-FDNDVUBC.js";
import "./chunk-ED7C54ZY.js";
import "./chunk-6NTKPSGD.js";
import "./chunk-2T4NJN3K.js";
import {
  $
} from "./chunk-SQ6PYA55.js";
import "./chunk-NLX3QJLU.js";
import {
  retry
} from "./chunk-PT2757AA.js";
import {
  classifyPushError,
  createStepCounter,
  findDockerfile,
  formatCacheLine,
  imageSize,
  isAttestation,
  judgeReuse,
  nameArchive,
  nameArchives,
  parseCacheStores,
  parseDigest,
  parseOciContent,
  parsePairs,
  parsePlatformSelection,
  parsePlatforms,
  parseSecrets,
  planBuildCommand,
  planCache,
  platformOf,
  selectPlatforms
} from "./chunk-3K7WCUNP.js";
import {
  InputError,
  endGroup,
  maskSecret,
  normaliseImage,
  notice,
  parseImagePlan,
  readBoolean,
  readChoice,
  readDuration,
  readInteger,
  readLines,
  readList,
  readRequired,
  readText,
  require_node_path,
  runStep,
  startGroup,
  warning,
  writeOutputs,
  writeSummary
} from "./chunk-7GG5X4YI.js";
import {
  codeText,
  escapeMarkdown,
  printText,
  quoteValue,
  require_node_fs
} from "./chunk-MKFSSSBL.js";
import {
  __toESM
} from "./chunk-VSKSHHTL.js";

// build-platform/main.ts
var import_node_os = __toESM(require_node_os(), 1);

// build-platform/find-reusable.ts
async function findFinishedImage(plan, platforms, registries) {
  const name = `${plan.images[0]}:${plan.primaryTag}`;
  try {
    const found = await registries[0]?.getManifest(plan.primaryTag);
    if (found === void 0) return `There is no ${name} yet.`;
    const content = parseOciContent(new TextDecoder().decode(found.bytes), name);
    const verdict = judgeReuse(content, plan, platforms);
    if (!verdict.reusable) return `${name} exists but is not reused: ${verdict.reason}.`;
    const children = content.type === "index" ? content.manifests.map(({ digest }) => digest) : [];
    const heads = await Promise.all(
      registries.flatMap(
        (registry) => children.map(async (digest) => ({ registry, digest, head: await registry.headManifest(digest) }))
      )
    );
    const missing = heads.find(({ head }) => head === void 0);
    if (missing === void 0) return verdict.manifests;
    return `${name} exists but is not reused: ${missing.registry.image} lacks its part ${missing.digest}.`;
  } catch (error) {
    return `It could not be found out whether ${name} exists: ${error instanceof Error ? error.message : String(error)}`;
  }
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
async function readPushedImage(registry, digest, platform) {
  return readImage(digest, platform, registry.image, async (wanted) => {
    const found = await registry.getManifest(wanted, { expected: true });
    return found && new TextDecoder().decode(found.bytes);
  });
}
async function readArchivedImage(path, platform) {
  const files = await readTarFiles(
    path,
    (name, size) => name === "index.json" || /^blobs\//.test(name) && size < 1 << 22
  );
  const top = parseOciContent(files.get("index.json") ?? "", `index.json of ${path}`);
  const digest = top.type === "index" ? top.manifests[0]?.digest : void 0;
  if (digest === void 0) throw new Error(`The archive ${path} holds no image.`);
  const read = async (wanted) => files.get(`blobs/${wanted.replace(":", "/")}`);
  return { digest, ...await readImage(digest, platform, path, read) };
}
async function readImage(digest, platform, place, read) {
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
  return readImage(own.digest, platform, place, read);
}

// build-platform/read-request.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);
function readRequest() {
  const plan = parseImagePlan(readRequired("plan"));
  const platforms = parsePlatforms(readRequired("platforms"));
  const selection = parsePlatformSelection(readRequired("select"));
  const cacheImage = readText("cache-image");
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
    noCache: readBoolean("no-cache", false),
    pull: readBoolean("pull", false),
    reuse: readBoolean("reuse", true),
    provenance: readChoice("provenance", ["min", "max", "false"], "max"),
    sbom: readBoolean("sbom", false),
    dockerMediaTypes: readBoolean("docker-media-types", false),
    cacheStores: parseCacheStores(readList("cache")),
    cacheImage: cacheImage === "" ? plan.images[0] ?? "" : normaliseImage(cacheImage),
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s")
  };
}
function checkLabels(labels) {
  const own = labels.find((label) => /^(?:dev\.longshore\.|org\.opencontainers\.image\.revision=)/.test(label));
  if (own === void 0) return labels;
  const key = own.slice(0, own.indexOf("="));
  throw new InputError(`Input labels sets ${quoteValue(key)}, which says what the image was built from: leave it out.`);
}
function findBuildPlace(workspace) {
  const input = readText("context", ".");
  if (/^(?:[a-z+]+:\/\/|git@|github\.com\/|-$)/i.test(input)) {
    throw new InputError(
      `Input context is ${quoteValue(input)}: only a folder of the checked out repository can be built.`
    );
  }
  const context = inside(workspace, (0, import_node_path.resolve)(workspace, input), "context", input);
  if (context === void 0 || !(0, import_node_fs.statSync)(context).isDirectory()) {
    throw new InputError(`Input context is ${quoteValue(input)}: there is no such folder in the repository.`);
  }
  const file = readText("file");
  const found = findDockerfile(file, input, (path) => (0, import_node_fs.existsSync)((0, import_node_path.resolve)(context, path)));
  const dockerfile = inside(workspace, (0, import_node_path.resolve)(context, found), "file", found) ?? (0, import_node_path.resolve)(context, found);
  if ((0, import_node_fs.statSync)(dockerfile).isFile()) return { context, dockerfile };
  throw new InputError(`Input file is ${quoteValue(found)}, which is no file.`);
}
function inside(workspace, path, input, value) {
  const root = (0, import_node_fs.realpathSync)(workspace);
  const real = (0, import_node_fs.existsSync)(path) ? (0, import_node_fs.realpathSync)(path) : void 0;
  const lexical = path === (0, import_node_path.resolve)(workspace) || path.startsWith(`${(0, import_node_path.resolve)(workspace)}${import_node_path.sep}`);
  if (lexical && (real === void 0 || real === root || real.startsWith(`${root}${import_node_path.sep}`))) return real;
  throw new InputError(
    `Input ${input} is ${quoteValue(value)}, which lies outside the repository: use a path inside it.`
  );
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
  const path = (0, import_node_path2.join)(setting.temp, nameArchive(setting.request.plan, platform));
  (0, import_node_fs2.rmSync)(path, { force: true });
  await runBuild(platform, setting, { ...mode, archive: path });
  const image = await readArchivedImage(path, platform);
  return {
    ...describe(platform, setting, started, mode.history),
    ...{ ...image, delivery: "artifact", archive: (0, import_node_path2.basename)(path), path }
  };
}
function describe(platform, { request }, started, { retries, steps }) {
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const count = request.noCache ? void 0 : steps.count();
  const facts = { platform, seconds, reused: false, retries, revision: request.plan.revision };
  return { ...facts, ...count === void 0 ? {} : { steps: count } };
}
async function runBuild(platform, setting, mode) {
  const { request, temp, sshKeyFile, sourceDateEpoch } = setting;
  const metadataFile = (0, import_node_path2.join)(temp, `longshore-${process.pid}-metadata.json`);
  const build = {
    ...request,
    ...{ platform, metadataFile, context: setting.context, dockerfile: setting.dockerfile },
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
  for (const line of [...request.secrets.map(({ value }) => value), request.sshKey].flatMap((it) => it.split("\n"))) {
    maskSecret(line);
  }
  const outcome = await buildPlatforms(request);
  tellOutcome(request, outcome);
  if (outcome.fallback !== void 0 && request.plan.kind !== "pull-request") {
    throw new Error(`${outcome.fallback.message} The image is kept as an archive: ${outcome.archives.join(", ")}.`);
  }
});
async function buildPlatforms(request) {
  const { plan, platforms, selection, selected } = request;
  if (plan.delivery === "none" || selected.length === 0) {
    printText(
      plan.delivery === "none" ? `Nothing to build: ${plan.reason}` : `No platform for ${selection} is asked for.`
    );
    return { results: [], archives: [] };
  }
  const place = findBuildPlace(request.workspace);
  const credentials = readDockerCredentials(process.env);
  const open = (options) => plan.images.map(
    (image) => openRegistry(image, { credentials, ...options, onRetry: (sentence2) => warning(sentence2) })
  );
  const registries = open({ attempts: request.attempts, delay: request.retryDelay });
  if (plan.delivery === "registry" && request.reuse) {
    const patience = { attempts: Math.min(2, request.attempts), delay: Math.min(2e3, request.retryDelay) };
    const finished = await findFinishedImage(plan, platforms, open(patience));
    if (typeof finished !== "string") return reuseImage(request, finished, registries);
    printText(finished);
  }
  const askAccess = () => askPushAccess(plan.images, credentials);
  const access = plan.delivery === "registry" ? await askAccess() : { type: "unknown" };
  if (access.type === "refused") throw new Error(access.sentence);
  const sourceDateEpoch = await readEpoch(request);
  const temp = process.env.RUNNER_TEMP || (0, import_node_os.tmpdir)();
  return withKeyFile(
    request.sshKey,
    temp,
    (sshKeyFile) => buildEach({
      ...place,
      request,
      temp,
      sshKeyFile,
      sourceDateEpoch,
      registries,
      askAccess,
      cacheOf: cacheOf(request)
    })
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
async function reuseImage({ plan, selected }, manifests, registries) {
  const [first] = registries;
  const results = await Promise.all(
    selected.map(async (platform) => {
      const started = performance.now();
      const digest = manifests.get(platform);
      if (first === void 0 || digest === void 0) throw new Error(`${platform} is not in the image to be reused.`);
      const { size } = await readPushedImage(first, digest, platform);
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      const facts = { reused: true, retries: [], revision: plan.revision, delivery: "registry" };
      return { platform, digest, manifest: digest, size, seconds, ...facts };
    })
  );
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
async function readEpoch({ plan, workspace }) {
  const planned = Date.parse(plan.created);
  if (!Number.isNaN(planned)) return Math.floor(planned / 1e3);
  const git = $({ cwd: workspace, nothrow: true, quiet: true });
  const { exitCode, stdout } = await git`git log -1 --format=%ct ${plan.revision} --`;
  if (exitCode === 0 && /^\d+\s*$/.test(stdout)) return Number(stdout);
  printText("The date of the commit is not known, so building it again may give other bytes.");
  return void 0;
}
function tellOutcome({ plan, selection }, { results, archives, fallback }) {
  for (const { platform, digest, size, seconds, delivery, archive, steps } of results) {
    printText(`${platform}  ${digest}  ${size} bytes  ${seconds} s  ${archive ?? delivery}`);
    if (steps !== void 0) printText(formatCacheLine({ platform, ...steps }));
  }
  writeOutputs({
    result: JSON.stringify(results),
    digest: results[0]?.digest ?? "",
    reused: String(results.length > 0 && results.every(({ reused }) => reused)),
    delivery: results.length === 0 ? plan.delivery : archives.length > 0 ? "artifact" : "registry",
    archives: archives.join("\n"),
    "archive-name": nameArchives(plan, selection)
  });
  if (archives.length > 0) {
    const why = fallback === void 0 ? plan.reason : "The registry stayed down.";
    writeSummary(
      `Kept as OCI archives in the artifact ${codeText(nameArchives(plan, selection))}: ${escapeMarkdown(why)}

`
    );
  }
}
