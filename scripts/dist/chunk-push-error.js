import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  InputError,
  fingerprintKey,
  formatCacheTag,
  isFingerprint,
  isHigherVersion,
  isOciTag,
  mutabilityOf,
  normaliseImage,
  parseTag,
  readImageFacts
} from "./chunk-semver.js";

// ../packages/publishing/src/name-hash.ts
function nameHash(text2) {
  let hash = 2166136261;
  for (const character of text2) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

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
var readable = 80;
function nameArchives(plan, selection, attempt) {
  return `${stem(plan)}-${platformSlug(selection)}-${attempt}`;
}
function nameArchive(plan, platform, attempt) {
  return `${stem(plan)}-${platformSlug(platform)}-${attempt}${archiveEnding}`;
}
var archiveEnding = ".oci.tar";
function attemptOfArchive(fileName) {
  return Number(/-([1-9][0-9]{0,5})\.oci\.tar$/.exec(fileName)?.[1] ?? 0);
}
function stem({ images: [image = ""], component, suffix }) {
  const path = image.split("/").slice(1);
  const name = path.length > 1 ? path.slice(1) : path;
  const text2 = [...name, ...component === "" ? [] : [component]].join("-") + suffix;
  return `image-${text2.replaceAll(/[^A-Za-z0-9._-]+/g, "-").slice(0, readable)}-${nameHash([image, component, suffix].join("\n"))}`;
}

// ../packages/publishing/src/csv.ts
function formatCsvField(field) {
  return /[",\r\n]|^\s|^$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
function formatCsv(pairs) {
  return pairs.map(([key, value]) => formatCsvField(`${key}=${value}`)).join(",");
}

// ../packages/publishing/src/build-command.ts
function chooseProvenance(asked, isPublic) {
  if (asked !== "auto") return asked;
  return isPublic ? "max" : "min";
}
function planBuildCommand(request) {
  const { plan, secrets, cache, fingerprint, dockerMediaTypes, reproducible, sourceDateEpoch } = request;
  const own = { ...plan.labels, ...dockerMediaTypes ? { [fingerprintKey]: fingerprint } : {} };
  const labels = [...Object.entries(own).map(([key, value]) => `${key}=${value}`), ...request.labels];
  const args = [
    ...["buildx", "build", "--progress=plain", `--platform=${request.platform}`],
    `--file=${request.dockerfile}`,
    `--metadata-file=${request.metadataFile}`,
    `--output=${formatOutput(request)}`,
    ...attestations(request),
    // Docker's media types have no annotations: there it is a label.
    ...dockerMediaTypes ? [] : ["--annotation", `manifest:${fingerprintKey}=${fingerprint}`],
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
      // In the environment it reaches the steps of the build as well: BuildKit dates the folder of WORKDIR by it, and so another
      // commit would have nothing behind that in the cache.
      ...reproducible && sourceDateEpoch !== void 0 ? { SOURCE_DATE_EPOCH: String(sourceDateEpoch) } : {}
    }
  };
}
function secretVariable(index) {
  return `LONGSHORE_SECRET_${index}`;
}
function formatOutput({ plan, archive, dockerMediaTypes, sourceDateEpoch, reproducible }) {
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
    ...sourceDateEpoch === void 0 ? [] : [["source-date-epoch", String(sourceDateEpoch)]],
    // Rewrites every layer that is not the base's, cached ones too: each commit would have other layers and upload them all.
    ...reproducible ? [["rewrite-timestamp", "true"]] : []
  ]);
}
function attestations({ provenance, sbom, dockerMediaTypes, archive }) {
  const without = dockerMediaTypes || archive !== void 0;
  return [
    without || provenance === "none" ? "--provenance=false" : `--provenance=mode=${provenance}`,
    `--sbom=${!without && sbom}`
  ];
}

// ../packages/publishing/src/build-steps.ts
var mostSteps = 1e3;
function createStepCounter() {
  const ran = /* @__PURE__ */ new Map();
  let open = /* @__PURE__ */ new Map();
  const startStep = (number, place) => {
    if (!open.has(number) && open.size < mostSteps) open.set(number, place);
  };
  const endStep = (number, isCached) => {
    const place = open.get(number);
    if (place === void 0) return;
    open.set(number, void 0);
    if (ran.has(place) || ran.size < mostSteps) ran.set(place, ran.get(place) === true || !isCached);
  };
  return {
    startAttempt: () => {
      open = /* @__PURE__ */ new Map();
    },
    readLine: (line) => {
      const [, number = "", said = ""] = /^#(\d{1,6}) (.{1,300})/u.exec(line) ?? [];
      const [, place, word] = /^\[([^\]]+)\] (\S+)/u.exec(said) ?? [];
      if (place !== void 0 && /(?:^|\s)\d+\/\d+$/u.test(place) && word !== "FROM") startStep(number, place);
      else if (/^CACHED$|^(?:extracting )?sha256:/u.test(said)) endStep(number, true);
      else if (/^DONE\b/u.test(said)) endStep(number, false);
    },
    count: () => {
      const cached = [...ran.values()].filter((isRun) => !isRun).length;
      return ran.size === 0 ? void 0 : { total: ran.size, cached };
    }
  };
}

