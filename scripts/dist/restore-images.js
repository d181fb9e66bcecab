import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  createPacing,
  openPackage,
  parseManifestFacts,
  parseOwner,
  parsePackageNames,
  parseRegistry,
  parseVersion,
  readOwnerKind
} from "./chunk-GPNH54VN.js";
import {
  createProgress
} from "./chunk-4ZLWYBZU.js";
import {
  connectRest,
  parseFlags,
  printFlagHelp
} from "./chunk-7R247ME3.js";
import {
  mapParallel
} from "./chunk-G43KO3M6.js";
import {
  realTiming
} from "./chunk-PPVD4TFJ.js";
import {
  field
} from "./chunk-KQBJIUKZ.js";
import "./chunk-FBP4MIIA.js";
import {
  openRegistry
} from "./chunk-FDNDVUBC.js";
import "./chunk-ED7C54ZY.js";
import "./chunk-6NTKPSGD.js";
import {
  readApiUrl
} from "./chunk-FNTFZS6P.js";
import "./chunk-PT2757AA.js";
import {
  isDigest
} from "./chunk-3K7WCUNP.js";
import {
  InputError,
  formatMarkdownTable,
  maskSecret,
  readBoolean,
  readInteger,
  readList,
  readText,
  runStep,
  warning,
  writeOutputs,
  writeSummary
} from "./chunk-7GG5X4YI.js";
import {
  codeText,
  escapeMarkdown,
  printText,
  quoteValue,
  require_node_fs,
  showText
} from "./chunk-MKFSSSBL.js";
import {
  __toESM
} from "./chunk-VSKSHHTL.js";

// restore-images/describe-restoration.ts
var mostShown = 100;
function listOutputs(results) {
  const sum = (count) => String(results.reduce((total, each) => total + count(each), 0));
  return {
    planned: sum(({ plan }) => plan.restore.length + plan.present.length),
    restored: sum(({ plan, restored }) => restored.length + plan.present.length),
    failed: sum(({ failed }) => failed.length),
    "missing-tags": results.flatMap(({ missingTags }) => missingTags).join("\n")
  };
}
function summariseRestoration(results, dryRun) {
  const blocks = results.map(({ image, plan, restored, failed, missingTags }) => {
    const items = dryRun ? plan.restore : restored;
    const table = formatMarkdownTable({
      header: ["version", dryRun ? "would be restored" : "restored"],
      rows: items.slice(0, mostShown).map(({ tags, digest }) => [tags.map(codeText).join(", ") || "no tag", codeText(digest)])
    });
    const more = items.length > mostShown ? `… and ${items.length - mostShown} more

` : "";
    const notes = [
      ...failed.map(({ name, reason }) => `${name} did not come back: ${reason}`),
      ...missingTags.map((tag) => `${tag} is held by another version, or GitHub did not put it back`)
    ];
    const listed = notes.slice(0, mostShown).map((note) => `- ${escapeMarkdown(note)}
`);
    const there = plan.present.length > 0 ? `, ${plan.present.length} were there already` : "";
    return `### ${escapeMarkdown(image)}

${items.length} versions${there}, ${failed.length} could not come back.

${items.length > 0 ? table + more : ""}${listed.join("")}`;
  });
  return [`## ${dryRun ? "Plan of a restoration: nothing was changed" : "Restored images"}
`, ...blocks].join("\n");
}

