import type { Ancestry } from "@longshore/publishing";
import type { CommitRelation, GitHubApi } from "../github-api.ts";

/** How a revision lies to the one that was built. Throws GitHubError. */
export type AncestryReader = (revision: string) => Promise<Ancestry>;

const ANCESTRY: Readonly<Record<CommitRelation, Ancestry>> = {
  ahead: "ancestor",
  identical: "identical",
  behind: "descendant",
  diverged: "diverged",
  unknown: "unknown",
};

/** Asks GitHub once for each revision that tags name. */
export function createAncestryReader(gitHub: GitHubApi, repository: string, built: string): AncestryReader {
  const known = new Map<string, Promise<Ancestry>>();
  return (revision) => {
    const asked =
      known.get(revision) ?? gitHub.compareCommits(repository, revision, built).then((relation) => ANCESTRY[relation]);
    known.set(revision, asked);
    return asked;
  };
}
