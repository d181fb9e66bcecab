import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  createHistoryReader,
  createHolderReader,
  decideTags,
  freeHeldTags,
  hasFailed,
  listLeftTags,
  namesImage,
  putTags,
  seeTags,
  tableOfTags,
  tellHeldTags,
  tellLeftTags
} from "./chunk-put-tags.js";
import {
  docker
} from "./chunk-docker.js";
import {
  connectGitHub
} from "./chunk-api.js";
import {
  readConfig,
  readContent
} from "./chunk-read-content.js";
import "./chunk-reads.js";
import "./chunk-error.js";
import {
  readDockerCredentials
} from "./chunk-docker-credentials.js";
import {
  digestOf,
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
  retry
} from "./chunk-retry.js";
import {
  formatMarkdownTable,
  formatTextTable,
  writeSummary
} from "./chunk-step-summary.js";
import {
  maskSecret,
  notice,
  readBoolean,
  readChoice,
  readDuration,
  readInteger,
  readRequired,
  readText,
  runStep,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  candidateOf,
  checkIndex,
  checkPushed,
  checkResults,
  claimAttestations,
  classifyPushError,
  compareFingerprints,
  expectChild,
  fingerprintKey,
  formatSize,
  formatSizeChange,
  formatTag,
  imageSize,
  imagesOf,
  isDockerList,
  isOfClock,
  jobsWithoutResult,
  parseImagePlan,
  parseOciContent,
  parsePlatformResults,
  parsePlatforms,
  platformOf,
  readImageFacts
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  codeText,
  escapeMarkdown,
  showText
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import "./chunk-runtime.js";

// publish-index/describe-result.ts
function describeResult({ digest, tags, notes }) {
  const rows = tags.map((tag) => [`${tag.image}:${tag.name}`, tag.outcome, tag.reason]);
  return [`index ${digest}`, formatTextTable(rows), ...notes].filter((line) => line !== "").join("\n");
}
function summariseResult(result) {
  return [
    headingOf(result),
    result.digest === void 0 ? "" : `Index ${codeText(result.digest)}${result.reused ? ", reused" : ""}

`,
    result.tags.length === 0 ? "" : tableOfTags(result.tags),
    tableOfPlatforms(result),
    listOfNotes(result),
    howToPull(result)
  ].join("");
}
function headingOf({ delivery, images, kind, reason, revision, tags }) {
  const failed = tags.filter(hasFailed).length;
  const title = delivery === "artifact" ? "Image kept as archives" : failed > 0 ? `Image published, ${failed} of ${tags.length} tags failed` : "Image published";
  const where = images.map(codeText).join(", ");
  const why = delivery === "artifact" ? ` Nothing was pushed or named: ${escapeMarkdown(withStop(reason))}` : "";
  return `### ${title}

${where} of revision ${codeText(revision)}, kind ${escapeMarkdown(kind)}.${why}

`;
}
function tableOfPlatforms({ platforms, comparedWith, delivery }) {
  const compares = comparedWith !== void 0;
  const tellsCache = platforms.some(({ steps }) => steps !== void 0);
  const row = (platform) => [
    platform.platform,
    codeText(platform.digest),
    formatSize(platform.size),
    ...compares ? [formatSizeChange({ size: platform.size, before: platform.sizeBefore })] : [],
    platform.reused ? "reused" : `${platform.seconds.toFixed(1)} s`,
    ...tellsCache ? [platform.steps ? `${platform.steps.cached} of ${platform.steps.total} steps` : ""] : [],
    ...delivery === "artifact" ? [codeText(platform.archive ?? "none")] : []
  ];
  return formatMarkdownTable({
    header: [
      ...["platform", "digest", "compressed size"],
      ...compares ? [`change against ${codeText(comparedWith)}`] : [],
      "build time",
      ...tellsCache ? ["from the cache"] : [],
      ...delivery === "artifact" ? ["archive"] : []
    ],
    rows: platforms.map(row)
  });
}
function listOfNotes({ platforms, notMoved, notes }) {
  const lines = [
    ...platforms.flatMap(({ platform, retries }) => retries.map((retry2) => `${platform}: ${escapeMarkdown(retry2)}`)),
    ...notMoved.map(({ name, reason }) => `${codeText(name)} stays where it is: ${escapeMarkdown(reason)}`),
    ...notes.map(escapeMarkdown)
  ];
  return lines.length === 0 ? "" : `${lines.map((line) => `- ${line}`).join("\n")}

`;
}
function howToPull({ delivery, digest, images, platforms, primaryTag, tags }) {
  if (delivery === "artifact") {
    const loads = platforms.flatMap(({ archive }) => archive === void 0 ? [] : [`docker load --input ${archive}`]);
    return loads.length === 0 ? "" : `Download this run's artifacts, then

${codeBlock(loads)}`;
  }
  const pulls = images.flatMap((image) => {
    const named = tags.some((tag) => tag.image === image && tag.name === primaryTag && namesImage(tag));
    return [...named ? [`docker pull ${image}:${primaryTag}`] : [], `docker pull ${image}@${digest}`];
  });
  return codeBlock(pulls);
}
function codeBlock(lines) {
  return `<pre>${lines.map(escapeMarkdown).join("\n")}</pre>
`;
}
function withStop(sentence) {
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}

// publish-index/keep-archives.ts
function keepArchives({ plan, results }) {
  const pushed = results.filter((result) => result.delivery === "registry").map((result) => result.platform);
  return {
    ...{ kind: plan.kind, delivery: "artifact", reason: reasonOf(plan), revision: plan.revision, images: plan.images },
    ...{ primaryTag: plan.primaryTag, reused: false },
    platforms: results.map(({ platform, manifest, size, seconds, reused, retries, archive, steps }) => ({
      ...{ platform, digest: manifest, size, seconds, reused, retries },
      ...archive === void 0 ? {} : { archive },
      ...steps === void 0 ? {} : { steps }
    })),
    tags: [],
    notMoved: [],
    notes: pushed.length === 0 ? [] : [`${pushed.join(", ")} lies in the registry without a name: without every platform there is no index.`]
  };
}
function reasonOf(plan) {
  return plan.delivery === "artifact" ? plan.reason : "the registry could not be written to, so the build kept an archive";
}

// publish-index/list-outputs.ts
function listOutputs(result) {
  const { digest, images, tags, delivery } = result;
  const named = tags.filter(namesImage);
  const names = [...new Set(named.map(({ name }) => name))].filter(
    (name) => images.every((image) => named.some((tag) => tag.image === image && tag.name === name))
  );
  return {
    digest: digest ?? "",
    image: digest === void 0 ? "" : `${images[0]}@${digest}`,
    references: named.map(({ image, name }) => `${image}:${name}`).join("\n"),
    tags: names.join("\n"),
    delivery,
    result: JSON.stringify(result)
  };
}

// lib/registry/tags/made-before.ts
function isMadeBefore(seen, digest) {
  const named = seen.filter(({ tag, head }) => tag.mutability === "immutable" && head?.digest === digest);
  return named.length > 0 && !named.some(({ tag }) => isOfClock(tag));
}

// publish-index/collect-pushed.ts
async function collectPushed(registries, results) {
  const checks = await Promise.all(results.map((result) => checkResult(registries, result)));
  const problems = checks.flatMap((check) => check.problems);
  if (problems.length > 0) throw new InputError(`No index is made and no tag is put: ${problems.join(" ")}`);
  return checks.flatMap(({ child }) => child ?? []);
}
async function checkResult(registries, result) {
  const places = await Promise.all(registries.map((registry) => findPushed(registry, result)));
  const problems = places.flatMap((place) => place.problems);
  const [first] = registries;
  const pushed = places[0]?.pushed;
  if (first === void 0 || pushed === void 0 || problems.length > 0) return { problems };
  const image = await readImage(first, pushed, result);
  if (image === void 0) {
    return { problems: [`${result.manifest}, given for ${result.platform}, is no image manifest.`] };
  }
  const config = await readConfig(first, image);
  if (config === void 0) {
    return { problems: [`${result.manifest}, given for ${result.platform}, has no image config.`] };
  }
  return { problems: checkPushed(result, { pushed, platform: config.platform }), child: expectChild(result, pushed) };
}
async function findPushed(registry, { digest, platform }) {
  const found = await readContent(registry, digest, { expected: true });
  if (found === void 0) {
    return { problems: [`${registry.image} holds no ${digest}, which was given for ${platform}.`] };
  }
  const parts = found.content.type === "index" ? found.content.manifests : [];
  const heads = await Promise.all(parts.map((part) => registry.headManifest(part.digest, { expected: true })));
  const problems = parts.filter((_, position) => heads[position] === void 0).map((part) => `${registry.image} holds no ${part.digest}, a part of ${digest} given for ${platform}.`);
  return { problems, pushed: found.content };
}
async function readImage(registry, pushed, result) {
  if (pushed.type === "manifest") return pushed;
  const child = imagesOf(pushed).find(({ digest }) => digest === result.manifest) ?? imagesOf(pushed)[0];
  const image = child && await readContent(registry, child.digest);
  return image?.content.type === "manifest" ? image.content : void 0;
}

// publish-index/doubt-kept.ts
async function doubtKeptTags(registries, tags) {
  const broken = await Promise.all(
    tags.filter(({ outcome }) => outcome === "kept").map((tag) => findBroken(registries, tag))
  );
  return [...broken.flat(), ...findDifferences(tags)];
}
async function findBroken(registries, { image, name, digest }) {
  const registry = registries.find((each) => each.image === image);
  if (registry === void 0 || digest === void 0) return [];
  try {
    const found = await readContent(registry, digest);
    const parts = found?.content.type === "index" ? found.content.manifests.map((part) => part.digest) : [];
    const heads = await Promise.all(parts.map((part) => registry.headManifest(part)));
    const missing = parts.filter((_, position) => heads[position] === void 0);
    if (missing.length === 0) return [];
    return [
      `${image}:${name} keeps a broken image, which lacks ${missing.join(", ")}: delete version ${digest} of the package, then run this workflow again.`
    ];
  } catch {
    return [];
  }
}
function findDifferences(tags) {
  const known = tags.filter(
    ({ mutability, outcome }) => mutability === "immutable" && ["written", "done", "kept"].includes(outcome)
  );
  return [...new Set(known.map(({ name }) => name))].flatMap((name) => {
    const holders = known.filter((tag) => tag.name === name);
    if (new Set(holders.map(({ digest }) => digest)).size < 2) return [];
    const told = holders.map(({ digest, image }) => `${digest} in ${image}`).join(", ");
    return [
      `The immutable tag ${name} names different images: ${told}. It keeps both: delete that version where it is the wrong one, and copy the other image there by promote-image.yml.`
    ];
  });
}

// publish-index/make-index.ts
async function findReusedIndex(registry, plan, results) {
  if (!results.every((result) => result.reused)) return void 0;
  const found = await registry.getManifest(plan.primaryTag);
  if (found === void 0) return void 0;
  const made = toIndex(found.bytes, found.mediaType, true);
  if (made === void 0) return void 0;
  if (checkIndex(made.content, claimAttestations(made.content, results), void 0).length > 0) return void 0;
  const { revision, component, fingerprint } = readImageFacts(made.content.annotations);
  const isSame = compareFingerprints(fingerprint, results[0]?.fingerprint).length === 0;
  return revision === plan.revision && component === plan.component && isSame ? made : void 0;
}
async function joinPlatforms(image, results, annotations, options) {
  const args = [
    ...["buildx", "imagetools", "create", "--dry-run"],
    ...Object.entries(annotations).flatMap(([key, value]) => ["--annotation", `index:${key}=${value}`]),
    ...results.map(({ digest }) => `${image}@${digest}`)
  ];
  const output = await retry(() => runBuildx(args), {
    attempts: options.attempts,
    delay: options.retryDelay,
    isTransient: (error) => error instanceof JoinError && error.transient,
    retryAfter: (error) => error instanceof JoinError ? error.retryAfter : void 0,
    onRetry: ({ error, attempt, attempts, delay }) => options.onRetry(
      `${error instanceof Error ? error.message : error} Trying again in ${delay / 1e3} s (attempt ${attempt + 1} of ${attempts}).`
    )
  });
  const made = toIndex(new TextEncoder().encode(output.replace(/\n$/u, "")), "", false);
  if (made === void 0) throw new Error("docker buildx imagetools create gave no index: update docker buildx.");
  return made;
}
var JoinError = class extends Error {
  /** Whether it did not find what it was to join. */
  absent;
  transient;
  retryAfter;
  constructor(message, transient, retryAfter) {
    super(message);
    this.name = "JoinError";
    this.absent = /: not found\b/.test(message);
    this.transient = transient;
    this.retryAfter = retryAfter;
  }
};
async function runBuildx(args) {
  const { exitCode, stdout, stderr } = await docker(args);
  if (exitCode === 0) return stdout;
  if (exitCode === 127 || /is not a docker command|unknown command: docker buildx/iu.test(stderr)) {
    throw new JoinError("There is no docker with buildx here: run docker/setup-buildx-action before this step.", false);
  }
  const { message, advice, transient, retryAfter } = classifyPushError(stderr);
  const sentence = `docker buildx imagetools create failed: ${message.replace(/\.$/u, "")}. ${advice}`;
  throw new JoinError(sentence, transient, retryAfter === void 0 ? void 0 : retryAfter * 1e3);
}
function toIndex(bytes, mediaType, reused) {
  const content = parseOciContent(new TextDecoder().decode(bytes), "The index");
  if (content.type !== "index") return void 0;
  const known = content.mediaType || mediaType;
  return { digest: digestOf(bytes), mediaType: known, bytes, content: { ...content, mediaType: known }, reused };
}

// publish-index/measure-base.ts
async function measureBase(registry, plan) {
  const { suffix, defaultBranch, component } = plan;
  const tag = formatTag({ class: "branch", suffix }, { defaultBranch, suffixes: [suffix] });
  const name = `${registry.image}:${tag}`;
  try {
    const once = { attempts: 1 };
    const base = await readContent(registry, tag, once);
    if (base?.content.type !== "index") return { name, sizes: /* @__PURE__ */ new Map() };
    const facts = readImageFacts(base.content.annotations);
    if (facts.revision !== void 0 && facts.component !== component) return { name, sizes: /* @__PURE__ */ new Map() };
    const sizes = await Promise.all(
      imagesOf(base.content).map(async (child) => {
        const image = await readContent(registry, child.digest, once);
        const platform = platformOf(child);
        return platform !== void 0 && image?.content.type === "manifest" ? [[platform, imageSize(image.content)]] : [];
      })
    );
    return { name, sizes: new Map(sizes.flat()) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { name, sizes: /* @__PURE__ */ new Map(), problem: `Sizes were not compared with ${name}: ${problem}` };
  }
}

// publish-index/put-index.ts
async function putIndex(registry, index, expected, annotations) {
  const isThere = index.reused && await registry.headManifest(index.digest) !== void 0;
  if (!isThere) await registry.putManifest(index.digest, index.bytes, index.mediaType);
  const found = await readContent(registry, index.digest, { expected: true });
  if (found === void 0) {
    throw new Error(`${registry.image} took the index ${index.digest} and does not give it back: run this job again.`);
  }
  requireExact(`${registry.image}@${index.digest}`, found.content, expected, annotations);
}
function requireExact(what, content, expected, annotations) {
  const problems = content.type === "index" ? checkIndex(content, expected, annotations) : ["It is a single image, not an index."];
  if (problems.length > 0) throw new Error(`No tag is put, as ${what} is not what was built: ${problems.join(" ")}`);
}

// publish-index/publish-image.ts
async function publishImage(request) {
  const { results, adopt } = request;
  const isDeferred = request.movingTags === "defer";
  const notes = [];
  const onRetry = (sentence) => {
    warning(showText(sentence));
    notes.push(sentence);
  };
  const options = { attempts: request.attempts, retryDelay: request.retryDelay, onRetry };
  const credentials = readDockerCredentials(process.env);
  const targets = request.plan.images.map((image) => {
    const { attempts, retryDelay } = request;
    const registry = openRegistry(image, { credentials, attempts, delay: retryDelay, onRetry });
    return { registry, readHolder: createHolderReader(registry) };
  });
  const registries = targets.map(({ registry }) => registry);
  const [target] = targets;
  if (target === void 0) throw new Error("The plan names no repository.");
  const first = target.registry;
  const { plan, notMoved } = isDeferred ? { plan: request.plan, notMoved: listLeftTags(request.plan) } : await freeHeldTags(request.plan, target);
  const tagsToPut = plan.tags.filter(({ mutability }) => mutability === "immutable" || !isDeferred);
  const fingerprint = results[0]?.fingerprint;
  const planned = { ...plan.annotations, ...fingerprint === void 0 ? {} : { [fingerprintKey]: fingerprint } };
  const collecting = collectPushed(registries, results);
  const join = () => joinPlatforms(first.image, results, planned, options);
  const joinWhenServed = (error) => {
    if (error instanceof JoinError && error.absent) return collecting.then(join);
    throw error;
  };
  const [pushed, made, seen, base] = await Promise.allSettled([
    collecting,
    findReusedIndex(first, plan, results).then((reused) => reused ?? join().catch(joinWhenServed)),
    seeTags(targets, tagsToPut),
    measureBase(first, plan)
  ]);
  const expected = settled(pushed);
  const index = settled(made);
  const tagsBefore = settled(seen);
  const annotations = index.reused ? void 0 : planned;
  const children = index.reused ? claimAttestations(index.content, expected) : expected;
  requireExact("the new index", index.content, children, annotations);
  await Promise.all(registries.map((registry) => putIndex(registry, index, children, annotations)));
  const gitHub = connectGitHub({ token: request.token, url: request.apiUrl, onRetry });
  const judgement = {
    candidate: toCandidate({ ...request, plan }, index, tagsBefore),
    history: createHistoryReader(gitHub, plan),
    adopt
  };
  const isOfBefore = isMadeBefore(tagsBefore, index.digest);
  const named = isOfBefore ? tagsBefore.filter(({ tag }) => !isOfClock(tag)) : tagsBefore;
  const tasks = await decideTags(named, judgement);
  const put = await putTags(tasks, index, judgement, options);
  const tags = isDeferred ? [...put, ...deferMoving(plan)] : put;
  const doubts = await doubtKeptTags(registries, put);
  for (const sentence of doubts) warning(showText(sentence));
  const unnamed = isOfBefore ? plan.tags.filter(isOfClock).map(({ name: name2 }) => name2) : [];
  const { sizes, name, problem } = settled(base);
  return {
    ...{ kind: plan.kind, delivery: "registry", reason: plan.reason, revision: plan.revision, images: plan.images },
    ...{ primaryTag: plan.primaryTag, digest: index.digest, mediaType: index.mediaType, reused: index.reused },
    platforms: results.map((result) => toPlatformOutcome(result, sizes)),
    ...{ tags, notMoved, comparedWith: name },
    notes: [
      ...notes,
      ...doubts,
      ...problem === void 0 ? [] : [problem],
      ...explain(index, results, tags),
      ...explainClock(unnamed)
    ]
  };
}
function explainClock(names) {
  return names.length === 0 ? [] : [`${names.join(", ")} is of images made now, and this one was made before.`];
}
function deferMoving({ images, tags }) {
  const moving = tags.filter(({ mutability }) => mutability === "moving");
  return images.flatMap(
    (image) => moving.map(({ name, mutability, reason }) => ({
      ...{ image, name, mutability, outcome: "deferred" },
      reason: `left to a promotion: ${reason}`
    }))
  );
}
function explain(index, results, tags) {
  const kept = tags.filter(({ outcome }) => outcome === "kept").map(({ name }) => name);
  const bare = index.reused ? [] : results.filter(({ reused }) => reused).map(({ platform }) => platform);
  return [
    ...kept.length === 0 ? [] : [
      `${[...new Set(kept)].join(", ")} keeps the first image of this revision; moving tags name the new build ${index.digest}.`
    ],
    ...bare.length === 0 ? [] : [`${bare.join(", ")} is reused beside a new build, without its attestations.`],
    ...isDockerList(index.content) ? ["Docker's media types have no annotations: what the image is of stands in its labels only."] : []
  ];
}
function settled(result) {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}
function toCandidate({ plan, results }, index, before) {
  const { fingerprint, rebuilt } = results[0] ?? {};
  const had = before.filter(({ head }) => head?.digest === index.digest);
  const candidate = {
    // Joined anew it is the same image where the same parts are joined.
    ...candidateOf(plan, {
      digest: index.digest,
      reused: index.reused || had.some(({ tag }) => tag.name === plan.primaryTag)
    }),
    republished: index.reused || had.some(({ tag }) => tag.class === "version-line")
  };
  return rebuilt || fingerprint === void 0 ? candidate : { ...candidate, fingerprint };
}
function toPlatformOutcome(result, sizes) {
  const { platform, manifest, size, seconds, reused, retries, steps } = result;
  const sizeBefore = sizes.get(platform);
  return {
    ...{ platform, digest: manifest, size, seconds, reused, retries },
    ...sizeBefore === void 0 ? {} : { sizeBefore },
    ...steps === void 0 ? {} : { steps }
  };
}

// publish-index/read-request.ts
function readRequest() {
  const plan = parseImagePlan(readRequired("plan"));
  const platforms = parsePlatforms(readRequired("platforms"));
  return {
    plan,
    platforms,
    results: plan.delivery === "none" ? [] : readResults(plan, platforms),
    movingTags: readChoice("moving-tags", ["now", "defer"], "now"),
    adopt: readBoolean("adopt-tags", false),
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s"),
    token: readText("token"),
    apiUrl: process.env.GITHUB_API_URL || "https://api.github.com"
  };
}
function explainSilence(jobs) {
  return `${jobs.map((job) => `\`${job}\``).join(", ")} ended well without an output, as GitHub drops each output that holds a line of a secret: look for a secret, such as a registry's password, with a line that is \`{\`, \`}\` or \`"\` or very short, and give it in one line or in base64 (of a Google key, the user \`_json_key_base64\`).`;
}
function readResults(plan, platforms) {
  const results = parsePlatformResults(readRequired("results"));
  const problems = checkResults(platforms, results, plan.revision);
  if (problems.length > 0) {
    const silent = results.length < platforms.length ? jobsWithoutResult(readRequired("results")) : [];
    const why = silent.length === 0 ? [] : [explainSilence(silent)];
    throw new InputError(
      `Input results does not hold what input platforms asks for: ${[...problems, ...why].join(" ")}`
    );
  }
  const pushed = results.find((result) => result.delivery === "registry");
  if (plan.delivery === "artifact" && pushed !== void 0) {
    throw new InputError(
      `Input results says ${pushed.platform} was pushed, but the plan delivers archives (${plan.reason}): use the plan the builds had.`
    );
  }
  return platforms.flatMap((platform) => results.filter((result) => result.platform === platform));
}

