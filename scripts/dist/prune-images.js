import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  LimitReached,
  checkListing,
  createPacing,
  describeMinutes,
  factsOf,
  findLostSubjects,
  labelsToRead,
  listAll,
  listPackageNames,
  manifestsToRead,
  needsReplan,
  openPackage,
  parseDuration,
  parseManifestFacts,
  parseOwner,
  parsePackageNames,
  parseRegistry,
  parseVersion,
  planPrune,
  readOwnerKind,
  subjectOfTag,
  sumReclaimed
} from "./chunk-tag-reading.js";
import {
  createProgress
} from "./chunk-progress.js";
import {
  connectRest,
  parseFlags,
  printFlagHelp
} from "./chunk-rest.js";
import {
  realTiming
} from "./chunk-timing.js";
import {
  mapParallel
} from "./chunk-parallel.js";
import {
  field
} from "./chunk-reads.js";
import {
  GitHubError
} from "./chunk-error.js";
import {
  isTransientError,
  openRegistry,
  retryAfterOf
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
import {
  readApiUrl
} from "./chunk-event.js";
import {
  retry
} from "./chunk-retry.js";
import {
  readClock
} from "./chunk-clock.js";
import {
  formatMarkdownTable,
  formatTextTable,
  writeSummary
} from "./chunk-step-summary.js";
import {
  maskSecret,
  readBoolean,
  readInteger,
  readList,
  readText,
  runStep,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  formatSize,
  parseSuffix,
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
  __commonJS,
  __toESM
} from "./chunk-runtime.js";

// node:node:v8
var require_node_v8 = __commonJS({
  "node:node:v8"(exports, module) {
    module.exports = process.getBuiltinModule("node:v8");
  }
});

// prune-images/prune-result.ts
function isGone({ outcome }) {
  return outcome === "removed" || outcome === "gone";
}
function nameVersion({ tags, digest }) {
  return tags.length > 0 ? tags.join(", ") : digest.slice(0, 19);
}

// prune-images/count-versions.ts
function countVersions({ packages }) {
  const planned = packages.flatMap((each) => each.planned);
  const count = (matches) => planned.filter(matches).length;
  const removed = count(isGone);
  const failed = count(({ outcome }) => outcome === "refused" || outcome === "failed");
  return {
    planned: planned.length,
    removed,
    kept: packages.reduce((sum, { kept }) => sum + kept.length, 0),
    failed,
    left: planned.length - removed - failed,
    reclaimedBytes: packages.reduce((sum, { reclaimedBytes }) => sum + reclaimedBytes, 0)
  };
}

// prune-images/describe-result.ts
var mostShown = 100;
function summariseResult(result) {
  const { dryRun, packages } = result;
  const counts = countVersions(result);
  const atLeast = packages.some(({ unmeasured }) => unmeasured > 0) ? "at least " : "";
  const verb = dryRun ? "would go" : "gone";
  const lines = [
    `## ${dryRun ? "Plan of a prune: nothing was changed" : "Pruned images"}
`,
    `**${dryRun ? counts.planned : counts.removed}** versions ${verb}, **${counts.kept}** stay${dryRun ? "" : describeRest(counts)}; ${atLeast}${formatSize(counts.reclaimedBytes)} ${dryRun ? "would be freed" : "freed"}.
`,
    ...packages.map((each) => summarisePackage(each, dryRun)),
    summariseRemovals(packages, dryRun)
  ];
  return lines.join("\n");
}
function describeRest({ failed, left }) {
  const parts = [failed > 0 ? `${failed} could not go` : "", left > 0 ? `${left} are left for the next run` : ""];
  const told = parts.filter((part) => part !== "");
  return told.length === 0 ? "" : `, ${told.join(", ")}`;
}
function summarisePackage(each, dryRun) {
  const { image, kept, planned, ending, warnings, figures } = each;
  const classes = [...new Set([...planned, ...kept].map((item) => item.class))];
  const went = dryRun ? planned : planned.filter(isGone);
  const countOf = (items, name) => items.filter((item) => item.class === name).length;
  const rows = classes.map((name) => {
    const goes = went.filter((item) => item.class === name).length;
    const freed = formatSize(each.bytesByClass[name] ?? 0);
    return [name, String(countOf(kept, name)), String(goes), String(countOf(planned, name) - goes), freed];
  });
  const left = String(planned.length - went.length);
  const total = ["**all**", String(kept.length), String(went.length), left, formatSize(each.reclaimedBytes)];
  const table = formatMarkdownTable({
    header: ["versions of", "stay", dryRun ? "would go" : "removed", "left", "freed"],
    rows: [...rows, total]
  });
  const notes = [
    ...ending.kind === "stopped" ? [`Stopped: ${ending.reason}. What is left is for the next run.`] : [],
    ...ending.kind === "failed" ? [`Failed: ${ending.error instanceof Error ? ending.error.message : ending.error}`] : [],
    ...warnings
  ];
  const shown = notes.slice(0, mostShown).map((note) => `- ${escapeMarkdown(note)}
`);
  const bytes = `${each.unmeasured > 0 ? "at least " : ""}${formatSize(each.reclaimedBytes)}`;
  return [
    `### ${escapeMarkdown(image)}

`,
    `${bytes} ${dryRun ? "would be freed" : "freed"}. ${figures.versions} versions listed, ${figures.manifestsRead} manifests read, planned after ${figures.secondsToPlan.toFixed(1)} s.

`,
    planned.length + kept.length > 0 ? table + drawChart(kept, went) : "",
    ...shown,
    notes.length > mostShown ? `- … and ${notes.length - mostShown} more in the report
` : ""
  ].join("");
}
function drawChart(kept, went) {
  const slices = /* @__PURE__ */ new Map();
  for (const [verb, items] of [
    ["stay", kept],
    ["go", went]
  ]) {
    for (const item of items) slices.set(`${item.class}: ${verb}`, (slices.get(`${item.class}: ${verb}`) ?? 0) + 1);
  }
  if (slices.size === 0) return "";
  const lines = [...slices].map(([name, count]) => `  "${name}" : ${count}`);
  return `\`\`\`mermaid
pie showData title Versions
${lines.join("\n")}
\`\`\`

`;
}
function summariseRemovals(packages, dryRun) {
  const removals = packages.flatMap((each) => each.planned.map((item) => ({ item, name: each.package })));
  if (removals.length === 0) return "";
  const table = formatMarkdownTable({
    header: ["version", "package", "made", "why", ...dryRun ? [] : ["outcome"]],
    rows: removals.slice(0, mostShown).map(({ item, name }) => [
      codeText(shorten(nameVersion(item.version))),
      codeText(name),
      new Date(item.version.createdAt).toISOString().slice(0, 10),
      escapeMarkdown(item.reason),
      ...dryRun ? [] : [escapeMarkdown(describeOutcome(item))]
    ])
  });
  const rest = removals.length - mostShown;
  const title = rest > 0 ? `The first ${mostShown} of ${removals.length} removals` : "Removals";
  return `### ${title}

${table}${rest > 0 ? "The report has them all.\n" : ""}`;
}
function shorten(name) {
  return name.length > 200 ? `${name.slice(0, 200)}…` : name;
}
function describeOutcome({ outcome, detail }) {
  return detail === void 0 ? outcome : `${outcome}: ${detail}`;
}
function describeResult(result) {
  const { dryRun, packages } = result;
  const counts = countVersions(result);
  const blocks = packages.map((each) => {
    const rows = each.planned.slice(0, mostShown).map((item) => [
      `  ${shorten(nameVersion(item.version))}`,
      item.class,
      dryRun ? "would go" : describeOutcome(item),
      item.reason
    ]);
    const rest = each.planned.length - rows.length;
    const more = rest > 0 ? [`  … and ${rest} more in the report`] : [];
    const bytes = `${each.unmeasured > 0 ? "at least " : ""}${formatSize(each.reclaimedBytes)}`;
    const head = `${each.image}: ${each.planned.length} of ${each.planned.length + each.kept.length} versions ${dryRun ? "would go" : "to go"}, ${bytes}`;
    return [head, ...rows.length > 0 ? [formatTextTable(rows)] : [], ...more].join("\n");
  });
  const done = `${dryRun ? `${counts.planned} would go` : `${counts.removed} removed`}, ${counts.kept} kept${dryRun ? "" : describeRest(counts)}, ${formatSize(counts.reclaimedBytes)} ${dryRun ? "to be freed" : "freed"}.`;
  return [...blocks, done].join("\n");
}

// prune-images/list-outputs.ts
function listOutputs(result, report) {
  const { planned, removed, kept, failed, reclaimedBytes } = countVersions(result);
  return {
    planned: String(planned),
    removed: String(removed),
    kept: String(kept),
    failed: String(failed),
    "reclaimed-bytes": String(reclaimedBytes),
    report
  };
}

// prune-images/find-packages.ts
async function findPackages(rest, kind, owner, wanted) {
  if (!wanted.some(isPattern)) return wanted;
  const all = await listPackageNames(rest, kind, owner);
  const found = wanted.flatMap((name) => {
    if (!isPattern(name)) return [name];
    const parts = name.split("*").map((part) => part.replace(/[.\\+?^${}()|[\]]/gu, "\\$&"));
    const pattern = new RegExp(`^${parts.join(".*")}$`, "iu");
    const matching = all.filter((known) => pattern.test(known));
    if (matching.length === 0) {
      throw new GitHubError(
        `No container package of ${showText(owner)} matches ${name}: check the input \`package\`, and that the token sees the packages.`,
        404
      );
    }
    return matching;
  });
  return [...new Set(found)];
}
function isPattern(name) {
  return name.includes("*");
}

// prune-images/manifest-cache.ts
var import_node_crypto = __toESM(require_node_crypto(), 1);
var import_node_fs2 = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);

