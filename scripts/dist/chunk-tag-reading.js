import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  messageIn
} from "./chunk-rest.js";
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
  findLink
} from "./chunk-link-header.js";
import {
  branchScope,
  defaultBranchSlug,
  featureSlug,
  formatReferrersTag,
  formatSignatureTags,
  parseCompanionTag,
  parseSuffix,
  parseTag,
  readImageFacts
} from "./chunk-semver.js";
import {
  quoteValue,
  showText
} from "./chunk-escape.js";
import {
  InputError,
  isLoopback,
  isRecord
} from "./chunk-image-name.js";

// lib/github/pacing.ts
var pointsPerMinute = 850;
var minute = 6e4;
var slowest = 8;
var burstShare = 1 / 6;
var LimitReached = class extends Error {
  name = "LimitReached";
};
function createPacing({ timing, deletesPerMinute, longestWait, onWait }) {
  const usual = minute / deletesPerMinute;
  let interval = usual;
  let burst = Math.floor(deletesPerMinute * burstShare);
  let nextChange = 0;
  let gate = 0;
  let waited = 0;
  const spent = [];
  const whenFree = (points, now) => {
    while (spent.length > 0 && (spent[0]?.time ?? 0) <= now - minute) spent.shift();
    let over = spent.reduce((sum, entry) => sum + entry.points, 0) + points - pointsPerMinute;
    for (const entry of spent) {
      if (over <= 0) break;
      over -= entry.points;
      if (over <= 0) return entry.time + minute;
    }
    return now;
  };
  const spend = (points, now) => {
    const last = spent.at(-1);
    const second = Math.ceil(now / 1e3) * 1e3;
    if (last?.time === second) last.points += points;
    else spent.push({ time: second, points });
  };
  return {
    turn: async (kind) => {
      const points = kind === "change" ? 5 : 1;
      if (kind === "change") {
        const now = timing.now();
        const regular = Math.max(now, nextChange);
        const mine = Math.max(now, regular - burst * interval, gate);
        nextChange = regular + interval;
        if (mine > now) await timing.sleep(mine - now);
      }
      for (; ; ) {
        const now = timing.now();
        const free = Math.max(gate, whenFree(points, now));
        if (free <= now) break;
        await timing.sleep(free - now);
      }
      spend(points, timing.now());
    },
    holdUntil: (time, why) => {
      const now = timing.now();
      const more = Math.max(0, time - Math.max(now, gate));
      if (waited + more > longestWait) {
        throw new LimitReached(
          `${why}; it ends in ${describeMinutes(time - now)}, longer than the step may wait (input \`wait-minutes\`)`
        );
      }
      if (more === 0) return;
      waited += more;
      gate = time;
      onWait(`${why}; going on in ${describeMinutes(time - now)}.`);
    },
    slowDown: () => {
      interval = Math.min(interval * 2, usual * slowest);
      burst = 0;
    },
    interval: () => interval,
    waited: () => waited
  };
}
function describeMinutes(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1e3));
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

// lib/github/list-pages.ts
var largestPage = 100;
var together = 16;
var mostPages = 1e4;
async function readPages(rest, path, pageSize = largestPage, onPage = () => {
}) {
  const read = async (number) => {
    const separator = path.includes("?") ? "&" : "?";
    const { status, data, link } = await rest.ask("GET", `${path}${separator}per_page=${pageSize}&page=${number}`);
    if (status !== 200 || !Array.isArray(data)) throw new ListRefused(path, status);
    return { items: data, link };
  };
  const keep = async (number) => {
    const page = await read(number);
    onPage(page.items.length);
    return page;
  };
  const first = await keep(1);
  const count = lastPageOf(first.link) ?? await countPages(read, first.link);
  if (count > mostPages) {
    throw new GitHubError(`GitHub's API lists more than ${mostPages} pages at ${path}: that is not read.`, 200);
  }
  if (count === 1) return { pages: [first.items], firstAgain: first.items, lastAgain: first.items };
  const last = await keep(count);
  const between = Array.from({ length: count - 2 }, (_, index) => index + 2);
  const middle = await mapParallel(between, together, async (number) => (await keep(number)).items);
  const [firstAgain, lastAgain] = await Promise.all([read(1), read(count)]);
  return {
    pages: [first.items, ...middle, last.items],
    firstAgain: firstAgain.items,
    // A page that came into being behind the last one counts as a change of it.
    lastAgain: hasNext(lastAgain.link) ? [] : lastAgain.items
  };
}
var ListRefused = class extends GitHubError {
  constructor(path, status) {
    super(`GitHub's API gave no list at ${path} (${status}).`, status);
  }
};
function lastPageOf(link) {
  if (!hasNext(link)) return 1;
  const last = findLink(link, "last") ?? "";
  const page = URL.canParse(last) ? new URL(last).searchParams.get("page") : null;
  return page !== null && /^\d+$/u.test(page) ? Number(page) : void 0;
}
function hasNext(link) {
  return findLink(link, "next") !== void 0;
}
async function countPages(read, firstLink) {
  let number = 1;
  for (let link = firstLink; hasNext(link) && number <= mostPages; number += 1) ({ link } = await read(number + 1));
  return number;
}
async function listAll(rest, path, parse, keyOf) {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const { pages, firstAgain, lastAgain } = await readPages(rest, path);
    const keys = (items) => (items ?? []).map((item) => keyOf(parse(item))).join("\n");
    if (keys(pages[0]) === keys(firstAgain) && keys(pages.at(-1)) === keys(lastAgain)) return pages.flat().map(parse);
  }
  throw new GitHubError(`The list at ${path} changes faster than it can be read: run the job again later.`, 200);
}

