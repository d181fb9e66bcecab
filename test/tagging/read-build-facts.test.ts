import { InputError } from "@longshore/language";
import { type BuildFacts, type EventContext, readBuildFacts } from "@longshore/tagging";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  event,
  fork,
  mergeGroup,
  mergeSha,
  pullRequest,
  push,
  release,
  repository,
  sha,
  workflowRun,
} from "../../doubles/events.ts";

const { default_branch: _, ...withoutDefaultBranch } = repository;
const queueBranch = "gh-readonly-queue/main/pr-34-0123456789012345678901234567890123456789";
const withoutNumber = event("pull_request", { pull_request: { head: { ref: "x", sha } }, repository });
const dispatch = (ref: string, context: Partial<EventContext> = {}) =>
  event("workflow_dispatch", { ref, inputs: null, repository }, { ref, ...context });
const withOverride = (base: EventContext, ref: string): EventContext => ({ ...base, override: { ref, revision: sha } });
const withAction = (base: EventContext, action: string): EventContext => ({
  ...base,
  payload: { ...(base.payload as object), action },
});

/** Each event, and what it means. */
const meanings: readonly (readonly [string, EventContext, Partial<BuildFacts> & object])[] = [
  // pull requests
  [
    "a pull request opened",
    pullRequest(),
    { kind: "pull-request", number: 12, branch: "feature/x", revision: sha, origin: "repository", created: "" },
  ],
  ...["synchronize", "reopened", "labeled", "ready_for_review", "edited"].map(
    (action) =>
      [`a pull request ${action}`, withAction(pullRequest(), action), { kind: "pull-request", revision: sha }] as const,
  ),
  [
    "a pull request whose sha is in capitals",
    pullRequest({}, { sha: sha.toUpperCase() }),
    { kind: "pull-request", revision: sha },
  ],
  ["a pull request closed", withAction(pullRequest({ state: "closed" }), "closed"), { kind: "none" }],
  ["a pull request merged", withAction(pullRequest({ state: "closed", merged: true }), "closed"), { kind: "none" }],
  ["a closed pull request labeled", withAction(pullRequest({ state: "closed" }), "labeled"), { kind: "none" }],
  ["a pull request from a fork", pullRequest({}, fork), { kind: "pull-request", origin: "fork", revision: sha }],
  [
    "a pull request from a fork that is gone",
    pullRequest({}, { repo: null }),
    { kind: "pull-request", origin: "fork" },
  ],
  [
    "a pull request of Dependabot",
    pullRequest({}, {}, { actor: "dependabot[bot]" }),
    { kind: "pull-request", origin: "dependabot" },
  ],
  [
    "a fork's pull request of Dependabot",
    pullRequest({}, fork, { actor: "dependabot[bot]" }),
    { kind: "pull-request", origin: "fork" },
  ],
  [
    "a person's push to Dependabot's pull request",
    pullRequest({ user: { login: "dependabot[bot]" } }),
    { kind: "pull-request", origin: "repository" },
  ],
  [
    "a review",
    { ...withAction(pullRequest(), "submitted"), eventName: "pull_request_review" },
    { kind: "pull-request", number: 12 },
  ],
  [
    "a review from a fork",
    { ...pullRequest({}, fork), eventName: "pull_request_review" },
    { kind: "pull-request", origin: "fork" },
  ],
  [
    "a review comment",
    { ...pullRequest(), eventName: "pull_request_review_comment" },
    { kind: "pull-request", number: 12 },
  ],
  [
    "a review of a closed pull request",
    { ...pullRequest({ state: "closed" }), eventName: "pull_request_review" },
    { kind: "none" },
  ],
  [
    "a pull request numbered at the top of its payload only",
    pullRequest({ number: undefined }),
    { kind: "pull-request", number: 12 },
  ],
  // pushes
  [
    "a push of a branch",
    push("refs/heads/feature/x"),
    { kind: "feature", branch: "feature/x", revision: sha, created: "2024-06-28T14:30:22Z" },
  ],
  [
    "a push of the default branch",
    push("refs/heads/main"),
    { kind: "default-branch", branch: "main", origin: "repository" },
  ],
  [
    "a push of a branch that is only spelled like the default one",
    push("refs/heads/Main"),
    { kind: "feature", branch: "Main" },
  ],
  [
    "a push that deletes a branch",
    push("refs/heads/feature/x", { deleted: true, after: "0".repeat(40) }, { sha: "0".repeat(40) }),
    { kind: "none" },
  ],
  ["a push with a zero sha", push("refs/heads/feature/x", {}, { sha: "0".repeat(40) }), { kind: "none" }],
  ["a push of the merge queue's branch", push(`refs/heads/${queueBranch}`), { kind: "none" }],
  [
    "a push of Dependabot's branch",
    push("refs/heads/dependabot/npm_and_yarn/zx-8", {}, { actor: "dependabot[bot]" }),
    { kind: "feature", origin: "dependabot" },
  ],
  [
    "a push of a tag",
    push("refs/tags/v1.2.3"),
    { kind: "release", gitTag: "v1.2.3", version: "1.2.3", created: "2024-06-28T14:30:22Z" },
  ],
  ["a push of an annotated tag", push("refs/tags/v1.2.3", { after: mergeSha }), { kind: "release", revision: sha }],
  [
    "a tag whose head commit is another",
    push("refs/tags/v1.2.3", { head_commit: { id: mergeSha, timestamp: "2024-01-01T00:00:00Z" } }),
    { kind: "release", created: "" },
  ],
  ["a tag without head commit", push("refs/tags/v1.2.3", { head_commit: null }), { kind: "release", created: "" }],
  ["a push that deletes a tag", push("refs/tags/v1.2.3", { deleted: true }), { kind: "none" }],
  ["a version tag without v", push("refs/tags/1.2.3"), { kind: "release", version: "1.2.3" }],
  ["a prerelease tag", push("refs/tags/v1.2.3-rc.1"), { kind: "prerelease", version: "1.2.3-rc.1" }],
  ["a tag with build metadata", push("refs/tags/v1.2.3+build.5"), { kind: "release", version: "1.2.3+build.5" }],
  ["a tag that is almost a version", push("refs/tags/v1.2"), { kind: "tag", gitTag: "v1.2" }],
  ["a tag with a leading zero", push("refs/tags/v1.02.3"), { kind: "tag", gitTag: "v1.02.3" }],
  ["a tag with a word before its version", push("refs/tags/release-v1.2.3"), { kind: "tag" }],
  ["a tag with a capital V", push("refs/tags/V1.2.3"), { kind: "tag" }],
  ["a tag that is a word", push("refs/tags/nightly"), { kind: "tag", gitTag: "nightly" }],
  [
    "a component's tag where no component is built",
    push("refs/tags/api/v1.2.3"),
    { kind: "tag", gitTag: "api/v1.2.3" },
  ],
  [
    "a payload whose default branch is in the old field",
    push("refs/heads/main", { repository: { ...withoutDefaultBranch, master_branch: "main" } }),
    { kind: "default-branch" },
  ],
  // merge queue
  [
    "a merge group",
    mergeGroup(),
    { kind: "merge-queue", number: 34, branch: "main", revision: sha, created: "2024-06-28T14:30:22Z" },
  ],
  [
    "a merge group of a branch with slashes",
    mergeGroup({
      head_ref: "refs/heads/gh-readonly-queue/release/1.x/pr-7-0123456789012345678901234567890123456789",
      base_ref: null,
    }),
    { kind: "merge-queue", number: 7, branch: "release/1.x" },
  ],
  ["a merge group without its commit", mergeGroup({ head_commit: null }), { kind: "merge-queue", created: "" }],
  ["a merge group dissolved", mergeGroup({}, "destroyed"), { kind: "none" }],
  // releases
  ...["published", "released", "created", "edited"].map(
    (action) =>
      [
        `a release ${action}`,
        release("v1.2.3", {}, action),
        { kind: "release", version: "1.2.3", revision: sha },
      ] as const,
  ),
  [
    "a release marked as prerelease",
    release("v1.2.3", { prerelease: true }, "prereleased"),
    { kind: "prerelease", version: "1.2.3" },
  ],
  ["a release named like a prerelease", release("v1.2.3-rc.1"), { kind: "prerelease" }],
  ["a draft", release("v1.2.3", { draft: true }, "edited"), { kind: "none" }],
  ["a release deleted", release("v1.2.3", {}, "deleted"), { kind: "none" }],
  ["a release unpublished", release("v1.2.3", {}, "unpublished"), { kind: "none" }],
  ["a release of a tag that is no version", release("nightly"), { kind: "tag", gitTag: "nightly" }],
  // a ref of one's choice
  ["a dispatch on a branch", dispatch("refs/heads/feature/x"), { kind: "feature", created: "" }],
  ["a dispatch on the default branch", dispatch("refs/heads/main"), { kind: "default-branch" }],
  ["a dispatch on a tag", dispatch("refs/tags/v1.2.3"), { kind: "release" }],
  [
    "a dispatch by Dependabot's name, which no rule limits",
    dispatch("refs/heads/main", { actor: "dependabot[bot]" }),
    { kind: "default-branch", origin: "repository" },
  ],
  ["a schedule", event("schedule", { schedule: "17 4 * * *", repository }), { kind: "default-branch", branch: "main" }],
  [
    "a schedule whose payload lacks the repository",
    event("schedule", { schedule: "17 4 * * *" }, { ref: "refs/heads/trunk" }),
    { kind: "default-branch", branch: "trunk" },
  ],
  [
    "a repository dispatch",
    event("repository_dispatch", { action: "rebuild", branch: "main", client_payload: {}, repository }),
    { kind: "default-branch" },
  ],
  // runs of other workflows
  [
    "a run of this repository",
    workflowRun(),
    { kind: "feature", branch: "feature/x", revision: sha, created: "2024-06-28T14:30:22Z" },
  ],
  ["a run on the default branch", workflowRun({ head_branch: "main" }), { kind: "default-branch" }],
  [
    "a run of a pull request",
    workflowRun({ event: "pull_request", pull_requests: [{ number: 12, head: { sha } }] }),
    { kind: "pull-request", number: 12, branch: "feature/x" },
  ],
  ["a run of a pull request that is closed", workflowRun({ event: "pull_request" }), { kind: "none" }],
  ["a run of a privileged pull request event", workflowRun({ event: "pull_request_target" }), { kind: "none" }],
  ["a run of a release", workflowRun({ event: "release", head_branch: "v1.2.3" }), { kind: "release" }],
  [
    "a run of a merge group",
    workflowRun({ event: "merge_group", head_branch: queueBranch }),
    { kind: "merge-queue", number: 34 },
  ],
  // a ref asked for
  [
    "a dispatch for another branch",
    withOverride(dispatch("refs/heads/main"), "refs/heads/feature/x"),
    { kind: "feature", revision: sha, created: "" },
  ],
  [
    "a dispatch for a tag",
    withOverride(dispatch("refs/heads/main"), "refs/tags/v1.2.3"),
    { kind: "release", version: "1.2.3" },
  ],
  [
    "a dispatch for a bare commit",
    withOverride(dispatch("refs/heads/main"), sha),
    { kind: "tag", gitTag: "", revision: sha },
  ],
  [
    "a schedule for a tag",
    withOverride(event("schedule", {}), "refs/tags/v1.2.3"),
    { kind: "release", version: "1.2.3" },
  ],
  [
    "a fork's pull request that asks for a branch",
    withOverride(pullRequest({}, fork), "refs/heads/main"),
    { kind: "default-branch", origin: "fork" },
  ],
  [
    "a run on a version's branch that says which ref it means",
    withOverride(workflowRun({ head_branch: "v1.2.3" }), "refs/tags/v1.2.3"),
    { kind: "release" },
  ],
  // everything else
  ...[
    "create",
    "delete",
    "issues",
    "issue_comment",
    "label",
    "discussion",
    "watch",
    "fork",
    "deployment",
    "check_run",
    "status",
    "page_build",
    "registry_package",
    "something_new",
  ].map(
    (eventName) =>
      [
        `event ${eventName}`,
        event(eventName, { action: "created", ref: "feature/x", repository }),
        { kind: "none" },
      ] as const,
  ),
];