// prune-images/file-lines.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var chunkSize = 1024 * 1024;
async function* readFileLines(path, longest) {
  let begun = [];
  let length = 0;
  const add = (part) => {
    length += part.length;
    if (length > longest) begun = [];
    else if (part.length > 0) begun.push(part);
  };
  const finish = () => {
    const line = length > longest ? void 0 : Buffer.concat(begun, length);
    begun = [];
    length = 0;
    return line;
  };
  for await (const chunk of (0, import_node_fs.createReadStream)(path, { highWaterMark: chunkSize })) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      add(chunk.subarray(start, end));
      start = end + 1;
      if (length > 0) yield finish();
    }
    add(chunk.subarray(start));
  }
  if (length > 0) yield finish();
}

// prune-images/manifest-cache.ts
var noManifestCache = { read: async () => /* @__PURE__ */ new Map(), keep: () => {
}, save: async () => {
} };
var largestManifest = 4 * 1024 * 1024;
var longestLine = largestManifest + 65;
var largestFile = 512 * 1024 * 1024;
var largestBuffer = 1024 * 1024;
function openManifestCache(folder, name, tell) {
  const path = (0, import_node_path.join)(folder, fileOf(name));
  const file = createAppender(path);
  let used = 0;
  let useless = 0;
  let damaged = 0;
  let failure;
  const tellAnew = (what) => tell(`${what}: read anew from the registry.`);
  return {
    async read(wanted) {
      const entries = /* @__PURE__ */ new Map();
      const configs = /* @__PURE__ */ new Set();
      const isWanted = (digest) => (wanted.has(digest) || configs.has(digest)) && !entries.has(digest);
      const found = (0, import_node_fs2.statSync)(path, { throwIfNoEntry: false });
      if (found === void 0) return entries;
      try {
        if (!found.isFile() || found.size > largestFile) {
          tellAnew(`The cache of manifests of ${name} is larger than any that a prune writes, or no file`);
          (0, import_node_fs2.rmSync)(path, { recursive: true });
          return entries;
        }
        for await (const line of readFileLines(path, longestLine)) {
          const { digest, bytes } = parseLine(line);
          const entry = isWanted(digest) ? readEntry(digest, bytes) : void 0;
          if (entry !== void 0) {
            entries.set(digest, entry);
            if (entry.labelsIn !== void 0) configs.add(entry.labelsIn);
          } else if (digest === "" || isWanted(digest)) damaged += 1;
          else useless += 1;
        }
      } catch (error) {
        damaged += 1;
        tell(`The cache of manifests of ${name} cannot be read to its end: ${messageOf(error)}.`);
      }
      used = entries.size;
      if (damaged > 0)
        tellAnew(`${damaged} entries in the cache of manifests of ${name} are damaged, false or too large`);
      return entries;
    },
    keep(digest, bytes) {
      const line = formatLine(digest, bytes);
      if (line === void 0 || failure !== void 0) return;
      used += 1;
      try {
        file.add(line);
      } catch (error) {
        failure = error;
      }
    },
    async save(wanted) {
      if (failure !== void 0) throw failure;
      file.flush();
      if (damaged === 0 && useless * 10 <= used) return;
      used = await rewrite(path, wanted);
      [damaged, useless] = [0, 0];
    }
  };
}
async function rewrite(path, wanted) {
  const partial = `${path}.partial`;
  const file = createAppender(partial);
  const kept = /* @__PURE__ */ new Set();
  try {
    (0, import_node_fs2.rmSync)(partial, { recursive: true, force: true });
    for await (const line of readFileLines(path, longestLine)) {
      const { digest, bytes } = parseLine(line);
      if (line === void 0 || !wanted.has(digest) || kept.has(digest) || digestOf(bytes) !== digest) continue;
      kept.add(digest);
      file.add(Buffer.concat([lineFeed, line]));
    }
    file.flush();
    if (kept.size === 0) (0, import_node_fs2.rmSync)(path, { force: true });
    else (0, import_node_fs2.renameSync)(partial, path);
    return kept.size;
  } finally {
    (0, import_node_fs2.rmSync)(partial, { force: true });
  }
}
function createAppender(path) {
  let waiting = [];
  let bytes = 0;
  const flush = () => {
    if (bytes === 0) return;
    (0, import_node_fs2.mkdirSync)((0, import_node_path.dirname)(path), { recursive: true });
    (0, import_node_fs2.appendFileSync)(path, Buffer.concat(waiting));
    [waiting, bytes] = [[], 0];
  };
  const add = (line) => {
    waiting.push(line);
    bytes += line.length;
    if (bytes >= largestBuffer) flush();
  };
  return { add, flush };
}
function fileOf(name) {
  const readable = name.toLowerCase().replace(/[^a-z0-9.-]+/gu, "-");
  return `${readable.slice(0, 80)}-${(0, import_node_crypto.createHash)("sha256").update(name).digest("hex").slice(0, 16)}.manifests`;
}
var lineFeed = Buffer.from("\n");
function formatLine(digest, bytes) {
  if (!/^sha256:[0-9a-f]{64}$/u.test(digest) || bytes.length > largestManifest || bytes.includes(0)) return void 0;
  const line = Buffer.concat([Buffer.from(`
${digest.slice(7)} `), bytes]);
  for (let at = line.indexOf(10, 1); at >= 0; at = line.indexOf(10, at + 1)) line[at] = 0;
  return line;
}
function parseLine(line) {
  const digits = line?.toString("latin1", 0, 64) ?? "";
  if (line === void 0 || line[64] !== 32 || !/^[0-9a-f]{64}$/u.test(digits)) {
    return { digest: "", bytes: Buffer.alloc(0) };
  }
  const bytes = Buffer.from(line.subarray(65));
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) bytes[at] = 10;
  return { digest: `sha256:${digits}`, bytes };
}
function digestOf(bytes) {
  return `sha256:${(0, import_node_crypto.createHash)("sha256").update(bytes).digest("hex")}`;
}
function readEntry(digest, bytes) {
  if (digestOf(bytes) !== digest) return void 0;
  try {
    return parseManifestFacts(digest, bytes.toString());
  } catch {
    return void 0;
  }
}
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

