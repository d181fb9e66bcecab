import { afterEach, beforeEach, expect, test } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { connectGitHub, type GitHubApi } from "../../scripts/lib/github/api.ts";

const repository = "acme/app";
const [first, second, side] = ["1", "2", "3"].map((digit) => digit.repeat(40)) as [string, string, string];

let gitHub: GitHubDouble;
let api: GitHubApi;
beforeEach(async () => {
  gitHub = await startGitHubDouble({ checkSchemas: true });
  const app = gitHub.repository(repository);
  app.addCommit({ sha: first, date: "2024-01-01T00:00:00Z" });
  app.addCommit({ sha: second, parents: [first], date: "2024-01-02T00:00:00Z" });
  app.addCommit({ sha: side, parents: [first], date: "2024-01-03T00:00:00Z" });
  app.setBranch("main", second);
  app.setBranch("feature/a%b&c#d", side);
  app.setTag("v1.0.0", first);
  app.setTag("v1.1.0", second, { message: "annotated" });
  app.setTag("api/v2.0.0", second);
  api = connectGitHub({ token: gitHub.token(), url: gitHub.url, onRetry: () => {} });
});
afterEach(() => gitHub.stop());

test("tags are listed by prefix, once", async () => {
  expect(await api.listTagNames(repository)).toEqual(["api/v2.0.0", "v1.0.0", "v1.1.0"]);
  expect(await api.listTagNames(repository, "api")).toEqual(["api/v2.0.0"]);
  expect(await api.listTagNames(repository)).toHaveLength(3);
  expect(gitHub.requests).toHaveLength(2);
});

test("a commit's date is its committer's", async () => {
  expect(await api.readCommitDate(repository, second)).toBe("2024-01-02T00:00:00Z");
});

test.each([
  [first, second, "ahead"],
  [second, first, "behind"],
  [first, first, "identical"],
  [second, side, "diverged"],
  ["f".repeat(40), second, "unknown"],
])("%s...%s is %s", async (base, head, relation) => {
  expect(await api.compareCommits(repository, base, head)).toBe(relation);
});

test.each([
  ["main", "refs/heads/main", second],
  ["feature/a%b&c#d", "refs/heads/feature/a%b&c#d", side],
  ["refs/heads/main", "refs/heads/main", second],
  ["v1.0.0", "refs/tags/v1.0.0", first],
  ["v1.1.0", "refs/tags/v1.1.0", second],
  ["refs/tags/v1.1.0", "refs/tags/v1.1.0", second],
  [first, first, first],
])("%s is found", async (ref, full, sha) => {
  expect(await api.resolveRef(repository, ref)).toMatchObject({ ref: full, sha });
  expect(gitHub.requests.length).toBeLessThanOrEqual(2);
});

test("a name that is a branch and a tag has to be said in full", async () => {
  gitHub.repository(repository).setBranch("v1.0.0", second);
  const outcome = await api.resolveRef(repository, "v1.0.0").catch((error: Error) => error.message);
  // GitHub may answer with either; never with the one under the name of the other.
  if (typeof outcome === "string") expect(outcome).toContain("which is a branch and a tag");
  else expect(outcome).toMatchObject({ ref: "refs/tags/v1.0.0", sha: first });
  expect(await api.resolveRef(repository, "refs/heads/v1.0.0")).toMatchObject({ sha: second });
});
