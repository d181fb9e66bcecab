import type { Commit } from "../git-object.ts";
import { nodeId, userBody } from "./user-body.ts";

const unsigned = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

/** GitHub's `commit`, as of `/commits` and `/compare`. */
export function commitBody(origin: string, fullName: string, commit: Commit) {
  const url = `${origin}/repos/${fullName}/commits/${commit.sha}`;
  return {
    sha: commit.sha,
    node_id: nodeId("C", commit.sha),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${origin}/repos/${fullName}/git/trees/${commit.tree}` },
      url: `${origin}/repos/${fullName}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url,
    html_url: `${origin}/${fullName}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: userBody(origin, "octocat"),
    committer: userBody(origin, "octocat"),
    parents: parentBodies(origin, fullName, commit, "commits"),
  };
}

/** GitHub's `git-commit`, as of `/git/commits`. */
export function gitCommitBody(origin: string, fullName: string, commit: Commit) {
  return {
    sha: commit.sha,
    node_id: nodeId("C", commit.sha),
    url: `${origin}/repos/${fullName}/git/commits/${commit.sha}`,
    html_url: `${origin}/${fullName}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${origin}/repos/${fullName}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: parentBodies(origin, fullName, commit, "git/commits"),
    verification: unsigned,
  };
}

function parentBodies(origin: string, fullName: string, commit: Commit, kind: "commits" | "git/commits") {
  return commit.parents.map((sha) => ({
    sha,
    url: `${origin}/repos/${fullName}/${kind}/${sha}`,
    html_url: `${origin}/${fullName}/commit/${sha}`,
  }));
}

export { unsigned };