// prune-images/look-again.ts
var together = 16;
var mostNewPages = 20;
async function lookAgain(api, listed, batch) {
  const { pageSize } = api;
  const known = new Map(listed.map((version) => [version.id, version.updatedAt]));
  const seen = /* @__PURE__ */ new Map();
  const take = (page) => {
    for (const version of page) seen.set(version.id, version);
  };
  let pages = 0;
  for (let more = true; more && pages < mostNewPages; ) {
    pages += 1;
    const page = await api.readVersionPage(pages);
    take(page);
    const last = page.at(-1);
    more = page.length === pageSize && last !== void 0 && known.get(last.id) !== last.updatedAt;
  }
  const added = [...seen.keys()].filter((id) => !known.has(id)).length;
  const place = new Map(listed.map(({ id }, index) => [id, index]));
  const unseen = batch.filter(({ id }) => !seen.has(id));
  const numbers = new Set(unseen.map(({ id }) => Math.floor(((place.get(id) ?? 0) + added) / pageSize) + 1));
  if (numbers.size * 2 <= unseen.length) {
    const found = await mapParallel([...numbers], together, (number) => api.readVersionPage(number));
    for (const page of found) take(page);
  }
  const single = unseen.filter(({ id }) => !seen.has(id));
  const answers = await mapParallel(single, together, ({ id }) => api.readVersion(id));
  take(answers.filter((version) => version !== void 0));
  const gone = single.filter((_, index) => answers[index] === void 0).map(({ id }) => id);
  return { fresh: [...seen.values()], gone: new Set(gone) };
}

// prune-images/package-job.ts
var Stopped = class extends Error {
  name = "Stopped";
};

// prune-images/read-manifests.ts
var together2 = 50;
var attempts = 5;
var missing = "the registry has none";
function readManifests(digests, reading) {
  return mapParallel(digests, together2, async (digest) => {
    const entry = await readEntry2(digest, reading);
    reading.onRead();
    return entry;
  });
}
var largestConfig = 4 * 1024 * 1024;
function readConfigs(digests, { registry, beforeRequest, keep }) {
  return mapParallel(digests, together2, async (digest) => {
    beforeRequest?.();
    try {
      const bytes = await registry.getBlob(digest, largestConfig);
      return bytes === void 0 ? { digest, unreadable: missing, missing: true } : parseEntry(digest, bytes, keep);
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      return { digest, unreadable: error.message };
    }
  });
}
async function readEntry2(digest, reading) {
  const { registry, timing, onRetry } = reading;
  let pause3 = 500;
  const read = () => retry(
    () => {
      reading.beforeRequest?.();
      return registry.getManifest(digest, { attempts: 1 });
    },
    {
      attempts,
      delay: 0,
      isTransient: isTransientError,
      retryAfter: (error) => {
        pause3 *= 2;
        return Math.max(pause3, retryAfterOf(error) ?? 0);
      },
      onRetry: ({ error, delay }) => onRetry(`${error instanceof Error ? error.message : String(error)} Trying again in ${delay / 1e3} s.`),
      sleep: timing.sleep
    }
  );
  const manifest = await read() ?? await read();
  if (manifest === void 0) return { digest, unreadable: missing, missing: true };
  return parseEntry(digest, manifest.bytes, reading.keep);
}
function parseEntry(digest, bytes, keep) {
  try {
    const facts = parseManifestFacts(digest, Buffer.from(bytes).toString());
    keep(digest, bytes);
    return facts;
  } catch (error) {
    return { digest, unreadable: error instanceof Error ? error.message : String(error) };
  }
}

// prune-images/read-graph.ts
async function completeGraph(job, versions, graph) {
  let read = 0;
  for (const wave of manifestsToRead(versions, graph)) read += await addManifests(job, wave, graph);
  for (const { manifests, configs } of labelsToRead(versions, graph)) {
    read += await addManifests(job, manifests, graph);
    const { registry, beforeRequest, cache } = job;
    const entries = await readConfigs(configs, { registry, beforeRequest, keep: cache.keep });
    for (const entry of entries) graph.set(entry.digest, entry);
  }
  return read;
}
async function addManifests(job, digests, graph) {
  let read = 0;
  const entries = await readManifests(digests, {
    registry: job.registry,
    timing: job.timing,
    onRetry: job.print,
    beforeRequest: job.beforeRequest,
    keep: job.cache.keep,
    onRead: () => {
      read += 1;
      job.progress.tell(() => `Read ${read} of ${digests.length} manifests of ${job.api.name}.`);
    }
  });
  for (const entry of entries) graph.set(entry.digest, entry);
  return entries.length;
}

