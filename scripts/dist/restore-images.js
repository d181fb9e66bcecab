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
  openRegistry
} from "./chunk-registry.js";
import "./chunk-stream.js";
import "./chunk-login.js";
import "./chunk-link-header.js";
import "./chunk-crypto.js";
import "./chunk-parse-json.js";
import "./chunk-request.js";
import "./chunk-refusal.js";
import {
  readApiUrl,
  readRepositoryName
} from "./chunk-event.js";
import "./chunk-retry.js";
import {
  formatMarkdownTable,
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
  isDigest
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

// restore-images/check-run.ts
var pruning = /\/\.github\/workflows\/prune-images\.yml(?:@|$)/u;
async function checkRun(rest, { repository, id }) {
  const refuse = (why) => new InputError(
    `Input \`run-id\` is ${quoteValue(id)}, ${why}: give the number of the run of this repository that pruned.`
  );
  const { status, data } = await rest.ask("GET", `/repos/${repository}/actions/runs/${id}`).catch((error) => {
    if (!(error instanceof GitHubError) || error.status !== 403) throw error;
    throw new InputError(`Input \`run-token\` may not read runs of ${repository}: grant the job \`actions: read\`.`, {
      cause: error
    });
  });
  if (status === 404)
    throw refuse(`which GitHub does not show as a run of ${repository} (the job needs \`actions: read\`)`);
  const head = field(field(data, "head_repository"), "full_name");
  const isOwn = typeof head === "string" && head.toLowerCase() === repository.toLowerCase();
  if (!isOwn && field(data, "event") !== "pull_request_target")
    throw refuse(`which ran what ${typeof head === "string" ? quoteValue(head) : "a repository that is gone"} pushed`);
  const called = field(data, "referenced_workflows");
  const paths = Array.isArray(called) ? called.map((each) => String(field(each, "path"))) : [];
  if (paths.length === 0) {
    const why = await doubtRun(rest, repository, data, isOwn ? void 0 : head);
    if (why !== void 0) throw refuse(`which called no workflow, and ${why}`);
  } else if (!paths.some((path) => pruning.test(path))) {
    throw refuse("which called workflows, but not `prune-images.yml`");
  }
}
async function doubtRun(rest, repository, run, fork) {
  if (fork !== void 0) return `ran for a pull request of ${quoteValue(String(fork))}`;
  const path = String(field(run, "path"));
  const [known, ref] = /^\.github\/workflows\/[^/@]+(?:@(?:refs\/heads\/)?(.+))?$/u.exec(path) ?? [];
  if (known === void 0) return `ran ${quoteValue(path)}, no workflow of ${repository}`;
  const { data } = await rest.ask("GET", `/repos/${repository}`);
  const own = field(data, "default_branch");
  if (typeof own !== "string") return "GitHub does not tell the default branch";
  const branch = [String(field(run, "head_branch")), ref ?? own].find((name) => name !== own);
  return branch === void 0 ? void 0 : `ran on ${quoteValue(branch)}, which is not the default branch ${own}`;
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
    const byId = version && deletedById.get(version.id);
    const found = byId?.digest === digest ? byId : deletedByDigest.get(digest);
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
  if (settings.run !== void 0) {
    const reader = connectRest({ url: settings.apiUrl, token: settings.runToken, pacing, timing, onRetry: print });
    await checkRun(reader, settings.run);
  }
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
var mostPackages = 1e4;
var mostVersions = 5e5;
var mostOfVersion = 1e4;
var tagPattern = /^\w[\w.-]{0,127}$/u;
var partPattern = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[A-Za-z0-9=_-]{1,200}$/u;
var packagePattern = /^[a-z\d](?:[a-z\d._-]|\/(?=[a-z\d])){0,254}$/u;
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
  if (packages.length > mostPackages) throw refuse(`it has ${packages.length} packages`);
  return {
    owner,
    registry,
    packages: packages.map((each) => {
      const name = field(each, "package");
      const remove = field(each, "remove");
      if (typeof name !== "string" || !Array.isArray(remove)) throw refuse("a package is cut short");
      if (!packagePattern.test(name)) throw refuse(`${quoteValue(name)} is no package`);
      if (remove.length > mostVersions) throw refuse(`a package has ${remove.length} versions`);
      return { name, versions: remove.filter(mayBeGone).map((item) => readVersion(item) ?? fail(refuse)) };
    })
  };
}
function fail(refuse) {
  throw refuse("a version has parts that are missing or make no sense");
}
function mayBeGone(item) {
  return ["removed", "gone", "left"].includes(String(field(item, "outcome")));
}
function readVersion(item) {
  const id = field(item, "id");
  const digest = field(item, "digest");
  const about = field(item, "about");
  const tags = textsOf(field(item, "tags"), (text) => tagPattern.test(text));
  const parts = textsOf(field(item, "parts") ?? [], (text) => partPattern.test(text));
  if (!Number.isSafeInteger(id) || Number(id) <= 0 || typeof digest !== "string" || !isDigest(digest)) return void 0;
  if (tags === void 0 || parts === void 0) return void 0;
  if (about !== void 0 && (typeof about !== "string" || !partPattern.test(about))) return void 0;
  return { id: Number(id), digest, tags, parts, about };
}
function textsOf(value, is) {
  if (!Array.isArray(value) || value.length > mostOfVersion) return void 0;
  return value.every((text) => typeof text === "string" && is(text)) ? value : void 0;
}

// restore-images/restore-settings.ts
function readSettings(env) {
  const path = readText("report", "", env);
  const owner = parseOwner(readText("owner", env.GITHUB_REPOSITORY_OWNER ?? "", env));
  const registry = parseRegistry(readText("registry", "ghcr.io", env));
  const report = path === "" ? void 0 : readReport(path, owner, registry);
  const runId = readText("run-id", "", env);
  if (runId !== "" && !/^[1-9]\d{0,17}$/u.test(runId)) {
    throw new InputError(
      `Input \`run-id\` is ${quoteValue(runId)}: give the number in the address of the run that pruned.`
    );
  }
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
    owner,
    registry,
    run: runId === "" ? void 0 : { repository: readRepositoryName(env), id: runId },
    runToken: readText("run-token", "", env),
    packages: report === void 0 ? parseNames(names).map((name) => ({ name, versions: [] })) : packages,
    wanted,
    dryRun: readBoolean("dry-run", false, env),
    changesPerMinute: readInteger("deletes-per-minute", { lowest: 1, highest: 180, fallback: 150 }, env),
    longestWait: readInteger("wait-minutes", { lowest: 0, highest: 1440, fallback: 10 }, env) * 6e4
  };
}
var largestReport = 256 * 1024 * 1024;
function readReport(path, owner, registry) {
  let text;
  try {
    const { size } = (0, import_node_fs.statSync)(path);
    if (size > largestReport) throw new Error(`it has ${size} bytes, which no report has`);
    text = (0, import_node_fs.readFileSync)(path, "utf8");
  } catch (cause) {
    throw new InputError(`Input \`report\` is ${quoteValue(path, 300)}, which cannot be read: give a prune's report.`, {
      cause
    });
  }
  const report = parsePruneReport(text, path);
  if (report.owner.toLowerCase() === owner.toLowerCase() && report.registry.toLowerCase() === registry) return report;
  throw new InputError(
    `Input \`report\` is about packages of ${quoteValue(report.owner)} at ${quoteValue(report.registry)}, and this restores those of ${owner} at ${registry}: give a report of theirs, or say \`owner\` and \`registry\` if it is yours.`
  );
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
  maskSecret(settings.runToken);
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
