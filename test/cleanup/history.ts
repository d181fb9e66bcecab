import { createHash } from "node:crypto";
import { type PackageVersion, type PruneFacts, parseManifestFacts } from "@longshore/cleanup";
import fc from "fast-check";

/** Hours since the histories' beginning are counted from here: 2026-01-01 */
export const start = Date.UTC(2026, 0, 1);
export const hour = 3_600_000;

/** What happened to a package, one event each. Numbers pick among what is there, modulo its count. */
export type HistoryStep =
  | {
      readonly do: "push";
      readonly of: "pull-request" | "feature" | "default-branch" | "release" | "nobody";
      readonly which: number;
      readonly revision: number;
      readonly suffix: "" | "-alpine";
      readonly platforms: number;
      /** Take a platform manifest that another image has, as a reproducible build does */
      readonly shared: number | undefined;
      readonly attested: "no" | "buildkit" | "artifact";
      /** Without: an image that Longshore did not build, or a plain one */
      readonly annotated: boolean;
      /** Of Docker's media types, which have no annotations: platforms say in their labels what an index would */
      readonly docker: boolean;
      /** The repository it says it is of: this one in some spelling, another one, or none said */
      readonly source: (typeof sources)[number];
    }
  /** The tip of a pull request or a branch moves, forward or by force back to an earlier commit; no build comes with it */
  | {
      readonly do: "move-head";
      readonly of: "pull-request" | "feature" | "default-branch";
      readonly which: number;
      readonly revision: number;
    }
  /** A tag is put on an image that exists, or moved there */
  | { readonly do: "tag"; readonly which: number; readonly name: string }
  /** A build of another commit comes to the same digest, which gets that commit's tag as well */
  | {
      readonly do: "tag-again";
      readonly which: number;
      readonly of: "pull-request" | "feature" | "default-branch";
      readonly line: number;
      readonly revision: number;
      readonly suffix: "" | "-alpine";
    }
  /** A tag on any version, parts included */
  | { readonly do: "tag-part"; readonly which: number; readonly name: string }
  | { readonly do: "nest"; readonly which: number; readonly other: number; readonly name: string | undefined }
  | {
      readonly do: "refer";
      readonly which: number;
      readonly how:
        | "subject"
        | "fallback"
        | "signature"
        | "to-nothing"
        | "signature-of-nothing"
        | "fallback-of-nothing";
    }
  | { readonly do: "cache"; readonly scope: string }
  /** Platforms pushed by digest whose index never came, or comes later */
  | { readonly do: "push-parts"; readonly count: number }
  | { readonly do: "close" | "open"; readonly pullRequest: number }
  | { readonly do: "delete-branch" | "create-branch"; readonly branch: (typeof branches)[number] }
  /** Somebody deletes an image by hand: a version that no index holds */
  | { readonly do: "delete"; readonly which: number }
  | { readonly do: "wait"; readonly hours: number };

/** A package and its repository as a history left them. */
export interface World {
  readonly versions: readonly PackageVersion[];
  /** Every manifest that was ever pushed, and every config with labels, its text by its digest */
  readonly manifests: ReadonlyMap<string, string>;
  readonly facts: PruneFacts;
}

/** What images say of the repository that they are of; this one is `acme/app`. */
const sources = [
  undefined,
  "https://github.com/acme/app",
  "https://github.com/Acme/App.git",
  "git@github.com:acme/app.git",
  "https://github.com/acme/app/",
  "https://github.com/acme/tools",
  "https://gitlab.com/acme/app",
] as const;

const branches = ["feature/a", "feature/b", "release-prep", "feature/a-2"] as const;
const movedNames = [
  "latest",
  "stable",
  "nightly-deadbee",
  "1.2",
  "pr-2-1111111",
  "edge",
  "main-2222222",
  "feature-b-3333333",
];
const partNames = ["latest-amd64", "pr-3-4444444", "app-arm64"];
const scopes = ["main", "pr-1", "pr-2", "pr-2-alpine", "feature-a", "feature-b", "gone", "release-prep-alpine"];

