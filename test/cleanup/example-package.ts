import {
  defaultRules,
  type ManifestEntry,
  type PackageVersion,
  type PruneFacts,
  type PrunePlan,
  type PruneRules,
  parseManifestFacts,
  planPrune,
} from "@longshore/cleanup";

export const now = Date.UTC(2026, 5, 28, 12);
export const hour = 3_600_000;
export const day = 24 * hour;

/** One version of an example: called by a word, which stands for its digest. */
export interface Example {
  readonly tags?: readonly string[];
  /** Milliseconds since it was made */
  readonly age: number;
  /** Milliseconds since it was last touched; as long as `age` unless given */
  readonly touched?: number;
  readonly holds?: readonly string[];
  readonly nested?: readonly string[];
  /** More of what it holds: attestations, by the part that it says they are about */
  readonly attests?: Readonly<Record<string, string>>;
  readonly subject?: string;
  /** `kind`, `pull-request`, `branch` under our prefix, and `revision` and `source` */
  readonly says?: Readonly<Record<string, string>>;
  readonly layers?: Readonly<Record<string, number>>;
  /** Why it could not be read */
  readonly unreadable?: string;
  readonly missing?: boolean;
}

export type Examples = Readonly<Record<string, Example>>;

/** The digest that a word stands for; a digest stays what it is. */
export function digestOf(word: string): string {
  if (word.startsWith("sha256:")) return word;
  const hex = Array.from(word, (character) => character.charCodeAt(0).toString(16)).join("");
  return `sha256:${hex.padStart(64, "0")}`;
}

export function listExamples(examples: Examples): readonly PackageVersion[] {
  return Object.entries(examples).map(([word, { tags = [], age, touched = age }], index) => ({
    ...{ id: index + 1, digest: digestOf(word), tags },
    ...{ createdAt: now - age, updatedAt: now - touched },
  }));
}

export function readExamples(examples: Examples): ReadonlyMap<string, ManifestEntry> {
  return new Map(Object.entries(examples).map(([word, example]) => [digestOf(word), readExample(word, example)]));
}

function readExample(word: string, example: Example): ManifestEntry {
  const digest = digestOf(word);
  const { unreadable, missing, holds = [], nested = [], says = {} } = example;
  if (unreadable !== undefined) return { digest, unreadable };
  if (missing) return { digest, unreadable: "the registry answered 404", missing };
  const part = (mediaType: string) => (name: string) => ({ mediaType, digest: digestOf(name), size: 1 });
  const annotations = Object.fromEntries(
    Object.entries(says).map(([key, value]) =>
      key === "revision" || key === "source"
        ? [`org.opencontainers.image.${key}`, key === "revision" ? commit(value) : value]
        : [`dev.longshore.${key}`, value],
    ),
  );
  const layers = Object.entries(example.layers ?? {}).map(([name, size]) => ({ ...part("layer")(name), size }));
  const below = [
    ...holds.map(part("application/vnd.oci.image.manifest.v1+json")),
    ...nested.map(part("application/vnd.oci.image.index.v1+json")),
    ...Object.entries(example.attests ?? {}).map(([about, attestation]) => ({
      ...part("application/vnd.oci.image.manifest.v1+json")(attestation),
      annotations: { "vnd.docker.reference.digest": digestOf(about) },
    })),
  ];
  const subject = example.subject === undefined ? {} : { subject: part("")(example.subject) };
  const content = below.length > 0 ? { manifests: below } : { layers };
  return parseManifestFacts(digest, JSON.stringify({ ...content, ...subject, annotations }));
}

/** Rules of the examples: the defaults, but nothing stays only because there is so little. */
export const exampleRules: PruneRules = { ...defaultRules, minimumKept: 0 };

/** A commit by its first digits. */
const commit = (start: string): string => start.padEnd(40, "0");

/** Pull request 1 is open, and the branch `feature/a` is there, each with its head; everything else is closed and gone. */
export const exampleFacts: PruneFacts = {
  openPullRequests: new Map([[1, commit("1111111")]]),
  branches: new Map([
    ["main", commit("2222222")],
    ["feature/a", commit("3333333")],
  ]),
  defaultBranch: "main",
  serverUrl: "https://github.com",
  repositoryNames: ["acme/app"],
  deleted: new Set([digestOf("deleted")]),
  now,
};

export function planExamples(examples: Examples, rules: Partial<PruneRules> = {}): PrunePlan {
  return planPrune(listExamples(examples), readExamples(examples), exampleFacts, { ...exampleRules, ...rules });
}

/** The words of what goes, in its order. */
export function removedWords(examples: Examples, rules: Partial<PruneRules> = {}): readonly string[] {
  const words = new Map(Object.keys(examples).map((word) => [digestOf(word), word]));
  return planExamples(examples, rules).remove.map(({ version }) => words.get(version.digest) ?? "");
}