// prune-images/remove-batch.ts
var together3 = 8;
var failuresInARow = 3;
async function removeBatch(batch, removal) {
  const { job, outcomes } = removal;
  const underWay = /* @__PURE__ */ new Map();
  let failed = 0;
  const removeOne = async (item) => {
    const { digest, id } = item.version;
    const parents = removal.parentsOf(digest);
    await Promise.allSettled(parents.map((parent) => underWay.get(parent)));
    const above = parents.find((parent) => !isGoneFrom(outcomes, parent));
    if (above !== void 0) {
      const holder = outcomes.get(above)?.version;
      const detail = `it belongs to ${holder === void 0 ? above.slice(0, 19) : nameVersion(holder)}, which is still there`;
      outcomes.set(digest, { ...item, outcome: "left", detail });
      return;
    }
    const reason = job.stopRequested();
    if (reason !== void 0) throw new Stopped(reason);
    try {
      const done = await job.api.deleteVersion(id);
      outcomes.set(digest, {
        ...item,
        outcome: done.outcome,
        ...done.outcome === "refused" ? { detail: done.reason } : {}
      });
      failed = 0;
    } catch (error) {
      const passes = error instanceof GitHubError && (error.status >= 500 || error.status === 0);
      failed += 1;
      if (!passes || failed >= failuresInARow) throw error;
      outcomes.set(digest, { ...item, outcome: "failed", detail: error.message });
    }
  };
  await mapParallel(batch, together3, async (item) => {
    const work = removeOne(item);
    underWay.set(item.version.digest, work);
    await work;
  });
}
function isGoneFrom(outcomes, digest) {
  const outcome = outcomes.get(digest);
  return outcome !== void 0 && isGone(outcome);
}

// prune-images/repair.ts
async function repairPushed(job, fresh, graph, outcomes) {
  const needed = /* @__PURE__ */ new Set();
  for (const version of fresh) collectRemoved(version.digest, graph, outcomes, needed);
  return await bringBack(job, needed, outcomes, "something that was pushed meanwhile needs it");
}
async function repairTagged(job, graph, outcomes) {
  const removed = new Map(
    [...outcomes.values()].filter(({ outcome }) => outcome === "removed").map((item) => [item.version.id, item.version])
  );
  const needed = /* @__PURE__ */ new Set();
  for (const { id, digest, tags } of await findDeleted(job, new Set(removed.keys()))) {
    if (tags.every((tag) => removed.get(id)?.tags.includes(tag))) continue;
    needed.add(digest);
    collectRemoved(digest, graph, outcomes, needed);
  }
  return await bringBack(job, needed, outcomes, "a tag was moved to it meanwhile");
}
var together4 = 8;
var readings = 3;
var pause = 2e3;
async function findDeleted({ api, timing }, ids) {
  const found = /* @__PURE__ */ new Map();
  const usual = Math.ceil(ids.size / api.pageSize);
  for (let reading = 1; reading <= readings && found.size < ids.size; reading += 1) {
    if (reading > 1) await timing.sleep(pause);
    let ended = false;
    for (let next = 1; !ended && found.size < ids.size && next <= usual * 3 + 5; next += usual) {
      const numbers = Array.from({ length: usual }, (_, index) => next + index);
      const pages = await mapParallel(numbers, together4, (page) => api.readVersionPage(page, "deleted"));
      ended = (pages.at(-1)?.length ?? 0) < api.pageSize;
      for (const version of pages.flat()) if (ids.has(version.id)) found.set(version.id, version);
    }
    if (!ended) break;
  }
  return [...found.values()];
}
function collectRemoved(from, graph, outcomes, needed) {
  const entry = graph.get(from);
  if (entry === void 0 || "unreadable" in entry) return;
  for (const child of entry.children) {
    const outcome = outcomes.get(child);
    if (needed.has(child)) continue;
    if (outcome !== void 0 && isGone(outcome)) needed.add(child);
    collectRemoved(child, graph, outcomes, needed);
  }
}
async function bringBack(job, needed, outcomes, why) {
  const items = [...outcomes.values()].filter(({ version }) => needed.has(version.digest)).reverse();
  for (const item of items) {
    const { digest, id } = item.version;
    const back = await job.api.restoreVersion(id);
    if (back.outcome === "refused") {
      job.warn(
        `${nameVersion(item.version)} of ${job.api.name} was removed though ${why}, and GitHub does not restore it: ${back.reason}.`
      );
      continue;
    }
    outcomes.set(digest, { ...item, outcome: "restored", detail: why });
    job.print(`Restored ${nameVersion(item.version)} of ${job.api.name}: ${why}.`);
  }
  return items.length;
}