// restore-images/plan-restore.ts
function planRestore(removed, wanted, deleted, active) {
  const known = new Map(removed.map((version) => [version.digest, version]));
  const deletedById = new Map(deleted.map((version) => [version.id, version]));
  const deletedByDigest = new Map(deleted.map((version) => [version.digest, version]));
  const there = new Set(active.map(({ digest }) => digest));
  const lost = [];
  const chosen = /* @__PURE__ */ new Set();
  const choose = (digest) => {
    if (chosen.has(digest)) return;
    chosen.add(digest);
    for (const part of known.get(digest)?.parts ?? []) if (known.has(part)) choose(part);
    for (const version of removed) if (version.about === digest) choose(version.digest);
  };
  for (const name of wanted.length === 0 ? removed.map(({ digest }) => digest) : wanted) {
    const found = removed.find(({ digest, tags }) => digest === name || tags.includes(name))?.digest;
    if (found !== void 0) choose(found);
    else if (deletedByDigest.has(name) || there.has(name)) choose(name);
    else lost.push({ name, reason: "neither the report nor GitHub's list of deleted versions has it" });
  }
  const order = [
    ...removed.map(({ digest }) => digest).reverse(),
    ...[...chosen].filter((digest) => !known.has(digest))
  ];
  const restore2 = [];
  const present = [];
  for (const digest of order) {
    if (!chosen.has(digest)) continue;
    const version = known.get(digest);
    const found = (version && deletedById.get(version.id)) ?? deletedByDigest.get(digest);
    const plain = version ?? {
      id: found?.id ?? 0,
      digest,
      tags: found?.tags ?? [],
      parts: [],
      about: void 0
    };
    if (there.has(digest)) present.push(plain);
    else if (found !== void 0) {
      const after = plain.parts.filter((part) => chosen.has(part) && !there.has(part));
      restore2.push({ ...plain, id: found.id, after });
    } else {
      const reason = "GitHub does not list it as deleted: it went more than 30 days ago, or the package was deleted as a whole";
      lost.push({ name: plain.tags.join(", ") || digest, reason });
    }
  }
  return { restore: restore2, present, lost };
}

// restore-images/restore-package.ts
var together = 8;
var deepest = 10;
async function restorePackage(job, lost) {
  const { api, registry } = job;
  const list = async (state) => (await api.listVersionPages(state)).pages.flat().map(parseVersion);
  const [deleted, active] = await Promise.all([list("deleted"), list("active")]);
  const plan = planRestore(lost.versions, job.wanted, deleted, active);
  for (const { digest, tags } of plan.restore)
    job.print(`${job.dryRun ? "Would restore" : "Restoring"} ${tags.join(", ") || digest}.`);
  for (const { name, reason } of plan.lost) job.print(`Cannot restore ${name}: ${reason}.`);
  const failed = [...plan.lost];
  const image = registry.image;
  if (job.dryRun) return { image, plan, restored: [], failed, missingTags: [] };
  const restored = await restoreAll(job, plan.restore, failed);
  const there = new Set([...active, ...restored].map(({ digest }) => digest));
  let roots = restored;
  for (let depth = 0; roots.length > 0 && depth < deepest; depth += 1) {
    const parts = (await Promise.all(roots.map((root) => readParts(registry, root.digest)))).flat();
    const missing = [...new Set(parts)].filter((digest) => !there.has(digest));
    const found = missing.flatMap((digest) => deleted.find((version) => version.digest === digest) ?? []);
    for (const digest of missing) {
      there.add(digest);
      if (!found.some((version) => version.digest === digest))
        failed.push({ name: digest, reason: "a restored image needs it, and GitHub does not list it as deleted" });
    }
    roots = await restoreAll(
      job,
      found.map((version) => ({ ...version, parts: [], after: [], about: void 0 })),
      failed
    );
    restored.push(...roots);
  }
  return { image, plan, restored, failed, missingTags: await findMissingTags(job, restored) };
}
async function restoreAll(job, items, failed) {
  const restored = [];
  const back = /* @__PURE__ */ new Set();
  const underWay = /* @__PURE__ */ new Map();
  const restoreOne = async (item) => {
    const name = item.tags.join(", ") || item.digest;
    await Promise.allSettled(item.after.map((digest) => underWay.get(digest)));
    const missing = item.after.find((digest) => !back.has(digest));
    if (missing !== void 0) {
      failed.push({ name, reason: `its part ${missing} is not there, so it would be broken` });
      return;
    }
    const { outcome, ...rest } = await job.api.restoreVersion(item.id);
    if (outcome === "refused") {
      failed.push({ name, reason: "reason" in rest ? rest.reason : "refused" });
      return;
    }
    back.add(item.digest);
    restored.push(item);
    job.progress.tell(() => `Restored ${restored.length} of ${items.length} versions of ${job.api.name}.`);
  };
  await mapParallel(items, together, async (item) => {
    const work = restoreOne(item);
    underWay.set(item.digest, work);
    await work;
  });
  return restored;
}
async function readParts(registry, digest) {
  const manifest = await registry.getManifest(digest, { expected: true });
  if (manifest === void 0) return [];
  return parseManifestFacts(digest, Buffer.from(manifest.bytes).toString()).children;
}
async function findMissingTags({ api }, restored) {
  const tagged = restored.filter(({ tags }) => tags.length > 0);
  const now = await mapParallel(tagged, together, ({ id }) => api.readVersion(id));
  return tagged.flatMap(({ tags }, index) => tags.filter((tag) => !now[index]?.tags.includes(tag)));
}