const step: fc.Arbitrary<HistoryStep> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("push" as const),
      of: fc.constantFrom(
        ...(["pull-request", "pull-request", "feature", "feature", "default-branch", "release", "nobody"] as const),
      ),
      which: fc.nat(3),
      revision: fc.nat(9),
      suffix: fc.constantFrom("" as const, "" as const, "-alpine" as const),
      platforms: fc.nat(2),
      shared: fc.option(fc.nat(20), { nil: undefined, freq: 2 }),
      attested: fc.constantFrom("no" as const, "buildkit" as const, "artifact" as const),
      annotated: fc.boolean(),
      docker: fc.constantFrom(false, false, true),
      source: fc.constantFrom(...sources),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("move-head" as const),
      of: fc.constantFrom("pull-request" as const, "feature" as const, "default-branch" as const),
      which: fc.nat(3),
      revision: fc.nat(9),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("tag" as const),
      which: fc.nat(20),
      name: fc.constantFrom(...movedNames),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("tag-again" as const),
      which: fc.nat(20),
      of: fc.constantFrom("pull-request" as const, "feature" as const, "default-branch" as const),
      line: fc.nat(3),
      revision: fc.nat(9),
      suffix: fc.constantFrom("" as const, "-alpine" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("tag-part" as const),
      which: fc.nat(40),
      name: fc.constantFrom(...partNames),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("nest" as const),
      which: fc.nat(20),
      other: fc.nat(20),
      name: fc.option(fc.constantFrom("bundle", "pr-1-5555555", "pr-2-6666666"), { nil: undefined }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("refer" as const),
      which: fc.nat(40),
      how: fc.constantFrom(
        ...(["subject", "fallback", "signature", "to-nothing", "signature-of-nothing", "fallback-of-nothing"] as const),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cache" as const), scope: fc.constantFrom(...scopes) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("push-parts" as const), count: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("close" as const, "close" as const, "open" as const),
      pullRequest: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("delete-branch" as const, "delete-branch" as const, "create-branch" as const),
      branch: fc.constantFrom(...branches),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), which: fc.nat(20) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("wait" as const), hours: fc.constantFrom(0.5, 3, 12, 30, 100) }),
  },
);

/** Random histories of a package. */
export const history: fc.Arbitrary<readonly HistoryStep[]> = fc
  .tuple(fc.array(step, { minLength: 1, maxLength: 24, size: "max" }), fc.constantFrom(0, 2, 30, 200))
  .map(([steps, hours]) => [...steps, { do: "wait", hours }]);

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const indexType = "application/vnd.oci.image.index.v1+json";
const dockerManifestType = "application/vnd.docker.distribution.manifest.v2+json";
const dockerListType = "application/vnd.docker.distribution.manifest.list.v2+json";

