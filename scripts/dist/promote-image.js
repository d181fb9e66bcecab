import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  createHistoryReader,
  createHolderReader,
  decideTags,
  freeHeldTags,
  hasFailed,
  leftTag,
  listLeftTags,
  namesImage,
  putTags,
  seeTags,
  tableOfTags,
  tellHeldTags,
  tellLeftTags
} from "./chunk-put-tags.js";
import {
  connectGitHub
} from "./chunk-api.js";
import "./chunk-read-content.js";
import {
  mapParallel
} from "./chunk-parallel.js";
import "./chunk-reads.js";
import "./chunk-error.js";
import {
  readDockerCredentials
} from "./chunk-docker-credentials.js";
import {
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
import "./chunk-vendor-core.js";
import "./chunk-process.js";
import {
  readApiUrl
} from "./chunk-event.js";
import "./chunk-retry.js";
import {
  formatMarkdownTable,
  formatTextTable,
  writeSummary
} from "./chunk-step-summary.js";
import {
  maskSecret,
  notice,
  readBoolean,
  readDuration,
  readInteger,
  readLines,
  readList,
  readText,
  runStep,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  candidateOf,
  checkName,
  checkVersionCommit,
  formatReferrersTag,
  formatSignatureTags,
  formatSize,
  formatTag,
  gitTagOfVersion,
  isAttestation,
  isCompanionTag,
  isDigest,
  isOfClock,
  needsRefresh,
  parseImagePlan,
  parseImageReference,
  parseOciContent,
  planNamedTag,
  readReferrers,
  refersTo,
  refreshPlan
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  codeText,
  escapeMarkdown,
  quoteValue,
  showText
} from "./chunk-escape.js";
import {
  InputError,
  normaliseImage
} from "./chunk-image-name.js";
import "./chunk-runtime.js";

// promote-image/describe-result.ts
function describeResult({ source, digest, tags, copies, notes }) {
  const rows = tags.map(({ image, name, outcome, reason }) => [`${image}:${name}`, outcome, reason]);
  return [
    digest === void 0 ? source : `${source} is ${digest}`,
    ...copies.map((copy) => `${copy.target}@${copy.digest}: ${countCopy(copy)}`),
    formatTextTable(rows),
    ...notes
  ].filter((line) => line !== "").join("\n");
}
function summariseResult(result) {
  const { source, digest, revision, reason, backward, tags, copies } = result;
  const failed = tags.filter(hasFailed).length;
  const title = failed > 0 ? `Image promoted, ${failed} of ${tags.length} tags failed` : "Image promoted";
  const what = digest === void 0 ? codeText(source) : `${codeText(source)}, digest ${codeText(digest)}`;
  const of = revision === "" ? "" : `, revision ${codeText(revision)}`;
  const back = backward ? " Tags were allowed to go back." : "";
  return [
    `### ${title}

${what}${of}.

`,
    reason === "" ? "" : `Reason: ${escapeMarkdown(reason)}${back}

`,
    tags.length === 0 ? "" : tableOfTags(tags),
    copies.length === 0 ? "" : tableOfCopies(result),
    listOfNotes(result)
  ].join("");
}
function tableOfCopies({ copies }) {
  return formatMarkdownTable({
    header: ["copied, digests equal", "what was sent", "signatures and referrers"],
    rows: copies.map((copy) => [
      codeText(`${copy.target}@${copy.digest}`),
      countCopy(copy),
      copy.companions.length === 0 ? "none" : copy.companions.map(codeText).join(" ")
    ])
  });
}
function countCopy({ manifests, blobs, bytes }) {
  const lent = [
    ...blobs.mounted === 0 ? [] : [`${blobs.mounted} mounted`],
    ...blobs.present === 0 ? [] : [`${blobs.present} there before`]
  ];
  const sent = `${manifests} manifests, ${blobs.copied} blobs (${formatSize(bytes)})`;
  return lent.length === 0 ? sent : `${sent}; ${lent.join(", ")}`;
}
function listOfNotes({ notMoved, copies, notes }) {
  const lines = [
    ...notMoved.map(({ name, reason }) => `${codeText(name)} stays where it is: ${escapeMarkdown(reason)}`),
    ...[...copies.flatMap((copy) => copy.notes), ...notes].map(escapeMarkdown)
  ];
  return lines.length === 0 ? "" : `${lines.map((line) => `- ${line}`).join("\n")}

`;
}

// promote-image/list-outputs.ts
function listOutputs(result) {
  return {
    digest: result.digest ?? "",
    references: result.tags.filter(namesImage).map(({ image, name }) => `${image}:${name}`).join("\n"),
    result: JSON.stringify(result)
  };
}

// promote-image/promote-plan.ts
async function promoteDeferred(promoter, { plan: made, digest }, request) {
  const targets = made.images.map(promoter.open);
  const { plan, notMoved } = await bringUpToDate(promoter, made, firstOf(targets));
  await Promise.all(targets.map((target) => requireRevision(target, digest, plan)));
  const first = firstOf(targets);
  const [primary, heldDays] = await Promise.all([
    first.registry.headManifest(plan.primaryTag),
    holdDays(plan, first, digest)
  ]);
  const candidate = candidateOf(plan, { digest, reused: primary?.digest === digest });
  const tags = plan.tags.filter((tag) => tag.mutability === "moving" && (heldDays === void 0 || !isOfClock(tag)));
  const outcomes = [];
  const decided = await Promise.all(
    targets.map((target) => promoter.decide({ source: target, targets: [target], tags, candidate }))
  );
  for (const one of decided) outcomes.push(await promoter.carryOut(one));
  return {
    ...{ kind: "deferred", source: `${first.registry.image}@${digest}`, digest, revision: plan.revision },
    ...{ reason: request.reason, backward: false, notMoved: [...notMoved, ...heldDays ?? []] },
    notes: tags.length > 0 ? [] : ["No moving tag of the plan is to be put."],
    tags: outcomes.flatMap((outcome) => outcome.tags),
    copies: []
  };
}
async function promoteRelease(promoter, made, request) {
  const targets = made.images.map(promoter.open);
  const first = firstOf(targets);
  const { plan, notMoved } = await bringUpToDate(promoter, made, first);
  const { tag, digest } = await findImage(first, plan);
  const candidate = candidateOf(plan, { digest, reused: true });
  const heldDays = await holdDays(plan, first, digest);
  const names = plan.tags.filter((name) => heldDays === void 0 || !isOfClock(name));
  const decided = await promoter.decide({ source: first, targets, tags: names, candidate });
  const { tags, copies } = await promoter.carryOut(decided);
  return {
    ...{ kind: "release", source: `${first.registry.image}:${tag}`, digest, revision: plan.revision },
    ...{
      reason: request.reason,
      backward: false,
      notMoved: [...notMoved, ...heldDays ?? []],
      tags,
      copies,
      notes: []
    }
  };
}
async function holdDays(plan, { registry }, digest) {
  const moment = plan.tags.find((tag) => tag.class === "date-time");
  const ofMoment = moment && await registry.headManifest(moment.name);
  if (ofMoment?.digest === digest) return void 0;
  const reason = ofMoment === void 0 ? "a day is of the images that are made on it, and this one was made by an earlier run" : `a day goes with its moment, and ${moment?.name} names another image`;
  const days = plan.tags.filter((tag) => tag.class === "date");
  const heads = await Promise.all(days.map(async ({ name }) => ({ name, head: await registry.headManifest(name) })));
  return heads.filter(({ head }) => head?.digest !== digest).map(({ name }) => ({ name, reason, told: "notice" }));
}
async function bringUpToDate(promoter, plan, first) {
  if (!needsRefresh(plan)) return { plan, notMoved: listLeftTags(plan) };
  return freeHeldTags(refreshPlan(plan, await promoter.listGitTags(plan.component)), first);
}
async function findImage(target, plan) {
  const { revision, suffix, defaultBranch, primaryTag } = plan;
  const context = { defaultBranch };
  const names = [
    primaryTag,
    formatTag({ class: "commit", sha: revision, suffix }, context),
    formatTag({ class: "default-branch", sha7: revision.slice(0, 7), suffix }, context)
  ];
  for (const tag of names) {
    const head = await target.registry.headManifest(tag);
    if (head === void 0) continue;
    const { facts } = await target.readHolder(head.digest);
    if (facts.revision === revision && facts.component === plan.component) return { tag, digest: head.digest };
  }
  throw new InputError(
    `${target.registry.image} holds no image of revision ${revision} under ${names.join(", ")}: let the build of that commit end first and run this job again, or build the release with build-image.yml.`
  );
}
async function requireRevision(target, digest, plan) {
  const { image } = target.registry;
  if (await target.registry.headManifest(digest, { expected: true }) === void 0) {
    throw new InputError(`${image} holds no ${digest}: give the digest that the build of this plan has put out.`);
  }
  const { facts } = await target.readHolder(digest);
  if (facts.revision === plan.revision && facts.component === plan.component) return;
  const found = facts.revision === plan.revision ? `component ${facts.component || "none"}` : facts.revision ?? "no revision";
  const planned = facts.revision === plan.revision ? `component ${plan.component || "none"}` : plan.revision;
  throw new InputError(`${image}@${digest} is of ${found}, and the plan is of ${planned}: no tag is put.`);
}
function firstOf(targets) {
  const [first] = targets;
  if (first === void 0) throw new InputError("Input plan names no repository; give the plan output of plan-image.");
  return first;
}

// promote-image/choose-tags.ts
function chooseTags(repository, all, patterns, isLeftOut) {
  const candidates = all.filter((name) => !isLeftOut(name));
  const finds = patterns.map((pattern) => {
    const parts = pattern.split("*");
    return {
      pattern,
      names: parts.length === 1 ? all.filter((name) => name === pattern) : candidates.filter((name) => fits(name, parts))
    };
  });
  const empty = finds.filter(({ names }) => names.length === 0).map(({ pattern }) => quoteValue(pattern));
  if (empty.length > 0) {
    throw new InputError(`${repository} has no tag ${empty.join(", ")}, which input tags asks for: nothing is copied.`);
  }
  const chosen = new Set(finds.flatMap(({ names }) => names));
  return all.filter((name) => chosen.has(name));
}
function fits(name, parts) {
  const [first = "", ...rest] = parts;
  const last = rest.pop() ?? "";
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let position = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position <= name.length - last.length;
}

// promote-image/promote-source.ts
async function promoteNamed(promoter, task, request) {
  const { backward, reason } = request;
  const source = promoter.open(task.source);
  const reference = task.reference.startsWith("sha256:") ? `@${task.reference}` : `:${task.reference}`;
  const head = await source.registry.headManifest(task.reference);
  if (head === void 0) throw new InputError(`${task.source}${reference} does not exist: no tag is put.`);
  const candidate = await readCandidate(source, head.digest);
  const sourceTag = task.reference.startsWith("sha256:") ? void 0 : task.reference;
  const targets = task.targets.map(promoter.open);
  const decided = await promoter.decide({
    source,
    targets,
    tags: task.tags,
    candidate,
    named: { backward, sourceTag }
  });
  refuseWhereLeft(decided);
  const { tags, copies } = await promoter.carryOut(decided);
  return {
    ...{ kind: "image", source: `${task.source}${reference}`, digest: head.digest, revision: candidate.revision },
    ...{ reason, backward, tags, notMoved: [], copies, notes: [] }
  };
}
async function promoteRepository(promoter, task, request) {
  const { backward, reason } = request;
  const source = promoter.open(task.source);
  const targets = task.targets.map(promoter.open);
  const all = await source.registry.listTags();
  if (all === void 0) throw new InputError(`${task.source} does not exist, or this login may not read it.`);
  const names = chooseTags(task.source, all, task.patterns, isCompanionTag);
  const tags = names.map((name) => planNamedTag(name, "copied under its own name"));
  const sourceTags = new Set(all);
  const decided = await decideAll(
    await mapParallel(tags, 4, async (tag) => {
      const candidate = await findCandidate(source, tag);
      return { source, targets, tags: [tag], candidate, named: { backward, sourceTag: tag.name }, sourceTags };
    }),
    promoter
  );
  const done = [];
  for (const one of [...decided].sort((left, right) => rank(left) - rank(right))) {
    done.push(await tryToCarryOut(promoter, one));
  }
  return {
    ...{ kind: "repository", source: task.source, revision: "", reason, backward, notMoved: [], notes: [] },
    tags: done.flatMap(({ tags: outcomes }) => outcomes),
    copies: done.flatMap(({ copies }) => copies)
  };
}
async function decideAll(promotions, promoter) {
  const refusals = [];
  const decided = await mapParallel(promotions, 4, async (promotion) => {
    try {
      return [await promoter.decide(promotion)];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refusals.push(error.message.replace(/^[^:]+: /u, ""));
      return [];
    }
  });
  if (refusals.length === 0) return decided.flat();
  throw new InputError(`Nothing is copied, as an immutable tag never changes: ${refusals.join(" ")} Leave those out.`);
}
async function tryToCarryOut(promoter, decided) {
  if (decided.tasks.every(({ decision }) => decision.action === "leave"))
    return { tags: decided.tasks.map(leftTag), copies: [] };
  try {
    return await promoter.carryOut(decided);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/u, "");
    const outcomes = decided.tasks.map((task) => ({ ...leftTag(task), outcome: "failed", reason }));
    return { tags: outcomes, copies: [] };
  }
}
function rank({ promotion }) {
  const [tag] = promotion.tags;
  return tag?.mutability === "immutable" ? 0 : tag?.class === "latest" ? 2 : 1;
}
async function findCandidate(source, { name }) {
  const head = await source.registry.headManifest(name);
  if (head === void 0) throw new InputError(`${source.registry.image}:${name} does not exist: nothing is copied.`);
  return readCandidate(source, head.digest);
}
async function readCandidate(source, digest) {
  const { facts } = await source.readHolder(digest);
  const { revision = "", component, version = "", source: address = "" } = facts;
  return { digest, revision, component, version, branch: "", source: address, reused: false };
}
function refuseWhereLeft({ tasks }) {
  const left = tasks.filter(({ decision }) => decision.action === "leave");
  if (left.length === 0) return;
  const sentences = left.map(({ target, tag, decision }) => `${target.registry.image}:${tag.name} ${decision.reason}.`);
  const all = sentences.join(" ");
  const advice = all.includes("allow-backward") ? "" : " To go back on purpose set `allow-backward: true` and give a `reason`.";
  throw new InputError(`No tag is put, as moving tags only go forward: ${all}${advice}`);
}

