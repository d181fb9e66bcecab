import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  InputError,
  formatCacheTag,
  isHigherVersion,
  readImageFacts
} from "./chunk-LIRWK3G2.js";
import {
  quoteValue,
  showText
} from "./chunk-MOZU6JSC.js";
import {
  HttpRefusal,
  parseRetryAfter,
  require_promises,
  retry,
  sendRequest
} from "./chunk-ZOGCW2AV.js";
import {
  __commonJS,
  __toESM
} from "./chunk-VSKSHHTL.js";

// node:node:crypto
var require_node_crypto = __commonJS({
  "node:node:crypto"(exports, module) {
    module.exports = process.getBuiltinModule("node:crypto");
  }
});

// ../packages/publishing/src/platform.ts
var VARIANTS = /* @__PURE__ */ new Map([
  ["amd64", ["", "v2", "v3", "v4"]],
  ["arm64", ["", "v9"]],
  ["arm", ["v5", "v6", "v7"]],
  ["386", [""]],
  ["loong64", [""]],
  ["mips64", [""]],
  ["mips64le", [""]],
  ["ppc64le", [""]],
  ["riscv64", [""]],
  ["s390x", [""]]
]);
var ALIASES = /* @__PURE__ */ new Map([
  ["x86_64", "amd64"],
  ["x86-64", "amd64"],
  ["amd64/v1", "amd64"],
  ["aarch64", "arm64"],
  ["arm64/v8", "arm64"],
  ["arm64/8", "arm64"],
  ["aarch64/v8", "arm64"],
  ["arm", "arm/v7"],
  ["arm/5", "arm/v5"],
  ["arm/6", "arm/v6"],
  ["arm/7", "arm/v7"],
  ["armhf", "arm/v7"],
  ["armel", "arm/v6"],
  ["i386", "386"]
]);
function parsePlatform(text2) {
  const [os, ...rest] = text2.trim().toLowerCase().split("/");
  const machine = rest.join("/");
  const [architecture = "", variant = "", ...more] = (ALIASES.get(machine) ?? machine).split("/");
  if (os !== "linux" || more.length > 0 || !VARIANTS.get(architecture)?.includes(variant)) {
    throw new InputError(
      `Input platforms names ${JSON.stringify(text2)}, which is no Linux platform known here: write such as linux/amd64, linux/arm64, linux/arm/v7 or linux/riscv64.`
    );
  }
  return variant === "" ? `linux/${architecture}` : `linux/${architecture}/${variant}`;
}
function parsePlatforms(text2) {
  const platforms = text2.split(/[\s,]+/).filter((part) => part !== "").map(parsePlatform);
  if (platforms.length === 0) throw new InputError("Input platforms is empty: name at least one, such as linux/amd64.");
  const twice = platforms.find((platform, index) => platforms.indexOf(platform) !== index);
  if (twice !== void 0) throw new InputError(`Input platforms names ${twice} twice: name each platform once.`);
  return platforms;
}
function platformSlug(platform) {
  return platform.replaceAll("/", "-");
}

// ../packages/publishing/src/archive-name.ts
function nameArchives(plan, selection) {
  return `${stem(plan)}-${platformSlug(selection)}`;
}
function nameArchive(plan, platform) {
  return `${stem(plan)}-${platformSlug(platform)}.oci.tar`;
}
function stem({ component, repository, suffix }) {
  const name = component || (repository.split("/")[1] ?? "");
  return `image-${name}${suffix}`.replaceAll(/[^A-Za-z0-9._-]+/g, "-");
}

