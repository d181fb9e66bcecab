import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { capture } from "./engine/run-command.ts";

/** The git repository of a product, made for the rehearsal: a real one, with real commits. */
export interface ProductRepository {
  readonly fullName: string;
  readonly folder: string;
  /** Commits files on a branch, which begins at `from` if it is new, and returns the sha. Each commit is a minute later. */
  commit(branch: string, message: string, files: Files, from?: string): Promise<string>;
  merge(branch: string, into: string): Promise<string>;
  tag(name: string, sha: string): Promise<void>;
  deleteBranch(name: string): Promise<void>;
  /** The commit a branch names. */
  head(branch: string): Promise<string>;
  /** The commit GitHub makes up for a pull request; also keeps the head as `refs/pull/<number>/head`. */
  pullRequestMerge(number: number, head: string, base: string): Promise<string>;
  /** A commit of a fork: no branch of this repository names it, only GitHub's `refs/pull/<number>/head`. */
  commitInFork(number: number, message: string, files: Files, from: string): Promise<string>;
  date(sha: string): Promise<string>;
}

export type Files = Readonly<Record<string, string>>;

export async function makeProductRepository(
  fullName: string,
  folder: string,
  files: Files,
): Promise<ProductRepository> {
  await mkdir(folder, { recursive: true });
  let minute = 0;
  const git = async (...args: readonly string[]): Promise<string> => {
    const date = new Date(Date.UTC(2026, 10, 16, 9, minute)).toISOString();
    const person = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.com", GIT_AUTHOR_DATE: date };
    const committer = { GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@example.com", GIT_COMMITTER_DATE: date };
    // Neither the settings of whoever runs this nor hooks of theirs have a say.
    const env = { ...process.env, ...person, ...committer, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
    return (await capture("git", ["-C", folder, ...args], env)).trim();
  };
  const commitHere = async (message: string, changed: Files): Promise<string> => {
    for (const [name, text] of Object.entries(changed)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    minute += 1;
    await git("add", ".");
    await git("commit", "--quiet", "--message", message);
    return git("rev-parse", "HEAD");
  };
  await git("init", "--quiet", "--initial-branch=main");
  // As GitHub does: any commit can be fetched by its sha.
  await git("config", "uploadpack.allowAnySHA1InWant", "true");
  await commitHere("Begin", files);

  const repository: ProductRepository = {
    fullName,
    folder,
    async commit(branch, message, changed, from = "main") {
      const exists = await git("rev-parse", "--verify", "--quiet", `refs/heads/${branch}`).catch(() => "");
      await git("checkout", "--quiet", ...(exists === "" ? ["-b", branch, from] : [branch]));
      const sha = await commitHere(message, changed);
      await git("checkout", "--quiet", "main");
      return sha;
    },
    async merge(branch, into) {
      minute += 1;
      await git("checkout", "--quiet", into);
      await git("merge", "--quiet", "--no-ff", "--message", `Merge ${branch}`, branch);
      return git("rev-parse", "HEAD");
    },
    async tag(name, sha) {
      await git("tag", "--annotate", "--message", name, name, sha);
    },
    async deleteBranch(name) {
      await git("branch", "--quiet", "--delete", "--force", name);
    },
    head: (branch) => git("rev-parse", `refs/heads/${branch}`),
    async pullRequestMerge(number, head, base) {
      await git("update-ref", `refs/pull/${number}/head`, head);
      const tree = await git("rev-parse", `${head}^{tree}`);
      const sha = await git("commit-tree", tree, "-p", base, "-p", head, "-m", `Merge ${head} into ${base}`);
      await git("update-ref", `refs/pull/${number}/merge`, sha);
      return sha;
    },
    async commitInFork(number, message, changed, from) {
      await git("checkout", "--quiet", "--detach", from);
      const sha = await commitHere(message, changed);
      await git("update-ref", `refs/pull/${number}/head`, sha);
      await git("checkout", "--quiet", "main");
      return sha;
    },
    date: (sha) => git("log", "-1", "--format=%cI", sha),
  };
  return repository;
}
