import type { PackageVersion, PruneRules } from "@longshore/cleanup";
import type { World } from "./history.ts";

/**
 * What must stay, said a second time: by brute force, from the whole truth (every manifest, read or not) and with tag names
 * taken apart by hand as far as histories have them. Quadratic and worse on purpose: nothing is clever here.
 */
export function oracleKeeps(world: World, rules: PruneRules): ReadonlySet<string> {
  const { versions, facts } = world;
  const lastNamed = (version: PackageVersion) => Math.max(version.createdAt, version.updatedAt);
  const newest = [...versions].sort((left, right) => right.createdAt - left.createdAt || right.id - left.id);
  const orders = [newest, [...newest].sort((left, right) => lastNamed(right) - lastNamed(left) || right.id - left.id)];
  const slugOf = (branch: string) => branch.replaceAll(/[^a-z0-9]/g, "-");
  const slugs = [...facts.branches.keys()].map(slugOf);
  /** Whether a version is the newest with such a tag, by when it was made or by when it was last named. */
  const isNewest = (version: PackageVersion, same: (tag: string, holder: PackageVersion) => boolean): boolean =>
    orders.some(
      (order) =>
        order.find((each) => each.tags.some((tag) => same(tag, each) && kindAt(each, tag) === "own")) === version,
    );

  /** Annotations; of Docker's media types the labels of the first platform; undefined where that is of others and says nothing. */
  function findSaid(digest: string): Record<string, string> | undefined {
    const { annotations: said, mediaType, manifests, config } = contentOf(world, digest);
    if (!mediaType?.includes("docker")) return said ?? {};
    const first = manifests?.[0]?.digest;
    if (first === undefined) return contentOf(world, config?.digest ?? "").config?.Labels ?? {};
    const below = findSaid(first);
    const isTold = "dev.longshore.kind" in (below ?? {}) || "org.opencontainers.image.source" in (below ?? {});
    return contentOf(world, first).mediaType?.includes("docker") || isTold ? below : undefined;
  }

  function annotations(version: PackageVersion): Record<string, string> {
    return findSaid(version.digest) ?? {};
  }

  /** Whether a tag with a sha is what it looks like, somebody else's, or contradicted. */
  function kindAt(version: PackageVersion, tag: string): "own" | "other" {
    const says = annotations(version);
    if (findSaid(version.digest) === undefined && !rules.trustTagNames) return "other";
    const kind = says["dev.longshore.kind"];
    const sha7 = says["org.opencontainers.image.revision"]?.slice(0, 7);
    const isSameCommit = sha7 === undefined || tag.includes(`-${sha7}`);
    if (/acme\/tools|gitlab/.test(says["org.opencontainers.image.source"] ?? "")) return "other";
    const pull = /^pr-(\d+)-/.exec(tag);
    if (pull) {
      if (kind === undefined) return "own";
      return kind === "pull-request" && says["dev.longshore.pull-request"] === pull[1] && isSameCommit
        ? "own"
        : "other";
    }
    if (tag.startsWith("main-") || tag.startsWith("sha-")) {
      const isMain =
        kind === "default-branch" || (kind === undefined && version.tags.some((each) => /^main-/.test(each)));
      return isMain ? "own" : "other";
    }
    if (kind === undefined) return rules.trustTagNames ? "own" : "other";
    const slug = says["dev.longshore.branch"]?.replaceAll(/[^a-z0-9]/g, "-");
    return kind === "feature" && isSameCommit && tag.startsWith(`${slug}-`) ? "own" : "other";
  }

  function tagKeeps(version: PackageVersion, tag: string): boolean {
    const age = facts.now - lastNamed(version);
    if (/^sha256-/.test(tag)) return false;
    const [, scope] = /^cache-linux-amd64-(.+)$/.exec(tag) ?? [];
    if (scope !== undefined) {
      const pull = /^pr-(\d+)/.exec(scope)?.[1];
      if (pull) return facts.openPullRequests.has(Number(pull)) || age < rules.pullRequestMaxAge;
      return (
        ["main", ...slugs].some((slug) => scope === slug || scope.startsWith(`${slug}-`)) || age < rules.featureMaxAge
      );
    }
    const [, name = "", sha7 = "", suffix = ""] = /^(.+)-([0-9a-f]{7})(-alpine)?$/.exec(tag) ?? [];
    if (name === "") return true;
    if (!isReadable(tag)) return true;
    if (kindAt(version, tag) === "other") return true;
    const pull = /^pr-(\d+)$/.exec(name)?.[1];
    if (pull !== undefined) {
      if (age < rules.pullRequestMaxAge) return true;
      const head = facts.openPullRequests.get(Number(pull));
      if (head === undefined) return false;
      const variant = new RegExp(`^pr-${pull}-[0-9a-f]{7}${suffix}$`);
      return head.startsWith(sha7) || isNewest(version, (each) => variant.test(each) && isReadable(each));
    }
    if (name === "main" || name === "sha") {
      if (rules.keepDefaultBranch === undefined) return true;
      const variant = new RegExp(`^(?:main|sha)-[0-9a-f]{7}${suffix}$`);
      const isOfVariant = (each: PackageVersion) =>
        each.tags.some((other) => variant.test(other) && isReadable(other) && kindAt(each, other) === "own");
      return (
        facts.branches.get("main")?.startsWith(sha7) === true ||
        orders.some((order) => order.filter(isOfVariant).slice(0, rules.keepDefaultBranch).includes(version))
      );
    }
    if (age < rules.featureMaxAge) return true;
    if (!slugs.includes(name)) return false;
    const isHead = [...facts.branches].some(([branch, head]) => slugOf(branch) === name && head.startsWith(sha7));
    return isHead || isNewestOfLine(version, name, suffix);
  }

  /** A suffix is known where it is told, or where the image itself says what it is. */
  function isReadable(tag: string): boolean {
    if (!tag.endsWith("-alpine") || rules.suffixes?.includes("alpine")) return true;
    if (tag.startsWith("sha-")) return false;
    const holder = versions.find(({ tags }) => tags.includes(tag));
    return holder !== undefined && annotations(holder)["dev.longshore.kind"] !== undefined;
  }

  /** Images that name their branch and images that do not are two lines. */
  function isNewestOfLine(version: PackageVersion, name: string, suffix: string): boolean {
    const isAnnotated = (each: PackageVersion) => annotations(each)["dev.longshore.branch"] !== undefined;
    const variant = new RegExp(`^${name}-[0-9a-f]{7}${suffix}$`);
    return isNewest(
      version,
      (tag, each) => isAnnotated(each) === isAnnotated(version) && variant.test(tag) && isReadable(tag),
    );
  }

  const namers = (digest: string) => versions.filter((each) => partsOf(world, each.digest).includes(digest));

  /** What nothing names, and a part that was pushed again since the newest image that holds it. */
  function mayBeUnderWay(version: PackageVersion): boolean {
    if (version.tags.length > 0 || facts.now - lastNamed(version) >= rules.untaggedGrace) return false;
    const holders = namers(version.digest).map(({ createdAt }) => createdAt);
    if (holders.length > 0) return lastNamed(version) > Math.max(...holders);
    return !subjectsOf(world, version).some((subject) => versions.some(({ digest }) => digest === subject));
  }

  /** About an image that nobody can say was ever here. */
  function isForeign(version: PackageVersion): boolean {
    if (version.tags.length === 0 && namers(version.digest).length > 0) return false;
    return subjectsOf(world, version).some(
      (subject) => !facts.deleted?.has(subject) && !versions.some(({ digest }) => digest === subject),
    );
  }

  function isOfPullRequest(tag: string): boolean {
    if (rules.pullRequest === undefined || /^sha256-/.test(tag)) return true;
    return new RegExp(`^(?:cache-linux-amd64-pr-${rules.pullRequest}(?:-|$)|pr-${rules.pullRequest}-)`).test(tag);
  }

  const isImage = ({ tags }: PackageVersion) => tags.some((tag) => !/^(?:sha256|cache)-/.test(tag));
  const tagged = newest.filter(({ tags }) => tags.length > 0);
  const keeps = new Set<string>();
  for (const version of versions) {
    const { tags } = version;
    const stays =
      mayBeUnderWay(version) ||
      isForeign(version) ||
      tags.some((tag) => tagKeeps(version, tag) || !isOfPullRequest(tag));
    if (stays) keeps.add(version.digest);
  }
  if (rules.pullRequest !== undefined) {
    const own = versions.filter(
      ({ digest, tags }) => !keeps.has(digest) && tags.some((tag) => !/^sha256-/.test(tag) && isOfPullRequest(tag)),
    );
    const mayGo = new Set(own.flatMap(({ digest }) => [...reachOf(world, digest)]));
    const leftOver = versions.filter(({ digest, tags }) => {
      const parts = partsOf(world, digest).filter((part) => versions.some((each) => each.digest === part));
      const isRoot = tags.length === 0 && namers(digest).length === 0;
      return isRoot && parts.length > 0 && parts.every((part) => mayGo.has(part));
    });
    for (const { digest } of leftOver) for (const reached of reachOf(world, digest)) mayGo.add(reached);
    for (const { digest } of versions) if (!mayGo.has(digest)) keeps.add(digest);
  }
  let stays = new Set([...keeps].flatMap((digest) => [...reachOf(world, digest)]));
  // Images first; caches and signatures only where there are too few of them.
  for (const some of [tagged.filter(isImage), tagged]) {
    for (;;) {
      const next = some.find(({ digest }) => !stays.has(digest));
      if (next === undefined || some.filter(({ digest }) => stays.has(digest)).length >= rules.minimumKept) break;
      stays = new Set([...stays, ...reachOf(world, next.digest)]);
    }
  }
  return stays;
}