// lib/github/packages-api.ts
async function readOwnerKind(rest, owner) {
  const { status, data } = await rest.ask("GET", `/users/${encodeURIComponent(owner)}`);
  if (status !== 200) {
    throw new GitHubError(
      `GitHub knows no user or organisation ${showText(owner)}: check the input \`owner\`.`,
      status
    );
  }
  return field(data, "type") === "Organization" ? "orgs" : "users";
}
async function listPackageNames(rest, kind, owner) {
  const path = `/${kind}/${encodeURIComponent(owner)}/packages?package_type=container`;
  try {
    return await listAll(rest, path, (item) => String(field(item, "name")), String);
  } catch (error) {
    if (!(error instanceof GitHubError) || ![400, 403, 404, 422].includes(error.status)) throw error;
    throw new GitHubError(
      `This token cannot list the packages of ${showText(owner)}, which a pattern needs (a workflow's \`github.token\` never can): name the packages one by one in the input \`package\`, or pass a classic personal token with \`read:packages\` and \`delete:packages\`.`,
      error.status,
      { cause: error }
    );
  }
}
function openPackage(rest, kind, owner, name, pageSize = largestPage) {
  const base = `/${kind}/${encodeURIComponent(owner)}/packages/container/${encodeURIComponent(name)}/versions`;
  const whole = showText(`${owner}/${name}`);
  const stateOf = (state) => state === "deleted" ? "state=deleted&" : "";
  const notListed = (error) => {
    if (!(error instanceof GitHubError) || error.status !== 404 && error.status !== 403) return error;
    return new GitHubError(
      `GitHub shows this token no container package ${whole} (${error.status}): check the inputs \`owner\` and \`package\`, and give the token the right to read it. ${tokenAdvice}`,
      error.status,
      { cause: error }
    );
  };
  const mayNot = (what, status, said, cause) => new GitHubError(`The token may not ${what} of ${whole} (${status} ${said}). ${tokenAdvice}`, 403, { cause });
  const change = async (method, path, what) => {
    try {
      return await rest.ask(method, path);
    } catch (error) {
      if (error instanceof GitHubError && error.status === 403) throw mayNot(what, 403, "Forbidden", error);
      throw error;
    }
  };
  const readVersion = async (id) => {
    const { status, data } = await rest.ask("GET", `${base}/${id}`);
    return status === 200 ? parseVersion(data) : void 0;
  };
  return {
    name,
    pageSize,
    listVersionPages: async (state, onPage) => {
      try {
        return await readPages(rest, `${base}?${stateOf(state)}`.replace(/[?&]$/u, ""), pageSize, onPage);
      } catch (error) {
        throw notListed(error);
      }
    },
    readVersionPage: async (page, state = "active") => {
      const path = `${base}?${stateOf(state)}per_page=${pageSize}&page=${page}`;
      const { status, data } = await rest.ask("GET", path);
      if (status !== 200 || !Array.isArray(data)) throw notListed(new ListRefused(base, status));
      return data.map(parseVersion);
    },
    readVersion,
    deleteVersion: async (id) => {
      for (let attempt = 1; ; attempt += 1) {
        const { status, data } = await change("DELETE", `${base}/${id}`, "delete versions");
        if (status < 300) return { outcome: "removed" };
        if (status !== 404) return { outcome: "refused", reason: `${messageIn(data)} (${status})` };
        if (await readVersion(id) === void 0) return { outcome: "gone" };
        if (attempt === 3) throw mayNot("delete versions", 404, "though the version is there");
      }
    },
    restoreVersion: async (id) => {
      const { status, data } = await change("POST", `${base}/${id}/restore`, "restore versions");
      if (status < 300) return { outcome: "restored" };
      const said = `${messageIn(data)} (${status})`;
      return await readVersion(id) === void 0 ? { outcome: "refused", reason: said } : { outcome: "present" };
    }
  };
}
var tokenAdvice = "With `github.token`: grant the job `packages: write` and give this repository the Admin role in the package's settings (Package settings, Manage Actions access). Else pass a classic personal token with `read:packages` and `delete:packages`; fine-grained tokens do not work with packages.";
function parseVersion(value) {
  const id = field(value, "id");
  const digest = field(value, "name");
  const tags = field(field(field(value, "metadata"), "container"), "tags") ?? [];
  const createdAt = Date.parse(String(field(value, "created_at")));
  const updatedAt = Date.parse(String(field(value, "updated_at") ?? field(value, "created_at")));
  const wellFormed = typeof id === "number" && typeof digest === "string" && Array.isArray(tags) && tags.every((tag) => typeof tag === "string") && Number.isFinite(createdAt) && Number.isFinite(updatedAt);
  if (!wellFormed) {
    throw new GitHubError(
      "GitHub's API listed a package version that is not what its documentation says: check GITHUB_API_URL, then run the job again.",
      200
    );
  }
  return { id, digest, tags, createdAt, updatedAt };
}

// ../packages/cleanup/src/parse-duration.ts
var units = { m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
function parseDuration(input, text) {
  const [, digits, unit] = /^(\d{1,6})([mhdw])$/.exec(text.trim()) ?? [];
  if (digits === void 0 || unit === void 0) {
    throw new InputError(
      `Input ${input} is ${JSON.stringify(text)}; give a number and a unit such as 90m, 24h, 7d or 2w.`
    );
  }
  return Number(digits) * units[unit];
}

// ../packages/cleanup/src/check-listing.ts
function checkListing({ pages, pageSize, firstAgain, lastAgain, count }) {
  const versions = pages.flat();
  const reason = findShortPage(pages, pageSize) ?? findTwin(versions) ?? (isSamePage(pages[0] ?? [], firstAgain) ? void 0 : "The first page changed while the others were read.") ?? (isSamePage(pages.at(-1) ?? [], lastAgain) ? void 0 : "The last page changed while the others were read.") ?? (count === void 0 || count === versions.length ? void 0 : `The listing holds ${versions.length} versions, the package says it has ${count}.`);
  return reason === void 0 ? { complete: true, versions } : { complete: false, reason };
}
function findShortPage(pages, pageSize) {
  const index = pages.findIndex(
    (page, at) => page.length > pageSize || at < pages.length - 1 && page.length < pageSize
  );
  if (index < 0) return pages.length === 0 ? "The listing has no page." : void 0;
  return `Page ${index + 1} of ${pages.length} holds ${pages[index]?.length} versions, not ${pageSize}.`;
}
function findTwin(versions) {
  const seen = /* @__PURE__ */ new Set();
  for (const { id, digest } of versions) {
    if (seen.has(id) || seen.has(digest)) return `Version ${id} (${digest}) is listed twice.`;
    seen.add(id).add(digest);
  }
  return void 0;
}
function isSamePage(left, right) {
  return left.length === right.length && left.every((version, at) => isSameVersion(version, right[at]));
}
function isSameVersion(left, right) {
  return left.id === right?.id && left.digest === right.digest && left.updatedAt === right.updatedAt && left.tags.length === right.tags.length && left.tags.every((tag) => right.tags.includes(tag));
}

// ../packages/cleanup/src/manifest-facts.ts
function factsOf(entry) {
  return entry === void 0 || "unreadable" in entry ? void 0 : entry;
}
function findImageFacts(digest, graph) {
  let facts = factsOf(graph.get(digest));
  if (facts === void 0) return void 0;
  while (facts?.labelsIn !== void 0) facts = factsOf(graph.get(facts.labelsIn));
  return facts === void 0 || facts.kind !== "config" && facts.digest !== digest && saysNothing(facts.image) ? "unread" : facts.image;
}
function saysNothing({ kind, source }) {
  return kind === "unknown" && source === void 0;
}
var dockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
var dockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
var leafTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  dockerManifest,
  "application/vnd.docker.distribution.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v1+prettyjws"
];
var blobType = /^application\/vnd\.(?:oci\.image\.(?:layer|config)|docker\.(?:image\.rootfs|container\.image)|buildkit\.cacheconfig)\./;
function parseManifestFacts(digest, text) {
  const value = parseObject(digest, text);
  const size = new TextEncoder().encode(text).length;
  if (isRecord(value.rootfs) && value.schemaVersion === void 0) {
    const labels = isRecord(value.config) ? value.config.Labels : void 0;
    return {
      ...{ digest, kind: "config", children: [], nested: [], artifacts: [], blobs: [], size },
      image: readImageFacts(isRecord(labels) ? labels : {})
    };
  }
  const isIndex = Array.isArray(value.manifests);
  const below = isIndex ? readDescriptors(digest, value.manifests) : [];
  const children = below.filter(({ mediaType }) => !blobType.test(mediaType));
  const config = isIndex || value.config === void 0 ? [] : readDescriptors(digest, [value.config]);
  const layers = isIndex ? [] : readDescriptors(digest, value.layers ?? value.blobs ?? []);
  const subject = isRecord(value.subject) ? readDescriptors(digest, [value.subject])[0]?.digest : void 0;
  const image = readImageFacts(isRecord(value.annotations) ? value.annotations : {});
  const labelsIn = value.mediaType === (isIndex ? dockerList : dockerManifest) && (isIndex ? children : config)[0]?.digest;
  return {
    digest,
    kind: isIndex ? "index" : "manifest",
    children: [...new Set(children.map((child) => child.digest))],
    nested: children.filter(({ mediaType }) => !leafTypes.includes(mediaType)).map((child) => child.digest),
    artifacts: children.flatMap((child) => readArtifact(child)),
    ...subject === void 0 ? {} : { subject },
    image,
    ...labelsIn && saysNothing(image) ? { labelsIn } : {},
    blobs: [...config, ...layers, ...below.filter(({ mediaType }) => blobType.test(mediaType))].map((blob) => ({
      digest: blob.digest,
      size: blob.size
    })),
    size
  };
}
function readArtifact({ digest, isArtifact, about }) {
  if (!isArtifact && about === void 0) return [];
  return [about === void 0 ? { digest } : { digest, about }];
}
function readDescriptors(where, values) {
  if (!Array.isArray(values)) throw new InputError(`Manifest ${where} has a list of parts that is none.`);
  return values.map((value) => {
    const { mediaType, digest, size, artifactType, annotations } = isRecord(value) ? value : {};
    if (typeof digest !== "string" || !/^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[A-Za-z0-9=_-]+$/.test(digest)) {
      throw new InputError(`Manifest ${where} names a part without a digest.`);
    }
    const about = isRecord(annotations) ? annotations["vnd.docker.reference.digest"] : void 0;
    return {
      mediaType: typeof mediaType === "string" ? mediaType : "",
      digest,
      size: typeof size === "number" && size > 0 ? size : 0,
      isArtifact: typeof artifactType === "string",
      about: typeof about === "string" ? about : void 0
    };
  });
}
function parseObject(digest, text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`Manifest ${digest} is not JSON.`, { cause });
  }
  if (!isRecord(value)) throw new InputError(`Manifest ${digest} is not a JSON object.`);
  return value;
}