// prune-images/apply-plan.ts
var stateAge = 5 * 6e4;
var mostLooks = 4;
var lag = 2e3;
async function applyPlan(application) {
  const { job, plan, graph, outcomes } = application;
  const parentsOf = findParents(plan, graph);
  const waiting = plan.remove.filter(({ version }) => {
    const before = outcomes.get(version.digest)?.outcome;
    return before === void 0 || before === "left" || before === "restored";
  });
  const started = waiting.length;
  const { batchSize } = job;
  let { versions } = application;
  let checks = 0;
  let manifestsRead = 0;
  let removed = 0;
  const check = async (batch) => {
    checks += 1;
    const look = await lookUntilCurrent(application, versions, batch);
    for (const item of waiting) {
      if (look.gone.has(item.version.id)) outcomes.set(item.version.digest, { ...item, outcome: "gone" });
    }
    const known = new Set(versions.map(({ id }) => id));
    const added = look.fresh.filter(({ id, digest }) => !known.has(id) && !graph.has(digest));
    manifestsRead += await addManifests(
      job,
      added.map(({ digest }) => digest),
      graph
    );
    if (await repairPushed(job, look.fresh, graph, outcomes) > 0)
      return "something pushed meanwhile needs what was removed";
    return needsReplan(plan, look.fresh, graph) ?? await changedState(application);
  };
  for (let start = 0; start < waiting.length; start += batchSize) {
    const reason = job.stopRequested();
    if (reason !== void 0) throw new Stopped(reason);
    const batch = waiting.slice(start, start + batchSize);
    const replan = await check(batch.map(({ version }) => version));
    if (replan !== void 0) return { checks, manifestsRead, replan };
    const there = batch.filter(({ version }) => outcomes.get(version.digest)?.outcome !== "gone");
    await removeBatch(there, { job, parentsOf, outcomes });
    versions = versions.filter(({ digest }) => {
      const outcome = outcomes.get(digest);
      return outcome === void 0 || !isGone(outcome);
    });
    removed += batch.length;
    job.progress.tell(() => {
      const left = started - removed;
      return `Removed ${removed} of ${started} versions of ${job.api.name}, about ${describeMinutes(left * job.pacing.interval())} left.`;
    });
  }
  if (outcomes.size > 0) {
    const replan = await check([]);
    if (replan !== void 0) return { checks, manifestsRead, replan };
    if (await repairTagged(job, graph, outcomes) > 0) {
      return { checks, manifestsRead, replan: "a tag was moved to what was just removed" };
    }
  }
  return { checks, manifestsRead, replan: void 0 };
}
async function lookUntilCurrent({ job, outcomes }, versions, batch) {
  const removed = new Set([...outcomes.values()].filter(isGone).map(({ version }) => version.id));
  for (let look = 1; ; look += 1) {
    const seen = await lookAgain(job.api, versions, batch);
    if (look === mostLooks || !seen.fresh.some(({ id }) => removed.has(id))) return seen;
    await job.timing.sleep(lag);
  }
}
function findParents(plan, graph) {
  const place = new Map(plan.remove.map(({ version }, index) => [version.digest, index]));
  const parents = /* @__PURE__ */ new Map();
  const add = (digest, parent) => {
    if ((place.get(parent) ?? Number.POSITIVE_INFINITY) >= (place.get(digest) ?? -1)) return;
    const known = parents.get(digest);
    if (known === void 0) parents.set(digest, [parent]);
    else known.push(parent);
  };
  for (const { version } of plan.remove) {
    for (const subject of version.tags.map(subjectOfTag)) if (subject !== void 0) add(version.digest, subject);
    const entry = graph.get(version.digest);
    if (entry === void 0 || "unreadable" in entry) continue;
    if (entry.subject !== void 0) add(version.digest, entry.subject);
    for (const child of entry.children) add(child, version.digest);
  }
  return (digest) => parents.get(digest) ?? [];
}
async function changedState({ job, plan, state: before }) {
  const now = await job.readState(stateAge);
  const opened = [...now.openPullRequests.keys()].some((number) => !before.openPullRequests.has(number));
  if (opened || [...now.branches.keys()].some((branch) => !before.branches.has(branch))) {
    return "a pull request or a branch is there that was not";
  }
  const heads = /* @__PURE__ */ new Set([
    ...findMoved(before.openPullRequests, now.openPullRequests),
    ...findMoved(before.branches, now.branches)
  ]);
  const isNeeded = ({ version }) => version.tags.some((tag) => tag.match(/[0-9a-f]{7}/gu)?.some((sha7) => heads.has(sha7)));
  return heads.size > 0 && plan.remove.some(isNeeded) ? "a pull request or a branch has moved to what was to go" : void 0;
}
function findMoved(before, now) {
  return [...now].filter(([key, head]) => before.get(key) !== head).map(([, head]) => head.slice(0, 7));
}

// prune-images/count-reclaimed.ts
function countReclaimed(planned, gone, kept, graph) {
  const went = new Set(gone.map(({ version }) => version.digest));
  const measure = (item) => {
    const entry = graph.get(item.version.digest);
    return { class: item.class, manifest: entry === void 0 || "unreadable" in entry ? void 0 : entry };
  };
  const stays = [...kept, ...planned].filter(({ version }) => !went.has(version.digest));
  const bytes = sumReclaimed(stays.map(measure), gone.map(measure));
  return gone.length === 0 ? { ...bytes, unmeasured: 0 } : bytes;
}

// prune-images/list-versions.ts
var attempts2 = 6;
var pause2 = 2e3;
async function listVersions(job) {
  let reason = "";
  for (let attempt = 1; attempt <= attempts2; attempt += 1) {
    if (attempt > 1) {
      job.print(`The listing of ${job.api.name} changed while it was read (${reason}): listing again.`);
      await job.timing.sleep(pause2);
    }
    let listed = 0;
    const reading = await job.api.listVersionPages("active", (items) => {
      listed += items;
      job.progress.tell(() => `Listed ${listed} versions of ${job.api.name}.`);
    });
    const pages = reading.pages.map((page) => page.map(parseVersion));
    const check = checkListing({
      pages,
      pageSize: job.api.pageSize,
      firstAgain: reading.firstAgain.map(parseVersion),
      lastAgain: reading.lastAgain.map(parseVersion)
    });
    const moved = check.complete ? findMovedTag(check.versions) : void 0;
    if (check.complete && moved === void 0) {
      const place = new Map(pages.flat().map(({ id }, index) => [id, index]));
      const versions = [...check.versions].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
      return { versions, readings: attempt };
    }
    reason = check.complete ? `the tag ${moved} moved` : check.reason;
  }
  throw new GitHubError(
    `The versions of ${job.api.name} change faster than they can be listed (${reason}): nothing is removed; run the job again at a quieter time.`,
    200
  );
}
function findMovedTag(versions) {
  const seen = /* @__PURE__ */ new Set();
  for (const tag of versions.flatMap(({ tags }) => tags)) {
    if (seen.has(tag)) return showText(tag);
    seen.add(tag);
  }
  return void 0;
}

// prune-images/read-deleted.ts
var together5 = 8;
var mostPages = 200;
async function readDeleted({ api }, digests) {
  const wanted = new Set(digests);
  const found = /* @__PURE__ */ new Set();
  const cannotTell = (why) => ({
    found,
    warning: `Signatures and SBOMs of images that are not in this package stay, since it cannot be told whether those were deleted here: ${why}. Delete such versions by hand where nobody needs them.`
  });
  for (let next = 1, count = 1; next <= mostPages; next += count, count = together5) {
    const numbers = Array.from({ length: count }, (_, index) => next + index);
    let pages;
    try {
      pages = await mapParallel(numbers, together5, (page) => api.readVersionPage(page, "deleted"));
    } catch (error) {
      const isRefused = error instanceof GitHubError && [403, 404, 422].includes(error.status);
      if (!isRefused) throw error;
      return cannotTell(`GitHub does not list the deleted versions to this token (${error.status})`);
    }
    for (const { digest } of pages.flat()) if (wanted.has(digest)) found.add(digest);
    if (found.size === wanted.size || (pages.at(-1)?.length ?? 0) < api.pageSize) return { found };
  }
  return cannotTell(`more than ${mostPages * api.pageSize} versions were deleted`);
}