/** What a version says it is about, by its content and by its tags. */
export function subjectsOf(world: World, { digest, tags }: PackageVersion): readonly string[] {
  const subject = contentOf(world, digest).subject?.digest;
  const named = tags.flatMap((tag) => /^sha256-([0-9a-f]{64})(?:\.sig)?$/.exec(tag)?.[1] ?? []);
  return [...(subject === undefined ? [] : [subject]), ...named.map((hex) => `sha256:${hex}`)];
}

/** A version and everything below it and about it, as far as the package has it: by the whole truth. */
export function reachOf(world: World, digest: string): ReadonlySet<string> {
  const reached = new Set([digest]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const { digest: candidate, tags } of world.versions) {
      if (reached.has(candidate)) continue;
      const content = contentOf(world, candidate);
      const subjects = tags.map((tag) => tag.replace(/^sha256-([0-9a-f]{64})(?:\.sig)?$/, "sha256:$1"));
      const isBelow = [...reached].some((each) => partsOf(world, each).includes(candidate));
      if (isBelow || reached.has(content.subject?.digest ?? "") || subjects.some((each) => reached.has(each))) {
        reached.add(candidate);
      }
    }
  }
  return reached;
}

/** What a manifest holds, by the whole truth. */
export function partsOf(world: World, digest: string): readonly string[] {
  return contentOf(world, digest).manifests?.map((part) => part.digest) ?? [];
}

interface Content {
  readonly mediaType?: string;
  readonly annotations?: Record<string, string>;
  /** Of a manifest where its config is, of a config what it holds. */
  readonly config?: { readonly digest?: string; readonly Labels?: Record<string, string> };
  readonly manifests?: readonly { readonly digest: string }[];
  readonly subject?: { readonly digest: string };
}

const contents = new WeakMap<World["manifests"], Map<string, Content>>();

function contentOf({ manifests }: World, digest: string): Content {
  const known = contents.get(manifests) ?? new Map<string, Content>();
  contents.set(manifests, known);
  const content: Content = known.get(digest) ?? JSON.parse(manifests.get(digest) ?? "{}");
  known.set(digest, content);
  return content;
}