/** Lets a history happen. Pull requests 1 to 4 and three branches are there from the beginning. */
export function playHistory(steps: readonly HistoryStep[]): World {
  const held = new Map<string, { id: number; tags: Set<string>; createdAt: number; updatedAt: number }>();
  const manifests = new Map<string, string>();
  const openPullRequests = new Map([1, 2, 3].map((number) => [number, commitOf("pull-request", number - 1, 0)]));
  const existing = new Map<string, string>([["main", commitOf("default-branch", 0, 0)]]);
  for (const [which, branch] of branches.slice(0, 3).entries()) existing.set(branch, commitOf("feature", which, 0));
  const deleted = new Set<string>();
  let now = start;
  let serial = 0;

  const push = (content: object): string => {
    const text = JSON.stringify({ schemaVersion: 2, ...content });
    const digest = hash(text);
    manifests.set(digest, text);
    const known = held.get(digest);
    if (known === undefined) {
      serial += 1;
      held.set(digest, { id: serial, tags: new Set(), createdAt: now, updatedAt: now });
      deleted.delete(digest);
    } else known.updatedAt = now;
    // Pushes take a while, so that "newest" is not decided by ids alone.
    now += 1000;
    return digest;
  };
  const unique = (): object => {
    const digest = hash(`config ${serial} ${now}`);
    return {
      mediaType: manifestType,
      config: blob(digest, 100),
      layers: [blob(hash("base"), 5000), blob(hash(digest), 70)],
    };
  };
  const uniqueDocker = (labels: object): object => {
    const text = JSON.stringify({ config: { Labels: labels }, rootfs: { diff_ids: [`${serial} ${now}`] } });
    const digest = hash(text);
    manifests.set(digest, text);
    return { ...unique(), mediaType: dockerManifestType, config: blob(digest, text.length) };
  };
  const putTag = (digest: string, name: string): void => {
    const holder = held.get(digest);
    if (holder === undefined) return;
    for (const other of held.values()) other.tags.delete(name);
    holder.tags.add(name);
    holder.updatedAt = now;
  };
  const describe = (digest: string, more: object = {}): object => ({
    mediaType: "manifests" in JSON.parse(manifests.get(digest) ?? "{}") ? indexType : manifestType,
    digest,
    size: manifests.get(digest)?.length ?? 0,
    ...more,
  });
  const childrenOf = (digest: string): readonly string[] =>
    parseManifestFacts(digest, manifests.get(digest) ?? "{}").children;
  const named = (): ReadonlySet<string> => new Set([...held.keys()].flatMap(childrenOf));
  const pick = (from: readonly string[], which: number): string | undefined => from[which % Math.max(1, from.length)];
  const images = (): readonly string[] => {
    const parts = named();
    return [...held.keys()].filter((digest) => !parts.has(digest) && !manifests.get(digest)?.includes('"subject"'));
  };
  const platforms = (): readonly string[] =>
    [...held.keys()].filter(
      (digest) =>
        /"layers"/.test(manifests.get(digest) ?? "") && !/"subject"|"about"/.test(manifests.get(digest) ?? ""),
    );

  for (const event of steps) {
    switch (event.do) {
      case "push": {
        const { tags, annotations } = nameImage(event);
        const { docker } = event;
        const noted = event.annotated && !docker ? { annotations } : {};
        const platformOf = () => (docker ? uniqueDocker(event.annotated ? annotations : {}) : unique());
        if (event.platforms === 0) {
          const only = push({ ...platformOf(), ...noted });
          for (const tag of tags) putTag(only, tag);
          break;
        }
        const list: object[] = [];
        for (let index = 0; index < event.platforms; index += 1) {
          // Of a statement that was not read nobody knows that it is about a shared platform: more stays than must.
          const mayReuse = index === 0 && event.shared !== undefined && event.attested !== "artifact";
          const reused = mayReuse ? pick(platforms(), event.shared ?? 0) : undefined;
          const text = reused && manifests.get(reused);
          const platform = text ? push(withoutVersion(text)) : push(platformOf());
          list.push(describe(platform));
          if (event.attested === "no") continue;
          const about = { ...unique(), about: platform };
          const annotation = { "vnd.docker.reference.digest": platform };
          if (event.attested === "buildkit") list.push(describe(push(about), { annotations: annotation }));
          else {
            const statement = push({ ...about, subject: describe(platform) });
            list.push(
              describe(statement, { artifactType: "application/vnd.example.statement", annotations: annotation }),
            );
          }
        }
        const index = push({ mediaType: docker ? dockerListType : indexType, manifests: list, ...noted });
        for (const tag of tags) putTag(index, tag);
        break;
      }
      case "tag": {
        const digest = pick(images(), event.which);
        if (digest !== undefined) putTag(digest, event.name);
        break;
      }
      case "tag-again": {
        const digest = pick(images(), event.which);
        const { tags } = nameImage({ ...event, which: event.line, source: undefined });
        if (digest !== undefined) for (const tag of tags) putTag(digest, tag);
        break;
      }
      case "tag-part": {
        const digest = pick([...held.keys()], event.which);
        if (digest !== undefined) putTag(digest, event.name);
        break;
      }
      case "nest": {
        const parts = [pick(images(), event.which), pick(images(), event.other)].filter((part) => part !== undefined);
        if (parts.length === 0) break;
        const index = push({ mediaType: indexType, manifests: [...new Set(parts)].map((part) => describe(part)) });
        if (event.name !== undefined) putTag(index, event.name);
        break;
      }
      case "refer": {
        const isOfNothing = event.how.endsWith("nothing");
        const subject = isOfNothing ? hash(`nothing ${now}`) : pick([...held.keys()], event.which);
        if (subject === undefined) break;
        const about = { ...unique(), subject: describe(subject) };
        if (event.how.startsWith("signature")) putTag(push(unique()), `${subject.replace(":", "-")}.sig`);
        else if (event.how.startsWith("fallback")) {
          const referrer = push(about);
          const list = [describe(referrer, { artifactType: "application/vnd.example.sbom" })];
          putTag(push({ mediaType: indexType, manifests: list }), subject.replace(":", "-"));
        } else push(about);
        break;
      }
      case "cache":
        putTag(push(unique()), `cache-linux-amd64-${event.scope}`);
        break;
      case "push-parts":
        for (let index = 0; index <= event.count; index += 1) push(unique());
        break;
      case "close":
        openPullRequests.delete(event.pullRequest);
        break;
      case "open":
        openPullRequests.set(event.pullRequest, commitOf("pull-request", event.pullRequest - 1, 0));
        break;
      case "delete-branch":
        existing.delete(event.branch);
        break;
      case "create-branch":
        existing.set(event.branch, commitOf("feature", branches.indexOf(event.branch), 0));
        break;
      case "delete": {
        const digest = pick(images(), event.which);
        if (digest === undefined) break;
        held.delete(digest);
        deleted.add(digest);
        break;
      }
      case "move-head": {
        const { of, which, revision } = event;
        const head = commitOf(of, which, revision);
        const branch = of === "feature" ? (branches[which] ?? "") : "main";
        if (of !== "pull-request") {
          if (existing.has(branch)) existing.set(branch, head);
        } else if (openPullRequests.has(which + 1)) openPullRequests.set(which + 1, head);
        break;
      }
      case "wait":
        now += event.hours * hour;
    }
  }
  return {
    versions: [...held].map(([digest, { tags, ...version }]) => ({ ...version, digest, tags: [...tags] })),
    manifests,
    facts: {
      openPullRequests,
      branches: existing,
      defaultBranch: "main",
      serverUrl: "https://github.com",
      repositoryNames: ["acme/app"],
      deleted,
      now,
    },
  };
}

