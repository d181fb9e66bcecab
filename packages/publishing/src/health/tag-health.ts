import { parseTag } from "@longshore/tagging";

/** What is asked of every published tag. Times in milliseconds. */
export interface HealthRules {
  /** Normalised; all must be there */
  readonly platforms: readonly string[];
  /** Undefined: any age */
  readonly maximumAge: number | undefined;
  /** Since 1970 */
  readonly now: number;
}

/** What a tag was found to name. */
export interface SeenTag {
  readonly platforms: readonly string[];
  /** Parts that the index names and the registry has not */
  readonly missing: readonly { readonly digest: string; readonly what: string }[];
  /** RFC 3339 date of the image's commit, or empty */
  readonly created: string;
}

export type HealthProblemKind =
  | "not-resolving" // the tag names nothing
  | "not-readable" // the registry failed or refused
  | "missing-platform"
  | "missing-part"
  | "too-old"
  | "no-date" // an age was asked for, and the image does not say its own
  | "signature"
  | "attestation"
  | "vulnerable" // a scanner found what blocks by the rules
  | "not-checked"; // a check was asked for that could not be made: this says nothing about the image

export interface HealthProblem {
  readonly kind: HealthProblemKind;
  /** One sentence */
  readonly detail: string;
}

/** What is wrong with a tag by what it names; undefined: it names nothing. */
export function judgeTagHealth(seen: SeenTag | undefined, rules: HealthRules): readonly HealthProblem[] {
  if (seen === undefined) return [{ kind: "not-resolving", detail: "The tag names nothing." }];
  const lacking = rules.platforms.filter((platform) => !seen.platforms.includes(platform));
  return [
    ...lacking.map((platform) => ({
      kind: "missing-platform" as const,
      detail: `The image has no ${platform}, only ${seen.platforms.join(", ") || "nothing"}.`,
    })),
    ...seen.missing.map(({ digest, what }) => ({
      kind: "missing-part" as const,
      detail: `The image lists ${digest} (${what}), which the registry has not: pulls of it fail.`,
    })),
    ...judgeAge(seen.created, rules),
  ];
}

const day = 86_400_000;

function judgeAge(created: string, { maximumAge, now }: HealthRules): readonly HealthProblem[] {
  if (maximumAge === undefined) return [];
  const made = Date.parse(created);
  if (Number.isNaN(made)) {
    return [{ kind: "no-date", detail: "The image does not say how old it is (no org.opencontainers.image.created)." }];
  }
  const age = now - made;
  if (age <= maximumAge) return [];
  const inDays = (time: number) => `${Math.floor(time / day)} days`;
  return [
    { kind: "too-old", detail: `The image is of a commit ${inDays(age)} old; ${inDays(maximumAge)} are allowed.` },
  ];
}

/** Of a repository's tags those that move and that people pull: `latest`, the default branch, version lines. In their order. */
export function movingTagsOf(
  names: readonly string[],
  context: { readonly defaultBranch: string; readonly suffixes: readonly string[] },
): readonly string[] {
  const moving: readonly string[] = ["latest", "branch", "version-line"];
  return names.filter((name) => moving.includes(parseTag(name, context).class));
}