// promote-image/image-parts.ts
var deepest = 5;
var most = 2e3;
var together = 8;
function walkParts(source) {
  const known = /* @__PURE__ */ new Map();
  const readOne = (digest, parent) => {
    const before = known.get(digest);
    if (before !== void 0) return before;
    if (known.size >= most) {
      throw new InputError(`${source.image} has more than ${most} manifests for one image: so many are not read.`);
    }
    const part = readPart(source, digest, parent);
    known.set(digest, part);
    return part;
  };
  return {
    read: async (digest) => {
      const found = /* @__PURE__ */ new Map();
      let level = /* @__PURE__ */ new Map([[digest, void 0]]);
      for (let depth = 1; level.size > 0; depth += 1) {
        if (depth > deepest) {
          throw new InputError(`${source.image}@${digest} is nested deeper than ${deepest} levels: that is no image.`);
        }
        const parts = await mapParallel([...level], together, ([one, parent]) => readOne(one, parent));
        for (const part of parts) found.set(part.manifest.digest, part);
        const below = parts.flatMap((part) => childrenOf(part).map((child) => [child, part.manifest.digest]));
        level = new Map(below.filter(([child]) => !found.has(child)));
      }
      return childrenFirst(digest, found);
    }
  };
}
async function readPart(source, digest, parent) {
  const manifest = await source.getManifest(digest);
  if (manifest === void 0) {
    const why = parent === void 0 ? "" : `, a part of ${parent}: the image is not complete`;
    throw new InputError(`${source.image} holds no ${digest}${why}.`);
  }
  const parsed = parseOciContent(new TextDecoder().decode(manifest.bytes), `${source.image}@${digest}`);
  return { manifest, content: { ...parsed, mediaType: parsed.mediaType || manifest.mediaType } };
}
function childrenOf({ content }) {
  return content.type === "index" ? content.manifests.map((child) => child.digest) : [];
}
function childrenFirst(root, found) {
  const done = /* @__PURE__ */ new Map();
  const entered = /* @__PURE__ */ new Set();
  const visit = (digest) => {
    const part = found.get(digest);
    if (part === void 0 || entered.has(digest)) return;
    entered.add(digest);
    childrenOf(part).forEach(visit);
    done.set(digest, part);
  };
  visit(root);
  return [...done.values()];
}
function uniqueParts(parts) {
  return [...new Map(parts.map((part) => [part.manifest.digest, part])).values()];
}