// ../packages/cleanup/src/package-version.ts
function lastNamed({ createdAt, updatedAt }) {
  return Math.max(createdAt, updatedAt);
}
function compareNewest(left, right) {
  return right.createdAt - left.createdAt || right.id - left.id;
}

// ../packages/cleanup/src/subject-of-tag.ts
function subjectOfTag(tag) {
  const subject = parseCompanionTag(tag)?.subject;
  return subject !== void 0 && [formatReferrersTag(subject), ...formatSignatureTags(subject)].includes(tag) ? subject : void 0;
}

// ../packages/cleanup/src/manifests-to-read.ts
var lanes = 50;
var perLane = 16;
function* manifestsToRead(versions, graph) {
  const listed = new Set(versions.map((version) => version.digest));
  const asked = /* @__PURE__ */ new Set();
  const named = /* @__PURE__ */ new Set();
  let nested = [];
  const isUnread = (digest) => listed.has(digest) && !graph.has(digest) && !asked.has(digest);
  const learn = (digests) => {
    for (const digest of digests) {
      const facts = factsOf(graph.get(digest));
      for (const child of facts?.children ?? []) named.add(child);
      for (const child of facts?.nested ?? []) if (isUnread(child)) nested.push(child);
    }
  };
  const ask = (digests) => {
    const wave2 = [...new Set(digests)].filter(isUnread);
    for (const digest of wave2) asked.add(digest);
    nested = [];
    return wave2;
  };
  learn(listed);
  let wave = ask([...nested, ...versions.filter(({ tags }) => tags.length > 0).map(({ digest }) => digest)]);
  while (wave.length > 0) {
    yield wave;
    learn(wave);
    wave = ask(nested);
  }
  const untagged = versions.filter(({ digest }) => isUnread(digest) && !named.has(digest)).sort(compareNewest);
  const queues = splitAtPauses(untagged).map((queue) => ({ queue, next: 0 }));
  const isNeeded = (digest) => !named.has(digest) && isUnread(digest);
  const takeNext = (lane) => {
    while (lane.next < lane.queue.length) {
      const digest = lane.queue[lane.next++]?.digest ?? "";
      if (isNeeded(digest)) return [digest];
    }
    return [];
  };
  while (true) {
    wave = ask([...nested, ...queues.flatMap(takeNext)]);
    if (wave.length === 0) return;
    yield wave;
    learn(wave);
  }
}
function* labelsToRead(versions, graph) {
  const images = versions.filter(({ tags }) => tags.some((tag) => /-[0-9a-f]{7}(?:-|$)/.test(tag)));
  while (true) {
    const manifests = /* @__PURE__ */ new Set();
    const configs = /* @__PURE__ */ new Set();
    for (const { digest } of images) {
      let facts = factsOf(graph.get(digest));
      while (facts?.labelsIn !== void 0 && graph.has(facts.labelsIn)) facts = factsOf(graph.get(facts.labelsIn));
      if (facts?.labelsIn !== void 0) (facts.kind === "index" ? manifests : configs).add(facts.labelsIn);
    }
    if (manifests.size + configs.size === 0) return;
    yield { manifests: [...manifests], configs: [...configs] };
  }
}
function findLostSubjects(versions, graph) {
  const listed = new Set(versions.map(({ digest }) => digest));
  const subjects = versions.flatMap(({ digest, tags }) => {
    const subject = factsOf(graph.get(digest))?.subject;
    return [...subject === void 0 ? [] : [subject], ...tags.flatMap((tag) => subjectOfTag(tag) ?? [])];
  });
  return [...new Set(subjects)].filter((subject) => !listed.has(subject));
}
function splitAtPauses(versions) {
  const count = Math.min(lanes, Math.ceil(versions.length / perLane));
  const share = versions.length / Math.max(1, count);
  const cuts = Array.from({ length: Math.max(0, count - 1) }, (_, index) => {
    const middle = Math.round((index + 1) * share);
    const first = Math.max(1, Math.ceil(middle - share / 3));
    let cut = first;
    for (let at = first; at < middle + share / 3 && at < versions.length; at += 1) {
      if (pauseBefore(versions, at) > pauseBefore(versions, cut)) cut = at;
    }
    return cut;
  });
  return [0, ...cuts].map((start, index) => versions.slice(start, cuts[index] ?? versions.length));
}
function pauseBefore(versions, at) {
  return (versions[at - 1]?.createdAt ?? 0) - (versions[at]?.createdAt ?? 0);
}

// ../packages/cleanup/src/needs-replan.ts
function needsReplan(plan, fresh, graph = /* @__PURE__ */ new Map()) {
  const going = new Map(plan.remove.map(({ version }) => [version.digest, version]));
  const staying = new Set(plan.keep.map(({ version }) => version.digest));
  for (const version of fresh) {
    const planned = going.get(version.digest);
    if (planned !== void 0 && !isSameVersion(planned, version)) {
      return `Version ${version.id} was to go and has been pushed or tagged again: ${version.tags.join(", ") || "no tag"}.`;
    }
    if (planned !== void 0 || staying.has(version.digest)) continue;
    const facts = factsOf(graph.get(version.digest));
    if (facts === void 0) return `Version ${version.id} is new, and what it holds is not known.`;
    const needed = facts.children.find((child) => going.has(child));
    if (needed !== void 0) return `Version ${version.id} is new and holds ${needed}, which was to go.`;
  }
  return void 0;
}