// prune-images/prune-package.ts
var mostIdlePlans = 5;
async function prunePackage(job, onChange = () => {
}) {
  const { settings, api, timing } = job;
  const started = timing.now();
  const outcomes = /* @__PURE__ */ new Map();
  const warnings = /* @__PURE__ */ new Set();
  const deleted = /* @__PURE__ */ new Set();
  let graph = /* @__PURE__ */ new Map();
  let versions = [];
  let plan;
  let figures = {
    versions: 0,
    manifestsRead: 0,
    manifestsKnown: 0,
    listings: 0,
    plans: 0,
    checks: 0,
    secondsToPlan: 0
  };
  const count = (more) => {
    figures = { ...figures, ...more };
  };
  const result = (ending) => describe({ job, plan, outcomes, warnings, graph, figures, ending });
  try {
    for (let idle = 0; ; ) {
      const listing = await listVersions(job);
      versions = listing.versions;
      if (figures.plans === 0) {
        graph = await job.cache.read(new Set(versions.map(({ digest }) => digest)));
        count({ manifestsKnown: graph.size });
      }
      for (const { digest } of versions) {
        const before2 = outcomes.get(digest);
        if (before2 !== void 0 && isGone(before2)) outcomes.delete(digest);
      }
      for (const [digest, item] of outcomes) if (isGone(item)) deleted.add(digest);
      for (const [digest, entry] of graph) if ("unreadable" in entry) graph.delete(digest);
      const readFirst = await completeGraph(job, versions, graph);
      const lost = findLostSubjects(versions, graph).filter((digest) => !deleted.has(digest));
      if (lost.length > 0) {
        const { found, warning: warning2 } = await readDeleted(job, lost);
        for (const digest of found) deleted.add(digest);
        if (warning2 !== void 0) warnings.add(warning2);
      }
      const state = await job.readState(0);
      const now = settings.plannedAt ?? timing.now();
      const makePlan = () => planPrune(versions, graph, { ...state, serverUrl: settings.serverUrl, deleted, now }, settings.rules);
      plan = makePlan();
      let read = readFirst;
      for (let round = 0; round < 3; round += 1) {
        const missing2 = [...plan.undecided, ...settings.measureBytes ? versions.map(({ digest }) => digest) : []];
        const unread = [...new Set(missing2)].filter((digest) => !graph.has(digest));
        if (unread.length === 0) break;
        read += await addManifests(job, unread, graph);
        plan = makePlan();
      }
      for (const warning2 of plan.warnings) warnings.add(warning2);
      count({
        versions: Math.max(figures.versions, versions.length),
        listings: figures.listings + listing.readings,
        manifestsRead: figures.manifestsRead + read,
        plans: figures.plans + 1,
        ...figures.plans === 0 ? { secondsToPlan: (timing.now() - started) / 1e3 } : {}
      });
      await saveCache(job, versions, graph);
      job.print(
        `${api.name}: ${versions.length} versions, ${plan.keep.length} stay, ${plan.remove.length} ${settings.dryRun ? "would go" : "go"}.`
      );
      if (settings.dryRun) return result({ kind: "done" });
      onChange(result({ kind: "stopped", reason: "the run was interrupted" }));
      const before = countGone(outcomes);
      const applied = await applyPlan({ job, plan, versions, graph, state, outcomes });
      count({
        checks: figures.checks + applied.checks,
        manifestsRead: figures.manifestsRead + applied.manifestsRead
      });
      if (applied.replan === void 0) return result({ kind: "done" });
      job.print(`${api.name}: planning again, since ${applied.replan}.`);
      idle = countGone(outcomes) === before ? idle + 1 : 0;
      if (idle >= mostIdlePlans) {
        throw new Stopped(`${api.name} changes so often that no plan holds (${applied.replan})`);
      }
    }
  } catch (error) {
    const clean = error instanceof Stopped || error instanceof LimitReached;
    return result(clean ? { kind: "stopped", reason: error.message } : { kind: "failed", error });
  }
}
function countGone(outcomes) {
  return [...outcomes.values()].filter(isGone).length;
}
async function saveCache(job, versions, graph) {
  try {
    const wanted = versions.flatMap(({ digest }) => [digest, factsOf(graph.get(digest))?.labelsIn ?? digest]);
    await job.cache.save(new Set(wanted));
  } catch (error) {
    job.warn(
      `What manifests say could not be kept for the next run: ${error instanceof Error ? error.message : error}.`
    );
  }
}
function describe(parts) {
  const { job, plan, outcomes, warnings, graph, figures, ending } = parts;
  const detail = ending.kind === "stopped" ? ending.reason : "the run ended before its turn";
  const dry = job.settings.dryRun;
  const untried = (plan?.remove ?? []).filter(({ version }) => !outcomes.has(version.digest)).map((item) => ({ ...item, outcome: "left", ...dry ? {} : { detail } }));
  const keptNow = new Set(plan?.keep.map(({ version }) => version.digest));
  const planned = [...[...outcomes.values()].filter(({ version }) => !keptNow.has(version.digest)), ...untried].map(
    (item) => ({ ...item, ...describeParts(item.version, graph) })
  );
  const kept = plan?.keep ?? [];
  const going = dry ? planned : planned.filter(isGone);
  return {
    package: job.api.name,
    image: job.registry.image,
    kept,
    planned,
    warnings: [...warnings],
    ...countReclaimed(planned, going, kept, graph),
    figures,
    ending
  };
}
function describeParts({ digest, tags }, graph) {
  const entry = graph.get(digest);
  const facts = entry === void 0 || "unreadable" in entry ? void 0 : entry;
  const about = facts?.subject ?? tags.flatMap((tag) => subjectOfTag(tag) ?? [])[0];
  return {
    ...facts !== void 0 && facts.children.length > 0 ? { parts: facts.children } : {},
    ...about === void 0 ? {} : { about }
  };
}