// promote-image/copy-companions.ts
var DEEPEST = 3;
var PARALLEL = 4;
var INDEX = "application/vnd.oci.image.index.v1+json";
async function findCompanions(source, walk, subjects, options, depth = 0) {
  const found = await mapParallel(subjects, PARALLEL, (subject) => findOf(source, walk, subject, options));
  const direct = mergeCompanions(found);
  const known = new Set(subjects.map(({ manifest }) => manifest.digest));
  const next = direct.parts.filter(({ manifest }) => !known.has(manifest.digest));
  if (next.length === 0 || depth === DEEPEST) return direct;
  return mergeCompanions([direct, await findCompanions(source, walk, next, options, depth + 1)]);
}
function mergeCompanions(all) {
  return {
    parts: uniqueParts(all.flatMap(({ parts }) => parts)),
    tags: all.flatMap(({ tags }) => tags),
    referrers: all.flatMap(({ referrers }) => referrers),
    notes: all.flatMap(({ notes }) => notes)
  };
}
async function findOf(source, walk, subject, { sourceTags }) {
  const { digest } = subject.manifest;
  const getTag = async (name) => sourceTags === void 0 || sourceTags.has(name) ? source.getManifest(name) : void 0;
  const names = formatSignatureTags(digest);
  const [list, told, ...signed] = await Promise.all([
    getTag(formatReferrersTag(digest)),
    source.getReferrers(digest),
    ...names.map(getTag)
  ]);
  const tags = signed.flatMap((manifest, position) => {
    const name = names[position];
    return manifest === void 0 || name === void 0 || isOf(subject, manifest.digest) ? [] : [{ name, manifest }];
  });
  const listed = readReferrers(list, digest, partsOf(subject));
  const entries = uniqueEntries([...listed, ...readReferrers(told && { parsed: told }, digest, partsOf(subject))]);
  const notes = [];
  const read = async (one) => {
    try {
      return await walk.read(one);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      notes.push(`What belongs to ${digest} is not all copied: ${error.message}`);
      return [];
    }
  };
  const digests = [.../* @__PURE__ */ new Set([...tags.map(({ manifest }) => manifest.digest), ...entries.map((one) => one.digest)])];
  const found = await mapParallel(digests, PARALLEL, async (one) => ({ one, parts: await read(one) }));
  const foreign = entries.filter(({ digest: one }) => {
    const head = found.find((it) => it.one === one)?.parts.find(({ manifest }) => manifest.digest === one);
    return head !== void 0 && !refersTo(head.manifest.parsed, digest);
  });
  for (const { digest: one } of foreign) {
    notes.push(`The list of what belongs to ${digest} names ${one}, which does not say so itself: it is not copied.`);
  }
  const signedBy = new Set(tags.map(({ manifest }) => manifest.digest));
  const isForeign = (one) => !signedBy.has(one) && foreign.some((entry) => entry.digest === one);
  const parts = found.flatMap((it) => isForeign(it.one) ? [] : it.parts);
  const isRead = (one) => parts.some(({ manifest }) => manifest.digest === one);
  const readable = entries.filter((entry) => isRead(entry.digest) && !foreign.includes(entry));
  const wholeList = list !== void 0 && listed.length > 0 && readable.length === listed.length ? { list } : {};
  return {
    ...{ parts, notes, tags: tags.filter(({ manifest }) => isRead(manifest.digest)) },
    referrers: readable.length === 0 ? [] : [{ subject: digest, parts: partsOf(subject), entries: readable, ...wholeList }]
  };
}
function partsOf({ content }) {
  return content.type === "index" ? content.manifests.map(({ digest }) => digest) : [];
}
function isOf(subject, digest) {
  return digest === subject.manifest.digest || partsOf(subject).includes(digest);
}
async function putCompanions(target, { tags, referrers }) {
  const kept = await mapParallel(tags, PARALLEL, ({ name, manifest }) => putSignatureTag(target, name, manifest));
  const listed = await mapParallel(referrers, PARALLEL, (one) => putReferrers(target, one));
  return [...kept, ...listed].flat();
}
async function putSignatureTag(target, name, manifest) {
  const there = await target.getManifest(name);
  if (there?.digest === manifest.digest) return [];
  if (there === void 0 || holdsAll(manifest, there)) {
    await target.putManifest(name, manifest.bytes, manifest.mediaType);
    return [];
  }
  if (holdsAll(there, manifest)) return [];
  return [
    `${target.image}:${name} has signatures of its own and keeps them; those of the source lie beside it as ${manifest.digest}.`
  ];
}
function holdsAll(one, other) {
  const held = new Set(layersOf(one));
  return layersOf(other).every((digest) => held.has(digest));
}
function layersOf({ parsed }) {
  return readReferrers({ parsed: { manifests: parsed.layers } }, "", []).map(({ digest }) => digest);
}
async function putReferrers(target, { subject, parts, entries, list }) {
  const told = await target.getReferrers(subject);
  const known = readReferrers(told && { parsed: told }, subject, parts);
  if (entries.every((entry) => known.some(({ digest: digest2 }) => digest2 === entry.digest))) return [];
  const tag = formatReferrersTag(subject);
  const there = await target.getManifest(tag);
  const before = readReferrers(there, subject, parts);
  const after = uniqueEntries([...before, ...entries]);
  if (before.length > 0 && after.length === before.length) return [];
  const isSame = list !== void 0 && before.length === 0 && readReferrers(list, subject, parts).length === after.length;
  const content = { schemaVersion: 2, mediaType: INDEX, manifests: after };
  const bytes = isSame ? list.bytes : new TextEncoder().encode(JSON.stringify(content));
  const digest = await target.putManifest(tag, bytes, isSame ? list.mediaType : INDEX);
  if (there === void 0 || before.length > 0 || (await target.getManifest(tag))?.digest === digest) return [];
  return [
    `${target.image} does not keep the list of what belongs to ${subject} under ${tag}: it is copied, and cannot be found there.`
  ];
}
function uniqueEntries(entries) {
  return [...new Map(entries.map((entry) => [entry.digest, entry])).values()];
}