// ../packages/cleanup/src/check-input.ts
function checkRules(rules, facts) {
  const durations = [
    ["pull-request-max-age", rules.pullRequestMaxAge],
    ["feature-max-age", rules.featureMaxAge],
    ["untagged-grace", rules.untaggedGrace]
  ];
  for (const [input, value] of durations) {
    if (!Number.isFinite(value) || value < 0) {
      throw new InputError(`Rule ${input} is ${value}; give a duration such as 24h or 7d, or nothing is removed.`);
    }
  }
  const counts = [
    ["minimum-kept", rules.minimumKept, 0],
    ["keep-default-branch", rules.keepDefaultBranch ?? 0, 0],
    ["pull-request", rules.pullRequest ?? 1, 1]
  ];
  for (const [input, value, least] of counts) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new InputError(`Rule ${input} is ${value}; give a whole number from ${least}, or nothing is removed.`);
    }
  }
  if (typeof rules.trustTagNames !== "boolean") {
    throw new InputError("Rule trust-tag-names is neither true nor false; give one of them, or nothing is removed.");
  }
  for (const suffix of rules.suffixes ?? []) parseSuffix(suffix);
  if (!Number.isFinite(facts.now)) throw new InputError(`The time is ${facts.now}, so no version's age is known.`);
  if (facts.defaultBranch === "") {
    throw new InputError("The default branch is not known, so its images cannot be told from a feature branch's.");
  }
}
function checkVersions(versions) {
  const ids = /* @__PURE__ */ new Set();
  const digests = /* @__PURE__ */ new Set();
  const tags = /* @__PURE__ */ new Map();
  for (const version of versions) {
    const { id, digest } = version;
    if (!Number.isFinite(version.createdAt) || !Number.isFinite(version.updatedAt)) {
      throw new InputError(`Version ${id} has no time of creation; list the versions again.`);
    }
    if (ids.has(id) || digests.has(digest)) {
      throw new InputError(`Version ${id} (${digest}) is listed twice; list the versions again.`);
    }
    ids.add(id);
    digests.add(digest);
    for (const tag of version.tags) {
      const holder = tags.get(tag);
      if (holder !== void 0 && holder !== id) {
        throw new InputError(`Tag ${tag} is on the versions ${holder} and ${id}; list the versions again.`);
      }
      tags.set(tag, id);
    }
  }
}

// ../packages/cleanup/src/classify-version.ts
function classifyVersion({ tags, manifest }, isPart, isReferrer) {
  if (tags.length === 0) {
    if (isPart) return "part";
    return isReferrer || manifest?.subject !== void 0 ? "referrer" : "untagged";
  }
  const classes = tags.map(classOf);
  return ranking.find((each) => classes.includes(each)) ?? "other";
}
var ranking = [
  "release",
  "default-branch",
  "merge-queue",
  "feature",
  "pull-request",
  "other",
  "cache",
  "referrer"
];
function classOf(tag) {
  switch (tag.as) {
    case "elsewhere":
      return tag.tagClass === "pull-request" || tag.tagClass === "feature" ? tag.tagClass : "default-branch";
    case "pull-request":
    case "feature":
    case "default-branch":
    case "cache":
    case "referrer":
      return tag.as;
    case "contradiction":
      return "other";
    case "other":
      switch (tag.tagClass) {
        case "version":
        case "version-line":
          return "release";
        case "branch":
          return "default-branch";
        case "merge-queue":
          return "merge-queue";
        default:
          return "other";
      }
  }
}

// ../packages/cleanup/src/describe-age.ts
var units2 = [
  ["day", 864e5],
  ["hour", 36e5],
  ["minute", 6e4]
];
function describeAge(milliseconds) {
  for (const [word, unit] of units2) {
    const count = Math.floor(milliseconds / unit);
    if (count < 1 || word === "day" && count === 1) continue;
    return `${count} ${word}${count === 1 ? "" : "s"}`;
  }
  return "less than a minute";
}
function tellAge({ version, age }) {
  const isNamedLater = version.updatedAt > version.createdAt;
  return isNamedLater ? `was last named ${describeAge(age)} ago` : `is ${describeAge(age)} old`;
}

// ../packages/cleanup/src/explain-removal.ts
function explainRemoval(version, parent, view2) {
  const tag = version.tags[0];
  if (tag !== void 0) return { rule: tag.as, reason: explainTag(tag, tellAge(version), view2) };
  if (parent !== void 0) return { rule: "part", reason: `Part of ${parent}, which goes, too.` };
  const subject = version.manifest?.subject;
  if (subject !== void 0) return { rule: "referrer", reason: `Belongs to ${short(subject)}, which does not stay.` };
  return { rule: "untagged", reason: `Has no tag, is part of nothing and is ${describeAge(version.age)} old.` };
}
function explainTag(tag, age, { rules }) {
  switch (tag.as) {
    case "pull-request":
      return tag.isOpen ? `${tag.name} ${age} and is neither the head's nor the newest of open pull request ${tag.number}.` : `${tag.name} ${age}, and pull request ${tag.number} is closed.`;
    case "feature":
      return tag.branchExists ? `${tag.name} ${age} and is neither the head's nor the newest of its branch.` : `${tag.name} ${age}, and its branch is gone.`;
    case "default-branch":
      return `${tag.name} is neither the head's nor among the ${rules.keepDefaultBranch} newest of the default branch.`;
    case "cache":
      return tag.pullRequest === void 0 ? `${tag.name} ${age}, and its branch is gone.` : `${tag.name} ${age}, and pull request ${tag.pullRequest} is closed.`;
    case "referrer":
      return `${tag.name} belongs to ${short(tag.subject)}, which does not stay.`;
    case "elsewhere":
    case "contradiction":
    case "other":
      throw new Error(`${tag.name} was to go, but such tags always stay.`);
  }
}
function short(digest) {
  return digest.slice(0, 19);
}

// ../packages/cleanup/src/rules/other-pull-request.ts
var keepOtherPullRequest = {
  name: "other-pull-request",
  keep: ({ tags }, { rules: { pullRequest } }) => {
    if (pullRequest === void 0) return void 0;
    const tag = tags.find((each) => each.as !== "referrer" && numberOf(each) !== pullRequest);
    return tag && `${tag.name} is not of pull request ${pullRequest}, whose images alone may go.`;
  }
};
function numberOf(tag) {
  if (tag.as === "pull-request") return tag.number;
  return tag.as === "cache" ? tag.pullRequest : void 0;
}

// ../packages/cleanup/src/rules/build-cache.ts
var keepBuildCache = {
  name: "build-cache",
  keep: (version, { rules }) => {
    for (const tag of version.tags) {
      if (tag.as !== "cache") continue;
      if (tag.inUse !== void 0) return `${tag.name} is in use: ${tag.inUse}.`;
      const limit = tag.pullRequest === void 0 ? rules.featureMaxAge : rules.pullRequestMaxAge;
      if (version.age < limit) return `${tag.name} ${tellAge(version)}; such a cache stays for ${describeAge(limit)}.`;
    }
    return void 0;
  }
};

// ../packages/cleanup/src/rules/contradiction.ts
var keepContradiction = {
  name: "contradiction",
  keep: ({ tags }) => {
    const tag = tags.find(({ as }) => as === "contradiction");
    return tag?.as === "contradiction" ? `${tag.problem}.` : void 0;
  }
};

// ../packages/cleanup/src/rules/default-branch.ts
var keepDefaultBranch = {
  name: "default-branch",
  keep: ({ tags }, { rules, newest }) => {
    for (const tag of tags) {
      if (tag.as !== "default-branch") continue;
      if (rules.keepDefaultBranch === void 0) return `${tag.name} is of the default branch.`;
      if (tag.isHead) return `${tag.name} is of the head of the default branch.`;
      if (newest.has(tag.name)) {
        return `${tag.name} is among the ${rules.keepDefaultBranch} newest of the default branch.`;
      }
    }
    return void 0;
  }
};

// ../packages/cleanup/src/rules/feature.ts
var keepExistingBranch = {
  name: "existing-branch",
  keep: ({ tags }, { newest }) => {
    for (const tag of tags) {
      if (tag.as !== "feature" || !tag.branchExists) continue;
      if (tag.isHead) return `${tag.name} is of the head of a branch that exists.`;
      if (newest.has(tag.name)) return `${tag.name} is the newest of a branch that exists.`;
    }
    return void 0;
  }
};
var keepYoungFeature = {
  name: "feature-age",
  keep: (version, { rules }) => {
    if (version.age >= rules.featureMaxAge) return void 0;
    const tag = version.tags.find(({ as }) => as === "feature");
    return tag && `${tag.name} ${tellAge(version)}; feature branches keep ${describeAge(rules.featureMaxAge)}.`;
  }
};