/** The commit of a revision; the default branch is one, whatever `which` is. */
function commitOf(of: string, which: number, revision: number): string {
  const line = of === "default-branch" ? of : `${of} ${which}`;
  return createHash("sha1").update(`${line} ${revision}`).digest("hex");
}

type Named = Pick<Extract<HistoryStep, { do: "push" }>, "of" | "which" | "revision" | "suffix" | "source">;

function nameImage({ of, which, revision, suffix, source }: Named) {
  const commit = commitOf(of, which, revision);
  const sha7 = commit.slice(0, 7);
  const branch = branches[which] ?? "feature/a";
  const number = which + 1;
  const tags = {
    "pull-request": [`pr-${number}-${sha7}${suffix}`],
    feature: [`${branch.replace("/", "-")}-${sha7}${suffix}`],
    "default-branch": [`main-${sha7}${suffix}`, `sha-${sha7}${suffix}`, `main${suffix}`],
    release: [`1.${which}.${revision}`, "latest"],
    nobody: [],
  }[of];
  const annotations = {
    "org.opencontainers.image.revision": commit,
    ...(of === "nobody" ? {} : { "dev.longshore.kind": of }),
    ...(of === "pull-request" ? { "dev.longshore.pull-request": `${number}` } : {}),
    ...(of === "feature" ? { "dev.longshore.branch": branch } : {}),
    ...(source === undefined ? {} : { "org.opencontainers.image.source": source }),
  };
  return { tags, annotations };
}

function withoutVersion(text: string): object {
  const { schemaVersion, ...content } = JSON.parse(text);
  return schemaVersion === 2 ? content : {};
}

function blob(digest: string, size: number): object {
  return { mediaType: "application/vnd.oci.image.layer.v1.tar", digest, size };
}

function hash(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