// promote-image/copy-image.ts
var PARALLEL_BLOBS = 4;
async function copyImage(source, target, digest, options = {}) {
  const walk = walkParts(source);
  const parts = await walk.read(digest);
  const subjects = parts.filter((part) => !isAttestationOf(parts, part));
  const companions = await findCompanions(source, walk, subjects, options);
  const all = uniqueParts([...parts, ...companions.parts]);
  const tally = await putParts(source, target, all);
  const settled = await putCompanions(target, companions);
  await compareParts(target, all);
  return {
    ...{ source: source.image, target: target.image, digest, ...tally },
    ...{ companions: namesOf(companions), notes: [...companions.notes, ...settled] }
  };
}
function isAttestationOf(parts, { manifest }) {
  return parts.some(
    ({ content }) => content.type === "index" && content.manifests.some((child) => child.digest === manifest.digest && isAttestation(child))
  );
}
async function putParts(source, target, parts) {
  const heads = await mapParallel(parts, PARALLEL_BLOBS, ({ manifest }) => target.headManifest(manifest.digest));
  const missing = parts.filter((_, position) => heads[position] === void 0);
  const blobs = new Map(missing.flatMap(({ content }) => blobsOf(content)).map((blob) => [blob.digest, blob]));
  const arrivals = await mapParallel([...blobs.values()], PARALLEL_BLOBS, async (blob) => ({
    blob,
    arrival: await target.copyBlob(source, blob)
  }));
  for (const { manifest } of missing) await target.putManifest(manifest.digest, manifest.bytes, manifest.mediaType);
  const count = (kind) => arrivals.filter(({ arrival }) => arrival === kind).length;
  return {
    manifests: missing.length,
    blobs: { present: count("present"), mounted: count("mounted"), copied: count("copied") },
    bytes: arrivals.reduce((sum, { blob, arrival }) => arrival === "copied" ? sum + blob.size : sum, 0)
  };
}
function blobsOf(content) {
  if (content.type === "index") return [];
  return [content.config, ...content.layers].filter(
    ({ mediaType }) => !/nondistributable|\.foreign\./u.test(mediaType)
  );
}
async function compareParts(target, parts) {
  await mapParallel(parts, PARALLEL_BLOBS, async ({ manifest }) => {
    const found = await target.getManifest(manifest.digest, { expected: true });
    if (found !== void 0 && found.bytes.length === manifest.bytes.length) return;
    throw new Error(
      `${target.image} took ${manifest.digest} and does not give it back as it is, so no tag is put: run this job again.`
    );
  });
}
function namesOf({ tags, referrers }) {
  return [...tags.map(({ name }) => name), ...referrers.flatMap(({ entries }) => entries.map(({ digest }) => digest))];
}