// ../packages/cleanup/src/rules/foreign-referrer.ts
var keepForeignReferrer = {
  name: "foreign-referrer",
  keep: ({ tags, isPart, lostSubjects }, { facts }) => {
    if (isPart && tags.length === 0) return void 0;
    const subject = lostSubjects.find((digest) => !facts.deleted?.has(digest));
    return subject && `Belongs to ${subject.slice(0, 19)}, which is not known to have been in this package.`;
  }
};

// ../packages/cleanup/src/rules/other-repository.ts
var keepOtherRepository = {
  name: "other-repository",
  keep: ({ tags }) => {
    const tag = tags.find((each) => each.as === "elsewhere");
    return tag?.as === "elsewhere" ? `${tag.name} is on an image that says it is of ${tag.repository}.` : void 0;
  }
};

// ../packages/cleanup/src/rules/other-tag.ts
var keepOtherTag = {
  name: "other-tag",
  keep: ({ tags }) => {
    for (const tag of tags) if (tag.as === "other") return `${tag.name} ${tag.what}.`;
    return void 0;
  }
};

// ../packages/cleanup/src/rules/pull-request.ts
var keepOpenPullRequest = {
  name: "open-pull-request",
  keep: ({ tags }, { newest }) => {
    for (const tag of tags) {
      if (tag.as !== "pull-request" || !tag.isOpen) continue;
      if (tag.isHead) return `${tag.name} is of the head of open pull request ${tag.number}.`;
      if (newest.has(tag.name)) return `${tag.name} is the newest of open pull request ${tag.number}.`;
    }
    return void 0;
  }
};
var keepYoungPullRequest = {
  name: "pull-request-age",
  keep: (version, { rules }) => {
    if (version.age >= rules.pullRequestMaxAge) return void 0;
    const tag = version.tags.find(({ as }) => as === "pull-request");
    return tag && `${tag.name} ${tellAge(version)}; pull requests keep ${describeAge(rules.pullRequestMaxAge)}.`;
  }
};

// ../packages/cleanup/src/rules/unreadable.ts
var keepUnreadable = {
  name: "unreadable",
  keep: ({ opaque, isMissing: isMissing2 }) => opaque === void 0 || isMissing2 ? void 0 : `What it holds is not known: ${opaque}.`
};

// ../packages/cleanup/src/rules/young.ts
var keepYoung = {
  name: "young",
  keep: ({ version, age, mayAwaitName, isPart }, { rules }) => {
    if (!mayAwaitName || age >= rules.untaggedGrace) return void 0;
    const word = version.updatedAt > version.createdAt ? "Last touched" : "Made";
    const what = isPart ? "since the newest image that holds it, so a build may need it" : "and nothing names it";
    return `${word} ${describeAge(age)} ago, ${what}; that stays for ${describeAge(rules.untaggedGrace)}.`;
  }
};

// ../packages/cleanup/src/rules/retention-rules.ts
var retentionRules = [
  keepOtherRepository,
  keepContradiction,
  keepOtherTag,
  keepDefaultBranch,
  keepOpenPullRequest,
  keepYoungPullRequest,
  keepExistingBranch,
  keepYoungFeature,
  keepBuildCache,
  keepUnreadable,
  keepYoung,
  keepOtherPullRequest,
  keepForeignReferrer
];

// ../packages/cleanup/src/keep-versions.ts
function keepVersions(view2, edges) {
  const { versions } = view2;
  const keepings = versions.map(() => void 0);
  const origins = [];
  const undecided = [];
  const places = new Map(versions.map(({ version, at }) => [version.digest, at]));
  const pending = [];
  let newestOpaque = versions.length;
  let shadow = versions.length;
  const keep = (at, keeping, origin) => {
    if (keepings[at] !== void 0) return;
    keepings[at] = keeping;
    origins[at] = origin;
    if (versions[at]?.opaque !== void 0) newestOpaque = Math.min(newestOpaque, at);
    pending.push(at);
  };
  const keepReached = () => {
    for (let at = pending.pop(); at !== void 0; at = pending.pop()) {
      const origin = origins[at] ?? "";
      const part = { rule: "part", reason: `Part of ${origin}, which stays.` };
      for (const child of edges.children[at] ?? []) keep(child, part, origin);
      const about = { rule: "referrer", reason: `Belongs to ${origin}, which stays.` };
      for (const referrer of edges.referrers[at] ?? []) keep(referrer, about, origin);
    }
  };
  const keepMightBeParts = () => {
    while (newestOpaque < shadow) {
      const end = shadow;
      const opaque = versions[newestOpaque];
      shadow = newestOpaque;
      while (shadow > 0 && versions[shadow - 1]?.version.createdAt === opaque?.version.createdAt) shadow -= 1;
      const name = opaque === void 0 ? "" : nameVersion(opaque);
      const might = { rule: "might-be-part", reason: `Might be part of ${name}, which stays and could not be read.` };
      for (let at = shadow; at < end; at += 1) keep(at, might, nameOf(at));
      keepReached();
    }
  };
  const keepUndecided = () => {
    const before = undecided.length;
    for (const { at, manifest } of versions) {
      if (keepings[at] !== void 0) continue;
      for (const { digest, about } of manifest?.artifacts ?? []) {
        const place = places.get(digest);
        const artifact = place === void 0 ? void 0 : versions[place];
        if (artifact === void 0 || artifact.manifest !== void 0 || artifact.isMissing) continue;
        if (keepings[artifact.at] !== void 0) continue;
        const subject = about === void 0 ? void 0 : places.get(about);
        if (about !== void 0 && (subject === void 0 || keepings[subject] === void 0)) continue;
        undecided.push(digest);
        const reason2 = "Was not read, and might belong to something that stays.";
        keep(artifact.at, { rule: "undecided", reason: reason2 }, nameVersion(artifact));
      }
    }
    keepReached();
    return undecided.length > before;
  };
  const nameOf = (at) => {
    const version = versions[at];
    return version === void 0 ? "" : nameVersion(version);
  };
  for (const version of versions) {
    for (const rule of retentionRules) {
      const reason2 = rule.keep(version, view2);
      if (reason2 === void 0) continue;
      keep(version.at, { rule: rule.name, reason: reason2 }, nameVersion(version));
      break;
    }
  }
  for (const [at, keeping] of limitToPullRequest(view2, edges, keepings)) keep(at, keeping, nameOf(at));
  const settle = () => {
    keepReached();
    do
      keepMightBeParts();
    while (keepUndecided());
  };
  settle();
  const reason = `Among the newest of what would go, so that ${view2.rules.minimumKept} tagged images stay.`;
  const tagged = versions.filter(({ tags }) => tags.length > 0);
  for (const some of [tagged.filter(isImage), tagged]) {
    let missing = view2.rules.minimumKept - some.filter(({ at }) => keepings[at] !== void 0).length;
    for (const version of some) {
      if (missing <= 0) break;
      if (keepings[version.at] !== void 0) continue;
      keep(version.at, { rule: "minimum-kept", reason }, nameVersion(version));
      settle();
      missing = view2.rules.minimumKept - some.filter(({ at }) => keepings[at] !== void 0).length;
    }
  }
  return { keepings, undecided };
}
function isImage({ tags }) {
  return tags.some((tag) => tag.as !== "cache" && tag.as !== "referrer");
}
function limitToPullRequest({ versions, rules: { pullRequest } }, edges, keepings) {
  if (pullRequest === void 0) return [];
  const mayGo = /* @__PURE__ */ new Set();
  const pending = versions.filter(({ at, tags }) => keepings[at] === void 0 && tags.some((tag) => numberOf(tag) === pullRequest)).map(({ at }) => at);
  const collect = () => {
    for (let at = pending.pop(); at !== void 0; at = pending.pop()) {
      if (mayGo.has(at)) continue;
      mayGo.add(at);
      for (const child of edges.children[at] ?? []) pending.push(child);
      for (const referrer of edges.referrers[at] ?? []) pending.push(referrer);
    }
  };
  collect();
  const leftOver = versions.filter(
    ({ at, tags, isPart }) => tags.length === 0 && !isPart && edges.children[at]?.every((child) => mayGo.has(child))
  );
  for (const { at } of leftOver) pending.push(at);
  collect();
  const reason = `Not of pull request ${pullRequest}, whose images alone may go.`;
  return versions.filter(({ at }) => !mayGo.has(at)).map(({ at }) => [at, { rule: "other-pull-request", reason }]);
}
function nameVersion({ version }) {
  return version.tags[0] ?? version.digest.slice(0, 19);
}