// prune-images/repository-facts.ts
async function readRepositoryState(rest, repository) {
  const path = `/repos/${repository.split("/").map(encodeURIComponent).join("/")}`;
  try {
    const [about, pulls, branches] = await Promise.all([
      rest.ask("GET", path),
      listAll(rest, `${path}/pulls?state=open`, (item) => readHead(item, "number", "head"), describeHead),
      listAll(rest, `${path}/branches`, (item) => readHead(item, "name", "commit"), describeHead)
    ]);
    if (about.status !== 200) throw new GitHubError("no repository", about.status);
    const defaultBranch = field(about.data, "default_branch");
    const openPullRequests = new Map(
      pulls.flatMap(({ of, sha }) => typeof of === "number" && sha ? [[of, sha]] : [])
    );
    const heads = new Map(branches.flatMap(({ of, sha }) => typeof of === "string" && sha ? [[of, sha]] : []));
    const isComplete = openPullRequests.size === pulls.length && heads.size === branches.length;
    if (typeof defaultBranch !== "string" || !isComplete) {
      throw new GitHubError(
        `GitHub's API gave an answer about ${repository} that is not what its documentation says: check GITHUB_API_URL.`,
        200
      );
    }
    if (!heads.has(defaultBranch)) {
      throw new GitHubError(
        `GitHub lists the branches of ${showText(repository)} without its default branch ${showText(defaultBranch)}, so the list is not complete and nothing is removed: run the job again.`,
        200
      );
    }
    const fullName = field(about.data, "full_name");
    return {
      openPullRequests,
      branches: heads,
      defaultBranch,
      repositoryNames: typeof fullName === "string" ? [repository, fullName] : [repository]
    };
  } catch (error) {
    if (!(error instanceof GitHubError) || ![403, 404].includes(error.status)) throw error;
    throw new GitHubError(
      `GitHub does not show this token the branches and pull requests of ${showText(repository)} (${error.status}), without which nothing is removed: check the input \`repository\`, and grant the job \`contents: read\` and \`pull-requests: read\`.`,
      error.status,
      { cause: error }
    );
  }
}
function readHead(item, key, head) {
  const sha = field(field(item, head), "sha");
  return { of: field(item, key), sha: typeof sha === "string" && /^[0-9a-f]{40,64}$/u.test(sha) ? sha : void 0 };
}
function describeHead({ of, sha }) {
  return `${of} ${sha}`;
}

// prune-images/prune.ts
var mostNamed = 10;
var usualBatch = 50;
async function prune(settings, ports) {
  const { timing, print, warn, beforeRequest } = ports;
  const startedAt = timing.now();
  const pacing = createPacing({
    timing,
    deletesPerMinute: settings.deletesPerMinute,
    longestWait: settings.longestWait,
    onWait: warn
  });
  const rest = connectRest({
    url: settings.apiUrl,
    token: settings.token,
    pacing,
    timing,
    onRetry: print,
    beforeRequest
  });
  let state = {
    openPullRequests: /* @__PURE__ */ new Map(),
    branches: /* @__PURE__ */ new Map(),
    defaultBranch: "",
    repositoryNames: [settings.repository]
  };
  let stateReadAt = Number.NEGATIVE_INFINITY;
  const readState = async (olderThan) => {
    if (olderThan === 0 || timing.now() - stateReadAt >= olderThan) {
      const time = timing.now();
      state = await readRepositoryState(rest, settings.repository);
      stateReadAt = time;
    }
    return state;
  };
  const packages = [];
  let ownerKind;
  const result = () => ({
    owner: settings.owner,
    ownerKind,
    registry: settings.registry,
    repository: settings.repository,
    dryRun: settings.dryRun,
    rules: settings.rules,
    startedAt,
    finishedAt: timing.now(),
    facts: {
      openPullRequests: [...state.openPullRequests.keys()],
      branches: [...state.branches.keys()],
      defaultBranch: state.defaultBranch,
      heads: {
        pullRequests: Object.fromEntries(state.openPullRequests),
        branches: Object.fromEntries(state.branches)
      }
    },
    packages,
    figures: {
      apiCalls: { ...rest.calls },
      manifestsRead: packages.reduce((sum, { figures }) => sum + figures.manifestsRead, 0),
      secondsWaitedForLimits: pacing.waited() / 1e3,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024
    }
  });
  let names;
  try {
    ownerKind = await readOwnerKind(rest, settings.owner);
    names = await findPackages(rest, ownerKind, settings.owner, settings.packages);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    names = [];
    warn(
      `Nothing was looked at: ${error.message}. Run the prune again later, or let it wait longer (\`wait-minutes\`).`
    );
  }
  for (const [place, name] of names.entries()) {
    if (ownerKind === void 0) break;
    const job = {
      settings,
      api: openPackage(rest, ownerKind, settings.owner, name, ports.sizes?.page),
      registry: openRegistry(`${settings.registry}/${settings.owner}/${name}`.toLowerCase(), {
        credentials: async () => settings.token === "" ? void 0 : { kind: "password", username: "longshore", password: settings.token }
      }),
      cache: settings.cacheFolder === "" ? noManifestCache : openManifestCache(settings.cacheFolder, name, warn),
      pacing,
      timing,
      progress: createProgress(print, timing.now),
      print,
      warn,
      readState,
      stopRequested: ports.stopRequested ?? (() => void 0),
      onPlan: () => ports.onPlan?.(result()),
      beforeRequest,
      batchSize: ports.sizes?.batch ?? usualBatch
    };
    const outcome = await prunePackage(job, (interim) => {
      packages[place] = interim;
      job.onPlan();
    });
    packages[place] = outcome;
    if (!endsAll(outcome.ending)) continue;
    const left = names.slice(place + 1);
    if (left.length > 0) {
      const more = left.length > mostNamed ? ` and ${left.length - mostNamed} more` : "";
      warn(
        `${left.slice(0, mostNamed).join(", ")}${more} ${left.length === 1 ? "was" : "were"} not looked at, since the run ended at ${name}: run the prune again.`
      );
    }
    break;
  }
  return result();
}
function endsAll(ending) {
  if (ending.kind !== "failed") return ending.kind === "stopped";
  return !(ending.error instanceof GitHubError && ending.error.status !== 401);
}