// promote-image/promoter.ts
function createPromoter(request) {
  const { attempts, retryDelay, adopt, token, apiUrl } = request;
  const repository = "plan" in request.task ? request.task.plan.repository : request.repository;
  const notes = [];
  const onRetry = (sentence) => {
    warning(showText(sentence));
    notes.push(sentence);
  };
  const credentials = readDockerCredentials(process.env);
  const gitHub = connectGitHub({ token, url: apiUrl, onRetry });
  const options = { attempts, retryDelay, onRetry };
  const known = /* @__PURE__ */ new Map();
  return {
    notes,
    listGitTags: (prefix) => gitHub.listTagNames(repository, prefix),
    open: (image) => {
      const registry = known.get(image)?.registry ?? openRegistry(image, { ...options, credentials, delay: retryDelay });
      const target = known.get(image) ?? { registry, readHolder: createHolderReader(registry) };
      known.set(image, target);
      return target;
    },
    decide: async (promotion) => {
      const { targets, tags, candidate, named } = promotion;
      if (named !== void 0) await requireOwnNames(promotion, named.sourceTag);
      const history = createHistoryReader(gitHub, { repository, ...candidate });
      const seen = await seeTags(targets, tags);
      const republished = seen.some(
        ({ tag, head }) => tag.class === "version-line" && head?.digest === candidate.digest
      );
      const judgement = {
        ...{ candidate: { ...candidate, republished }, history, adopt },
        ...named === void 0 ? {} : { named }
      };
      return { promotion, judgement, tasks: await decideTags(seen, judgement) };
    },
    carryOut: async ({ promotion, judgement, tasks }) => {
      const { source, targets, candidate, sourceTags } = promotion;
      const image = await source.registry.getManifest(candidate.digest, { expected: true });
      if (image === void 0) throw new InputError(`${source.registry.image} holds no ${candidate.digest}.`);
      const copies = [];
      for (const { registry } of targets) {
        const all = tasks.filter(({ target }) => target.registry === registry);
        if (all.length > 0 && all.every(({ decision }) => decision.action === "leave")) continue;
        if (registry.image === source.registry.image) await requireComplete(registry, image);
        else {
          const copy = await copyImage(source.registry, registry, candidate.digest, { sourceTags });
          for (const note of copy.notes) warning(showText(note));
          copies.push(copy);
        }
      }
      return { copies, tags: await putTags(tasks, image, judgement, options) };
    }
  };
  async function requireOwnNames({ tags, candidate }, sourceTag) {
    const checks = tags.filter(({ mutability }) => mutability === "immutable").map(async ({ name }) => {
      const check = checkName(name, candidate, { isOwn: name === sourceTag });
      if (check.name !== "ask-git" || repository === "") return { name, check };
      const gitTag = gitTagOfVersion(
        check.version,
        candidate.component,
        await gitHub.listTagNames(repository, candidate.component)
      );
      const commit = gitTag && (await gitHub.resolveRef(repository, `refs/tags/${gitTag}`)).sha;
      return { name, check: checkVersionCommit(candidate, commit) };
    });
    const refused = (await Promise.all(checks)).flatMap(
      ({ name, check }) => check.name === "contradicts" ? [`${name} ${check.reason}.`] : []
    );
    if (refused.length > 0) {
      throw new InputError(`No tag is put, as an immutable tag is of one image for good: ${refused.join(" ")}`);
    }
  }
}
var together2 = 16;
async function requireComplete(registry, { digest, bytes }) {
  const what = `${registry.image}@${digest}`;
  const content = parseOciContent(new TextDecoder().decode(bytes), what);
  const children = content.type === "index" ? content.manifests.map((child) => child.digest) : [];
  await mapParallel([...new Set(children)], together2, async (child) => {
    if (await registry.headManifest(child, { expected: true }) !== void 0) return;
    throw new InputError(`${what} is not complete, it lacks ${child}: no tag is put.`);
  });
}