// restore-images/restore.ts
async function restore(settings, ports) {
  const { timing, print, warn } = ports;
  const pacing = createPacing({
    timing,
    deletesPerMinute: settings.changesPerMinute,
    longestWait: settings.longestWait,
    onWait: warn
  });
  const rest = connectRest({ url: settings.apiUrl, token: settings.token, pacing, timing, onRetry: print });
  const kind = await readOwnerKind(rest, settings.owner);
  const results = [];
  for (const lost of settings.packages) {
    const registry = openRegistry(`${settings.registry}/${settings.owner}/${lost.name}`.toLowerCase(), {
      credentials: async () => settings.token === "" ? void 0 : { kind: "password", username: "longshore", password: settings.token },
      attempts: 5,
      delay: 1e3,
      onRetry: print
    });
    const api = openPackage(rest, kind, settings.owner, lost.name);
    const progress = createProgress(print, timing.now);
    results.push(
      await restorePackage({ api, registry, progress, print, wanted: settings.wanted, dryRun: settings.dryRun }, lost)
    );
  }
  return results;
}

// restore-images/restore-settings.ts
var import_node_fs = __toESM(require_node_fs(), 1);

// restore-images/prune-report.ts
function parsePruneReport(text, path) {
  const refuse = (why, cause) => new InputError(
    `Input \`report\` is ${quoteValue(path, 300)}, which is no report of a prune (${why}): give the file that prune-images wrote.`,
    {
      cause
    }
  );
  let report;
  try {
    report = JSON.parse(text);
  } catch (cause) {
    throw refuse("it is not JSON", cause);
  }
  const owner = field(report, "owner");
  const registry = field(report, "registry");
  const packages = field(report, "packages");
  const format = field(report, "format");
  if (format !== "longshore-prune-1") throw refuse(`its format is ${quoteValue(String(format))}`);
  if (typeof owner !== "string" || typeof registry !== "string" || !Array.isArray(packages))
    throw refuse("parts are missing");
  return {
    owner,
    registry,
    packages: packages.map((each) => {
      const name = field(each, "package");
      const remove = field(each, "remove");
      if (typeof name !== "string" || !Array.isArray(remove)) throw refuse("a package is cut short");
      return { name, versions: remove.filter(mayBeGone).map((item) => readVersion(item) ?? fail(refuse)) };
    })
  };
}
function fail(refuse) {
  throw refuse("a version is cut short");
}
function mayBeGone(item) {
  return ["removed", "gone", "left"].includes(String(field(item, "outcome")));
}
function readVersion(item) {
  const id = field(item, "id");
  const digest = field(item, "digest");
  const about = field(item, "about");
  if (typeof id !== "number" || typeof digest !== "string" || !isDigest(digest)) return void 0;
  return {
    id,
    digest,
    tags: texts(field(item, "tags")),
    parts: texts(field(item, "parts")),
    about: typeof about === "string" ? about : void 0
  };
}
function texts(value) {
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}

