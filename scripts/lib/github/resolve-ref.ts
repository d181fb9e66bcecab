import { InputError } from "@longshore/language";
import { quoteValue } from "../step/escape.ts";
import { isMissing } from "./error.ts";
import type { ResolvedRef } from "./facts.ts";
import { type Get, type GitRef, readCommit, readGitCommit } from "./reads.ts";

/** Looks up the `ref` input: one call, two for a short name. Throws InputError where it is no branch, tag or full SHA. */
export async function resolveRef(
  get: Get,
  listAllTags: () => Promise<readonly GitRef[]>,
  repository: string,
  ref: string,
): Promise<ResolvedRef> {
  if (!isRefName(ref))
    throw new InputError(
      `Input \`ref\` is ${quoteValue(ref)}: use a branch, a tag (in doubt \`refs/heads/…\` or \`refs/tags/…\`) or a full commit SHA.`,
    );
  try {
    if (/^[0-9a-f]{40}$/iu.test(ref)) {
      const commit = await readGitCommit(get, repository, ref.toLowerCase());
      return { ref: commit.sha, ...commit };
    }
    const full = /^refs\/(?<kind>heads|tags)\/./u.test(ref);
    // `refs/heads/x` is asked for as `heads/x`. A short name: git, and GitHub, look for a tag before a branch.
    const asked = full ? ref.slice("refs/".length) : ref;
    const [commit, tags] = await Promise.all([readCommit(get, repository, asked), full ? [] : listAllTags()]);
    if (full) return { ref, ...commit };
    const tag = tags.find(({ name }) => name === ref);
    if (!tag && ref.length >= 4 && commit.sha.startsWith(ref.toLowerCase())) {
      throw new InputError(`Input \`ref\` is ${quoteValue(ref)}: give all 40 digits of the commit SHA.`);
    }
    if (tag?.isCommit && tag.sha !== commit.sha) {
      throw new InputError(
        `Input \`ref\` is ${quoteValue(ref)}, which is a branch and a tag: say \`refs/heads/…\` or \`refs/tags/…\`.`,
      );
    }
    return { ref: `refs/${tag ? "tags" : "heads"}/${ref}`, ...commit };
  } catch (error) {
    if (!isMissing(error)) throw error;
    const advice = "check the name, and that the token may read the repository (permission `contents: read`)";
    throw new InputError(
      `Input \`ref\` is ${quoteValue(ref)}, which GitHub does not find in ${repository}: ${advice}.`,
      { cause: error },
    );
  }
}

/**
 * What git-check-ref-format(1) allows, so that `main~1`, `HEAD` or a search are no names. Nor is what GitHub would look
 * up elsewhere than among branches and tags: `pull/12/head` is a stranger's commit, to be built with this job's rights.
 */
function isRefName(ref: string): boolean {
  const refused = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[./]$|(?:^|\/)\.|\.lock(?:\/|$)|^(?:@|HEAD)$/u;
  const elsewhere = /^(?:refs\/(?!(?:heads|tags)\/.)|(?:heads|tags|remotes|pull|notes|__gh__)\/)/u;
  return ref !== "" && !refused.test(ref) && !elsewhere.test(ref);
}