// promote-image/read-request.ts
function readRequest() {
  const reason = readText("reason");
  const backward = readBoolean("allow-backward", false);
  const task = readTask();
  if (backward && (task.kind === "deferred" || task.kind === "release")) {
    throw new InputError("Input `allow-backward` is for `source`: a plan's tags only go forward.");
  }
  if (backward && reason === "") {
    throw new InputError(
      "Input `reason` is missing: with `allow-backward` say why, such as `1.3.0 breaks logins`; it stands in the summary."
    );
  }
  return {
    ...{ task, backward, reason },
    adopt: readBoolean("adopt-tags", false),
    repository: readText("repository") || (process.env.GITHUB_REPOSITORY ?? ""),
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s"),
    token: readText("token"),
    apiUrl: readApiUrl()
  };
}
function readTask() {
  const plan = readText("plan");
  const source = readText("source");
  const targets = readLines("target").map(normaliseImage);
  const tags = [...new Set(readList("tags"))];
  if (plan === "" === (source === "")) {
    const what = plan === "" ? "are both missing" : "are both given";
    throw new InputError(`Inputs \`plan\` and \`source\` ${what}: give one of them.`);
  }
  if (plan !== "") return readPlanned(plan, [...targets, ...tags]);
  if (readText("digest") !== "") {
    throw new InputError("Input `digest` goes with `plan`: write the digest into `source`, as `repository@sha256:…`.");
  }
  return readSource(source, targets, tags);
}
function readPlanned(text, unused) {
  if (unused.length > 0) {
    throw new InputError("Inputs `target` and `tags` go with `source`: a plan says itself which tags go where.");
  }
  const plan = parseImagePlan(text);
  const digest = readText("digest");
  if (digest === "") return { kind: "release", plan };
  const { image, digest: given } = isDigest(digest) ? { digest } : parseImageReference(digest, "digest");
  if (given === void 0) {
    throw new InputError(`Input \`digest\` is ${quoteValue(digest)}: give \`sha256:…\` or \`repository@sha256:…\`.`);
  }
  if (image !== void 0 && !plan.images.includes(image)) {
    throw new InputError(`Input \`digest\` is of ${image}, and the plan is of ${plan.images.join(", ")}.`);
  }
  return { kind: "deferred", plan, digest: given };
}
function readSource(text, given, tags) {
  const { image: source, tag, digest } = parseImageReference(text, "source");
  const reference = digest ?? tag;
  const targets = given.length === 0 ? [source] : [...new Set(given)];
  if (reference === void 0) {
    if (tags.length === 0) {
      throw new InputError(
        `Input \`source\` is the repository ${source}: name the image, as \`${source}:1.2.3\`, or give the \`tags\` that are copied.`
      );
    }
    if (targets.includes(source)) {
      throw new InputError(`Input \`target\` is the source ${source} itself: give the repositories that get its tags.`);
    }
    const bad = tags.find((pattern) => !/^[\w.*-]{1,128}$/u.test(pattern));
    if (bad === void 0) return { kind: "repository", source, targets, patterns: tags };
    throw new InputError(`Input \`tags\` holds ${quoteValue(bad)}: give tag names, or patterns such as \`1.*\`.`);
  }
  const names = tags.length === 0 && tag !== void 0 ? [tag] : tags;
  if (names.length === 0) {
    throw new InputError(`Input \`tags\` is missing: say what ${quoteValue(text, 200)} is called from now on.`);
  }
  const asked = "asked for by input tags";
  return { kind: "image", source, reference, targets, tags: names.map((name) => planNamedTag(name, asked)) };
}

