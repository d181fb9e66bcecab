import type { Ancestry, BranchTip } from "@longshore/publishing";
import { isWithdrawn } from "@longshore/tagging";
import type { GitHubApi } from "../../github/api.ts";
import type { CommitRelation } from "../../github/facts.ts";

/** What GitHub knows of the commits, branches and git tags that decide a moving tag. Each throws GitHubError. */
export interface HistoryReader {
  /** How a revision lies to the candidate's. */
  readonly readAncestry: (revision: string) => Promise<Ancestry>;
  readonly readTip: (branch: string) => Promise<BranchTip>;
  /** Whether a version's git tag is gone. */
  readonly isWithdrawn: (version: string) => Promise<boolean>;
  /** The same, with branches asked for anew. */
  readonly askAgain: () => HistoryReader;
}

/** The image that asks for tags. */
interface Asking {
  /** `owner/name` */
  readonly repository: string;
  readonly revision: string;
  readonly version: string;
  readonly component: string;
}

const ANCESTRY: Readonly<Record<CommitRelation, Ancestry>> = {
  ahead: "ancestor",
  identical: "identical",
  behind: "descendant",
  diverged: "diverged",
  unknown: "unknown",
};

/** Asks GitHub once for each thing, and for nothing that no decision hangs on. */
export function createHistoryReader(gitHub: GitHubApi, asking: Asking): HistoryReader {
  const { repository, revision: built, version: own, component } = asking;
  const readAncestry = once((revision: string) =>
    gitHub.compareCommits(repository, revision, built).then((relation) => ANCESTRY[relation]),
  );
  const connect = (): HistoryReader => ({
    readAncestry,
    readTip: once(async (branch) => ({ revision: await gitHub.readBranchTip(repository, branch) })),
    isWithdrawn: async (version) =>
      isWithdrawn(version, { own, component, gitTags: await gitHub.listTagNames(repository, component) }),
    askAgain: connect,
  });
  return connect();
}

/** Asks for each thing once; what failed is asked for again. */
function once<Answer>(ask: (about: string) => Promise<Answer>): (about: string) => Promise<Answer> {
  const known = new Map<string, Promise<Answer>>();
  return (about) => {
    const asked = known.get(about) ?? ask(about);
    known.set(about, asked);
    asked.catch(() => known.delete(about));
    return asked;
  };
}
