import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readConfig,
  readContent,
  readFirstImage
} from "./chunk-read-content.js";
import {
  GitHubError
} from "./chunk-error.js";
import {
  isTransientError,
  retryAfterOf
} from "./chunk-registry.js";
import {
  RegistryError
} from "./chunk-login.js";
import {
  require_promises,
  retry
} from "./chunk-retry.js";
import {
  formatMarkdownTable
} from "./chunk-step-summary.js";
import {
  notice,
  warning
} from "./chunk-actions-core-summary.js";
import {
  decideNamedTag,
  decideTag,
  freeTags,
  isHigherVersion,
  isWithdrawn,
  needsAncestry,
  needsTip,
  needsWithdrawal,
  obstaclesOf,
  parseTag,
  readImageFacts,
  ruleNamedTag
} from "./chunk-semver.js";
import {
  codeText,
  escapeMarkdown,
  showText
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// lib/registry/tags/tag-outcome.ts
function namesImage({ outcome }) {
  return outcome === "written" || outcome === "done";
}
function hasFailed({ outcome }) {
  return outcome === "failed" || outcome === "skipped";
}

// lib/registry/tags/tell-left-tags.ts
function tellLeftTags(tags) {
  const byReason = /* @__PURE__ */ new Map();
  for (const tag of tags) {
    if (tag.outcome === "left") byReason.set(tag.reason, [...byReason.get(tag.reason) ?? [], tag]);
  }
  for (const [reason, left] of byReason) {
    const names = left.map(({ image, name }) => `${image}:${name}`).join(", ");
    const sentence = showText(`Not put: ${names} ${reason}.`);
    if (left.every(({ newer }) => newer === true)) notice(sentence);
    else warning(sentence);
  }
}
function tellHeldTags(notMoved, images) {
  for (const [told, tell] of [
    ["notice", notice],
    ["warning", warning]
  ]) {
    const held = notMoved.filter((tag) => tag.told === told);
    for (const reason of new Set(held.map((tag) => tag.reason))) {
      const names = held.filter((tag) => tag.reason === reason).map(({ name }) => name);
      const references = images.flatMap((image) => names.map((name) => `${image}:${name}`)).join(", ");
      tell(showText(`Not moved: ${references}, as ${reason}.`));
    }
  }
}

// lib/registry/tags/table-of-tags.ts
function tableOfTags(tags) {
  return formatMarkdownTable({
    header: ["tag", "class", "outcome", "reason"],
    rows: tags.map(({ image, name, mutability, outcome, reason }) => [
      codeText(`${image}:${name}`),
      mutability,
      outcome,
      escapeMarkdown(reason)
    ])
  });
}

// lib/registry/tags/free-tags.ts
async function freeHeldTags(plan, target) {
  const published = /* @__PURE__ */ new Set();
  const obstacles = obstaclesOf(plan);
  for (const [version, tag] of obstacles) {
    const isDecided = plan.notMoved.every(
      ({ higher = [] }) => !higher.includes(version) || higher.some((one) => published.has(one))
    );
    if (!isDecided && await target.registry.headManifest(tag) !== void 0) published.add(version);
  }
  const freed = obstacles.size === 0 ? plan : freeTags(plan, (version) => published.has(version));
  const notMoved = freed.notMoved.map((left) => judgeLeftTag(left, { plan, target, published }));
  return { plan: freed, notMoved: await Promise.all(notMoved) };
}
function listLeftTags({ notMoved }) {
  return notMoved.map(({ name, reason }) => ({ name, reason }));
}
async function judgeLeftTag(left, obstruction) {
  const { name } = left;
  const version = left.higher?.find((one) => obstruction.published.has(one));
  if (version === void 0) return { name, reason: left.reason };
  const reason = `${version} is higher`;
  switch (await findHolder(left, obstruction)) {
    case "own":
      return { name, reason };
    case "newer":
      return { name, reason, told: "notice" };
    case "other":
      return {
        ...{ name, told: "warning" },
        reason: `${reason} and has an image, but was not given its moving tags: let the run of ${version} end, or start it again; to withdraw ${version} delete its git tag and start this run again`
      };
  }
}
async function findHolder({ name, higher = [] }, { plan, target: { registry, readHolder } }) {
  const head = await registry.headManifest(name);
  if (head === void 0) return "other";
  const { facts } = await readHolder(head.digest);
  if (facts.component !== plan.component) return "other";
  if (facts.version === plan.version) return "own";
  if (facts.version !== void 0) return isHigherVersion(facts.version, plan.version) ? "newer" : "other";
  const tags = obstaclesOf({ ...plan, notMoved: [{ name, reason: "", higher }] });
  for (const tag of tags.values()) {
    if ((await registry.headManifest(tag))?.digest === head.digest) return "newer";
  }
  const { class: tagClass } = parseTag(name, { defaultBranch: plan.defaultBranch, suffixes: [plan.suffix] });
  return tagClass === "latest" && facts.branch !== void 0 && facts.branch === plan.defaultBranch ? "newer" : "other";
}

// lib/registry/tags/decide-tags.ts
async function seeTags(targets, tags) {
  const ordered = [...tags].sort((one, other) => rank(one) - rank(other));
  return Promise.all(
    targets.flatMap(
      (target) => ordered.map(async (tag) => ({ target, tag, head: await target.registry.headManifest(tag.name) }))
    )
  );
}
function rank(tag) {
  if (tag.mutability === "immutable") return tag.class === "date-time" ? 0 : 1;
  return tag.class === "latest" ? 3 : 2;
}
async function decideTags(seen, judgement) {
  const tasks = await Promise.all(
    seen.map(async ({ target, tag, head }) => ({
      ...{ target, tag, seen: head?.digest },
      decision: await judgeTag(target, tag, head?.digest, judgement)
    }))
  );
  const refused = tasks.filter(({ decision }) => decision.action === "refuse");
  if (refused.length > 0) {
    const sentences = refused.map(
      ({ target, tag, decision }) => `${target.registry.image}:${tag.name} ${decision.reason}.`
    );
    throw new InputError(`No tag is put, as an immutable tag never changes: ${sentences.join(" ")}`);
  }
  return tasks;
}
async function judgeTag(target, tag, digest, { candidate, history, adopt, named }) {
  const holder = digest === void 0 ? void 0 : digest === candidate.digest ? { digest, facts: candidate } : await target.readHolder(digest);
  try {
    const ruled = named ? ruleNamedTag(tag, holder, candidate) : tag;
    const [ancestry, tip, withdrawn] = await Promise.all([
      needsAncestry(ruled, holder, candidate) ? history.readAncestry(holder.facts.revision) : void 0,
      needsTip(ruled, holder, candidate) ? history.readTip(candidate.branch) : void 0,
      needsWithdrawal(ruled, holder, candidate) ? history.isWithdrawn(holder.facts.version) : void 0
    ]);
    const decision = decideTag(ruled, holder, candidate, { ancestry, tip, withdrawn, adopt });
    return named ? decideNamedTag(tag, decision, named) : decision;
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return { action: "fail", reason: `it is not known whether it may move: ${error.message}` };
  }
}

// lib/registry/tags/put-tags.ts
var import_promises = __toESM(require_promises(), 1);
var LAG_PAUSES = [100, 250, 500, 1e3, 2e3, 4e3];
async function putTags(tasks, image, judgement, options) {
  const of = (mutability) => tasks.filter(({ tag }) => tag.mutability === mutability);
  const put = (task) => putTag(task, image, judgement, options);
  const immutable = await forEachRepository(of("immutable"), put);
  const failed = immutable.find(hasFailed);
  if (failed === void 0) return [...immutable, ...await forEachRepository(of("moving"), put)];
  const reason = `not tried, as ${failed.image}:${failed.name} failed`;
  return [...immutable, ...of("moving").map((task) => outcomeOf(task, "skipped", reason, task.seen))];
}
async function forEachRepository(tasks, put) {
  const targets = [...new Set(tasks.map(({ target }) => target))];
  const outcomes = await Promise.all(
    targets.map(async (target) => {
      const done = [];
      for (const task of tasks.filter((candidate) => candidate.target === target)) done.push(await put(task));
      return done;
    })
  );
  return outcomes.flat();
}
async function putTag(task, image, judgement, options) {
  if (task.decision.action !== "write") return settle(task, image.digest);
  try {
    return await retry((attempt) => putOnce(task, image, judgement, attempt), {
      attempts: options.attempts,
      delay: options.retryDelay,
      isTransient: isTransientError,
      retryAfter: retryAfterOf,
      onRetry: ({ error, attempt, attempts, delay }) => options.onRetry(
        `${messageOf(error)} Trying again in ${delay / 1e3} s (attempt ${attempt + 1} of ${attempts}).`
      )
    });
  } catch (error) {
    return outcomeOf(task, "failed", messageOf(error).replace(/\.$/u, ""), task.seen);
  }
}
async function putOnce(task, image, judgement, attempt) {
  const { target, tag } = task;
  const once2 = { attempts: 1 };
  const now = (await target.registry.headManifest(tag.name, once2))?.digest;
  if (now === image.digest) {
    return outcomeOf(
      task,
      attempt > 1 ? "written" : "done",
      attempt > 1 ? task.decision.reason : "put by another run",
      now
    );
  }
  if (now !== task.seen) {
    const decision = await judgeTag(target, tag, now, lookAgain(judgement));
    if (decision.action !== "write") return settle({ ...task, seen: now, decision }, image.digest);
  }
  await target.registry.putManifest(tag.name, image.bytes, image.mediaType, once2);
  for (const pause of [...LAG_PAUSES, void 0]) {
    const head = await target.registry.headManifest(tag.name, { ...once2, expected: false });
    if (head?.digest === image.digest) return outcomeOf(task, "written", task.decision.reason, image.digest);
    if (head !== void 0 && head.digest !== now) {
      const decision = await judgeTag(target, tag, head.digest, lookAgain(judgement));
      if (decision.action !== "write") return settle({ ...task, seen: head.digest, decision }, image.digest);
    }
    if (pause !== void 0) await (0, import_promises.setTimeout)(pause);
  }
  throw new RegistryError(`${target.registry.image}:${tag.name} was put and does not name the image yet.`, {
    transient: true
  });
}
function lookAgain(judgement) {
  return { ...judgement, history: judgement.history.askAgain() };
}
function settle(task, digest) {
  const { action, reason } = task.decision;
  switch (action) {
    case "done":
      return outcomeOf(task, "done", reason, digest);
    case "keep":
      return outcomeOf(task, "kept", reason, task.seen);
    case "leave":
      return leftTag(task);
    case "write":
    case "refuse":
    case "fail":
      return outcomeOf(task, "failed", reason, task.seen);
  }
}
function leftTag(task) {
  const isNewer = "newer" in task.decision;
  return {
    ...outcomeOf(task, "left", task.decision.reason, task.seen),
    ...isNewer ? { newer: true } : {}
  };
}
function outcomeOf({ target, tag }, outcome, reason, digest) {
  const { name, mutability } = tag;
  return {
    image: target.registry.image,
    name,
    mutability,
    outcome,
    reason,
    ...digest === void 0 ? {} : { digest }
  };
}
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

// lib/registry/tags/read-history.ts
var ANCESTRY = {
  ahead: "ancestor",
  identical: "identical",
  behind: "descendant",
  diverged: "diverged",
  unknown: "unknown"
};
function createHistoryReader(gitHub, asking) {
  const { repository, revision: built, version: own, component } = asking;
  const readAncestry = once(
    (revision) => gitHub.compareCommits(repository, revision, built).then((relation) => ANCESTRY[relation])
  );
  const connect = () => ({
    readAncestry,
    readTip: once(async (branch) => ({ revision: await gitHub.readBranchTip(repository, branch) })),
    isWithdrawn: async (version) => isWithdrawn(version, { own, component, gitTags: await gitHub.listTagNames(repository, component) }),
    askAgain: connect
  });
  return connect();
}
function once(ask) {
  const known = /* @__PURE__ */ new Map();
  return (about) => {
    const asked = known.get(about) ?? ask(about);
    known.set(about, asked);
    asked.catch(() => known.delete(about));
    return asked;
  };
}

// lib/registry/tags/read-holder.ts
function createHolderReader(registry) {
  const known = /* @__PURE__ */ new Map();
  return (digest) => {
    const holder = known.get(digest) ?? readFacts(registry, digest).then((facts) => ({ digest, facts }));
    known.set(digest, holder);
    holder.catch(() => known.delete(digest));
    return holder;
  };
}
async function readFacts(registry, digest) {
  try {
    const found = await readContent(registry, digest);
    if (found === void 0) return readImageFacts({});
    const told = readImageFacts(found.content.annotations);
    if (told.revision !== void 0) return told;
    const image = await readFirstImage(registry, found.content);
    const config = image && await readConfig(registry, image);
    return readImageFacts(config?.labels ?? {});
  } catch (error) {
    if (error instanceof InputError) return readImageFacts({});
    throw error;
  }
}

export {
  namesImage,
  hasFailed,
  tellLeftTags,
  tellHeldTags,
  tableOfTags,
  freeHeldTags,
  listLeftTags,
  seeTags,
  decideTags,
  putTags,
  leftTag,
  createHistoryReader,
  createHolderReader
};
