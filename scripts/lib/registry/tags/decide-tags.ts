import { InputError } from "@longshore/language";
import {
  decideNamedTag,
  decideTag,
  needsAncestry,
  needsTip,
  needsWithdrawal,
  ruleNamedTag,
  type TagCandidate,
  type TagDecision,
} from "@longshore/publishing";
import type { PlannedTag } from "@longshore/tagging";
import { GitHubError } from "../../github/error.ts";
import type { ManifestHead, Registry } from "../registry.ts";
import type { HistoryReader } from "./read-history.ts";
import type { HolderReader } from "./read-holder.ts";

/** A repository, and how its tags are judged. */
export interface Target {
  readonly registry: Registry;
  readonly readHolder: HolderReader;
}

/** What is to be done with one tag in one repository. */
export interface TagTask {
  readonly target: Target;
  readonly tag: PlannedTag;
  /** Digest the tag named when it was decided. */
  readonly seen: string | undefined;
  readonly decision: TagDecision | { readonly action: "fail"; readonly reason: string };
}

export interface Judgement {
  readonly candidate: TagCandidate;
  readonly history: HistoryReader;
  readonly adopt: boolean;
  /** Somebody asks for the tags by name; `backward`: also where they go back. */
  readonly named?: { readonly backward: boolean };
}

export interface SeenTag {
  readonly target: Target;
  readonly tag: PlannedTag;
  readonly head: ManifestHead | undefined;
}

/** Asks what every planned tag names now, in every repository, all at once. Immutable tags come first, `latest` last. */
export async function seeTags(targets: readonly Target[], tags: readonly PlannedTag[]): Promise<readonly SeenTag[]> {
  const ordered = [...tags].sort((one, other) => rank(one) - rank(other));
  return Promise.all(
    targets.flatMap((target) =>
      ordered.map(async (tag) => ({ target, tag, head: await target.registry.headManifest(tag.name) })),
    ),
  );
}

/** The moment comes before the primary tag: an image that has its primary tag, and is reused, was given its moment. */
function rank(tag: PlannedTag): number {
  if (tag.mutability === "immutable") return tag.class === "date-time" ? 0 : 1;
  return tag.class === "latest" ? 3 : 2;
}

/** Decides all tags before any is put. Throws InputError when an immutable tag names another revision, in any repository. */
export async function decideTags(seen: readonly SeenTag[], judgement: Judgement): Promise<readonly TagTask[]> {
  const tasks = await Promise.all(
    seen.map(async ({ target, tag, head }) => ({
      ...{ target, tag, seen: head?.digest },
      decision: await judgeTag(target, tag, head?.digest, judgement),
    })),
  );
  const refused = tasks.filter(({ decision }) => decision.action === "refuse");
  if (refused.length > 0) {
    const sentences = refused.map(
      ({ target, tag, decision }) => `${target.registry.image}:${tag.name} ${decision.reason}.`,
    );
    throw new InputError(`No tag is put, as an immutable tag never changes: ${sentences.join(" ")}`);
  }
  return tasks;
}

/** One tag against what it names. A question that GitHub does not answer is a failure of this tag only. */
export async function judgeTag(
  target: Target,
  tag: PlannedTag,
  digest: string | undefined,
  { candidate, history, adopt, named }: Judgement,
): Promise<TagTask["decision"]> {
  const holder =
    digest === undefined
      ? undefined
      : digest === candidate.digest
        ? { digest, facts: candidate }
        : await target.readHolder(digest);
  try {
    const ruled = named ? ruleNamedTag(tag, holder, candidate) : tag;
    const [ancestry, tip, withdrawn] = await Promise.all([
      needsAncestry(ruled, holder, candidate) ? history.readAncestry(holder.facts.revision) : undefined,
      needsTip(ruled, holder, candidate) ? history.readTip(candidate.branch) : undefined,
      needsWithdrawal(ruled, holder, candidate) ? history.isWithdrawn(holder.facts.version) : undefined,
    ]);
    const decision = decideTag(ruled, holder, candidate, { ancestry, tip, withdrawn, adopt });
    return named ? decideNamedTag(tag, decision, named) : decision;
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return { action: "fail", reason: `it is not known whether it may move: ${error.message}` };
  }
}