// prune-images/prune-settings.ts
var import_node_os = __toESM(require_node_os(), 1);
function readSettings(env) {
  const repository = readText("repository", env.GITHUB_REPOSITORY ?? "", env);
  const owner = parseOwner(readText("owner", env.GITHUB_REPOSITORY_OWNER || repository.split("/")[0], env));
  if (!/^[\w.-]+\/[\w.-]+$/u.test(repository)) {
    throw new InputError(
      `Input \`repository\` is ${quoteValue(repository)}: give the \`owner/name\` whose pull requests and branches the images belong to.`
    );
  }
  const named = readList("package", env);
  return {
    apiUrl: readApiUrl(env),
    serverUrl: env.GITHUB_SERVER_URL || "https://github.com",
    token: readText("token", "", env),
    owner,
    packages: parsePackageNames(named.length > 0 ? named : [repository.split("/")[1] ?? ""]),
    registry: parseRegistry(readText("registry", "ghcr.io", env)),
    repository,
    rules: {
      pullRequestMaxAge: parseDuration("pull-request-max-age", readText("pull-request-max-age", "24h", env)),
      featureMaxAge: parseDuration("feature-max-age", readText("feature-max-age", "7d", env)),
      untaggedGrace: parseDuration("untagged-grace", readText("untagged-grace", "24h", env)),
      keepDefaultBranch: optional(
        readText("keep-default-branch", "", env),
        () => readInteger("keep-default-branch", { lowest: 0, highest: 1e6, fallback: 0 }, env)
      ),
      minimumKept: readInteger("minimum-kept", { lowest: 0, highest: 1e6, fallback: 5 }, env),
      trustTagNames: readBoolean("trust-tag-names", false, env),
      pullRequest: optional(
        readText("pull-request", "", env),
        () => readInteger("pull-request", { lowest: 1, highest: Number.MAX_SAFE_INTEGER, fallback: 0 }, env)
      ),
      suffixes: readList("suffixes", env).map(checkSuffix)
    },
    dryRun: readBoolean("dry-run", false, env),
    measureBytes: readBoolean("measure-bytes", false, env),
    cacheFolder: readText("cache-folder", "", env),
    reportFolder: readText("report-folder", env.RUNNER_TEMP || (0, import_node_os.tmpdir)(), env),
    // GitHub allows 900 points a minute and a deletion costs 5.
    deletesPerMinute: readInteger("deletes-per-minute", { lowest: 1, highest: 180, fallback: 150 }, env),
    longestWait: readInteger("wait-minutes", { lowest: 0, highest: 1440, fallback: 10 }, env) * 6e4
  };
}
function checkSuffix(text) {
  try {
    return parseSuffix(text);
  } catch (cause) {
    throw new InputError(
      `Input \`suffixes\` holds ${quoteValue(text)}: use suffixes that images are built with, such as \`-alpine\`.`,
      {
        cause
      }
    );
  }
}
function optional(text, read) {
  return text === "" ? void 0 : read();
}

// prune-images/save-memory.ts
var import_node_v8 = __toESM(require_node_v8(), 1);
function saveMemory() {
  (0, import_node_v8.setFlagsFromString)("--optimize-for-size");
}

// prune-images/stop-on-signals.ts
function stopOnSignals() {
  let reason;
  const stop = (signal) => {
    if (reason !== void 0) process.exit(1);
    reason = `the run was cancelled (${signal})`;
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return () => reason;
}

// prune-images/write-report.ts
var import_node_fs3 = __toESM(require_node_fs(), 1);
var import_node_path2 = __toESM(require_node_path(), 1);
function writeReport(folder, result) {
  const path = (0, import_node_path2.join)(folder, "prune-report.json");
  try {
    (0, import_node_fs3.mkdirSync)(folder, { recursive: true });
    const file = (0, import_node_fs3.openSync)(`${path}.partial`, "w");
    try {
      let buffer = "";
      for (const part of formatReport(result)) {
        buffer += part;
        if (buffer.length > 1e6) {
          (0, import_node_fs3.writeSync)(file, buffer);
          buffer = "";
        }
      }
      (0, import_node_fs3.writeSync)(file, buffer);
    } finally {
      (0, import_node_fs3.closeSync)(file);
    }
    (0, import_node_fs3.renameSync)(`${path}.partial`, path);
    return path;
  } catch (cause) {
    throw new InputError(
      `The report cannot be written to ${quoteValue(path, 300)} (input \`report-folder\`): choose a folder that can be written.`,
      { cause }
    );
  }
}
function* formatReport(result) {
  const { packages, startedAt, finishedAt, ...rest } = result;
  const head = { format: "longshore-prune-1", ...rest, startedAt: date(startedAt), finishedAt: date(finishedAt) };
  yield `${JSON.stringify(head, void 0, 1).slice(0, -2)},
 "packages": [`;
  for (const [place, each] of packages.entries()) {
    yield place === 0 ? "\n" : ",\n";
    yield* formatPackage(each);
  }
  yield "\n ]\n}\n";
}
function* formatPackage(result) {
  const { kept, planned, ending, ...rest } = result;
  const told = ending.kind === "failed" ? { kind: "failed", reason: messageOf2(ending.error) } : ending;
  yield `${JSON.stringify({ ...rest, ending: told }).slice(0, -1)},
 "remove": [`;
  yield* formatVersions(planned);
  yield `],
 "keep": [`;
  yield* formatVersions(kept);
  yield "]}";
}
function* formatVersions(items) {
  for (const [place, { version, ...item }] of items.entries()) {
    const { id, digest, tags, createdAt, updatedAt } = version;
    const line = { id, digest, tags, createdAt: date(createdAt), updatedAt: date(updatedAt), ...item };
    yield `${place === 0 ? "" : ","}
  ${JSON.stringify(line)}`;
  }
}
function date(time) {
  return new Date(time).toISOString();
}
function messageOf2(error) {
  return error instanceof Error ? error.message : String(error);
}

// prune-images/main.ts
await runStep(async () => {
  saveMemory();
  const env = parseFlags("prune-images", process.argv.slice(2), process.env);
  const settings = readSettings(env);
  maskSecret(settings.token);
  const fixed = env.SOURCE_DATE_EPOCH ? readClock(env).getTime() : void 0;
  const result = await prune(
    { ...settings, plannedAt: fixed },
    {
      timing: realTiming,
      print: printText,
      warn: (sentence) => warning(showText(sentence)),
      stopRequested: stopOnSignals(),
      onPlan: (interim) => writeReport(settings.reportFolder, interim)
    }
  );
  const report = writeReport(settings.reportFolder, result);
  printText(describeResult(result));
  printText(`Report: ${report}`);
  writeOutputs(listOutputs(result, report));
  writeSummary(summariseResult(result));
  tellTroubles(result);
}, printFlagHelp);
function tellTroubles({ packages }) {
  const failures = [];
  for (const { image, warnings, planned, ending } of packages) {
    for (const warning2 of warnings.slice(0, 10)) warning(showText(`${image}: ${warning2}`));
    if (warnings.length > 10)
      warning(showText(`${image}: ${warnings.length - 10} more warnings are in the report.`));
    const refused = planned.filter(({ outcome }) => outcome === "refused" || outcome === "failed");
    for (const { version, detail } of refused.slice(0, 10)) {
      warning(
        showText(`${image}: version ${version.id} (${version.tags.join(", ") || version.digest}) stays: ${detail}.`)
      );
    }
    if (ending.kind === "stopped") {
      const left = planned.filter(({ outcome }) => outcome === "left").length;
      warning(showText(`${image}: stopped, since ${ending.reason}. ${left} versions are left for the next run.`));
    }
    if (ending.kind === "failed") failures.push(ending.error);
  }
  const [first, ...others] = failures;
  if (first === void 0) return;
  if (others.length === 0) throw first;
  const messages = failures.map((error) => error instanceof Error ? error.message : String(error));
  throw new Error(messages.join(" "), { cause: first });
}
