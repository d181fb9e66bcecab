import {
  checkName,
  checkVersionCommit,
  decideNamedTag,
  isCompanionTag,
  parseImageReference,
  planNamedTag,
  ruleNamedTag,
  type TagCandidate,
  type TagHolder,
} from "@longshore/publishing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("a tag that is asked for by name", () => {
  it.each([
    ...["1.2.3", "v1.2.3", "1.2.3-rc.1", "1.2.3-alpine", "sha-abc1234", "pr-12-abc1234", "mq-3-abc1234"],
    ...[
      "main-abc1234",
      "feature-x-abc1234",
      "feature-x-abc1234-alpine",
      "20240628-143022",
      "pr-12-abc1234-slim-bookworm",
    ],
  ])("%s is immutable", (name) => {
    expect(planNamedTag(name, "asked for")).toMatchObject({ name, mutability: "immutable", reason: "asked for" });
    expect(planNamedTag(name, "asked for")).not.toHaveProperty("rule");
  });

  it.each([
    ["1.2", "version-line"],
    ["v1", "version-line"],
    ["1.2-alpine", "version-line"],
    ["latest", "latest"],
    ["latest-alpine", "latest"],
    ["main", "branch"],
    ["20240628", "date"],
    ["production", "extra"],
    ["eu-latest", "extra"],
    ["Stable_2", "extra"],
  ])("%s moves, as a tag of class %s", (name, tagClass) => {
    expect(planNamedTag(name, "r")).toMatchObject({ class: tagClass, mutability: "moving", rule: "ancestor" });
  });

  it.each([
    `sha256-${"a".repeat(64)}`,
    `sha256-${"a".repeat(64)}.sig`,
    "cache-linux-amd64-main",
    "cache-linux-arm-v7-pr-1",
  ])("%s is refused", (name) => {
    expect(isCompanionTag(name)).toBe(true);
    expect(() => planNamedTag(name, "r")).toThrow(/kept for signatures and build caches/);
  });

  it("is refused where no registry would take it, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        fc.pre(!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(name));
        expect(() => planNamedTag(name, "r")).toThrow(/Input tags holds/);
      }),
    );
  });
});

const candidate: TagCandidate = {
  digest: "sha256:c",
  revision: "c".repeat(40),
  component: "",
  version: "1.1.9",
  branch: "",
  source: "",
  reused: false,
};
const holder = (version?: string): TagHolder => ({
  digest: "sha256:h",
  facts: { component: "", revision: "b".repeat(40), ...(version === undefined ? {} : { version }) },
});

describe("an immutable name that is asked for", () => {
  const built = { revision: "abc1234".padEnd(40, "0"), version: "" };
  const silent = { revision: "", version: "" };
  const released = { ...built, version: "1.2.3" };
  it.each<[string, { revision: string; version: string }, string, string]>([
    ["main-abc1234", built, "fits", "fits"],
    ["pr-12-abc1234-alpine", built, "fits", "fits"],
    [`sha-${built.revision}`, built, "fits", "fits"],
    ["main-fffffff", built, "contradicts", "contradicts"],
    ["sha-fffffff", built, "contradicts", "contradicts"],
    ["mq-3-fffffff", built, "contradicts", "contradicts"],
    ["feature-x-fffffff-alpine", built, "contradicts", "fits"],
    ["build-1234567", built, "contradicts", "fits"],
    ["main-abc1234", silent, "contradicts", "fits"],
    ["20240628-143022", built, "contradicts", "fits"],
    ["1.2.3", released, "fits", "fits"],
    ["v1.2.3", released, "fits", "fits"],
    ["1.2.3-alpine", released, "fits", "fits"],
    ["1.2.30", released, "contradicts", "contradicts"],
    ["1.2.3", { ...built, version: "1.3.0" }, "contradicts", "contradicts"],
    ["1.2.3_b.5", { ...built, version: "1.2.3+b.5" }, "fits", "fits"],
    ["1.2.3", built, "ask-git", "fits"],
    ["1.2.3", silent, "ask-git", "fits"],
    ["production", silent, "fits", "fits"],
  ])("%s for %j: %s; where it has that name already: %s", (name, image, given, own) => {
    expect(checkName(name, image, { isOwn: false }).name).toBe(given);
    expect(checkName(name, image, { isOwn: true }).name).toBe(own);
  });

  it("of a version is the git tag's commit's, where there is such a git tag", () => {
    expect(checkVersionCommit(built, undefined).name).toBe("fits");
    expect(checkVersionCommit(built, built.revision).name).toBe("fits");
    expect(checkVersionCommit(built, "f".repeat(40))).toEqual({
      name: "contradicts",
      reason: `is of the git tag at ${"f".repeat(40)}, and the image is of ${built.revision}`,
    });
    expect(checkVersionCommit(silent, "f".repeat(40)).name).toBe("contradicts");
  });
});

