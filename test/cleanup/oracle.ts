import type { PackageVersion, PruneRules } from "@longshore/cleanup";
import type { World } from "./history.ts";

/**
 * What must stay, said a second time: by brute force, from the whole truth (every manifest, read or not) and with tag names
 * taken apart by hand as far as histories have them. Quadratic and worse on purpose: nothing is clever here.
 */
export function oracleKeeps(world: World, rules: PruneRules): ReadonlySet<string> {
  const { versions, facts } = world;
  const newest = [...versions].sort((left, right) => right.createdAt - left.createdAt || right.id - left.id);
  const slugs = facts.branches.map((branch) => branch.replaceAll(/[^a-z0-9]/g, "-"));
  const newestOf = (same: (tag: string) => boolean): string | undefined =>
    newest.flatMap((version) => version.tags.filter((tag) => same(tag) && kindAt(version, tag) === "own"))[0];

  function annotations(version: PackageVersion): Record<string, string> {
    return contentOf(world, version.digest).annotations ?? {};
  }

  /** Whether a tag with a sha is what it looks like, somebody else's, or contradicted. */
  function kindAt(version: PackageVersion, tag: string): "own" | "other" {
    const says = annotations(version);
    const kind = says["dev.longshore.kind"];
    const sha7 = says["org.opencontainers.image.revision"]?.slice(0, 7);
    const isSameCommit = sha7 === undefined || tag.includes(`-${sha7}`);
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
    const age = facts.now - version.createdAt;
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
    if (suffix !== "" && Object.keys(annotations(version)).length === 0 && !rules.suffixes?.includes("alpine"))
      return true;
    if (kindAt(version, tag) === "other") return true;
    const pull = /^pr-(\d+)$/.exec(name)?.[1];
    if (pull !== undefined) {
      if (age < rules.pullRequestMaxAge) return true;
      const top = newestOf((each) => each.startsWith(`pr-${pull}-`) && isReadable(each));
      return facts.openPullRequests.has(Number(pull)) && top?.includes(`-${sha7}`) === true;
    }
    if (name === "main" || name === "sha") {
      if (rules.keepDefaultBranch === undefined) return true;
      const commits = newest.flatMap((each) =>
        each.tags.filter((other) => /^(?:main|sha)-[0-9a-f]{7}$/.test(other) && kindAt(each, other) === "own"),
      );
      return [...new Set(commits.map((each) => each.slice(-7)))].slice(0, rules.keepDefaultBranch).includes(sha7);
    }
    if (age < rules.featureMaxAge) return true;
    return slugs.includes(name) && newestOfLine(version, name)?.includes(`-${sha7}`) === true;
  }

  /** A suffix is known where it is told, or where the image itself says its commit. */
  function isReadable(tag: string): boolean {
    if (!tag.endsWith("-alpine") || rules.suffixes?.includes("alpine")) return true;
    const holder = versions.find(({ tags }) => tags.includes(tag));
    return holder !== undefined && Object.keys(annotations(holder)).length > 0;
  }

  /** Images that name their branch and images that do not are two lines. */
  function newestOfLine(version: PackageVersion, name: string): string | undefined {
    const isAnnotated = (each: PackageVersion) => annotations(each)["dev.longshore.branch"] !== undefined;
    return newest
      .filter((each) => isAnnotated(each) === isAnnotated(version))
      .flatMap((each) =>
        each.tags.filter(
          (tag) =>
            new RegExp(`^${name}-[0-9a-f]{7}(-alpine)?$`).test(tag) && isReadable(tag) && kindAt(each, tag) === "own",
        ),
      )[0];
  }

  function isOfPullRequest(tag: string): boolean {
    if (rules.pullRequest === undefined || /^sha256-/.test(tag)) return true;
    return new RegExp(`^(?:cache-linux-amd64-pr-${rules.pullRequest}(?:-|$)|pr-${rules.pullRequest}-)`).test(tag);
  }

  const isImage = ({ tags }: PackageVersion) => tags.some((tag) => !/^(?:sha256|cache)-/.test(tag));
  const tagged = newest.filter(({ tags }) => tags.length > 0);
  const minimum = [...tagged.filter(isImage), ...tagged.filter((each) => !isImage(each))].slice(0, rules.minimumKept);
  const holdsReferrersOnly = tagged.every(({ tags }) => tags.every((tag) => /^sha256-/.test(tag)));
  const keeps = new Set<string>();
  for (const version of versions) {
    const { tags } = version;
    const stays =
      facts.now - Math.max(version.createdAt, version.updatedAt) < rules.untaggedGrace ||
      minimum.includes(version) ||
      (holdsReferrersOnly && tags.length > 0 && rules.minimumKept > 0) ||
      tags.some((tag) => tagKeeps(version, tag) || !isOfPullRequest(tag));
    if (stays) keeps.add(version.digest);
  }
  if (rules.pullRequest !== undefined) {
    const own = versions.filter(
      ({ digest, tags }) => !keeps.has(digest) && tags.some((tag) => !/^sha256-/.test(tag) && isOfPullRequest(tag)),
    );
    const mayGo = new Set(own.flatMap(({ digest }) => [...reachOf(world, digest)]));
    for (const { digest } of versions) if (!mayGo.has(digest)) keeps.add(digest);
  }
  return new Set([...keeps].flatMap((digest) => [...reachOf(world, digest)]));
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
  readonly annotations?: Record<string, string>;
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