// ../packages/cleanup/src/find-warnings.ts
function findWarnings(view2, keepings) {
  const { versions } = view2;
  const listed = new Set(versions.map(({ version }) => version.digest));
  const ofVersions = versions.flatMap((version) => {
    const keeping = keepings[version.at];
    if (keeping === void 0) return [];
    const name = nameVersion(version);
    const lost = version.manifest?.children.filter((child) => !listed.has(child)) ?? [];
    return [
      ...version.tags.flatMap((tag) => tag.as === "contradiction" ? [`Kept: ${tag.problem}.`] : []),
      ...version.isMissing ? [`${name} stays, but the registry has no manifest for it.`] : [],
      ...version.opaque === void 0 || version.isMissing ? [] : [
        `${name} stays with everything older, because it is not known what it holds: ${version.opaque}. Run the prune again; where that does not help, delete this version by hand if nobody needs it.`
      ],
      ...lost.length === 0 ? [] : [`${name} stays, but is broken already: the package has no ${lost.join(", ")}.`]
    ];
  });
  return [...warnOfOthers(view2, keepings), ...ofVersions];
}
var mostNamed = 3;
function warnOfOthers({ versions, rules }, keepings) {
  const repositories = /* @__PURE__ */ new Set();
  let count = 0;
  for (const { at, tags } of versions) {
    const tag = tags.find((each) => each.as === "elsewhere");
    if (tag?.as !== "elsewhere" || keepings[at]?.rule !== "other-repository") continue;
    const isOfNothingElse = tag.tagClass === "pull-request" || tag.tagClass === "feature";
    if (!isOfNothingElse && rules.keepDefaultBranch === void 0) continue;
    count += 1;
    repositories.add(tag.repository);
  }
  if (count === 0) return [];
  const named = [...repositories].slice(0, mostNamed).join(", ");
  const more = repositories.size > mostNamed ? ` and ${repositories.size - mostNamed} more` : "";
  return [
    `${count} ${count === 1 ? "image says that it is" : "images say that they are"} of another repository (${named}${more}) and ${count === 1 ? "stays" : "stay"}: run a prune from there, or here with the input \`repository\` set to it.`
  ];
}

// ../packages/cleanup/src/branches.ts
function readBranches({ branches, defaultBranch }, rules) {
  const everyBranch = /* @__PURE__ */ new Set([...branches.keys(), defaultBranch]);
  const slugs = /* @__PURE__ */ new Map();
  const scopes = /* @__PURE__ */ new Map();
  for (const suffix of /* @__PURE__ */ new Set(["", ...(rules.suffixes ?? []).map(withDash)])) {
    for (const branch of everyBranch) {
      const isDefault = branch === defaultBranch;
      const slug = isDefault ? defaultBranchSlug(branch, suffix) : featureSlug(branch, defaultBranch, suffix);
      scopes.set(branchScope(slug, suffix), branch);
    }
  }
  const headsFor = (suffix) => {
    const known = slugs.get(suffix.length);
    if (known !== void 0) return known;
    const made = /* @__PURE__ */ new Map();
    for (const [branch, head] of branches) {
      const slug = featureSlug(branch, defaultBranch, suffix);
      made.set(slug, [...made.get(slug) ?? [], head]);
    }
    slugs.set(suffix.length, made);
    return made;
  };
  return {
    exists: (slug, suffix, branch) => headsFor(suffix).has(slug) || branch !== void 0 && branches.has(branch),
    isHead: (slug, suffix, branch, sha7) => {
      const own = branch === void 0 ? void 0 : branches.get(branch);
      return [...headsFor(suffix).get(slug) ?? [], own].some((head) => head?.startsWith(sha7));
    },
    ofScope: (scope, isCut) => {
      for (let end = scope.length; end > 0; end = scope.lastIndexOf("-", end - 1)) {
        const branch = scopes.get(scope.slice(0, end));
        if (branch !== void 0) return branch;
      }
      if (!isCut) return void 0;
      const start = scope.replace(/-[0-9a-f]{8}$/, "");
      return [...scopes].find(([live]) => live.startsWith(start))?.[1];
    }
  };
}
function withDash(suffix) {
  return suffix === "" || suffix.startsWith("-") ? suffix : `-${suffix}`;
}