describe("the rule of a version line or latest", () => {
  it("is by version where both images say theirs, else by ancestry", () => {
    const latest = planNamedTag("latest", "r");
    expect(ruleNamedTag(latest, holder("1.2.0"), candidate).rule).toBe("highest-version");
    expect(ruleNamedTag(latest, holder(), candidate).rule).toBe("ancestor");
    expect(ruleNamedTag(latest, holder("1.2.0"), { ...candidate, version: "" }).rule).toBe("ancestor");
    expect(ruleNamedTag(planNamedTag("stable", "r"), holder("1.2.0"), candidate).rule).toBe("ancestor");
  });
});

describe("a decision about it", () => {
  const moving = planNamedTag("stable", "r");
  const fixed = planNamedTag("1.0.0", "r");
  it.each([true, false])("never lets an immutable tag name another image (backward: %s)", (backward) => {
    for (const action of ["keep", "leave", "refuse"] as const) {
      expect(decideNamedTag(fixed, { action, reason: "x" }, { backward }).action).toBe("refuse");
    }
    for (const action of ["write", "done"] as const) {
      expect(decideNamedTag(fixed, { action, reason: "x" }, { backward }).action).toBe(action);
    }
  });
  it("lets a moving tag go back on purpose only, and says from what", () => {
    const left = { action: "leave", reason: "names abc1234, which is newer: set something" } as const;
    expect(decideNamedTag(moving, left, { backward: false })).toEqual(left);
    expect(decideNamedTag(moving, left, { backward: true })).toEqual({
      action: "write",
      reason: "moved on purpose: it names abc1234, which is newer",
    });
  });
});

describe("a reference", () => {
  const digest = `sha256:${"1".repeat(64)}`;
  it.each([
    ["ghcr.io/Acme/App", { image: "ghcr.io/acme/app" }],
    ["ghcr.io/acme/app:V1", { image: "ghcr.io/acme/app", tag: "V1" }],
    ["localhost:5000/app", { image: "localhost:5000/app" }],
    ["localhost:5000/app:1", { image: "localhost:5000/app", tag: "1" }],
    ["nginx:1.25", { image: "docker.io/library/nginx", tag: "1.25" }],
    [`acme/app@${digest}`, { image: "docker.io/acme/app", digest }],
    [`acme/app:1@${digest}`, { image: "docker.io/acme/app", tag: "1", digest }],
  ])("%s is read", (text, reference) => {
    expect(parseImageReference(text, "source")).toEqual(reference);
  });
  it.each([
    "",
    "ghcr.io/acme/app:",
    "ghcr.io/acme/app:a b",
    "app@sha256:1",
    `a@${digest}@x`,
    "https://ghcr.io/a/b",
    "$(id)",
  ])("%j is refused", (text) => {
    expect(() => parseImageReference(text, "source")).toThrow(/Input source|Image name|digest of input source/);
  });
});
