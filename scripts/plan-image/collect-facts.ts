import { InputError } from "@longshore/language";
import {
  type BuildFacts,
  defaultBranchOf,
  type EventContext,
  neededFacts,
  readBuildFacts,
  vouchedCommits,
} from "@longshore/tagging";
import type { GitHubApi } from "../lib/github/api.ts";
import { GitHubError } from "../lib/github/error.ts";
import type { PlanRequest } from "./read-request.ts";

/** All that the plan is made of, besides the inputs and the clock. */
export interface CollectedFacts {
  readonly facts: BuildFacts;
  /** Names of git tags; empty where the plan does not depend on them. */
  readonly versions: readonly string[];
  /** RFC 3339; empty where the event tells it. */
  readonly commitDate: string;
}

/** Any event with a token that can write: its workflow got the commit from a comment, a label, another run, or a person. */
function foreignCommit(sha: string, { eventName, repository }: EventContext): InputError {
  return new InputError(
    `Input \`ref\` is "${sha}", which is on no branch's head, nor in the default branch, nor a tag of ${repository}, nor what this event is of: it may be a fork's, and Longshore never builds a fork's code with a token that can write (event ${eventName}). Build it on pull_request; for a commit of your own give its branch, or push a tag at it and give that.`,
  );
}

/**
 * Reads the event and asks GitHub for what it does not tell: at most two calls, three of a commit asked for by its SHA that the
 * event does not vouch for, at the same time; often none. A date that GitHub cannot tell is told by `onMissingDate`, one sentence: no image has to wait for its label.
 */
export async function collectFacts(
  event: EventContext,
  { component, ref, options }: PlanRequest,
  gitHub: GitHubApi,
  onMissingDate: (sentence: string) => void,
): Promise<CollectedFacts> {
  const { repository } = event;
  if (ref !== "") {
    const isUnknown = /^[0-9a-f]{40}$/iu.test(ref) && !vouchedCommits(event).includes(ref.toLowerCase());
    const [commit, isOwn] = await Promise.all([
      gitHub.resolveRef(repository, ref),
      isUnknown ? gitHub.isOwnCommit(repository, ref.toLowerCase(), defaultBranchOf(event)) : true,
    ]);
    const facts = readBuildFacts({ ...event, override: { ref: commit.ref, revision: commit.sha } }, component);
    if (!isOwn && facts.kind !== "none" && facts.origin !== "fork") throw foreignCommit(commit.sha, event);
    // All tags, not the component's only: a short ref has made that call already.
    const versions = neededFacts(facts, options).versions ? await gitHub.listTagNames(repository) : [];
    return { facts, versions, commitDate: commit.date };
  }
  const facts = readBuildFacts(event, component);
  if (facts.kind === "none") return { facts, versions: [], commitDate: "" };
  const { revision } = facts;
  const needed = neededFacts(facts, options);
  const [versions, commitDate] = await Promise.all([
    needed.versions ? gitHub.listTagNames(repository, component) : [],
    needed.commitDate ? readCommitDate() : "",
  ]);
  return { facts, versions, commitDate };

  async function readCommitDate(): Promise<string> {
    try {
      return await gitHub.readCommitDate(repository, revision);
    } catch (error) {
      const isTokenAtFault = error instanceof GitHubError && (error.status === 401 || error.status === 403);
      if (!(error instanceof GitHubError) || isTokenAtFault) throw error;
      onMissingDate(`The image's date of creation is left out, as the commit's is not known. ${error.message}`);
      return "";
    }
  }
}