/** A monorepo builds component `api`. */
const componentMeanings: readonly (readonly [string, Partial<BuildFacts> & object])[] = [
  ["refs/tags/api/v1.2.3", { kind: "release", version: "1.2.3", gitTag: "api/v1.2.3", component: "api" }],
  ["refs/tags/api-v1.2.3", { kind: "release", version: "1.2.3" }],
  ["refs/tags/api/v1.2.3-rc.1", { kind: "prerelease" }],
  ["refs/tags/api@1.2.3", { kind: "tag" }],
  ["refs/tags/ui/v1.2.3", { kind: "none" }],
  ["refs/tags/api-gateway-v1.2.3", { kind: "none" }],
  ["refs/tags/v1.2.3", { kind: "none" }],
  ["refs/tags/nightly", { kind: "tag" }],
  ["refs/heads/main", { kind: "default-branch", component: "api" }],
];

describe("what an event means", () => {
  it.each(meanings)("%s", (_name, context, meaning) => {
    expect(readBuildFacts(context, "")).toMatchObject(meaning);
  });

  it.each(componentMeanings)("%s for component api", (ref, meaning) => {
    expect(readBuildFacts(push(ref), "api")).toMatchObject(meaning);
  });

  it("says in a sentence why nothing is built", () => {
    for (const [, context] of meanings) {
      const facts = readBuildFacts(context, "");
      if (facts.kind === "none") expect(facts.reason).toMatch(/^Nothing is built: [^\n]+\.$/);
    }
  });

  it("takes what the repository says of itself", () => {
    expect(readBuildFacts(push("refs/heads/main"), "").repository).toEqual({
      fullName: "Acme/App",
      url: "https://github.com/Acme/App",
      description: "Ships\nboxes",
      license: "MIT",
      defaultBranch: "main",
    });
    const silent = push("refs/heads/main", { repository: { ...repository, description: null, license: null } });
    expect(readBuildFacts(silent, "").repository).toMatchObject({ description: "", license: "" });
    const unsure = push("refs/heads/main", { repository: { ...repository, license: { spdx_id: "NOASSERTION" } } });
    expect(readBuildFacts(unsure, "").repository).toMatchObject({ license: "" });
  });
});

