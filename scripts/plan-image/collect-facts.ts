import { type BuildFacts, type EventContext, neededFacts, readBuildFacts } from "@longshore/tagging";
import type { GitHubApi } from "../lib/github-api.ts";
import type { PlanRequest } from "./read-request.ts";

/** All that the plan is made of, besides the inputs and the clock. */
export interface CollectedFacts {
  readonly facts: BuildFacts;
  /** Names of git tags; empty where the plan does not depend on them. */
  readonly versions: readonly string[];
  /** RFC 3339; empty where the event tells it. */
  readonly commitDate: string;
}

/** Reads the event and asks GitHub for what it does not tell: at most two calls, at the same time; often none. */
export async function collectFacts(
  event: EventContext,
  { component, ref, options }: PlanRequest,
  gitHub: GitHubApi,
): Promise<CollectedFacts> {
  const { repository } = event;
  if (ref !== "") {
    const commit = await gitHub.resolveRef(repository, ref);
    const facts = readBuildFacts({ ...event, override: { ref: commit.ref, revision: commit.sha } }, component);
    // All tags, not the component's only: a short ref has made that call already.
    const versions = neededFacts(facts, options).versions ? await gitHub.listTagNames(repository) : [];
    return { facts, versions, commitDate: commit.date };
  }
  const facts = readBuildFacts(event, component);
  if (facts.kind === "none") return { facts, versions: [], commitDate: "" };
  const needed = neededFacts(facts, options);
  const [versions, commitDate] = await Promise.all([
    needed.versions ? gitHub.listTagNames(repository, component) : [],
    needed.commitDate ? gitHub.readCommitDate(repository, facts.revision) : "",
  ]);
  return { facts, versions, commitDate };
}
