import { readImageFacts } from "@longshore/tagging";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { event, mergeGroup, pullRequest, push, repository, sha } from "../../doubles/events.ts";
import { planOf } from "./plan-of.ts";

const shared = {
  "org.opencontainers.image.source": "https://github.com/Acme/App",
  "org.opencontainers.image.url": "https://github.com/Acme/App",
  "org.opencontainers.image.revision": sha,
  "org.opencontainers.image.created": "2024-06-28T14:30:22Z",
  "org.opencontainers.image.title": "App",
  "org.opencontainers.image.description": "Ships boxes",
  "org.opencontainers.image.licenses": "MIT",
};
const noIdentity = Object.fromEntries(
  ["kind", "component", "branch", "pull-request", "version"].map((key) => [`dev.longshore.${key}`, ""]),
);

describe("an image says of itself", () => {
  it.each([
    [
      "a pull request",
      pullRequest(),
      "pr-12-abc1234",
      "pr-12-abc1234",
      { kind: "pull-request", "pull-request": "12", branch: "feature/x" },
    ],
    [
      "a feature branch",
      push("refs/heads/feature/x"),
      "feature-x-abc1234",
      "feature-x-abc1234",
      { kind: "feature", branch: "feature/x" },
    ],
    [
      "the default branch",
      push("refs/heads/main"),
      "main-abc1234",
      "main-abc1234",
      { kind: "default-branch", branch: "main" },
    ],
    ["a release", push("refs/tags/v1.2.3+b.5"), "1.2.3+b.5", "1.2.3_b.5", { kind: "release", version: "1.2.3+b.5" }],
    [
      "a prerelease",
      push("refs/tags/v1.2.3-rc.1"),
      "1.2.3-rc.1",
      "1.2.3-rc.1",
      { kind: "prerelease", version: "1.2.3-rc.1" },
    ],
    [
      "the merge queue",
      mergeGroup(),
      "mq-34-abc1234",
      "mq-34-abc1234",
      { kind: "merge-queue", "pull-request": "34", branch: "main" },
    ],
    ["a tag", push("refs/tags/nightly"), "nightly", "nightly", { kind: "tag" }],
  ])("that it is of %s", (_name, context, version, refName, own) => {
    const { labels, annotations } = planOf(context);
    const told = {
      ...shared,
      "org.opencontainers.image.version": version,
      "org.opencontainers.image.ref.name": refName,
      ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`dev.longshore.${key}`, value])),
    };
    expect(annotations).toEqual(told);
    // A label that is not written is the base image's.
    expect(labels).toEqual({ ...noIdentity, ...told });
  });

  it.each([pullRequest(), push("refs/heads/main"), push("refs/tags/v1.2.3"), mergeGroup(), push("refs/tags/nightly")])(
    "that it is not its base image (%#)",
    (context) => {
      const base = {
        ...{ kind: "release", component: "base", branch: "trixie", "pull-request": "7", version: "13.0.0" },
      };
      const ofBase = Object.fromEntries(Object.entries(base).map(([key, value]) => [`dev.longshore.${key}`, value]));
      const created = { "org.opencontainers.image.created": "2020-01-01T00:00:00Z" };
      const { labels, annotations } = planOf(context, { commitDate: "" });
      const inherited = { ...ofBase, ...created, ...labels };
      expect(readImageFacts(inherited)).toEqual(readImageFacts(annotations));
      expect(inherited["org.opencontainers.image.created"]).not.toMatch(/^2020/);
    },
  );

  it("which component it is", () => {
    const { labels } = planOf(push("refs/tags/api/v1.2.3"), {}, "api");
    expect(labels).toMatchObject({ "dev.longshore.component": "api", "org.opencontainers.image.title": "api" });
  });

  it("nothing that is not known", () => {
    const source = push("refs/heads/x", { repository: { default_branch: "main" }, head_commit: null });
    const { labels, annotations } = planOf(source, { commitDate: "" });
    const unsure = (key: string) => /description|licenses|created|component|version$/.test(key);
    expect(Object.keys(annotations).filter(unsure)).toEqual(["org.opencontainers.image.version"]);
    expect(Object.keys(labels).filter((key) => /description|licenses/.test(key))).toEqual([]);
    expect(planOf(event("issues", {})).labels).toEqual({});
  });

  it.each([
    "$(touch x)",
    "`id`",
    'a"b;c',
    "${{ secrets.X }}",
    "::set-output::",
    "100%/%0A",
    "a\nb\r\n\u2028c\u0000\u001b[31m",
    "🚀/日本語/مرحبا\u202e",
    "a,b=c",
    "x".repeat(300),
  ])("branch %j, which is read back as it was", (branch) => {
    const { labels } = planOf(push(`refs/heads/${branch}`));
    expect(labels["dev.longshore.branch"]).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(readImageFacts(labels).branch).toBe(branch);
  });

  it.each(["$(touch x)", 'a"b;c', "`id`", "${{ secrets.X }}", "::set-output::", "🚢", "ענף"])(
    "branch %j, as it is",
    (branch) => expect(planOf(pullRequest({}, { ref: branch })).labels["dev.longshore.branch"]).toBe(branch),
  );

  it("every branch that can be, in one line a value", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), fc.string(), (branch, description) => {
        const change = { repository: { ...repository, description } };
        const { labels } = planOf(pullRequest({}, { ref: branch }));
        expect(readImageFacts(labels)).toEqual({
          kind: "pull-request",
          component: "",
          pullRequest: 12,
          branch,
          revision: sha,
          source: "https://github.com/Acme/App",
        });
        for (const value of Object.values(planOf(push("refs/heads/main", change)).annotations)) {
          expect(value).not.toMatch(/[\p{Cc}\u2028\u2029]|^\s|\s$|^$/u);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("what an image says is read back", () => {
  it.each([
    [
      push("refs/tags/api/v1.2.3+b.5"),
      "api",
      { kind: "release", component: "api", version: "1.2.3+b.5", revision: sha, source: repository.html_url },
    ],
    [
      mergeGroup(),
      "",
      {
        kind: "merge-queue",
        component: "",
        pullRequest: 34,
        branch: "main",
        revision: sha,
        source: repository.html_url,
      },
    ],
  ])("whole (%#)", (context, component, facts) => {
    const source = "https://github.com/Acme/App";
    expect(readImageFacts(planOf(context, {}, component).annotations)).toEqual({ ...facts, source });
  });

  it("as unknown when it is not ours or nonsense", () => {
    expect(readImageFacts({})).toEqual({ kind: "unknown", component: "" });
    expect(
      readImageFacts({
        "org.opencontainers.image.revision": "main",
        "dev.longshore.kind": "constructor",
        "dev.longshore.pull-request": "12x",
        "dev.longshore.version": "latest",
        "dev.longshore.branch": "50%",
      }),
    ).toEqual({ kind: "unknown", component: "", branch: "50%" });
    expect(readImageFacts({ "org.opencontainers.image.version": "1.2.3" })).not.toHaveProperty("version");
  });
});