describe("what is refused, with the reason", () => {
  it.each<readonly [string, EventContext, RegExp]>([
    [
      "pull_request_target",
      { ...pullRequest(), eventName: "pull_request_target" },
      /pull_request_target is refused.*pull_request instead/,
    ],
    [
      "pull_request_target with a ref of its own",
      withOverride({ ...pullRequest(), eventName: "pull_request_target" }, "refs/heads/main"),
      /refused/,
    ],
    ["a run of a fork", workflowRun({}, { full_name: "mallory/App" }), /"mallory\/App".*never builds a fork's code/],
    ["a run of a fork that is gone", workflowRun({}, null), /a repository that is gone/],
    [
      "a run of a fork with a ref of its own",
      withOverride(workflowRun({}, { full_name: "mallory/App" }), "refs/heads/main"),
      /never builds a fork's code/,
    ],
    [
      "a run on a branch or tag named like a version",
      workflowRun({ head_branch: "v1.2.3" }),
      /give input ref, such as refs\/tags\/v1\.2\.3/,
    ],
    ["a payload that is a list", event("push", []), /payload is \[\], not a JSON object/],
    ["a payload that is null", event("push", null), /payload is null/],
    [
      "a number that is a text",
      pullRequest({ number: "12" }),
      /"12" at pull_request\.number, where GitHub gives a whole number/,
    ],
    ["a number with a fraction", pullRequest({ number: 1.5 }), /1\.5 at pull_request\.number/],
    ["a number below one", pullRequest({ number: 0 }), /0 at pull_request\.number/],
    ["a missing number", withoutNumber, /nothing at number/],
    [
      "a missing head sha",
      pullRequest({}, { sha: undefined }),
      /nothing at pull_request\.head\.sha, where GitHub gives a commit sha of 40/,
    ],
    ["a head sha that is a branch", pullRequest({}, { sha: "main" }), /"main" at pull_request\.head\.sha/],
    ["a missing head", pullRequest({ head: null }), /nothing at pull_request\.head\.ref/],
    [
      "a head that is a text",
      pullRequest({ head: "main" }),
      /"main" at pull_request\.head, where GitHub gives an object/,
    ],
    ["a branch that is a number", pullRequest({}, { ref: 5 }), /5 at pull_request\.head\.ref/],
    [
      "a flag that is a text",
      push("refs/heads/main", { deleted: "false" }),
      /"false" at deleted, where GitHub gives true or false/,
    ],
    [
      "a push without default branch",
      push("refs/heads/main", { repository: withoutDefaultBranch }),
      /nothing at repository\.default_branch/,
    ],
    [
      "a description that is a list",
      push("refs/heads/main", { repository: { ...repository, description: [] } }),
      /\[\] at repository\.description/,
    ],
    [
      "a timestamp that is none",
      push("refs/heads/main", { head_commit: { id: sha, timestamp: "yesterday" } }),
      /"yesterday" at head_commit\.timestamp/,
    ],
    ["an environment's sha that is none", push("refs/heads/main", {}, { sha: "main" }), /GITHUB_SHA is "main"/],
    [
      "an environment's repository that is none",
      push("refs/heads/main", {}, { repository: "App" }),
      /GITHUB_REPOSITORY is "App"; give owner\/name/,
    ],
    [
      "a ref that is neither branch nor tag",
      event("workflow_dispatch", { repository }, { ref: "refs/pull/12/merge" }),
      /"refs\/pull\/12\/merge" is neither a branch/,
    ],
    ["a merge group without number", mergeGroup({ head_ref: "refs/heads/main" }), /does not read as gh-readonly-queue/],
    ["a release without tag", release("", {}), /"" at release\.tag_name/],
    ["a version that is endless", push(`refs/tags/v1.2.3-${"a".repeat(300)}`), /too long for an image tag/],
    [
      "a ref asked for that leads nowhere",
      { ...push("refs/heads/main"), override: { ref: "refs/heads/x", revision: "?" } },
      /Input ref leads to "\?"/,
    ],
  ])("%s", (_name, context, message) => {
    expect(() => readBuildFacts(context, "")).toThrow(InputError);
    expect(() => readBuildFacts(context, "")).toThrow(message);
  });

  it.each(["api/v1", "-api", "a b", "a\nb", "é", "x".repeat(101)])("component %j", (component) => {
    expect(() => readBuildFacts(push("refs/heads/main"), component)).toThrow(/Input component is/);
  });

  it("is one line whatever the payload holds, and never anything but an InputError", () => {
    const contexts = meanings.map(([, context]) => context).filter(({ override }) => override === undefined);
    fc.assert(
      fc.property(fc.constantFrom(...contexts), fc.nat(), fc.jsonValue(), (context, at, value) => {
        const payload = replaceOne(context.payload, at, value);
        try {
          readBuildFacts({ ...context, payload }, "");
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as Error).message).not.toMatch(/[\n\r]/);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

/** The payload with one of its fields, at any depth, set to another value. */
function replaceOne(payload: unknown, at: number, value: unknown): unknown {
  const paths: string[][] = [[]];
  const visit = (node: unknown, path: string[]): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      paths.push([...path, key]);
      visit(child, [...path, key]);
    }
  };
  visit(payload, []);
  const replace = (node: unknown, [key, ...rest]: string[]): unknown =>
    key === undefined ? value : { ...(node as object), [key]: replace((node as Record<string, unknown>)[key], rest) };
  return replace(payload, paths[at % paths.length] ?? []);
}