// restore-images/restore-settings.ts
function readSettings(env) {
  const path = readText("report", "", env);
  const report = path === "" ? void 0 : readReport(path);
  const wanted = readList("digests", env);
  const names = readList("package", env);
  const packages = report === void 0 ? [] : selectPackages(report, names);
  if (report === void 0) {
    const wrong = wanted.find((digest) => !isDigest(digest));
    if (wanted.length === 0) {
      throw new InputError("Inputs `report` and `digests` are both missing: say what is to come back.");
    }
    if (wrong !== void 0) {
      throw new InputError(
        `Input \`digests\` holds ${quoteValue(wrong)}: without a report give digests such as \`sha256:…\`, since a tag is gone with its version.`
      );
    }
    if (names.length !== 1) {
      throw new InputError(
        "Input `package` must name one package where there is no report: say whose digests these are."
      );
    }
  }
  return {
    apiUrl: readApiUrl(env),
    token: readText("token", "", env),
    owner: parseOwner(readText("owner", report?.owner ?? env.GITHUB_REPOSITORY_OWNER ?? "", env)),
    registry: parseRegistry(readText("registry", report?.registry ?? "ghcr.io", env)),
    packages: report === void 0 ? parseNames(names).map((name) => ({ name, versions: [] })) : packages,
    wanted,
    dryRun: readBoolean("dry-run", false, env),
    changesPerMinute: readInteger("deletes-per-minute", { lowest: 1, highest: 180, fallback: 150 }, env),
    longestWait: readInteger("wait-minutes", { lowest: 0, highest: 1440, fallback: 10 }, env) * 6e4
  };
}
function readReport(path) {
  let text;
  try {
    text = (0, import_node_fs.readFileSync)(path, "utf8");
  } catch (cause) {
    throw new InputError(`Input \`report\` is ${quoteValue(path, 300)}, which cannot be read: give a prune's report.`, {
      cause
    });
  }
  return parsePruneReport(text, path);
}
function parseNames(names) {
  const parsed = parsePackageNames(names);
  const pattern = parsed.find((name) => name.includes("*"));
  if (pattern === void 0) return parsed;
  throw new InputError(`Input \`package\` is ${quoteValue(pattern)}: name the packages one by one.`);
}
function selectPackages(report, names) {
  if (names.length === 0) return report.packages;
  return parseNames(names).map((name) => {
    const found = report.packages.find((each) => each.name === name);
    if (found !== void 0) return found;
    throw new InputError(`Input \`package\` is ${quoteValue(name)}, of which the report says nothing.`);
  });
}

// restore-images/main.ts
await runStep(async () => {
  const settings = readSettings(parseFlags("restore-images", process.argv.slice(2), process.env));
  maskSecret(settings.token);
  const warn = (sentence) => warning(showText(sentence));
  const results = await restore(settings, { timing: realTiming, print: printText, warn });
  const outputs = listOutputs(results);
  writeOutputs(outputs);
  writeSummary(summariseRestoration(results, settings.dryRun));
  printText(
    `${settings.dryRun ? outputs.planned : outputs.restored} versions ${settings.dryRun ? "would be" : "are"} back.`
  );
  for (const { image, missingTags } of results) {
    for (const tag of missingTags)
      warn(`${image}: the tag ${tag} is held by another version, or GitHub did not put it back.`);
  }
  const failures = results.flatMap(({ image, failed }) => failed.map((each) => ({ image, ...each })));
  for (const { image, name, reason } of failures.slice(0, 10)) warn(`${image}: ${name} does not come back: ${reason}.`);
  if (failures.length > 0)
    throw new Error(`${failures.length} versions could not be restored: see the warnings and the summary.`);
}, printFlagHelp);
