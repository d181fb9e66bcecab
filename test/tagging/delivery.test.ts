import { type EventContext, neededFacts, type PushMode, readBuildFacts } from "@longshore/tagging";
import { describe, expect, it } from "vitest";
import { event, fork, mergeGroup, pullRequest, push } from "../../doubles/events.ts";
import { planOf } from "./plan-of.ts";

const dependabot = { actor: "dependabot[bot]" };
const dependabotBranch = "refs/heads/dependabot/npm_and_yarn/zx-8";

describe("an image leaves the build", () => {
  it.each<readonly [string, EventContext, PushMode, string, RegExp]>([
    ["own pull request", pullRequest(), "auto", "registry", /its token can write/],
    ["own pull request", pullRequest(), "never", "artifact", /push is never/],
    ["own pull request", pullRequest(), "always", "registry", /its token can write/],
    ["fork's pull request", pullRequest({}, fork), "auto", "artifact", /from a fork has a token that can only read/],
    ["fork's pull request", pullRequest({}, fork), "always", "artifact", /push: always cannot change that/],
    ["fork's pull request", pullRequest({}, fork), "never", "artifact", /push is never/],
    ["Dependabot's pull request", pullRequest({}, {}, dependabot), "auto", "artifact", /Dependabot/],
    ["Dependabot's pull request", pullRequest({}, {}, dependabot), "always", "registry", /if its token can write/],
    ["Dependabot's push", push(dependabotBranch, {}, dependabot), "auto", "artifact", /Dependabot/],
    ["push", push("refs/heads/main"), "auto", "registry", /can write/],
    ["release", push("refs/tags/v1.2.3"), "never", "artifact", /never/],
    ["merge queue", mergeGroup(), "auto", "registry", /can write/],
    ["issue", event("issues", {}), "always", "none", /Nothing is built/],
    ["issue", event("issues", {}), "never", "none", /Nothing is built/],
  ])("%s, %j, push: %s → %s", (_name, context, mode, delivery, reason) => {
    const plan = planOf(context, { push: mode });
    expect(plan.delivery).toBe(delivery);
    expect(plan.reason).toMatch(reason);
    expect(plan.reason).toMatch(/^[A-Z][^\n]*\.$/);
  });

  it("as an archive with the name it would have had", () => {
    expect(planOf(pullRequest({}, fork)).primaryTag).toBe("pr-12-abc1234");
  });
});

describe("what must still be asked of GitHub", () => {
  const { head_commit: _, ...withoutCommit } = push("refs/heads/main").payload as Record<string, unknown>;
  it.each([
    ["a pull request", pullRequest(), "auto", { versions: false, commitDate: true }],
    ["a feature branch", push("refs/heads/x"), "auto", { versions: false, commitDate: false }],
    [
      "a feature branch without its commit",
      event("push", withoutCommit, { ref: "refs/heads/x" }),
      "auto",
      { versions: false, commitDate: true },
    ],
    ["the default branch, auto", push("refs/heads/main"), "auto", { versions: true, commitDate: false }],
    ["the default branch, both", push("refs/heads/main"), "both", { versions: false, commitDate: false }],
    ["a release", push("refs/tags/v1.2.3"), "none", { versions: true, commitDate: false }],
    ["a prerelease", push("refs/tags/v1.2.3-rc.1"), "auto", { versions: false, commitDate: false }],
    ["a tag", push("refs/tags/nightly"), "auto", { versions: false, commitDate: false }],
    ["the merge queue", mergeGroup(), "auto", { versions: false, commitDate: false }],
    [
      "a dispatch",
      event("workflow_dispatch", { repository: { default_branch: "main" } }),
      "auto",
      { versions: true, commitDate: true },
    ],
    ["nothing", event("issues", {}), "auto", { versions: false, commitDate: false }],
  ] as const)("for %s", (_name, context, latest, needed) => {
    expect(neededFacts(readBuildFacts(context, ""), { latest })).toEqual(needed);
  });
});