// ../packages/publishing/src/csv.ts
function formatCsvField(field) {
  return /[",\r\n]|^\s|^$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
function formatCsv(pairs) {
  return pairs.map(([key, value]) => formatCsvField(`${key}=${value}`)).join(",");
}

// ../packages/publishing/src/cache.ts
function parseCacheStores(items) {
  if (items.length === 1 && items[0] === "none") return [];
  const stores = items.map((item) => {
    if (item === "gha" || item === "registry") return item;
    throw new InputError(`Input cache names ${JSON.stringify(item)}: use gha, registry, both (gha,registry) or none.`);
  });
  return [...new Set(stores)];
}
function planCache(request) {
  const { plan, ghaReachable } = request;
  const scopes = [.../* @__PURE__ */ new Set([plan.cache.own, plan.cache.fallback])].filter((scope) => scope !== "");
  const stores = request.stores.filter((store) => store !== "gha" || ghaReachable);
  const locations = stores.flatMap((store) => scopes.map((scope) => location(store, scope, request)));
  const own = plan.cache.own === "" ? [] : stores.map((store) => location(store, plan.cache.own, request));
  const unreachable = request.stores.includes("gha") && !ghaReachable;
  return {
    from: request.cold ? [] : locations.map(formatCsv),
    to: plan.cache.write ? own.map((pairs) => formatCsv([...pairs, ...exportOptions(pairs, request)])) : [],
    notices: unreachable ? [
      "GitHub's cache is not used: ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not in this step's environment."
    ] : []
  };
}
function location(store, scope, { plan, platform, repository }) {
  const slug = platformSlug(platform);
  const image = plan.images[0] ?? "";
  if (store === "gha") {
    const parts = ["longshore", image, plan.component, slug, scope].filter((part) => part !== "");
    return [["type", "gha"], ["scope", parts.join("-").replaceAll(/[^A-Za-z0-9._-]+/g, "-")]];
  }
  const owner = plan.component || (repository === image ? "" : image.slice(image.lastIndexOf("/") + 1));
  return [["type", "registry"], ["ref", `${repository}:${cacheTag(slug, owner === "" ? scope : `${scope}-${owner}`)}`]];
}
function exportOptions(pairs, { dockerMediaTypes }) {
  const common = [["mode", "max"], ["ignore-error", "true"]];
  if (pairs[0]?.[1] === "gha") return common;
  return dockerMediaTypes ? [...common, ["image-manifest", "false"], ["oci-mediatypes", "false"]] : [...common, ["image-manifest", "true"], ["oci-mediatypes", "true"]];
}
var LONGEST_TAG = 128;
function cacheTag(slug, scope) {
  const tag = formatCacheTag(slug, scope);
  if (tag.length <= LONGEST_TAG) return tag;
  const mark = fingerprint(scope);
  return formatCacheTag(slug, `${scope.slice(0, scope.length - (tag.length - LONGEST_TAG) - mark.length - 1)}-${mark}`);
}
function fingerprint(text2) {
  let hash = 2166136261;
  for (const character of text2) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

// ../packages/publishing/src/build-command.ts
function planBuildCommand(request) {
  const { plan, secrets, cache } = request;
  const labels = [...Object.entries(plan.labels).map(([key, value]) => `${key}=${value}`), ...request.labels];
  const args = [
    ...["buildx", "build", "--progress=plain", `--platform=${request.platform}`],
    `--file=${request.dockerfile}`,
    `--metadata-file=${request.metadataFile}`,
    `--output=${formatOutput(request)}`,
    ...attestations(request),
    ...request.target === "" ? [] : [`--target=${request.target}`],
    ...request.buildArgs.flatMap((value) => ["--build-arg", value]),
    ...request.buildContexts.flatMap((value) => ["--build-context", value]),
    ...labels.flatMap((value) => ["--label", value]),
    ...secrets.flatMap(({ id }, index) => ["--secret", formatCsv([["id", id], ["env", secretVariable(index)]])]),
    // biome-ignore format: one flag a line
    ...request.sshKeyFile === void 0 ? [] : ["--ssh", `default=${request.sshKeyFile}`],
    ...request.noCache ? ["--no-cache"] : [],
    ...request.pull ? ["--pull"] : [],
    ...cache.from.flatMap((value) => ["--cache-from", value]),
    ...cache.to.flatMap((value) => ["--cache-to", value]),
    request.context
  ];
  return {
    args,
    env: {
      ...Object.fromEntries(secrets.map(({ value }, index) => [secretVariable(index), value])),
      ...request.sourceDateEpoch === void 0 ? {} : { SOURCE_DATE_EPOCH: String(request.sourceDateEpoch) }
    }
  };
}
function secretVariable(index) {
  return `LONGSHORE_SECRET_${index}`;
}
function formatOutput({ plan, archive, dockerMediaTypes, sourceDateEpoch }) {
  const target = archive === void 0 ? [
    ["type", "image"],
    ["name", plan.images.join(",")],
    ["push-by-digest", "true"],
    ["name-canonical", "true"],
    ["push", "true"],
    // Only the registry is to have it. In an engine's image store builds of one name would also get in each other's
    // way: "already exists" (https://github.com/docker/buildx/issues/3576).
    ["store", "false"]
  ] : [
    ["type", "oci"],
    ["name", `${plan.images[0]}:${plan.primaryTag}`],
    ["dest", archive]
  ];
  return formatCsv([
    ...target,
    // Said either way: without attestations BuildKit falls back to Docker's types, whose lists carry no annotations.
    ...archive === void 0 ? [["oci-mediatypes", String(!dockerMediaTypes)]] : [],
    ...sourceDateEpoch === void 0 ? [] : [["rewrite-timestamp", "true"]]
  ]);
}
function attestations({ provenance, sbom, dockerMediaTypes, archive }) {
  const without = dockerMediaTypes || archive !== void 0;
  return [
    without || provenance === "false" ? "--provenance=false" : `--provenance=mode=${provenance}`,
    `--sbom=${!without && sbom}`
  ];
}

// ../packages/publishing/src/build-inputs.ts
function parsePairs(input, lines, form) {
  const bad = lines.find((line) => !/^[^=\s]+=/.test(line));
  if (bad === void 0) return lines;
  throw new InputError(`Input ${input} holds the line ${quote(bad)}: write ${form}, one a line.`);
}
function parseSecrets(text2) {
  const entries = text2.matchAll(/[^\S\n]*"((?:[^"]|"")*)"[^\S\n]*(?:\n|$)|([^\n]+)(?:\n|$)/g);
  const secrets = [...entries].map(([, quoted, plain]) => quoted === void 0 ? (plain ?? "").trim() : quoted.replaceAll('""', '"')).filter((entry) => entry !== "").map(parseSecret);
  const twice = secrets.find(({ id }, index) => secrets.findIndex((other) => other.id === id) !== index);
  if (twice !== void 0) throw new InputError(`Input secrets gives the id ${twice.id} twice: give each secret once.`);
  return secrets;
}
function parseSecret(entry, index) {
  const end = entry.indexOf("=");
  const id = entry.slice(0, Math.max(end, 0));
  if (!/^[A-Za-z0-9_.-]+$/.test(id)) {
    throw new InputError(
      `Input secrets: entry ${index + 1} is not of the form id=value, where the id is letters, digits, dot, dash and underscore.`
    );
  }
  return { id, value: entry.slice(end + 1) };
}
function quote(text2) {
  return JSON.stringify(text2.length > 80 ? `${text2.slice(0, 79)}…` : text2);
}

// ../packages/publishing/src/digest.ts
var DIGEST = /^sha256:[0-9a-f]{64}$/;
function isDigest(text2) {
  return DIGEST.test(text2);
}
function parseDigest(text2, what) {
  if (isDigest(text2)) return text2;
  throw new InputError(
    `${what} is ${JSON.stringify(text2)}, not a digest: expected sha256: and 64 lower-case hex digits.`
  );
}

// ../packages/publishing/src/dockerfile.ts
var PLACES = ["Dockerfile", "docker/Dockerfile", "build/Dockerfile"];
function findDockerfile(file, context, exists) {
  const places = file === "" ? PLACES : [file];
  const found = places.find(exists);
  if (found !== void 0) return found;
  const where = `in context ${JSON.stringify(context)}`;
  if (file !== "") {
    throw new InputError(
      `Input file is ${JSON.stringify(file)}, but there is no such file ${where}: it is relative to the context.`
    );
  }
  throw new InputError(`No Dockerfile ${where}: looked for ${places.join(", ")}. Add one or name it in input file.`);
}

// ../packages/publishing/src/oci-content.ts
function parseOciContent(text2, what) {
  const value = parseJson(text2);
  if (!isRecord(value)) throw new InputError(`${what} is no manifest: it is not a JSON object.`);
  const mediaType = typeof value.mediaType === "string" ? value.mediaType : "";
  const annotations = readStrings(value.annotations);
  if (Array.isArray(value.manifests)) {
    return { type: "index", mediaType, manifests: value.manifests.map((item) => descriptor(item, what)), annotations };
  }
  if (!Array.isArray(value.layers)) throw new InputError(`${what} is neither an image index nor an image manifest.`);
  const layers = value.layers.map((item) => descriptor(item, what));
  return { type: "manifest", mediaType, config: descriptor(value.config, what), layers, annotations };
}
function isAttestation(descriptor2) {
  return descriptor2.annotations?.["vnd.docker.reference.type"] === "attestation-manifest";
}
function platformOf({ platform }) {
  if (platform === void 0) return void 0;
  const { os, architecture, variant = "" } = platform;
  try {
    return parsePlatform(variant === "" ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`);
  } catch {
    return void 0;
  }
}
function imageSize({ config, layers }) {
  return layers.reduce((sum, layer) => sum + layer.size, config.size);
}
function parseJson(text2) {
  try {
    return JSON.parse(text2);
  } catch {
    return void 0;
  }
}
function descriptor(value, what) {
  const { mediaType, digest, size, platform, annotations } = isRecord(value) ? value : {};
  if (typeof mediaType !== "string" || typeof digest !== "string" || !isDigest(digest) || typeof size !== "number") {
    throw new InputError(`${what} holds a descriptor without media type, digest or size.`);
  }
  return {
    ...{ mediaType, digest, size },
    ...isRecord(platform) ? { platform: readPlatform(platform) } : {},
    ...annotations === void 0 ? {} : { annotations: readStrings(annotations) }
  };
}
function readPlatform({ os, architecture, variant }) {
  return { os: String(os), architecture: String(architecture), ...variant ? { variant: String(variant) } : {} };
}
function readStrings(value) {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry) => typeof entry[1] === "string")
  );
}
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// ../packages/publishing/src/image-config.ts
function readImageConfig(text2) {
  const content = parseRecord(text2);
  if (content === void 0) return void 0;
  const { os, architecture, variant, config } = content;
  if (typeof os !== "string" || typeof architecture !== "string") return void 0;
  const platform = { os, architecture, ...typeof variant === "string" && variant !== "" ? { variant } : {} };
  const labels = isRecord2(config) && isRecord2(config.Labels) ? config.Labels : {};
  return {
    platform: platformOf({ mediaType: "", digest: "", size: 0, platform }) ?? `${os}/${architecture}`,
    labels: Object.fromEntries(
      Object.entries(labels).filter((entry) => typeof entry[1] === "string")
    )
  };
}
function parseRecord(text2) {
  try {
    const value = JSON.parse(text2);
    return isRecord2(value) ? value : void 0;
  } catch {
    return void 0;
  }
}
function isRecord2(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// ../packages/publishing/src/index-check.ts
function checkResults(platforms, results, revision) {
  const built = results.map((result) => result.platform);
  const missing = platforms.filter((platform) => !built.includes(platform));
  const extra = [...new Set(built.filter((platform) => !platforms.includes(platform)))];
  const twice = [...new Set(built.filter((platform, index) => built.indexOf(platform) !== index))];
  return [
    ...missing.map((platform) => `${platform} was asked for and no build gave it.`),
    ...extra.map((platform) => `${platform} was built and not asked for.`),
    ...twice.map((platform) => `${platform} was built more than once.`),
    ...results.filter((result) => result.revision !== revision).map((result) => `${result.platform} was built of ${result.revision}, not of ${revision}.`)
  ];
}
function checkPushed(result, { pushed, platform }) {
  const problems = [];
  if (platform !== result.platform) {
    problems.push(`The image ${result.digest} is of ${platform}, not of ${result.platform}.`);
  }
  if (pushed.type === "manifest") {
    if (result.manifest !== result.digest) {
      problems.push(`${result.digest} is no index, so it cannot hold the manifest ${result.manifest}.`);
    }
    return problems;
  }
  const images = imagesOf(pushed);
  const only = images[0];
  if (only === void 0 || images.length > 1) {
    return [
      ...problems,
      `The index ${result.digest} holds ${images.length} images, not only that of ${result.platform}.`
    ];
  }
  if (only.digest !== result.manifest) {
    problems.push(`The index ${result.digest} holds the manifest ${only.digest}, not ${result.manifest}.`);
  }
  if (platformOf(only) !== result.platform) {
    problems.push(`The index ${result.digest} calls its image ${platformOf(only) ?? "no known platform"}.`);
  }
  return [...problems, ...checkAttestations(`The index ${result.digest}`, attestationsOf(pushed), [only.digest])];
}
function expectChild(result, pushed) {
  const attestations2 = pushed.type === "index" ? attestationsOf(pushed).map((item) => item.digest) : [];
  return { platform: result.platform, manifest: result.manifest, attestations: attestations2 };
}
function checkIndex(index, expected, annotations) {
  const problems = [];
  for (const { platform, manifest } of expected) {
    const found = imagesOf(index).filter((child) => platformOf(child) === platform);
    if (found.length !== 1) problems.push(`The index holds ${found.length} images of ${platform}.`);
    else if (found[0]?.digest !== manifest) {
      problems.push(`The index holds ${found[0]?.digest} for ${platform}, not ${manifest}.`);
    }
  }
  for (const child of imagesOf(index)) {
    const platform = platformOf(child);
    if (!expected.some((wanted) => wanted.platform === platform)) {
      problems.push(`The index holds ${child.digest} of ${platform ?? "no known platform"}, which was not asked for.`);
    }
  }
  problems.push(...compareAttestations(index, expected));
  if (annotations !== void 0 && !isDockerList(index)) {
    problems.push(...compareAnnotations(index.annotations, annotations));
  }
  return problems;
}
function compareAttestations(index, expected) {
  const wanted = expected.flatMap((child) => child.attestations);
  const found = attestationsOf(index).map((item) => item.digest);
  return [
    ...wanted.filter((digest) => !found.includes(digest)).map((digest) => `The index lost the attestation ${digest}.`),
    ...found.filter((digest, position) => !wanted.includes(digest) || found.indexOf(digest) !== position).map((digest) => `The index holds the attestation ${digest}, which no build pushed.`),
    ...checkAttestations(
      "The index",
      attestationsOf(index),
      expected.map((child) => child.manifest)
    )
  ];
}
function checkAttestations(where, attestations2, images) {
  return attestations2.filter((item) => !images.includes(subjectOf(item) ?? "")).map(
    (item) => `${where} holds the attestation ${item.digest} about ${subjectOf(item) ?? "nothing"}, no image of it.`
  );
}
function compareAnnotations(found, planned) {
  const keys = [.../* @__PURE__ */ new Set([...Object.keys(planned), ...Object.keys(found)])];
  return keys.filter((key) => found[key] !== planned[key]).map((key) => `The annotation ${key} is ${quote2(found[key])}, planned is ${quote2(planned[key])}.`);
}
function quote2(text2) {
  return text2 === void 0 ? "missing" : JSON.stringify(text2);
}
function claimAttestations(index, children) {
  return children.map(({ platform, manifest }) => ({
    ...{ platform, manifest },
    attestations: attestationsOf(index).filter((item) => subjectOf(item) === manifest).map((item) => item.digest)
  }));
}
function isDockerList(index) {
  return index.mediaType === "application/vnd.docker.distribution.manifest.list.v2+json";
}
function imagesOf(index) {
  return index.manifests.filter((child) => !isAttestation(child));
}
function attestationsOf(index) {
  return index.manifests.filter(isAttestation);
}
function subjectOf(attestation) {
  return attestation.annotations?.["vnd.docker.reference.digest"];
}

// ../packages/publishing/src/platform-result.ts
function parsePlatformResults(text2) {
  const value = parseJson2(text2, "Input results");
  if (Array.isArray(value)) return value.map(parsePlatformResult);
  if (!isRecord3(value)) {
    throw new InputError("Input results is neither a JSON list of platform results nor the needs context as JSON.");
  }
  return Object.entries(value).flatMap(([job, entry]) => resultsOfJob(job, entry));
}
function resultsOfJob(job, entry) {
  if (!isRecord3(entry)) throw new InputError(`Input results: the entry of job ${job} is no object.`);
  const result = entry.result;
  if (result === "skipped") return [];
  if (result !== "success") {
    throw new InputError(`Input results: job ${job} ended as ${JSON.stringify(result)}, so its platforms are missing.`);
  }
  const outputs = entry.outputs;
  const text2 = isRecord3(outputs) ? outputs.result : void 0;
  if (text2 === void 0 || text2 === "") return [];
  const list = typeof text2 === "string" ? parseJson2(text2, `Input results: output result of job ${job}`) : void 0;
  if (!Array.isArray(list)) throw new InputError(`Input results: output result of job ${job} is no JSON list.`);
  return list.map(parsePlatformResult);
}
function parsePlatformResult(value) {
  if (!isRecord3(value)) throw new InputError(`Input results holds ${JSON.stringify(value)}, which is no object.`);
  const platform = parsePlatform(text(value, "platform"));
  const delivery = value.delivery;
  if (delivery !== "registry" && delivery !== "artifact") {
    throw new InputError(
      `Input results: delivery of ${platform} is ${JSON.stringify(delivery)}, expected registry or artifact.`
    );
  }
  const { reused, retries } = value;
  if (typeof reused !== "boolean") throw new InputError(`Input results: reused of ${platform} is no boolean.`);
  if (!Array.isArray(retries) || !retries.every((item) => typeof item === "string")) {
    throw new InputError(`Input results: retries of ${platform} is no list of strings.`);
  }
  return {
    platform,
    digest: parseDigest(text(value, "digest"), `Input results: digest of ${platform}`),
    manifest: parseDigest(text(value, "manifest"), `Input results: manifest of ${platform}`),
    size: amount(value, "size", platform),
    seconds: amount(value, "seconds", platform),
    reused,
    retries,
    revision: text(value, "revision"),
    delivery,
    ...value.archive === void 0 ? {} : { archive: text(value, "archive") }
  };
}
function parseJson2(text2, what) {
  try {
    return JSON.parse(text2);
  } catch (cause) {
    throw new InputError(`${what} is not JSON: ${JSON.stringify(text2.slice(0, 80))}.`, { cause });
  }
}
function text(record, key) {
  const value = record[key];
  if (typeof value === "string") return value;
  throw new InputError(`Input results: ${key} is ${JSON.stringify(value) ?? "missing"}, expected a string.`);
}
function amount(record, key, platform) {
  const value = record[key];
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new InputError(
    `Input results: ${key} of ${platform} is ${JSON.stringify(value) ?? "missing"}, expected a number.`
  );
}
function isRecord3(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// ../packages/publishing/src/push-error.ts
var PERMISSION = "Give the calling job `permissions: packages: write`; if the package was not made by this repository, its owner adds the repository with the role Write under Package settings, Manage Actions access. For other registries, check that the user of the login may push.";
var RULES = [
  {
    kind: "build",
    transient: false,
    pattern: /did not complete successfully: |executor failed running \[|: secret \S+: not found|unset ssh forward key|exporter .* could not be found/,
    advice: "A step of the Dockerfile failed: its output is in the log above."
  },
  {
    kind: "dockerfile",
    transient: false,
    pattern: /dockerfile parse error|failed to read dockerfile|target stage .* could not be found|failed to calculate checksum of ref|failed to compute cache key|failed to parse stage name|should not be blank|circular dependency|invalid reference format|unknown instruction|failed to process "|unable to prepare context|path .* not found/i,
    advice: "Mend the Dockerfile or the input it names."
  },
  {
    kind: "base-image",
    transient: false,
    pattern: /you have reached your (?:unauthenticated |anonymous )?pull rate limit/i,
    advice: "Log in to the registry of the base image: its limit for pulls without a login is used up for hours."
  },
  {
    kind: "base-image",
    transient: false,
    pattern: /failed to resolve source metadata for .*(?:not found|pull access denied|no match for platform|insufficient_scope|401 Unauthorized|403 Forbidden|unauthorized: )|no match for platform in manifest|pull access denied, repository does not exist/s,
    advice: "Check the name of the base image, that it exists for this platform, and that the job is logged in where it is private."
  },
  {
    kind: "builder",
    transient: false,
    pattern: /command not found|not a docker command|unknown command: docker|push-by-digest|driver does not support|not supported for the docker driver|not currently supported|is not supported by the current|no builder .* found|cannot connect to the docker daemon|failed to find driver/i,
    advice: "Docker with buildx and a builder that pushes by digest (docker-container driver) must be set up before this step, as docker/setup-buildx-action does."
  },
  {
    kind: "builder",
    transient: false,
    pattern: /code = Unavailable|failed to receive status|error reading from server|no space left on device|exec format error/i,
    advice: "The builder stopped: look for memory, disk space, or a platform this machine cannot run."
  },
  {
    kind: "rate-limit",
    transient: true,
    pattern: /secondary rate limit/i,
    advice: "GitHub's secondary rate limit was reached: spread the pushes, or run again in some minutes."
  },
  {
    kind: "rate-limit",
    transient: true,
    pattern: /\b429\b[: ]|toomanyrequests|too many requests/i,
    advice: "The registry's rate limit was reached: spread the pushes, or run again in some minutes."
  },
  {
    kind: "server-error",
    transient: true,
    pattern: /(?:status|status code|HTTP status code|HTTP)[ :]+"?(?:499|50[0234]|52\d)\b|: (?:499|50[0234]|52\d) ?(?:$|[A-Z])|\b50[0234] (?:internal server error|bad gateway|service unavailable|gateway time-?out)|invalid character '<' looking for beginning of value/im,
    advice: "The registry had a failure of its own: run again when it is well."
  },
  {
    kind: "permission",
    transient: false,
    pattern: /permission_denied|installation not allowed|insufficient_scope|requested access to the resource is denied|push access denied|expected scopes|write_package/i,
    advice: PERMISSION
  },
  {
    kind: "unknown-blob",
    transient: true,
    pattern: /unknown blob|blob unknown|blob upload (?:unknown|invalid)|BLOB_UNKNOWN|BLOB_UPLOAD_UNKNOWN|BLOB_UPLOAD_INVALID/i,
    advice: "The registry lost sight of a layer it had taken: run again."
  },
  {
    kind: "credentials",
    transient: false,
    pattern: /\b401 Unauthorized|unauthorized: |authentication required|incorrect username or password|no basic auth credentials/i,
    advice: "The registry does not accept the login: check the user and the token given to docker/login-action."
  },
  {
    kind: "media-types",
    transient: false,
    pattern: /manifest invalid|MANIFEST_INVALID|\b400 Bad Request|\b415 Unsupported Media Type|unsupported media type/i,
    advice: "A registry that refuses OCI indexes needs the input `docker-media-types: true`."
  },
  {
    kind: "denied",
    transient: true,
    pattern: /(?:failed commit on ref .*unexpected status: |PUT request to \S+: )403 Forbidden/s,
    advice: `The registry refused at the end of the upload what it allowed before: run again. If it stays: ${PERMISSION}`
  },
  {
    kind: "denied",
    transient: true,
    pattern: /(?:^|: |\n)denied(?:: denied)?\s*$/i,
    advice: `The registry refused without a reason, as GHCR does under load: run again. If it stays: ${PERMISSION}`
  },
  {
    kind: "permission",
    transient: false,
    pattern: /(?:^|: |\n)denied: /i,
    advice: PERMISSION
  },
  { kind: "forbidden", transient: false, pattern: /\b403 Forbidden/i, advice: PERMISSION },
  {
    kind: "host",
    transient: false,
    pattern: /no such host|x509: |certificate signed by|remote error: tls: handshake failure|server gave HTTP response to HTTPS client|unsupported protocol scheme/i,
    advice: "Check the name of the registry in input `image`, and that it speaks https with a trusted certificate."
  },
  {
    kind: "token",
    transient: true,
    pattern: /failed to fetch (?:oauth|anonymous) token|failed to authorize/i,
    advice: "The registry did not give out a token: run again when it is well."
  },
  {
    kind: "connection",
    transient: true,
    pattern: /connection reset|broken pipe|\bEOF\b|i\/o timeout|TLS handshake timeout|timed out|connection refused|Client\.Timeout exceeded|context deadline exceeded|no route to host|network is unreachable|server misbehaving|temporary failure in name resolution|http2: |stream error|GOAWAY|closed network connection|request must be retried|\b408 Request Time-?out|socket hang up|ECONNRESET|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN/i,
    advice: "The line to the registry broke: run again."
  }
];
function classifyPushError(output) {
  const error = finalError(output);
  const message = shorten(error);
  const rule = RULES.find(({ pattern }) => pattern.test(error));
  const built = !/^(?:build|dockerfile|base-image)$/.test(rule?.kind ?? "") && failedAtExport(output, error);
  if (rule === void 0) {
    return { kind: "unknown", transient: false, message, built, advice: "The log above says more." };
  }
  const retryAfter = rule.transient ? readRetryAfter(error) : void 0;
  const { kind, transient, advice } = rule;
  return { kind, transient, message, built, advice, ...retryAfter === void 0 ? {} : { retryAfter } };
}
function finalError(output) {
  const lines = output.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "").split(/\r?\n/);
  const start = lines.findLastIndex((line) => /^(?:ERROR|error): /.test(line));
  const rest = start >= 0 ? lines.slice(start) : lines.filter((line) => !/^#\d+ /.test(line) && line.trim() !== "").slice(-5);
  return rest.join("\n").trim();
}
function failedAtExport(output, error) {
  return /^ > (?:exporting to|\[internal\] pushing)/m.test(output) || /^\w+: failed to (?:solve: |build: )*failed to push/.test(error);
}
function shorten(error) {
  const line = error.replace(/^(?:ERROR|error): /, "").replaceAll(/\s+/g, " ").replaceAll(/(sha256(?::|%3A)[0-9a-f]{12})[0-9a-f]{52}/gi, "$1…");
  return line.length > 300 ? `${line.slice(0, 149)}…${line.slice(-150)}` : line;
}
var GO_UNITS = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600
};
function readRetryAfter(error) {
  const [, value = ""] = /retry-after["']?[:=]? *"?((?:[\d.]+(?:ns|us|µs|μs|ms|s|m|h)?)+)/i.exec(error) ?? [];
  if (value === "") return /secondary rate limit/i.test(error) ? 60 : void 0;
  const parts = [...value.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)?/g)];
  const seconds = parts.reduce((sum, [, amount2, unit = "s"]) => sum + Number(amount2) * (GO_UNITS[unit] ?? 1), 0);
  return Number.isFinite(seconds) ? seconds : void 0;
}

// ../packages/publishing/src/reuse.ts
function judgeReuse(content, plan, platforms) {
  if (content.type !== "index") return refuse("it is no index");
  const facts = readImageFacts(content.annotations);
  if (facts.revision !== plan.revision) return refuse(`it is of revision ${facts.revision ?? "unknown"}`);
  if (facts.component !== plan.component) return refuse(`it is of component ${JSON.stringify(facts.component)}`);
  const images = content.manifests.filter((descriptor2) => !isAttestation(descriptor2));
  const manifests = new Map(images.map((descriptor2) => [platformOf(descriptor2) ?? "unknown", descriptor2.digest]));
  const same = images.length === platforms.length && platforms.every((platform) => manifests.has(platform));
  return same ? { reusable: true, manifests } : refuse(`it holds ${[...manifests.keys()].join(", ") || "no platform"}`);
}
function refuse(reason) {
  return { reusable: false, reason };
}

// ../packages/publishing/src/select-platforms.ts
var SELECTIONS = ["linux/amd64", "linux/arm64", "other-amd64", "other-arm64"];
function parsePlatformSelection(text2) {
  const selection = SELECTIONS.find((name) => name === text2);
  if (selection !== void 0) return selection;
  throw new InputError(`Input select is ${JSON.stringify(text2)}: use one of ${SELECTIONS.join(", ")}.`);
}
function selectPlatforms(platforms, selection) {
  return platforms.filter((platform) => selectionOf(platform) === selection);
}
function selectionOf(platform) {
  if (platform === "linux/amd64" || platform === "linux/arm64") return platform;
  return platform.startsWith("linux/arm") ? "other-arm64" : "other-amd64";
}

// ../packages/publishing/src/size-change.ts
function formatSize(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (Number(value.toFixed(1)) >= 1e3 && unit < units.length - 1) {
    value /= 1e3;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
function formatSizeChange({ size, before }) {
  if (before === void 0) return "new";
  const difference = size - before;
  if (difference === 0) return "no change";
  const sign = difference > 0 ? "+" : "−";
  const percent = (Math.abs(difference) / before * 100).toFixed(1);
  const share = before === 0 || percent === "0.0" ? "" : ` (${sign}${percent} %)`;
  return `${sign}${formatSize(Math.abs(difference))}${share}`;
}

// ../packages/publishing/src/tag-decision.ts
function needsAncestry(tag, holder, candidate) {
  return tag.mutability === "moving" && tag.rule !== "highest-version" && holder !== void 0 && holder.digest !== candidate.digest && holder.facts.component === candidate.component && holder.facts.revision !== void 0 && holder.facts.revision !== candidate.revision;
}
function decideTag(tag, holder, candidate, about) {
  if (holder === void 0) return { action: "write", reason: "new" };
  if (holder.digest === candidate.digest) return { action: "done", reason: "names this image already" };
  return tag.mutability === "immutable" ? decideImmutable(tag, holder, candidate) : decideMoving(tag, holder, candidate, about);
}
function decideImmutable(tag, { digest, facts }, candidate) {
  if (facts.revision === candidate.revision && facts.component === candidate.component) {
    return { action: "keep", reason: `keeps the first image of this revision, ${digest}` };
  }
  if (tag.class === "date-time") return leave(`names another build of this second, ${digest}`);
  const other = facts.revision === void 0 ? "an image that names no revision" : facts.revision === candidate.revision ? `an image of ${componentName(facts.component)}` : `revision ${facts.revision}`;
  return { action: "refuse", reason: `names ${other} (${digest}), not ${candidate.revision} (${candidate.digest})` };
}
function decideMoving(tag, { facts }, candidate, { ancestry, adopt }) {
  const { revision } = facts;
  if (revision === void 0) {
    return adopt ? { action: "write", reason: "adopted from an image that names no revision" } : leave("names an image without a revision: set `adopt-tags: true` once to take it over");
  }
  if (facts.component !== candidate.component) {
    const other = componentName(facts.component);
    return adopt ? { action: "write", reason: `adopted from ${other}` } : leave(
      `names an image of ${other}: give each component its own repository, or set \`adopt-tags: true\` once to take it over`
    );
  }
  if (tag.rule === "highest-version") {
    if (facts.version !== void 0 && isHigherVersion(facts.version, candidate.version)) {
      return leave(`names the higher version ${facts.version}`);
    }
    if (revision !== candidate.revision || facts.version !== candidate.version) {
      return { action: "write", reason: facts.version === void 0 ? "moved" : `moved from ${facts.version}` };
    }
  }
  if (revision === candidate.revision) return refresh(candidate);
  switch (ancestry) {
    case "ancestor":
      return { action: "write", reason: `moved from ${short(revision)}` };
    case "identical":
      return refresh(candidate);
    case "descendant":
      return leave(`names ${short(revision)}, which is newer than this revision`);
    case "diverged":
      return leave(`names ${short(revision)}, which is no ancestor of this revision`);
    default:
      return adopt ? { action: "write", reason: `adopted from ${short(revision)}, which GitHub cannot relate to this revision` } : leave(
        `names ${short(revision)}, which GitHub cannot relate to this revision: set \`adopt-tags: true\` once to take it over`
      );
  }
}
function refresh({ reused }) {
  return reused ? leave("names a later build of this revision") : { action: "write", reason: "refreshed: another build of this revision" };
}
function leave(reason) {
  return { action: "leave", reason };
}
function componentName(component) {
  return component === "" ? "no component" : `component ${component}`;
}
function short(revision) {
  return revision.slice(0, 7);
}

// lib/registry.ts
var import_node_crypto = __toESM(require_node_crypto(), 1);
var import_promises = __toESM(require_promises(), 1);

// lib/registry-address.ts
function parseRegistryAddress(image) {
  const slash = image.indexOf("/");
  const host = image.slice(0, slash);
  const path = image.slice(slash + 1);
  if (slash < 1 || path === "" || !/^(?:\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/iu.test(host)) {
    throw new InputError(`The image ${quoteValue(image)} names no registry: write it as \`host/path\`.`);
  }
  if (host === "docker.io" || host === "index.docker.io") {
    return {
      host: "docker.io",
      url: "https://registry-1.docker.io",
      path,
      configKey: "https://index.docker.io/v1/"
    };
  }
  return { host, url: `${isLoopbackHost(host) ? "http" : "https"}://${host}`, path, configKey: host };
}
function isLoopbackHost(host) {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/u.test(host);
}
function isAllowedUrl(url) {
  return url.protocol === "https:" || url.protocol === "http:" && isLoopbackHost(url.host);
}

// lib/registry-error.ts
var RegistryError = class extends Error {
  /** HTTP status; 0 when no answer came. */
  status;
  /** Whether asking again can help. */
  transient;
  /** The pause the registry asked for, milliseconds. */
  retryAfter;
  constructor(message, facts) {
    super(message, facts.cause === void 0 ? void 0 : { cause: facts.cause });
    this.name = "RegistryError";
    this.status = facts.status ?? 0;
    this.transient = facts.transient;
    this.retryAfter = facts.retryAfter;
  }
};
var TOKEN = "the token";
function errorOfAnswer(purpose, status, headers, body, now) {
  const told = describeBody(body);
  const answer = `${status}${told === "" ? "" : ` ${told}`}`;
  const facts = { status, retryAfter: parseRetryAfter(headers.get("retry-after"), now) };
  const { host, image, action, what } = purpose;
  if (status === 401) {
    return new RegistryError(
      `${host} refused the login for ${image} (${answer}): log in with a user and a token that are valid there before this step.`,
      { ...facts, transient: false }
    );
  }
  if (status === 403) {
    const transient2 = isSecondaryLimit(headers, body);
    const advice2 = what === TOKEN ? "log in with a user and a token that are valid there." : permissionAdvice(host, action);
    const sentence = transient2 ? `${host} refused ${what} of ${image} without a reason (${answer}), as it does under load; if it stays: ${advice2}` : `${host} does not let this login ${action === "write" ? "write to" : "read"} ${image} (${answer}): ${advice2}`;
    return new RegistryError(sentence, { ...facts, transient: transient2 });
  }
  const known = classifyPushError(told);
  const transient = isTransientStatus(status) || known.transient;
  const advice = action === "write" && (status === 415 || known.kind === "media-types") ? ` ${known.advice}` : "";
  const verb = action === "write" ? "did not take" : action === "read" ? "did not give" : "gave no token for";
  return new RegistryError(`${host} ${verb} ${what} of ${image} (${answer}).${advice}`, { ...facts, transient });
}
function errorOfConnection(purpose, cause) {
  return new RegistryError(
    `${purpose.host} could not be reached for ${purpose.what} of ${purpose.image} (${describeCause(cause)}).`,
    { transient: true, cause }
  );
}
function isTransientStatus(status) {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}
function isSecondaryLimit(headers, body) {
  if (headers.has("retry-after")) return true;
  return classifyPushError(describeBody(body)).transient;
}
function permissionAdvice(host, action) {
  if (host === "docker.io")
    return "use an access token with the right to read and write, of a user of that repository.";
  const scope = action === "write" ? "packages: write" : "packages: read";
  return `grant \`${scope}\` in the \`permissions\` of the calling job, and give this repository the ${action === "write" ? "Write" : "Read"} role in the package's settings (Manage Actions access).`;
}
function describeBody(body) {
  try {
    const parsed = JSON.parse(body);
    const errors = parsed.errors;
    if (Array.isArray(errors)) {
      const parts = errors.map(
        (item) => [item?.code, item?.message].filter((part) => typeof part === "string" && part !== "").map(String).map((part, index) => index === 0 ? part.toLowerCase() : part).join(": ")
      );
      return shorten2(parts.join("; "));
    }
  } catch {
  }
  return shorten2(body.replace(/<[^>]*>/gu, " "));
}
function shorten2(text2) {
  const line = showText(text2.replace(/\s+/gu, " ").trim());
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
function describeCause(cause) {
  if (!(cause instanceof Error)) return shorten2(String(cause));
  const inner = cause.cause instanceof Error ? cause.cause : cause;
  const code = inner.code;
  return shorten2(typeof code === "string" ? code : inner.message);
}

// lib/registry-request.ts
async function askRegistry(purpose, url, request) {
  const { authorization, ...rest } = request;
  const headers = {
    // Digests and sizes are of the bytes as they are.
    "accept-encoding": "identity",
    ...request.headers,
    ...authorization === void 0 ? {} : { authorization }
  };
  try {
    return await sendRequest(url, { checkRedirect, ...rest, headers });
  } catch (error) {
    if (!(error instanceof HttpRefusal)) throw errorOfConnection(purpose, error);
    throw new RegistryError(
      `${purpose.host} was asked for ${purpose.what} of ${purpose.image}, but ${error.message}.`,
      { transient: false, cause: error }
    );
  }
}
function checkRedirect(target) {
  if (isAllowedUrl(target)) return;
  throw new HttpRefusal(`it sends us to ${target.protocol}//${target.host}: only https is followed`);
}

// lib/registry-login.ts
function createRegistryLogin(address, lookUp, timeLimit) {
  let challenge;
  const headers = /* @__PURE__ */ new Map();
  const obtain = async (scope, asked) => {
    const credential = await lookUp();
    if (asked.scheme === "bearer") return `Bearer ${await fetchToken(address, asked, scope, credential, timeLimit)}`;
    if (credential?.kind === "password") return basicHeader(credential);
    throw new RegistryError(
      `${address.host} asks for a user and a password and Docker's config has none: log in to it before this step.`,
      { status: 401, transient: false }
    );
  };
  return {
    authorize: (scope) => {
      if (challenge === void 0) return Promise.resolve(void 0);
      const known = headers.get(scope);
      if (known !== void 0) return known.value;
      const entry = { value: obtain(scope, challenge) };
      headers.set(scope, entry);
      entry.value.then(
        (value) => {
          entry.settled = value;
        },
        () => {
          if (headers.get(scope) === entry) headers.delete(scope);
        }
      );
      return entry.value;
    },
    challenge: (header, scope, used) => {
      challenge = parseChallenge(address.host, header) ?? challenge;
      if (headers.get(scope)?.settled === used) headers.delete(scope);
    }
  };
}
function parseChallenge(host, header) {
  if (header === void 0) return void 0;
  if (/^basic\b/iu.test(header)) return { scheme: "basic" };
  if (!/^bearer\b/iu.test(header)) return void 0;
  const parameter = (name) => new RegExp(`\\b${name}="([^"]*)"`, "iu").exec(header)?.[1];
  const realm = parameter("realm") ?? "";
  if (!URL.canParse(realm) || !isAllowedUrl(new URL(realm))) {
    throw new InputError(`${host} names the token service ${quoteValue(realm)}: only https is used for logins.`);
  }
  return { scheme: "bearer", realm: new URL(realm), service: parameter("service") ?? "" };
}
async function fetchToken(address, { realm, service }, scope, credential, timeLimit) {
  const purpose = {
    host: address.host,
    image: `${address.host}/${address.path}`,
    action: scope.includes("push") ? "write" : "read",
    what: TOKEN
  };
  const { url, request } = askForToken(realm, service, scope, credential);
  const answer = await askRegistry(purpose, url.href, { ...request, timeout: timeLimit });
  const body = answer.body.toString();
  if (answer.status < 200 || answer.status > 299) {
    throw errorOfAnswer(purpose, answer.status, answer.headers, body, Date.now());
  }
  const token = tokenOf(body);
  if (token !== void 0) return token;
  throw new RegistryError(`The token service ${realm.host} answered ${answer.status} without a token.`, {
    status: answer.status,
    transient: true
  });
}
function askForToken(realm, service, scope, credential) {
  const url = new URL(realm);
  if (credential?.kind === "identity-token") {
    const form = {
      grant_type: "refresh_token",
      refresh_token: credential.token,
      service,
      scope,
      client_id: "longshore"
    };
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return { url, request: { method: "POST", headers, body: new URLSearchParams(form).toString() } };
  }
  if (service !== "") url.searchParams.set("service", service);
  url.searchParams.set("scope", scope);
  return { url, request: credential === void 0 ? {} : { authorization: basicHeader(credential) } };
}
function tokenOf(body) {
  try {
    const { token, access_token } = JSON.parse(body);
    return [token, access_token].find((text2) => typeof text2 === "string" && text2 !== "");
  } catch {
    return void 0;
  }
}
function basicHeader({ username, password }) {
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}

// lib/registry.ts
var MANIFEST_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json"
].join(", ");
var MAXIMUM_MANIFEST = 4 * 1024 * 1024;
var LAG_PAUSES = [250, 500, 1e3, 2e3, 4e3];
function openRegistry(image, options) {
  const { credentials, attempts = 3, delay = 1e4, onRetry, timeLimit = 6e4 } = options;
  const address = parseRegistryAddress(image);
  const login = createRegistryLogin(address, () => credentials(address.configKey), timeLimit);
  const base = `${address.url}/v2/${address.path}`;
  const written = /* @__PURE__ */ new Set();
  const purposeOf = (action, what) => ({
    host: address.host,
    image,
    action,
    what
  });
  const keepTrying = (action, times = attempts) => retry(action, {
    attempts: times,
    delay,
    isTransient: isTransientError,
    retryAfter: retryAfterOf,
    onRetry: (notice) => onRetry?.(
      `${sentenceOf(notice.error)} Trying again in ${notice.delay / 1e3} s (attempt ${notice.attempt + 1} of ${notice.attempts}).`
    )
  });
  const ask = async (purpose, request) => {
    const scope = `repository:${address.path}:${purpose.action === "write" ? "pull,push" : "pull"}`;
    const send = (authorization2) => askRegistry(purpose, `${base}${request.path}`, { ...request, authorization: authorization2, timeout: timeLimit });
    let authorization = await login.authorize(scope);
    let answer = await send(authorization);
    for (let renewals = 0; answer.status === 401 && renewals < 2; renewals += 1) {
      login.challenge(answer.headers.get("www-authenticate"), scope, authorization);
      const next = await login.authorize(scope);
      if (next === void 0 || next === authorization) return answer;
      authorization = next;
      answer = await send(authorization);
    }
    return answer;
  };
  const readManifest = (method, reference, times) => {
    const purpose = purposeOf("read", `the manifest ${reference}`);
    return keepTrying(async () => {
      const answer = await ask(purpose, {
        method,
        path: `/manifests/${reference}`,
        headers: { accept: MANIFEST_TYPES },
        maximumBytes: MAXIMUM_MANIFEST
      });
      if (answer.status === 404) return void 0;
      if (answer.status !== 200) throw failed(purpose, answer);
      return answer;
    }, times);
  };
  const waitFor = async (read, expected) => {
    for (const pause of expected ? LAG_PAUSES : []) {
      const found = await read();
      if (found !== void 0) return found;
      await (0, import_promises.setTimeout)(Math.min(pause, delay));
    }
    return await read();
  };
  return {
    image,
    getManifest: (reference, about) => waitFor(
      async () => {
        const answer = await readManifest("GET", reference, about?.attempts);
        return answer && toManifest(purposeOf("read", `the manifest ${reference}`), reference, answer);
      },
      about?.expected === true || written.has(reference)
    ),
    headManifest: (reference, about) => waitFor(
      async () => {
        const answer = await readManifest("HEAD", reference, about?.attempts);
        if (answer === void 0) return void 0;
        const digest = answer.headers.get("docker-content-digest") ?? "";
        const size = Number(answer.headers.get("content-length") ?? Number.NaN);
        if (isDigest(digest) && Number.isFinite(size)) return { digest, size, mediaType: mediaTypeOf(answer) };
        const whole = await readManifest("GET", reference, about?.attempts);
        if (whole === void 0) return void 0;
        const manifest = toManifest(purposeOf("read", `the manifest ${reference}`), reference, whole);
        return { digest: manifest.digest, size: manifest.bytes.length, mediaType: manifest.mediaType };
      },
      about?.expected === true || written.has(reference)
    ),
    putManifest: async (reference, bytes, mediaType, about) => {
      const purpose = purposeOf("write", `the manifest ${reference}`);
      const digest = digestOf(bytes);
      await keepTrying(async () => {
        const answer = await ask(purpose, {
          method: "PUT",
          path: `/manifests/${reference}`,
          headers: { "content-type": mediaType },
          body: bytes,
          maximumBytes: MAXIMUM_MANIFEST
        });
        if (answer.status < 200 || answer.status > 299) throw failed(purpose, answer);
        const told = answer.headers.get("docker-content-digest");
        if (told !== void 0 && told !== digest)
          throw corrupt(purpose, `it answered with the digest ${told}, not ${digest}`);
      }, about?.attempts);
      written.add(reference).add(digest);
      return digest;
    },
    getBlob: (digest, maximumBytes) => {
      const purpose = purposeOf("read", `the blob ${digest}`);
      return keepTrying(async () => {
        const answer = await ask(purpose, { method: "GET", path: `/blobs/${digest}`, maximumBytes });
        if (answer.status === 404) return void 0;
        if (answer.status !== 200) throw failed(purpose, answer);
        const found = digestOf(answer.body);
        if (found !== digest) throw corrupt(purpose, `its content has the digest ${found}`);
        return answer.body;
      });
    },
    checkPush: async () => {
      const purpose = purposeOf("write", "the start of an upload");
      const limits = { maximumBytes: MAXIMUM_MANIFEST };
      const location2 = await keepTrying(async () => {
        const answer = await ask(purpose, { ...limits, method: "POST", path: "/blobs/uploads/" });
        if (answer.status < 200 || answer.status > 299) throw failed(purpose, answer);
        return answer.headers.get("location") ?? "";
      });
      const upload = URL.parse(location2, `${base}/blobs/uploads/`)?.href ?? "";
      if (!upload.startsWith(`${base}/`)) return;
      await ask(purpose, { ...limits, method: "DELETE", path: upload.slice(base.length) }).catch(() => {
      });
    }
  };
}
function digestOf(bytes) {
  return `sha256:${(0, import_node_crypto.createHash)("sha256").update(bytes).digest("hex")}`;
}
function isTransientError(error) {
  return error instanceof RegistryError && error.transient;
}
function retryAfterOf(error) {
  return error instanceof RegistryError ? error.retryAfter : void 0;
}
function toManifest(purpose, reference, answer) {
  const digest = digestOf(answer.body);
  const told = answer.headers.get("docker-content-digest");
  if (isDigest(reference) && digest !== reference) throw corrupt(purpose, `its content has the digest ${digest}`);
  if (told !== void 0 && told !== digest)
    throw corrupt(purpose, `its content has the digest ${digest}, not ${told}`);
  let parsed;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(answer.body));
  } catch (cause) {
    throw corrupt(purpose, "it is not JSON", cause);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw corrupt(purpose, "it is no JSON object");
  const content = parsed;
  const mediaType = typeof content.mediaType === "string" ? content.mediaType : mediaTypeOf(answer);
  return { digest, mediaType, bytes: new Uint8Array(answer.body), parsed: content };
}
function mediaTypeOf(answer) {
  return (answer.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
}
function failed(purpose, answer) {
  const body = new TextDecoder().decode(answer.body);
  return errorOfAnswer(purpose, answer.status, answer.headers, body, Date.now());
}
function corrupt(purpose, how, cause) {
  return new RegistryError(`${purpose.host} gave ${purpose.what} of ${purpose.image} wrongly: ${how}.`, {
    transient: true,
    cause
  });
}
function sentenceOf(error) {
  return error instanceof Error ? error.message : String(error);
}

export {
  parsePlatforms,
  nameArchives,
  nameArchive,
  planBuildCommand,
  parsePairs,
  parseSecrets,
  parseCacheStores,
  planCache,
  isDigest,
  parseDigest,
  findDockerfile,
  parseOciContent,
  isAttestation,
  platformOf,
  imageSize,
  readImageConfig,
  checkResults,
  checkPushed,
  expectChild,
  checkIndex,
  claimAttestations,
  isDockerList,
  imagesOf,
  parsePlatformResults,
  classifyPushError,
  judgeReuse,
  parsePlatformSelection,
  selectPlatforms,
  formatSize,
  formatSizeChange,
  needsAncestry,
  decideTag,
  require_node_crypto,
  isLoopbackHost,
  RegistryError,
  openRegistry,
  digestOf,
  isTransientError,
  retryAfterOf
};