// promote-image/main.ts
await runStep(async () => {
  const request = readRequest();
  maskSecret(request.token);
  const { task } = request;
  if ("plan" in task && task.plan.delivery !== "registry") {
    return tellNothing(task.plan);
  }
  const promoter = createPromoter(request);
  const promoted = await promote(promoter, request);
  const result = { ...promoted, notes: [...promoter.notes, ...promoted.notes] };
  printText(describeResult(result));
  tellLeftTags(result.tags);
  if ("plan" in task) tellHeldTags(result.notMoved, task.plan.images);
  writeOutputs(listOutputs(result));
  writeSummary(summariseResult(result));
  failWhereTagsFailed(result);
});
function promote(promoter, request) {
  const { task } = request;
  switch (task.kind) {
    case "deferred":
      return promoteDeferred(promoter, task, request);
    case "release":
      return promoteRelease(promoter, task.plan, request);
    case "image":
      return promoteNamed(promoter, task, request);
    case "repository":
      return promoteRepository(promoter, task, request);
  }
}
function tellNothing({ reason, revision }) {
  const sentence = `Nothing to promote: ${reason}`;
  notice(showText(sentence));
  const nothing = {
    ...{ kind: "none", source: "", revision, reason: "", backward: false },
    ...{ tags: [], notMoved: [], copies: [], notes: [sentence] }
  };
  writeOutputs(listOutputs(nothing));
}
function failWhereTagsFailed({ tags }) {
  const failed = tags.filter(({ outcome }) => outcome === "failed");
  if (failed.length === 0) return;
  const names = failed.map(({ image, name, reason }) => `${image}:${name} (${reason})`);
  throw new Error(
    `${tags.filter(hasFailed).length} of ${tags.length} tags do not name the image: ${names.join("; ")}. Run this job again: it goes on where it stopped.`
  );
}