// ../packages/publishing/src/cache.ts
function parseCacheStores(items2) {
  if (items2.length === 1 && items2[0] === "none") return [];
  const stores = items2.map((item) => {
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
  const mark = nameHash(scope);
  return formatCacheTag(slug, `${scope.slice(0, scope.length - (tag.length - LONGEST_TAG) - mark.length - 1)}-${mark}`);
}

// ../packages/publishing/src/cache-line.ts
function formatCacheLine({ platform, total, cached }) {
  return `Cache ${platform}: ${cached} of ${total} steps came from the cache.`;
}
function parseCacheLine(line) {
  const [, platform = "", cachedText, totalText] = pattern.exec(line) ?? [];
  const [cached, total] = [Number(cachedText), Number(totalText)];
  return cached <= total && isPlatform(platform) ? { platform, total, cached } : void 0;
}
var pattern = /^Cache (\S+): (0|[1-9]\d{0,3}) of ([1-9]\d{0,3}) steps came from the cache\.$/u;
function isPlatform(text2) {
  try {
    return parsePlatform(text2) === text2;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

// ../packages/publishing/src/command-lines.ts
function parseCommandLines(text2, what) {
  const commands = [];
  let words = [];
  let word;
  let quote3 = "";
  const endWord = () => {
    if (word !== void 0) words.push(word);
    word = void 0;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  const characters = [...text2.replaceAll("\r\n", "\n")];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    const next = characters[at + 1];
    if (character === "\\" && quote3 !== "'" && next !== void 0) {
      const taken = quote3 === "" || '"\\$`\n'.includes(next);
      if (taken) at += 1;
      if (next !== "\n" || !taken) word = `${word ?? ""}${taken ? next : character}`;
    } else if (quote3 !== "") {
      if (character === quote3) quote3 = "";
      else word += character;
    } else if (character === "'" || character === '"') {
      quote3 = character;
      word ??= "";
    } else if (character === "#" && word === void 0) {
      throw new InputError(`${what} holds a comment: leave it out, or put the word that begins with # in quotes.`);
    } else if (character === "\n") endCommand();
    else if (/\s/.test(character)) endWord();
    else word = `${word ?? ""}${character}`;
  }
  if (quote3 !== "") throw new InputError(`${what} opens a ${quote3} that does not end: close it.`);
  endCommand();
  return commands;
}
function formatCommandLine(words) {
  return words.map((word) => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`).join(" ");
}

// ../packages/publishing/src/compose-paths.ts
function listComposePaths(document) {
  const { include, services, configs, secrets } = fields(document);
  return [
    ...items(include).flatMap((entry, index) => includePaths(entry, `include.${index}`)),
    ...Object.entries(fields(services)).flatMap(([name, service]) => servicePaths(service, `services.${name}`)),
    ...filesOf(configs, "configs"),
    ...filesOf(secrets, "secrets")
  ];
}
function includePaths(entry, key) {
  if (typeof entry === "string") return read(entry, key, "compose");
  const { path, env_file, project_directory } = fields(entry);
  const [folder] = read(project_directory, `${key}.project_directory`, "file");
  return [
    ...folder === void 0 ? [] : [folder],
    ...read(path, `${key}.path`, "compose").map((found) => ({ ...found, ...folder && { folder: folder.path } })),
    ...read(env_file, `${key}.env_file`, "file")
  ];
}
function servicePaths(service, key) {
  const { env_file, label_file, extends: base, volumes } = fields(service);
  return [
    ...items(env_file).flatMap((entry) => read(isRecord(entry) ? entry.path : entry, `${key}.env_file`, "file")),
    ...read(label_file, `${key}.label_file`, "file"),
    ...read(fields(base).file, `${key}.extends.file`, "compose"),
    ...items(volumes).flatMap((volume) => mountPaths(volume, `${key}.volumes`))
  ];
}
function mountPaths(volume, key) {
  const source = typeof volume === "string" ? volume.split(":")[0] : fields(volume).source;
  const isRelative = typeof source === "string" && source.startsWith(".") && !source.includes("$");
  return isRelative ? [{ key, path: source, use: "mount" }] : [];
}
function filesOf(map, key) {
  return Object.entries(fields(map)).flatMap(
    ([name, entry]) => read(fields(entry).file, `${key}.${name}.file`, "file")
  );
}
function read(value, key, use) {
  return items(value).map((path) => {
    if (typeof path !== "string") throw new InputError(`${key} is no path: write it as text.`);
    if (path.includes("$")) {
      throw new InputError(
        `${key} is ${JSON.stringify(path.slice(0, 80))}: write the path without variables, so that it can be checked.`
      );
    }
    return { key, path, use };
  });
}
function items(value) {
  if (value === void 0 || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
function fields(value) {
  return isRecord(value) ? value : {};
}
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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

// ../packages/publishing/src/signature.ts
var GITHUB_ISSUER = "https://token.actions.githubusercontent.com";
function identityOf(workflow, serverUrl) {
  return `^${`${serverUrl}/${workflow}`.replaceAll(/[.+*?()[\]{}|^$\\]/g, "\\$&")}@`;
}
function signArguments(reference, signer, usesSigningConfig) {
  const key = signer.kind === "key" ? ["--key", "env://COSIGN_PRIVATE_KEY"] : [];
  const withoutLog = [...usesSigningConfig ? ["--use-signing-config=false"] : [], "--tlog-upload=false"];
  const log = signer.kind === "key" && !signer.transparencyLog ? withoutLog : [];
  return ["sign", "--yes", ...key, ...log, reference];
}
function verifyArguments(reference, trust) {
  switch (trust.kind) {
    case "workflow": {
      const identity = ["--certificate-identity-regexp", trust.identity, "--certificate-oidc-issuer", trust.issuer];
      const whose = ["--certificate-github-workflow-repository", trust.repository];
      return ["verify", ...identity, ...whose, reference];
    }
    case "key": {
      const log = trust.transparencyLog ? [] : ["--insecure-ignore-tlog=true"];
      return ["verify", "--key", trust.publicKey, ...log, reference];
    }
  }
}
function attestationArguments(reference, repository, workflow, predicateType) {
  const what = predicateType === void 0 ? [] : ["--predicate-type", predicateType];
  return ["attestation", "verify", `oci://${reference}`, "--repo", repository, "--signer-workflow", workflow, ...what];
}
function sbomPredicateType(sbom) {
  const { spdxVersion, SPDXID, bomFormat, serialNumber, specVersion } = sbom ?? {};
  if (SPDXID && typeof spdxVersion === "string" && /^SPDX-\d+\.\d+$/.test(spdxVersion)) {
    return `https://spdx.dev/Document/v${spdxVersion.slice("SPDX-".length)}`;
  }
  return bomFormat && serialNumber && specVersion ? "https://cyclonedx.org/bom" : void 0;
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

// ../packages/publishing/src/build-inputs.ts
var ARGUMENT = /^[A-Za-z_]\w*=/;
var PAIR = /^[^=\s"'`#]+=/;
function parsePairs(input, lines, form) {
  const known = input === "build-args" ? ARGUMENT : PAIR;
  const bad = lines.find((line) => !known.test(line));
  if (bad === void 0) return lines;
  throw new InputError(`Input ${input} holds the line ${quote(bad)}: ${advise(bad, input, form)}.`);
}
function advise(line, input, form) {
  const write = `write ${form}, one a line`;
  if (/^["'`]/.test(line)) return `write it without quotes, as ${form}, with a value of one line`;
  if (line.startsWith("#")) return `there are no comments, so leave the line out, or ${write}`;
  if (!line.includes("="))
    return `it gives no value, and none is taken from the environment or from the line before; ${write}`;
  return input === "build-args" ? `a name is letters, digits and _, not beginning with a digit; ${write}` : write;
}
function splitPair(line) {
  const end = line.indexOf("=");
  return { name: line.slice(0, end), value: line.slice(end + 1) };
}
function localContextOf(value) {
  if (/^(?:docker-image:\/\/|target:|https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/)/.test(value)) return void 0;
  return value.replace(/^oci-layout:\/\/(.*?)(?:@sha256:[0-9a-f]+|:[\w.-]+)?$/, "$1");
}
function parseVolatile(names) {
  const bad = names.find((name) => !/^[A-Za-z_]\w*$/.test(name));
  if (bad === void 0) return names;
  throw new InputError(`Input volatile names ${quote(bad)}: give names of build arguments, such as BUILD_NUMBER.`);
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

// ../packages/publishing/src/cache-log.ts
function readCacheLog(log) {
  const told = /* @__PURE__ */ new Map();
  let isInGroup = false;
  for (const line of log.split("\n")) {
    const [, said = ""] = /^\ufeff?\d{4}-\d\d-\d\dT[\d:.]{8,20}Z (.{0,200}?)\r?$/u.exec(line) ?? [];
    const [, mark] = /^##\[(group|endgroup)\]/u.exec(said) ?? [];
    if (mark !== void 0) isInGroup = mark === "group";
    const hits = isInGroup ? void 0 : parseCacheLine(said);
    if (hits !== void 0) told.set(hits.platform, hits);
  }
  return [...told.values()];
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

// ../packages/publishing/src/fingerprint.ts
var inputOf = {
  file: "file",
  context: "context",
  target: "target",
  args: "build-args",
  contexts: "build-contexts",
  labels: "labels",
  secrets: "secrets",
  ssh: "ssh-key",
  provenance: "provenance",
  sbom: "sbom",
  "media-types": "docker-media-types",
  reproducible: "reproducible"
};
function fingerprintBuild(inputs, hash) {
  const args = inputs.buildArgs.filter((line) => !inputs.volatile.includes(splitPair(line).name));
  const parts = [
    ["file", [inputs.file, inputs.dockerfileText]],
    ["context", inputs.context === "" ? [] : [inputs.context]],
    ["target", inputs.target === "" ? [] : [inputs.target]],
    ["args", [...args].sort()],
    ["contexts", [...inputs.buildContexts].sort()],
    ["labels", [...inputs.labels].sort()],
    ["secrets", [...inputs.secretIds].sort()],
    ["ssh", inputs.hasSshKey ? ["default"] : []],
    ["provenance", inputs.provenance === "auto" ? [] : [inputs.provenance]],
    ["sbom", inputs.sbom ? ["true"] : []],
    ["media-types", inputs.dockerMediaTypes ? ["docker"] : []],
    ["reproducible", inputs.reproducible ? ["true"] : []]
  ];
  return parts.filter(([, told]) => told.length > 0).map(([word, told]) => `${word}=${hash(JSON.stringify(told)).slice(0, 8)}`).join(",");
}
function compareFingerprints(one, other) {
  if (one === void 0 || other === void 0) return [];
  const [left, right] = [parse(one), parse(other)];
  const words = [.../* @__PURE__ */ new Set([...left.keys(), ...right.keys()])];
  return words.filter((word) => left.get(word) !== right.get(word)).map((word) => inputOf[word] ?? word);
}
function parse(fingerprint) {
  return new Map(fingerprint.split(",").map((part) => [part.replace(/=.*$/, ""), part]));
}

// ../packages/publishing/src/found-image.ts
function judgeFoundImage(wanted, { facts, platforms, missing }) {
  if (facts.revision === void 0) {
    if (missing.length > 0) return incomplete(missing);
    return {
      verdict: "other",
      reason: `it does not say which commit it is of (no org.opencontainers.image.revision), and ${wanted.revision} is expected`
    };
  }
  if (facts.revision !== wanted.revision) {
    return { verdict: "other", reason: `it is of commit ${facts.revision}, and ${wanted.revision} is expected` };
  }
  if (wanted.component !== "" && facts.component !== wanted.component) {
    const own = facts.component === "" ? "no component" : `component ${facts.component}`;
    return { verdict: "other", reason: `it is of ${own}, and ${wanted.component} is expected` };
  }
  const lacking = wanted.platforms.filter((platform) => !platforms.includes(platform));
  if (lacking.length > 0) {
    return {
      verdict: "incomplete",
      reason: `it lacks ${lacking.join(", ")} (it has ${platforms.join(", ") || "no platform"})`
    };
  }
  return missing.length > 0 ? incomplete(missing) : { verdict: "found" };
}
function incomplete(missing) {
  return { verdict: "incomplete", reason: `its part ${missing[0]} cannot be read` };
}

// ../packages/publishing/src/oci-content.ts
function parseOciContent(text2, what) {
  const value = parseJson(text2);
  if (!isRecord2(value)) throw new InputError(`${what} is no manifest: it is not a JSON object.`);
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
  const { mediaType, digest, size, platform, annotations } = isRecord2(value) ? value : {};
  if (typeof mediaType !== "string" || typeof digest !== "string" || !isDigest(digest) || typeof size !== "number") {
    throw new InputError(`${what} holds a descriptor without media type, digest or size.`);
  }
  return {
    ...{ mediaType, digest, size },
    ...isRecord2(platform) ? { platform: readPlatform(platform) } : {},
    ...annotations === void 0 ? {} : { annotations: readStrings(annotations) }
  };
}
function readPlatform({ os, architecture, variant }) {
  return { os: String(os), architecture: String(architecture), ...variant ? { variant: String(variant) } : {} };
}
function readStrings(value) {
  if (!isRecord2(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry) => typeof entry[1] === "string")
  );
}
function isRecord2(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// ../packages/publishing/src/image-config.ts
function readImageConfig(text2) {
  const content = parseRecord(text2);
  if (content === void 0) return void 0;
  const { os, architecture, variant, config } = content;
  if (typeof os !== "string" || typeof architecture !== "string") return void 0;
  const platform = { os, architecture, ...typeof variant === "string" && variant !== "" ? { variant } : {} };
  const labels = isRecord3(config) && isRecord3(config.Labels) ? config.Labels : {};
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
    return isRecord3(value) ? value : void 0;
  } catch {
    return void 0;
  }
}
function isRecord3(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// ../packages/publishing/src/image-reference.ts
function parseImageReference(text2, input) {
  const [name = "", ...digests] = text2.trim().split("@");
  if (digests.length > 1) throw refuse(text2, input, "holds more than one `@`");
  const colon = name.lastIndexOf(":");
  const hasTag = colon > name.lastIndexOf("/") && colon > 0;
  const tag = hasTag ? name.slice(colon + 1) : void 0;
  if (tag !== void 0 && !isOciTag(tag))
    throw refuse(text2, input, `has ${JSON.stringify(tag)} where its tag should be`);
  const digest = digests[0] === void 0 ? void 0 : parseDigest(digests[0], `The digest of input ${input}`);
  return {
    image: normaliseImage(hasTag ? name.slice(0, colon) : name),
    ...tag === void 0 ? {} : { tag },
    ...digest === void 0 ? {} : { digest }
  };
}
function refuse(text2, input, why) {
  const shown = JSON.stringify(text2.length > 120 ? `${text2.slice(0, 117)}…` : text2);
  return new InputError(`Input ${input} is ${shown}, which ${why}: give a reference such as ghcr.io/acme/app:1.2.3.`);
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
    ...results.filter((result) => result.revision !== revision).map((result) => `${result.platform} was built of ${result.revision}, not of ${revision}.`),
    ...compareBuilds(results)
  ];
}
function compareBuilds([first, ...others]) {
  if (first === void 0) return [];
  return others.flatMap((other) => {
    const inputs = compareFingerprints(first.fingerprint, other.fingerprint);
    if (inputs.length === 0) return [];
    return [
      `${other.platform} was built otherwise than ${first.platform}: ${inputs.join(", ")} differ. Give both the same, or name in \`volatile\` the build arguments that may differ.`
    ];
  });
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

// ../packages/publishing/src/named-tag.ts
function planNamedTag(name, reason) {
  const shown = JSON.stringify(name.length > 140 ? `${name.slice(0, 140)}…` : name);
  if (!isOciTag(name)) {
    throw new InputError(
      `Input tags holds ${shown}; a tag has at most 128 letters, digits, dots, dashes and underscores and starts with neither dot nor dash.`
    );
  }
  if (isCompanionTag(name)) {
    throw new InputError(
      `Input tags holds ${shown}, which is kept for signatures and build caches; choose another name.`
    );
  }
  const tagClass = readName(name)?.class ?? "extra";
  const mutability = mutabilityOf(tagClass);
  return {
    name,
    class: tagClass,
    mutability,
    reason,
    ...mutability === "moving" ? { rule: "ancestor" } : {}
  };
}
function isCompanionTag(name) {
  return /^sha256-[0-9a-f]{64}/.test(name) || readName(name)?.class === "cache";
}
function readName(name) {
  const dashes = [...name.matchAll(/-/g)].map(({ index }) => index).reverse();
  for (const suffix of ["", ...dashes.map((index) => name.slice(index))]) {
    const read2 = parseTag(name, { defaultBranch: "main", suffixes: [suffix] });
    if (read2.class !== "tag" && read2.class !== "unknown" && read2.suffix === suffix) return read2;
  }
  return void 0;
}
function checkName(name, { revision, version }, { isOwn }) {
  const read2 = readName(name);
  switch (read2?.class) {
    case "feature":
      return isOwn ? fits : checkCommit(read2.sha7);
    case "pull-request":
    case "merge-queue":
    case "default-branch":
      return checkCommit(read2.sha7);
    case "commit":
      return checkCommit(read2.sha);
    case "date-time":
      return isOwn ? fits : contradicts("is the name of the moment an image is built, which only its build gives");
    case "version":
      if (version === "") return isOwn ? fits : { name: "ask-git", version: read2.version };
      return spellsVersion(name, version) ? fits : contradicts(`is of version ${read2.version}, and the image of ${version}`);
    default:
      return fits;
  }
  function checkCommit(sha) {
    if (revision === "" && isOwn) return fits;
    if (revision !== "" && revision.startsWith(sha)) return fits;
    const stated = revision === "" ? "names none" : `is of ${revision}`;
    return contradicts(`is the name of commit ${sha}, and the image ${stated}`);
  }
}
function checkVersionCommit({ revision }, commit) {
  if (commit === void 0 || commit === revision) return fits;
  const stated = revision === "" ? "names no commit" : `is of ${revision}`;
  return contradicts(`is of the git tag at ${commit}, and the image ${stated}`);
}
var fits = { name: "fits" };
function contradicts(reason) {
  return { name: "contradicts", reason };
}
function spellsVersion(name, version) {
  const bare = name.replace(/^v/, "");
  const spelled = version.replace("+", "_");
  return bare === spelled || bare.startsWith(`${spelled}-`);
}
function ruleNamedTag(tag, holder, candidate) {
  const isByVersion = tag.class === "version-line" || tag.class === "latest";
  if (!isByVersion || candidate.version === "" || holder?.facts.version === void 0) return tag;
  return { ...tag, rule: "highest-version" };
}
function decideNamedTag(tag, decision, { backward }) {
  if (tag.mutability === "immutable") {
    const isOther = decision.action === "keep" || decision.action === "leave";
    return isOther ? { action: "refuse", reason: `names another image (it ${decision.reason})` } : decision;
  }
  if (decision.action !== "leave" || !backward) return decision;
  return { action: "write", reason: `moved on purpose: it ${decision.reason.split(":")[0]}` };
}

// ../packages/publishing/src/platform-result.ts
function parsePlatformResults(text2) {
  const value = parseJson2(text2, "Input results");
  if (Array.isArray(value)) return value.map(parsePlatformResult);
  if (!isRecord4(value)) {
    throw new InputError("Input results is neither a JSON list of platform results nor the needs context as JSON.");
  }
  return Object.entries(value).flatMap(([job, entry]) => resultsOfJob(job, entry));
}
function resultsOfJob(job, entry) {
  if (!isRecord4(entry)) throw new InputError(`Input results: the entry of job ${job} is no object.`);
  const result = entry.result;
  if (result === "skipped") return [];
  if (result !== "success") {
    throw new InputError(`Input results: job ${job} ended as ${JSON.stringify(result)}, so its platforms are missing.`);
  }
  const outputs = entry.outputs;
  const text2 = isRecord4(outputs) ? outputs.result : void 0;
  if (text2 === void 0 || text2 === "") return [];
  const list = typeof text2 === "string" ? parseJson2(text2, `Input results: output result of job ${job}`) : void 0;
  if (!Array.isArray(list)) throw new InputError(`Input results: output result of job ${job} is no JSON list.`);
  return list.map(parsePlatformResult);
}
function parsePlatformResult(value) {
  if (!isRecord4(value)) throw new InputError(`Input results holds ${JSON.stringify(value)}, which is no object.`);
  const platform = parsePlatform(text(value, "platform"));
  const delivery = value.delivery;
  if (delivery !== "registry" && delivery !== "artifact") {
    throw new InputError(
      `Input results: delivery of ${platform} is ${JSON.stringify(delivery)}, expected registry or artifact.`
    );
  }
  const { reused, retries, rebuilt } = value;
  if (typeof reused !== "boolean") throw new InputError(`Input results: reused of ${platform} is no boolean.`);
  if (rebuilt !== void 0 && rebuilt !== true) {
    throw new InputError(
      `Input results: rebuilt of ${platform} is ${JSON.stringify(rebuilt)}, expected true or nothing.`
    );
  }
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
    ...value.fingerprint === void 0 ? {} : { fingerprint: parseFingerprint(text(value, "fingerprint"), platform) },
    ...rebuilt === void 0 ? {} : { rebuilt },
    retries,
    revision: text(value, "revision"),
    delivery,
    ...value.archive === void 0 ? {} : { archive: text(value, "archive") },
    ...value.steps === void 0 ? {} : { steps: parseSteps(value.steps, platform) }
  };
}
function parseFingerprint(value, platform) {
  if (isFingerprint(value)) return value;
  throw new InputError(
    `Input results: fingerprint of ${platform} is ${JSON.stringify(value.slice(0, 80))}, expected short hashes such as file=1a2b3c4d.`
  );
}
function parseSteps(value, platform) {
  const { total, cached } = isRecord4(value) ? value : {};
  if (isCount(total) && isCount(cached) && total > 0 && cached <= total) return { total, cached };
  throw new InputError(`Input results: steps of ${platform} is ${JSON.stringify(value)}, expected total and cached.`);
}
function isCount(value) {
  return Number.isSafeInteger(value) && Number(value) >= 0;
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
function isRecord4(value) {
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
  const rule = RULES.find(({ pattern: pattern2 }) => pattern2.test(error));
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
function judgeReuse(content, facts, { plan, platforms, fingerprint }) {
  if (content.type !== "index") return build("it is no index", false);
  if (facts.revision !== plan.revision) return build(`it is of revision ${facts.revision ?? "unknown"}`, false);
  if (facts.component !== plan.component) return build(`it is of component ${JSON.stringify(facts.component)}`, false);
  const inputs = compareFingerprints(facts.fingerprint, fingerprint);
  if (inputs.length > 0) return { verdict: "differs", inputs };
  const images = content.manifests.filter((descriptor2) => !isAttestation(descriptor2));
  const manifests = new Map(images.map((descriptor2) => [platformOf(descriptor2) ?? "unknown", descriptor2.digest]));
  const same = images.length === platforms.length && platforms.every((platform) => manifests.has(platform));
  return same ? { verdict: "reuse", manifests, ...facts.fingerprint === void 0 ? {} : { fingerprint: facts.fingerprint } } : build(`it holds ${[...manifests.keys()].join(", ") || "no platform"}`, true);
}
function build(reason, isOurs) {
  return { verdict: "build", reason, isOurs };
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

// ../packages/publishing/src/tag-decision.ts
function candidateOf({ revision, component, version, branch, annotations }, { digest, reused }) {
  const { source = "" } = readImageFacts(annotations);
  return { digest, revision, component, version, branch, source, reused };
}
function needsAncestry(tag, holder, candidate) {
  return tag.mutability === "moving" && tag.rule !== "highest-version" && holder !== void 0 && holder.digest !== candidate.digest && holder.facts.component === candidate.component && holder.facts.revision !== void 0 && candidate.revision !== "" && holder.facts.revision !== candidate.revision;
}
function needsTip(tag, holder, candidate) {
  return candidate.branch !== "" && needsAncestry(tag, holder, candidate);
}
function needsWithdrawal(tag, holder, candidate) {
  return tag.rule === "highest-version" && holder?.facts.version !== void 0 && holder.digest !== candidate.digest && holder.facts.component === candidate.component && isHigherVersion(holder.facts.version, candidate.version);
}
function decideTag(tag, holder, candidate, about) {
  if (holder === void 0) return { action: "write", reason: "new" };
  if (holder.digest === candidate.digest) return { action: "done", reason: "names this image already" };
  return tag.mutability === "immutable" ? decideImmutable(tag, holder, candidate) : decideMoving(tag, holder, candidate, about);
}
function decideImmutable(tag, { digest, facts }, candidate) {
  if (facts.revision === candidate.revision && facts.component === candidate.component) {
    const inputs = compareFingerprints(facts.fingerprint, candidate.fingerprint);
    if (inputs.length > 0) {
      return {
        action: "refuse",
        reason: `names an image of this revision that was built otherwise (${inputs.join(", ")} differ), ${digest}: give each build an image name or a suffix of its own`
      };
    }
    return { action: "keep", reason: `keeps the first image of this revision, ${digest}` };
  }
  if (tag.class === "date-time") {
    return leave(`names another build of this second, ${digest}: this image is found by its other tags`);
  }
  const other = facts.revision === void 0 ? "an image that names no revision" : facts.revision === candidate.revision ? `an image of ${componentName(facts.component)}` : `revision ${facts.revision}`;
  return {
    action: "refuse",
    reason: `names ${other} (${digest}), not ${candidate.revision || "an image that names no revision"} (${candidate.digest})`
  };
}
function decideMoving(tag, { facts }, candidate, { ancestry, tip, withdrawn = false, adopt }) {
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
      return withdrawn ? { action: "write", reason: `moved from ${facts.version}, which is withdrawn: its git tag is gone` } : leaveNewer(`names the higher version ${facts.version}`);
    }
    if (revision !== candidate.revision || facts.version !== candidate.version) {
      return { action: "write", reason: facts.version === void 0 ? "moved" : `moved from ${facts.version}` };
    }
  }
  if (revision === candidate.revision) return refresh(candidate);
  if (ancestry === "identical") return refresh(candidate);
  const isOfBranch = candidate.branch !== "" && facts.branch === candidate.branch;
  if (ancestry === "ancestor") {
    return isOfBranch && tip?.revision === revision ? leaveNewer(`names ${short(revision)}, which branch ${candidate.branch} was set back to`) : { action: "write", reason: `moved from ${short(revision)}` };
  }
  const isTip = tip?.revision !== void 0 && tip.revision === candidate.revision;
  if (ancestry === "descendant") {
    return isOfBranch && isTip ? { action: "write", reason: `moved from ${short(revision)}, as branch ${candidate.branch} was set back` } : leaveNewer(`names ${short(revision)}, which is newer than this revision`);
  }
  const isOther = isOfOtherRepository(facts, candidate);
  if (isTip && !isOther) {
    return { action: "write", reason: `moved from ${short(revision)} to the tip of branch ${candidate.branch}` };
  }
  const related = ancestry === "diverged" ? "is no ancestor of this revision" : "GitHub cannot relate to this revision";
  if (ancestry !== "diverged" && adopt) {
    return { action: "write", reason: `adopted from ${short(revision)}, which ${related}` };
  }
  return leave(`names ${short(revision)}, which ${related}: ${adviseOn(facts, candidate, { ancestry, tip })}`);
}
function adviseOn(facts, candidate, { ancestry, tip }) {
  const { branch } = candidate;
  if (tip?.revision !== void 0 && tip.revision !== candidate.revision) {
    return `branch ${branch} is at ${short(tip.revision)} now, whose run moves it; start that one again if it did not`;
  }
  const other = isOfOtherRepository(facts, candidate) ? `its image is of ${facts.source}; ` : "";
  if (ancestry !== "diverged") return `${other}set \`adopt-tags: true\` once to take it over`;
  const gone = tip !== void 0 && tip.revision === void 0 ? `branch ${branch} is gone; ` : "";
  return `${other}${gone}to move it on purpose promote the image with \`allow-backward: true\` and a \`reason\``;
}
function isOfOtherRepository({ source }, candidate) {
  return source !== void 0 && candidate.source !== "" && source.toLowerCase() !== candidate.source.toLowerCase();
}
function refresh({ reused }) {
  return reused ? leaveNewer("names a later build of this revision") : { action: "write", reason: "refreshed: another build of this revision" };
}
function leave(reason) {
  return { action: "leave", reason };
}
function leaveNewer(reason) {
  return { action: "leave", reason, newer: true };
}
function componentName(component) {
  return component === "" ? "no component" : `component ${component}`;
}
function short(revision) {
  return revision.slice(0, 7);
}

// ../packages/publishing/src/tag-health.ts
function judgeTagHealth(seen, rules) {
  if (seen === void 0) return [{ kind: "not-resolving", detail: "The tag names nothing." }];
  const lacking = rules.platforms.filter((platform) => !seen.platforms.includes(platform));
  return [
    ...lacking.map((platform) => ({
      kind: "missing-platform",
      detail: `The image has no ${platform}, only ${seen.platforms.join(", ") || "nothing"}.`
    })),
    ...seen.missing.map(({ digest, what }) => ({
      kind: "missing-part",
      detail: `The image lists ${digest} (${what}), which the registry has not: pulls of it fail.`
    })),
    ...judgeAge(seen.created, rules)
  ];
}
var day = 864e5;
function judgeAge(created, { maximumAge, now }) {
  if (maximumAge === void 0) return [];
  const made = Date.parse(created);
  if (Number.isNaN(made)) {
    return [
      { kind: "not-checked", detail: "The image does not say how old it is (no org.opencontainers.image.created)." }
    ];
  }
  const age = now - made;
  if (age <= maximumAge) return [];
  const inDays = (time) => `${Math.floor(time / day)} days`;
  return [
    { kind: "too-old", detail: `The image is of a commit ${inDays(age)} old; ${inDays(maximumAge)} are allowed.` }
  ];
}
function movingTagsOf(names, context) {
  const moving = ["latest", "branch", "version-line"];
  return names.filter((name) => moving.includes(parseTag(name, context).class));
}

export {
  parsePlatform,
  parsePlatforms,
  platformSlug,
  nameArchives,
  nameArchive,
  archiveEnding,
  attemptOfArchive,
  chooseProvenance,
  planBuildCommand,
  parsePairs,
  splitPair,
  localContextOf,
  parseVolatile,
  parseSecrets,
  createStepCounter,
  parseCacheStores,
  planCache,
  formatCacheLine,
  readCacheLog,
  parseCommandLines,
  formatCommandLine,
  listComposePaths,
  isDigest,
  parseDigest,
  findDockerfile,
  fingerprintBuild,
  compareFingerprints,
  judgeFoundImage,
  parseOciContent,
  isAttestation,
  platformOf,
  imageSize,
  readImageConfig,
  parseImageReference,
  checkResults,
  checkPushed,
  expectChild,
  checkIndex,
  claimAttestations,
  isDockerList,
  imagesOf,
  planNamedTag,
  isCompanionTag,
  checkName,
  checkVersionCommit,
  ruleNamedTag,
  decideNamedTag,
  parsePlatformResults,
  classifyPushError,
  judgeReuse,
  parsePlatformSelection,
  selectPlatforms,
  GITHUB_ISSUER,
  identityOf,
  signArguments,
  verifyArguments,
  attestationArguments,
  sbomPredicateType,
  formatSize,
  formatSizeChange,
  candidateOf,
  needsAncestry,
  needsTip,
  needsWithdrawal,
  decideTag,
  judgeTagHealth,
  movingTagsOf
};
