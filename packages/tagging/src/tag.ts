/** Whether a tag of this class may ever name another image. */
export type Mutability = "immutable" | "moving";

interface Suffixed {
  /** Empty, or with its dash: `-alpine` */
  readonly suffix: string;
}

/** A tag, read. Each class has one spelling; see tag-grammar.ts. */
export type Tag =
  | ({ readonly class: "pull-request"; readonly number: number; readonly sha7: string } & Suffixed)
  | ({ readonly class: "merge-queue"; readonly number: number; readonly sha7: string } & Suffixed)
  | ({ readonly class: "feature"; readonly slug: string; readonly sha7: string } & Suffixed)
  | ({ readonly class: "default-branch"; readonly sha7: string } & Suffixed)
  | ({ readonly class: "commit"; readonly sha: string } & Suffixed)
  | ({ readonly class: "branch" } & Suffixed)
  | ({ readonly class: "date"; readonly date: string } & Suffixed)
  | ({ readonly class: "date-time"; readonly date: string; readonly time: string } & Suffixed)
  | ({ readonly class: "version"; readonly version: string; readonly prefixed: boolean } & Suffixed)
  | ({ readonly class: "version-line"; readonly line: string; readonly prefixed: boolean } & Suffixed)
  | ({ readonly class: "latest" } & Suffixed)
  | ({ readonly class: "tag"; readonly slug: string } & Suffixed)
  | ({ readonly class: "extra"; readonly name: string } & Suffixed)
  | ({ readonly class: "cache"; readonly platform: string; readonly scope: string } & Suffixed)
  | { readonly class: "unknown"; readonly name: string };

export type TagClass = Tag["class"];

/** What a repository's tags are read against. */
export interface TagContext {
  /** Name of the default branch, unslugged */
  readonly defaultBranch: string;
  /** Suffixes in use, as given to the `suffix` input; a name without any of them is read too */
  readonly suffixes?: readonly string[];
  /** Names given as `extra-tags`, without suffix */
  readonly extraTags?: readonly string[];
}