// ../packages/cleanup/src/tag-reading.ts
function readTags(names, said, context) {
  const image = said === "unread" ? void 0 : said;
  const isUnread = said === "unread" && !context.rules.trustTagNames;
  const parsed = names.map((name) => ({ name, tag: readTag(name, image, context) }));
  const own = parsed.find(({ tag }) => tag.class === "default-branch")?.tag;
  const isUnnamed = image === void 0 || image.kind === "unknown";
  const isDefaultBranch = image?.kind === "default-branch" || isUnnamed && own !== void 0;
  const elsewhere = findOtherRepository(image?.source, context.facts);
  return parsed.map(({ name, tag }) => {
    const subject = subjectOfTag(name);
    if (subject !== void 0) return { as: "referrer", name, subject };
    if (elsewhere !== void 0 && perRepository.includes(tag.class)) {
      return { as: "elsewhere", name, tagClass: tag.class, repository: elsewhere };
    }
    if (isUnread && perRepository.includes(tag.class)) {
      return { as: "other", name, tagClass: tag.class, what: "is on an image whose labels could not be read" };
    }
    switch (tag.class) {
      case "pull-request":
        return readPullRequest(name, tag, image, context);
      case "feature":
        return readFeature(name, tag, image, context);
      case "cache":
        return readCache(name, tag, context);
      case "default-branch":
      case "commit":
      case "date":
      case "date-time": {
        if (!isDefaultBranch) return { as: "other", name, tagClass: tag.class, what: describe(tag) };
        const revision = tag.class === "default-branch" ? tag.sha7 : commitOf(tag, own, image);
        const head = context.facts.branches.get(context.facts.defaultBranch);
        const isHead = revision !== void 0 && head?.startsWith(revision) === true;
        return { as: "default-branch", name, line: `default branch${tag.suffix}`, isHead };
      }
      default:
        return { as: "other", name, tagClass: tag.class, what: describe(tag) };
    }
  });
}
var perRepository = ["pull-request", "feature", "default-branch", "commit", "date", "date-time"];
function findOtherRepository(source, { serverUrl, repositoryNames }) {
  if (source === void 0) return void 0;
  const [, host, owner, name] = /^(?:[a-z+]+:\/\/)?(?:[^/@]*@)?([^/:@]+)(?::\d+)?[/:]([^/]+)\/([^/?#]+)/i.exec(source.trim()) ?? [];
  if (host === void 0 || owner === void 0 || name === void 0) return source.slice(0, 100);
  const found = `${owner}/${name.replace(/\.git$/i, "")}`;
  if (host.toLowerCase() !== URL.parse(serverUrl)?.hostname) return `${host}/${found}`.slice(0, 100);
  const isOwn = repositoryNames.some((own) => own.toLowerCase() === found.toLowerCase());
  return isOwn ? void 0 : found.slice(0, 100);
}
function readTag(name, image, { facts, suffixes }) {
  const tag = parseTag(name, { defaultBranch: facts.defaultBranch, suffixes });
  const sha7 = image?.revision?.slice(0, 7);
  if (sha7 === void 0 || image?.kind === "unknown") return tag;
  const at = name.lastIndexOf(`-${sha7}-`);
  if (at < 0 || tag.class === "pull-request") return tag;
  const read = parseTag(name, { defaultBranch: facts.defaultBranch, suffixes: [name.slice(at + 8)] });
  return read.class === image?.kind ? read : tag;
}
function readPullRequest(name, { number, sha7, suffix }, image, { facts }) {
  const problem = findContradiction(number, sha7, image);
  if (problem !== void 0) {
    return { as: "contradiction", name, problem: `${name} is on an image that says it is ${problem}` };
  }
  const head = facts.openPullRequests.get(number);
  const isHead = head?.startsWith(sha7) === true;
  return { as: "pull-request", name, number, line: `pr ${number}${suffix}`, isOpen: head !== void 0, isHead };
}
function findContradiction(number, sha7, image) {
  if (image === void 0 || image.kind === "unknown") return void 0;
  if (image.kind !== "pull-request") return `of another kind: ${image.kind}`;
  if (image.pullRequest !== void 0 && image.pullRequest !== number) return `of pull request ${image.pullRequest}`;
  if (image.revision !== void 0 && !image.revision.startsWith(sha7))
    return `of commit ${image.revision.slice(0, 7)}`;
  return void 0;
}
function readFeature(name, { slug, sha7, suffix }, image, { facts, rules, branches }) {
  const other = (what) => ({ as: "other", name, tagClass: "feature", what });
  const readLine = (branch2) => ({
    as: "feature",
    name,
    line: `${branch2 === void 0 ? `slug ${slug}` : `branch ${branch2}`} ${suffix}`,
    branchExists: branches.exists(slug, suffix, branch2),
    isHead: branches.isHead(slug, suffix, branch2, sha7)
  });
  if (image === void 0 || image.kind === "unknown") {
    if (!rules.trustTagNames) return other("looks like a feature branch's, but the image does not say that it is one");
    return readLine(void 0);
  }
  if (image.kind !== "feature") return other(`is on an image of another kind: ${image.kind}`);
  if (image.revision !== void 0 && !image.revision.startsWith(sha7))
    return other("is on an image of another commit");
  const { branch } = image;
  if (branch !== void 0 && featureSlug(branch, facts.defaultBranch, suffix) !== slug) {
    return other(`is on an image of another branch: ${branch}`);
  }
  return readLine(branch);
}
function readCache(name, { scope }, { facts, branches }) {
  const branch = branches.ofScope(scope, name.length === 128);
  if (branch !== void 0) return { as: "cache", name, inUse: `branch ${branch} exists` };
  const [, digits] = /^pr-([1-9]\d*)(?:-|$)/.exec(scope) ?? [];
  if (digits === void 0) return { as: "cache", name };
  const pullRequest = Number(digits);
  if (!facts.openPullRequests.has(pullRequest)) return { as: "cache", name, pullRequest };
  return { as: "cache", name, pullRequest, inUse: `pull request ${pullRequest} is open` };
}
function commitOf(tag, own, image) {
  if (tag.class === "commit") return tag.sha.slice(0, 7);
  return own?.class === "default-branch" ? own.sha7 : image?.revision?.slice(0, 7);
}
function describe(tag) {
  switch (tag.class) {
    case "version":
      return "is a release";
    case "version-line":
    case "latest":
    case "branch":
    case "date":
      return "is a tag that people follow";
    case "commit":
    case "date-time":
      return "names a commit or a build for good";
    case "merge-queue":
      return "is of the merge queue";
    default:
      return "is a tag somebody else gave";
  }
}

// ../packages/cleanup/src/package-view.ts
function viewPackage(listing, graph, facts, rules) {
  const context = {
    ...{ facts, rules },
    branches: readBranches(facts, rules),
    suffixes: (rules.suffixes ?? []).map(withDash)
  };
  const named = findNamed(listing, graph);
  const versions = [...listing].sort(compareNewest).map((version, at) => view(version, at, graph, named, context));
  return { versions, facts, rules, newest: findNewest(versions, rules) };
}
function findNewest(versions, rules) {
  const byName = [...versions].sort(
    (left, right) => lastNamed(right.version) - lastNamed(left.version) || right.version.id - left.version.id
  );
  const newest = /* @__PURE__ */ new Set();
  for (const order of [versions, byName]) {
    const counts = /* @__PURE__ */ new Map();
    for (const { tags } of order) {
      const lines = new Map(tags.flatMap((tag) => "line" in tag ? [[tag.line, tag.as]] : []));
      for (const [line, as] of lines) {
        const count = counts.get(line) ?? 0;
        if (count >= (as === "default-branch" ? rules.keepDefaultBranch ?? 0 : 1)) continue;
        counts.set(line, count + 1);
        for (const tag of tags) if ("line" in tag && tag.line === line) newest.add(tag.name);
      }
    }
  }
  return newest;
}
function findNamed(listing, graph) {
  const listed = new Set(listing.map(({ digest }) => digest));
  const since = /* @__PURE__ */ new Map();
  const nested = /* @__PURE__ */ new Set();
  for (const { digest, createdAt } of listing) {
    const manifest = factsOf(graph.get(digest));
    for (const child of manifest?.children ?? []) since.set(child, Math.max(createdAt, since.get(child) ?? createdAt));
    for (const child of manifest?.nested ?? []) nested.add(child);
  }
  return { listed, since, nested };
}
var none = [];
function view(version, at, graph, named, context) {
  const { digest, tags } = version;
  const entry = graph.get(digest);
  if (entry !== void 0 && entry.digest !== digest) {
    throw new InputError(`The manifest known for ${digest} is that of ${entry.digest}; read the manifests again.`);
  }
  const manifest = factsOf(entry);
  const namedSince = named.since.get(digest);
  const isPart = namedSince !== void 0;
  const isLeaf = tags.length === 0 && isPart && !named.nested.has(digest);
  const readings = tags.length === 0 ? none : readTags(tags, findImageFacts(digest, graph), context);
  const subjects = subjectsOf(manifest, readings);
  const lostSubjects = subjects.filter((subject) => !named.listed.has(subject));
  const awaitsName = isPart ? lastNamed(version) > namedSince : lostSubjects.length === subjects.length;
  return {
    ...{ at, version, manifest, isPart, lostSubjects },
    tags: readings,
    mayAwaitName: tags.length === 0 && awaitsName,
    opaque: manifest !== void 0 || isLeaf ? void 0 : whyUnread(entry),
    isMissing: isMissing(entry),
    age: context.facts.now - lastNamed(version)
  };
}
function subjectsOf(manifest, tags) {
  const named = tags.flatMap((tag) => tag.as === "referrer" ? [tag.subject] : []);
  return manifest?.subject === void 0 ? named : [manifest.subject, ...named];
}
function whyUnread(entry) {
  return entry !== void 0 && "unreadable" in entry ? entry.unreadable : "it was not read";
}
function isMissing(entry) {
  return entry !== void 0 && "unreadable" in entry && entry.missing === true;
}

// ../packages/cleanup/src/image-edges.ts
function readEdges(versions) {
  const places = new Map(versions.map(({ version, at }) => [version.digest, at]));
  const children = [];
  const referrers = [];
  const statements = [];
  const add = (edges, from, to) => {
    const source = typeof from === "number" ? from : places.get(from);
    const target = typeof to === "number" ? to : places.get(to);
    if (source === void 0 || target === void 0 || source === target) return;
    const known = edges[source];
    if (known === void 0) edges[source] = [target];
    else known.push(target);
  };
  for (const { at, manifest, tags } of versions) {
    for (const child of manifest?.children ?? []) add(children, at, child);
    for (const { digest, about } of manifest?.artifacts ?? []) if (about !== void 0) add(statements, about, digest);
    for (const subject of subjectsOf(manifest, tags)) {
      add(referrers, subject, at);
      add(statements, subject, at);
    }
  }
  return { children, referrers, statements };
}

// ../packages/cleanup/src/reclaimed-bytes.ts
function sumReclaimed(stays, goes) {
  const unread = (versions) => versions.filter(({ manifest }) => !manifest).length;
  const unreadStaying = unread(stays);
  const counted = new Set(
    (unreadStaying > 0 ? [] : stays).flatMap(({ manifest }) => manifest?.blobs.map(({ digest }) => digest) ?? [])
  );
  const bytesByClass = {};
  let reclaimedBytes = 0;
  for (const { class: name = "", manifest } of goes) {
    let bytes = manifest?.size ?? 0;
    for (const { digest, size } of unreadStaying > 0 ? [] : manifest?.blobs ?? []) {
      if (!counted.has(digest)) bytes += size;
      counted.add(digest);
    }
    reclaimedBytes += bytes;
    bytesByClass[name] = (bytesByClass[name] ?? 0) + bytes;
  }
  return { reclaimedBytes, bytesByClass, unmeasured: unreadStaying + unread(goes) };
}

// ../packages/cleanup/src/removal-order.ts
function orderRemoval(places, edges) {
  const going = new Set(places);
  const parents = countIncoming(places, going, edges.children);
  const subjects = countIncoming(places, going, edges.statements);
  const oldestFirst = [...places].sort((left, right) => right - left);
  const ordered = [];
  const done = /* @__PURE__ */ new Set();
  const ready = [];
  const waiting = [];
  const offer = (at) => {
    if (done.has(at) || (parents.get(at) ?? 0) > 0) return;
    if ((subjects.get(at) ?? 0) > 0) waiting.push(at);
    else ready.push(at);
  };
  const take = (at) => {
    if (done.has(at)) return;
    done.add(at);
    ordered.push(at);
    for (const referrer of edges.statements[at] ?? []) release(referrer, subjects);
    for (const child of edges.children[at] ?? []) release(child, parents);
  };
  const release = (at, counts) => {
    const count = counts.get(at);
    if (count === void 0) return;
    counts.set(at, count - 1);
    if (count === 1) offer(at);
  };
  for (const at of oldestFirst) {
    if (parents.has(at) || subjects.has(at)) continue;
    ready.push(at);
    takeAll(ready, take);
  }
  for (const at of oldestFirst) if (subjects.has(at)) offer(at);
  takeAll(ready, take);
  while (waiting.length > 0) {
    take(waiting.pop() ?? -1);
    takeAll(ready, take);
  }
  for (const at of oldestFirst) take(at);
  return ordered;
}
function takeAll(stack, take) {
  for (let at = stack.pop(); at !== void 0; at = stack.pop()) take(at);
}
function countIncoming(places, going, edges) {
  const counts = /* @__PURE__ */ new Map();
  for (const place of places) {
    for (const at of edges[place] ?? []) if (going.has(at)) counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return counts;
}

// ../packages/cleanup/src/plan-prune.ts
function planPrune(versions, graph, facts, rules) {
  checkRules(rules, facts);
  checkVersions(versions);
  const view2 = viewPackage(versions, graph, facts, rules);
  const edges = readEdges(view2.versions);
  const { keepings, undecided } = keepVersions(view2, edges);
  const kept = view2.versions.filter(({ at }) => keepings[at] !== void 0);
  const going = view2.versions.filter(({ at }) => keepings[at] === void 0).map(({ at }) => at);
  const removed = orderRemoval(going, edges).flatMap((at) => view2.versions[at] ?? []);
  const roles = readRoles(edges);
  const parents = nameParents(removed, edges);
  const { reclaimedBytes, unmeasured } = sumReclaimed(kept, removed);
  const plan = (version, { rule, reason }) => ({
    version: version.version,
    class: classifyVersion(version, roles.parts.has(version.at), roles.referrers.has(version.at)),
    ...{ rule, reason }
  });
  return {
    keep: kept.flatMap((version) => plan(version, keepings[version.at])),
    remove: removed.map((version) => plan(version, explainRemoval(version, parents.get(version.at), view2))),
    warnings: findWarnings(view2, keepings),
    reclaimedBytes,
    unmeasured,
    // One that could not be read stays as well, but asking for it again would not help.
    undecided: undecided.filter((digest) => !graph.has(digest))
  };
}
function readRoles({ children, referrers }) {
  return {
    parts: new Set(children.flatMap((each) => each ?? [])),
    referrers: new Set(referrers.flatMap((each) => each ?? []))
  };
}
function nameParents(removed, { children }) {
  const parents = /* @__PURE__ */ new Map();
  for (const version of removed) {
    for (const child of children[version.at] ?? []) if (!parents.has(child)) parents.set(child, nameVersion(version));
  }
  return parents;
}

// ../packages/cleanup/src/prune-input.ts
var defaultRules = {
  pullRequestMaxAge: 24 * 36e5,
  featureMaxAge: 7 * 24 * 36e5,
  untaggedGrace: 24 * 36e5,
  minimumKept: 5,
  trustTagNames: false
};

// lib/step/package-inputs.ts
function parseOwner(text) {
  if (/^[a-z\d](?:[a-z\d_-]{0,99})$/iu.test(text)) return text;
  throw new InputError(`Input \`owner\` is ${quoteValue(text)}: give the user or organisation that owns the packages.`);
}
function parsePackageNames(names) {
  const wrong = names.find((name) => !/^[a-z\d*](?:[a-z\d._*-]|\/(?=[a-z\d*]))*$/iu.test(name));
  if (wrong !== void 0 || names.length === 0) {
    throw new InputError(
      `Input \`package\` is ${quoteValue(wrong ?? "")}: give names below the owner such as \`app\` or \`app/api\`; \`*\` stands for anything.`
    );
  }
  return [...new Set(names.map((name) => name.toLowerCase()))];
}
function parseRegistry(text) {
  const [, scheme = "", host = ""] = /^(https?:\/\/)?([^/]+)\/?$/iu.exec(text) ?? [];
  const isHost = /^(?:\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/iu.test(host);
  if (!isHost || /^http:/iu.test(scheme) && !isLoopback(host)) {
    throw new InputError(
      `Input \`registry\` is ${quoteValue(text)}: give a host such as \`ghcr.io\`; plain \`http://\` is for registries on this machine.`
    );
  }
  return host.toLowerCase();
}

export {
  LimitReached,
  createPacing,
  describeMinutes,
  listAll,
  readOwnerKind,
  listPackageNames,
  openPackage,
  parseVersion,
  checkListing,
  factsOf,
  parseManifestFacts,
  subjectOfTag,
  manifestsToRead,
  labelsToRead,
  findLostSubjects,
  needsReplan,
  parseDuration,
  sumReclaimed,
  planPrune,
  parseOwner,
  parsePackageNames,
  parseRegistry
};