// publish-index/main.ts
await runStep(async () => {
  const request = readRequest();
  maskSecret(request.token);
  const { plan, results } = request;
  if (plan.delivery === "none") {
    notice(showText(`Nothing to publish: ${plan.reason}`));
    return writeOutputs(listOutputs(nothing(request)));
  }
  if (results.some((result2) => result2.delivery === "artifact")) return tellArchives(request);
  const result = await publishImage(request);
  printText(describeResult(result));
  tellLeftTags(result.tags);
  tellHeldTags(result.notMoved, result.images);
  writeOutputs(listOutputs(result));
  writeSummary(summariseResult(result));
  failWhereTagsFailed(result);
});
function nothing({ plan }) {
  return {
    ...{ kind: plan.kind, delivery: "none", reason: plan.reason, revision: plan.revision, images: plan.images },
    ...{ primaryTag: plan.primaryTag, reused: false, platforms: [], tags: [], notMoved: [], notes: [] }
  };
}
function tellArchives(request) {
  const { plan } = request;
  const result = keepArchives(request);
  writeOutputs(listOutputs(result));
  writeSummary(summariseResult(result));
  const sentence = `No tag is put, the image is kept as archives: ${result.reason}`;
  if (plan.delivery === "registry" && plan.kind !== "pull-request") throw new Error(sentence);
  if (plan.delivery === "artifact") notice(showText(sentence));
  else warning(showText(`${sentence}. Run the workflow again once the registry takes pushes.`));
}
function failWhereTagsFailed({ tags }) {
  const failed = tags.filter(({ outcome }) => outcome === "failed");
  if (failed.length === 0) return;
  const names = failed.map(({ image, name, reason }) => `${image}:${name} (${reason})`);
  throw new Error(
    `${tags.filter(hasFailed).length} of ${tags.length} tags do not name the image: ${names.join("; ")}. Run this job again: it goes on where it stopped.`
  );
}
