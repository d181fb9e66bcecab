import type { PruneRules } from "@longshore/cleanup";
import { InputError } from "@longshore/language";
import { describe, expect, it } from "vitest";
import { day, digestOf, type Examples, hour, planExamples, removedWords } from "./example-package.ts";

const feature = (branch: string, revision: string) => ({ kind: "feature", branch, revision });
const signed = (word: string, ending = "") => `sha256-${digestOf(word).slice(7)}${ending}`;

/** What happens to a package, and what goes, in its order. */
const table: [sentence: string, versions: Examples, goes: readonly string[], rules?: Partial<PruneRules>][] = [
  // Pull requests
  ["an image of a closed pull request goes after a day", { old: { tags: ["pr-2-aaaaaaa"], age: day } }, ["old"]],
  ["it stays for a day", { old: { tags: ["pr-2-aaaaaaa"], age: day - 1 } }, []],
  [
    "an open pull request keeps its newest, however old",
    { first: { tags: ["pr-1-aaaaaaa"], age: 9 * day }, second: { tags: ["pr-1-bbbbbbb"], age: 8 * day } },
    ["first"],
  ],
  [
    "of two made at once the one with the higher id is the newest",
    { first: { tags: ["pr-1-aaaaaaa"], age: 9 * day }, second: { tags: ["pr-1-bbbbbbb"], age: 9 * day } },
    ["first"],
  ],
  [
    "an open pull request keeps its head's image, though a slow build or a push back by force made another the newest",
    {
      older: { tags: ["pr-1-bbbbbbb"], age: 11 * day },
      head: { tags: ["pr-1-1111111"], age: 10 * day },
      variant: { tags: ["pr-1-1111111-alpine"], age: 10 * day },
      newest: { tags: ["pr-1-ccccccc"], age: 9 * day },
    },
    ["older"],
    { suffixes: ["alpine"] },
  ],
  [
    "where the newest commit lacks a variant, the newest of that variant stays",
    {
      first: { tags: ["pr-1-aaaaaaa-alpine"], age: 10 * day },
      second: { tags: ["pr-1-bbbbbbb-alpine"], age: 9 * day },
      plain: { tags: ["pr-1-ccccccc"], age: 8 * day },
    },
    ["first"],
    { suffixes: ["alpine"] },
  ],
  [
    "the newest is the newest by either date: a tag may come late to an old digest",
    {
      again: { tags: ["pr-1-aaaaaaa", "pr-1-ccccccc"], age: 10 * day, touched: 2 * day },
      first: { tags: ["pr-1-ddddddd"], age: 9 * day },
      second: { tags: ["pr-1-bbbbbbb"], age: 8 * day },
    },
    ["first"],
  ],
  [
    "age counts from when an image was last named",
    {
      feature: { tags: ["feature-b-aaaaaaa"], age: 9 * day, touched: 2 * day, says: feature("feature/b", "aaaaaaa") },
      closed: { tags: ["pr-2-aaaaaaa"], age: 9 * day, touched: day - 1 },
      both: { tags: ["pr-2-bbbbbbb"], age: 9 * day, touched: day },
    },
    ["both"],
  ],
  [
    "the newest revision keeps all of its variants",
    {
      old: { tags: ["pr-1-aaaaaaa-alpine"], age: 9 * day },
      plain: { tags: ["pr-1-bbbbbbb"], age: 8 * day },
      alpine: { tags: ["pr-1-bbbbbbb-alpine"], age: 7 * day },
    },
    ["old"],
    { suffixes: ["alpine"] },
  ],
  [
    "a suffix nobody told is understood where the image says its commit",
    {
      ours: {
        tags: ["pr-2-aaaaaaa-slim-bookworm"],
        age: 9 * day,
        says: { kind: "pull-request", "pull-request": "2", revision: "aaaaaaa" },
      },
      theirs: { tags: ["pr-2-bbbbbbb-slim-bookworm"], age: 9 * day },
    },
    ["ours"],
  ],
  [
    "an image that contradicts its pull-request tag stays, and its tag is nobody's newest",
    {
      kind: { tags: ["pr-2-aaaaaaa"], age: 9 * day, says: { kind: "release" } },
      number: { tags: ["pr-2-bbbbbbb"], age: 9 * day, says: { kind: "pull-request", "pull-request": "3" } },
      commit: { tags: ["pr-1-ccccccc"], age: 8 * day, says: { kind: "pull-request", revision: "ddddddd" } },
      right: { tags: ["pr-1-eeeeeee"], age: 9 * day },
    },
    [],
  ],
  ["a longer age keeps longer", { old: { tags: ["pr-2-aaaaaaa"], age: 2 * day } }, [], { pullRequestMaxAge: 3 * day }],
  // Feature branches
  [
    "a feature image goes after a week, when its branch is gone",
    {
      old: { tags: ["feature-b-aaaaaaa"], age: 7 * day, says: feature("feature/b", "aaaaaaa") },
      young: { tags: ["feature-b-bbbbbbb"], age: 7 * day - 1, says: feature("feature/b", "bbbbbbb") },
    },
    ["old"],
  ],
  [
    "an existing branch keeps its newest",
    {
      first: { tags: ["feature-a-aaaaaaa"], age: 99 * day, says: feature("feature/a", "aaaaaaa") },
      second: { tags: ["feature-a-bbbbbbb"], age: 98 * day, says: feature("feature/a", "bbbbbbb") },
    },
    ["first"],
  ],
  [
    "an existing branch keeps its head's images as well",
    {
      older: { tags: ["feature-a-bbbbbbb"], age: 99 * day, says: feature("feature/a", "bbbbbbb") },
      head: { tags: ["feature-a-3333333"], age: 98 * day, says: feature("feature/a", "3333333") },
      newest: { tags: ["feature-a-ccccccc"], age: 97 * day, says: feature("feature/a", "ccccccc") },
    },
    ["older"],
  ],
  [
    "a name is no proof of a feature image",
    {
      silent: { tags: ["nightly-deadbee"], age: 99 * day },
      other: { tags: ["nightly-aaaaaaa"], age: 99 * day, says: { kind: "release" } },
      elsewhere: { tags: ["nightly-bbbbbbb"], age: 99 * day, says: feature("feature/b", "bbbbbbb") },
      later: { tags: ["feature-b-ccccccc"], age: 99 * day, says: feature("feature/b", "ddddddd") },
    },
    [],
  ],
  [
    "unless names are trusted, and the image does not say otherwise",
    {
      silent: { tags: ["nightly-deadbee"], age: 99 * day },
      other: { tags: ["nightly-aaaaaaa"], age: 99 * day, says: { kind: "release" } },
    },
    ["silent"],
    { trustTagNames: true },
  ],
  [
    "of a branch whose slug an existing one shares, the newest stays as well",
    {
      here: { tags: ["feature-a-aaaaaaa"], age: 98 * day, says: feature("feature/a", "aaaaaaa") },
      twin: { tags: ["feature-a-bbbbbbb"], age: 97 * day, says: feature("feature_a", "bbbbbbb") },
    },
    [],
  ],
  // Another repository's
  [
    "an image that says it is of another repository stays, and is nobody's newest here",
    {
      closed: {
        tags: ["pr-2-aaaaaaa"],
        age: 9 * day,
        says: { kind: "pull-request", source: "https://github.com/acme/tools" },
      },
      later: {
        tags: ["pr-1-bbbbbbb"],
        age: 8 * day,
        says: { kind: "pull-request", source: "https://github.com/acme/tools" },
      },
      own: { tags: ["pr-1-aaaaaaa"], age: 9 * day },
      gone: {
        tags: ["feature-b-aaaaaaa"],
        age: 99 * day,
        says: { ...feature("feature/b", "aaaaaaa"), source: "git@github.com:acme/tools.git" },
      },
      main: {
        tags: ["main-aaaaaaa"],
        age: 99 * day,
        says: { kind: "default-branch", source: "https://github.com/acme/app.tools" },
      },
      odd: { tags: ["pr-2-ddddddd"], age: 9 * day, says: { kind: "pull-request", source: "somewhere" } },
    },
    [],
    { keepDefaultBranch: 0 },
  ],
  ...[
    "https://github.com/acme/app",
    "https://github.com/ACME/App/",
    "https://github.com/acme/app.git",
    "git@github.com:acme/app.git",
    "ssh://git@github.com/acme/app",
    "git+https://github.com/acme/app#main",
    "github.com/acme/app/tree/main",
  ].map((source): (typeof table)[number] => [
    `an image that says ${source} is of this repository`,
    { closed: { tags: ["pr-2-aaaaaaa"], age: 9 * day, says: { kind: "pull-request", source } } },
    ["closed"],
  ]),
  [
    "it stays whoever built it",
    {
      closed: { tags: ["pr-2-aaaaaaa"], age: 9 * day, says: { source: "https://github.com/acme/tools" } },
      gone: { tags: ["topic-aaaaaaa"], age: 99 * day, says: { source: "https://github.com/acme/tools" } },
      main: { tags: ["main-aaaaaaa"], age: 99 * day, says: { source: "https://github.com/acme/tools" } },
      own: { tags: ["topic-bbbbbbb"], age: 99 * day, says: { source: "https://github.com/acme/app" } },
    },
    ["own"],
    { keepDefaultBranch: 0, trustTagNames: true },
  ],
  ...["https://gitlab.com/acme/app", "git@gitlab.com:acme/app.git", "https://github.com.example/acme/app"].map(
    (source): (typeof table)[number] => [
      `${source} is another repository: the host is not this one's`,
      { closed: { tags: ["pr-2-aaaaaaa"], age: 9 * day, says: { kind: "pull-request", source } } },
      [],
    ],
  ),
  // Everything else
  [
    "releases, moving tags, the merge queue's and unknown tags stay for ever",
    Object.fromEntries(
      ["1.2.3", "v1", "latest", "main", "main-aaaaaaa", "sha-aaaaaaa", "20240628", "mq-3-aaaaaaa", "Foo_Bar"].map(
        (tag) => [tag, { tags: [tag], age: 999 * day }],
      ),
    ),
    [],
  ],
  [
    "a version goes only when every one of its tags may go",
    {
      both: { tags: ["pr-2-aaaaaaa", "pr-3-aaaaaaa"], age: 9 * day },
      promoted: { tags: ["pr-2-bbbbbbb", "stable"], age: 9 * day },
      open: { tags: ["pr-1-ccccccc", "pr-3-ccccccc"], age: 9 * day },
    },
    ["both"],
  ],
  [
    "where enough stays by other rules, the minimum holds nothing back",
    {
      ...Object.fromEntries(
        Array.from({ length: 10 }, (_, index) => [`r${index}`, { tags: [`1.0.${index}`], age: 90 * day }]),
      ),
      ...Object.fromEntries(
        Array.from({ length: 4 }, (_, index) => [
          `p${index}`,
          { tags: [`pr-2-${`${index}`.repeat(7)}`], age: 9 * day },
        ]),
      ),
    },
    ["p0", "p1", "p2", "p3"],
    { minimumKept: 5, pullRequest: 2 },
  ],
  [
    "where too few stay, it is filled up from what would go, newest first",
    {
      release: { tags: ["1.0.0"], age: 90 * day },
      first: { tags: ["pr-2-aaaaaaa"], age: 9 * day },
      second: { tags: ["pr-2-bbbbbbb"], age: 8 * day },
      cache: { tags: ["cache-linux-amd64-main"], age: 7 * day },
      third: { tags: ["pr-2-ccccccc"], age: 6 * day, holds: ["part"] },
      part: { age: 6 * day },
    },
    ["first"],
    { minimumKept: 3 },
  ],
  [
    "the newest images are left where there are too few, images before caches",
    {
      first: { tags: ["pr-2-aaaaaaa"], age: 9 * day },
      second: { tags: ["pr-2-bbbbbbb"], age: 8 * day },
      cache: { tags: ["cache-linux-amd64-pr-2"], age: 7 * day },
      third: { tags: ["pr-3-ccccccc"], age: 6 * day },
    },
    ["first", "cache"],
    { minimumKept: 2 },
  ],
  [
    "of the default branch so many newest revisions stay as were asked for, and whatever has another tag",
    {
      first: { tags: ["main-aaaaaaa", "sha-aaaaaaa", "20240101-101010"], age: 9 * day },
      stable: { tags: ["main-bbbbbbb", "stable"], age: 8 * day },
      third: { tags: ["main-ccccccc"], age: 7 * day },
      fourth: { tags: ["main-ddddddd", "main"], age: 6 * day },
      asked: { tags: ["sha-1234567"], age: 99 * day },
    },
    ["first"],
    { keepDefaultBranch: 2 },
  ],
  [
    "so does its head's image, however old, and the newest of each variant",
    {
      old: { tags: ["main-aaaaaaa-alpine"], age: 9 * day },
      head: { tags: ["main-2222222", "sha-2222222"], age: 9 * day },
      alpine: { tags: ["main-bbbbbbb-alpine"], age: 8 * day },
      passed: { tags: ["main-ccccccc"], age: 7 * day },
      newest: { tags: ["main-ddddddd"], age: 6 * day },
    },
    ["old", "passed"],
    { keepDefaultBranch: 1, suffixes: ["alpine"] },
  ],
  // Build caches
  [
    "a build cache goes with its pull request or branch, after the same grace",
    {
      open: { tags: ["cache-linux-amd64-pr-1"], age: 99 * day },
      closed: { tags: ["cache-linux-amd64-pr-2"], age: day },
      variant: { tags: ["cache-linux-amd64-pr-2-alpine"], age: day },
      young: { tags: ["cache-linux-arm64-pr-2"], age: day - 1 },
      branch: { tags: ["cache-linux-amd64-feature-a-alpine"], age: 99 * day },
      gone: { tags: ["cache-linux-arm-v7-feature-b"], age: 7 * day },
      lately: { tags: ["cache-linux-amd64-feature-b"], age: 6 * day },
      main: { tags: ["cache-linux-amd64-main"], age: 99 * day },
      theirs: { tags: ["buildcache"], age: 99 * day },
    },
    ["gone", "closed", "variant"],
  ],
  // What is kept reaches
  [
    "a shared part stays with the image that stays; an index goes before its own parts",
    {
      shared: { age: 9 * day },
      own: { age: 9 * day },
      release: { tags: ["1.0.0"], age: 9 * day, holds: ["shared"] },
      old: { tags: ["pr-2-aaaaaaa"], age: 9 * day, holds: ["shared", "own"] },
    },
    ["old", "own"],
  ],
  [
    "a tag on a part keeps the part",
    {
      part: { tags: ["app-arm64"], age: 9 * day },
      old: { tags: ["pr-2-aaaaaaa"], age: 9 * day, holds: ["part"] },
    },
    ["old"],
  ],
  [
    "an old pull-request image stays while an index that stays holds it, to any depth",
    {
      leaf: { age: 9 * day },
      inner: { tags: ["pr-2-aaaaaaa"], age: 9 * day, holds: ["leaf"] },
      middle: { age: 9 * day, nested: ["inner"] },
      outer: { tags: ["stable"], age: 9 * day, nested: ["middle"] },
    },
    [],
  ],
  [
    "signatures, SBOMs and fallback indexes stay with what they are about, parts included",
    {
      part: { age: 9 * day },
      release: { tags: ["1.0.0"], age: 9 * day, holds: ["part"] },
      signature: { tags: [signed("release", ".sig")], age: 9 * day },
      bom: { age: 9 * day, subject: "part" },
      ofBom: { age: 9 * day, subject: "bom" },
      fallback: { tags: [signed("release")], age: 9 * day, holds: ["listed"] },
      listed: { age: 9 * day, subject: "release" },
    },
    [],
  ],
  [
    "and go with it, after it",
    {
      listed: { age: 9 * day, subject: "old" },
      fallback: { tags: [signed("old")], age: 9 * day, holds: ["listed"] },
      bom: { age: 9 * day, subject: "old" },
      signature: { tags: [signed("old", ".sig")], age: 9 * day },
      old: { tags: ["pr-2-aaaaaaa"], age: 9 * day },
      stays: { tags: ["1.0.0"], age: 9 * day },
    },
    ["old", "fallback", "listed", "bom", "signature"],
  ],
  [
    "an attestation goes after the part that it is about, which may have a tag",
    {
      part: { tags: ["pr-3-aaaaaaa"], age: 9 * day },
      old: { tags: ["pr-2-aaaaaaa"], age: 9 * day, holds: ["part"], attests: { part: "statement" } },
      statement: { age: 9 * day },
    },
    ["old", "part", "statement"],
  ],
  [
    "a signature of what was deleted here goes when it is older than the grace",
    {
      stays: { tags: ["1.0.0"], age: 9 * day },
      signature: { tags: [signed("deleted", ".att")], age: 9 * day },
      bom: { age: 9 * day, subject: "deleted" },
      young: { age: hour, subject: "deleted" },
      unknown: { tags: [signed("deleted", ".xyz")], age: 9 * day },
    },
    ["signature", "bom"],
  ],
  [
    "a signature, an SBOM or a fallback index of what was never here stays, with all it has",
    {
      stays: { tags: ["1.0.0"], age: 9 * day },
      signature: { tags: [signed("elsewhere", ".sig")], age: 9 * day },
      bom: { age: 9 * day, subject: "elsewhere" },
      ofBom: { age: 9 * day, subject: "bom" },
      fallback: { tags: [signed("elsewhere")], age: 9 * day, holds: ["listed"] },
      listed: { age: 9 * day, subject: "elsewhere" },
      layer: { age: 9 * day },
    },
    ["layer"],
  ],
  // Builds that are running
  [
    "untagged versions go when they are older than the grace",
    { old: { age: day }, young: { age: day - 1 }, touched: { age: 9 * day, touched: hour } },
    ["old"],
  ],
  [
    "the grace is of what nothing names: parts and signatures of an image that goes go with it, however young",
    {
      part: { age: 2 * hour },
      bom: { age: 2 * hour, subject: "old" },
      old: { tags: ["pr-2-aaaaaaa"], age: 2 * hour, holds: ["part"] },
    },
    ["old", "part", "bom"],
    { pullRequestMaxAge: hour },
  ],
  [
    "but a part that was pushed again since may be one of an image that is still to come",
    {
      again: { age: 9 * day, touched: hour },
      part: { age: 9 * day },
      old: { tags: ["pr-2-aaaaaaa"], age: 9 * day, holds: ["again", "part"] },
    },
    ["old", "part"],
  ],
  [
    "everything younger than the grace keeps all that it reaches",
    {
      part: { age: 9 * day },
      index: { age: hour, holds: ["part"] },
      inner: { age: 9 * day, holds: ["deep"] },
      deep: { age: 9 * day },
      nest: { age: hour, nested: ["inner"] },
    },
    [],
  ],
  ["a clock that runs ahead makes nothing old", { future: { age: -hour } }, []],
  // What cannot be read
  [
    "what cannot be read stays, with everything that is not newer",
    {
      before: { age: 9 * day },
      old: { tags: ["pr-2-aaaaaaa"], age: 8 * day },
      unreadable: { tags: ["1.0.0"], age: 8 * day, unreadable: "the registry answered 502" },
      after: { age: 7 * day },
      later: { tags: ["pr-2-bbbbbbb"], age: 6 * day },
    },
    ["after", "later"],
  ],
  [
    "what the registry has no manifest for may go, but keeps what it might hold where it stays",
    {
      before: { age: 9 * day },
      release: { tags: ["1.0.0"], age: 8 * day, missing: true },
      closed: { tags: ["pr-2-aaaaaaa"], age: 7 * day, missing: true },
      lost: { age: 7 * day, missing: true },
    },
    ["closed", "lost"],
  ],
  [
    "a feature image that cannot be read is not known to be one",
    { lost: { tags: ["feature-b-aaaaaaa"], age: 99 * day, missing: true } },
    [],
  ],
  // One pull request only
  [
    "a prune for one pull request takes its images, their parts and signatures, and its caches",
    {
      part: { age: 9 * day },
      signature: { tags: [signed("part", ".sig")], age: 9 * day },
      old: { tags: ["pr-2-aaaaaaa"], age: 9 * day, holds: ["part"] },
      cache: { tags: ["cache-linux-amd64-pr-2"], age: 9 * day },
      other: { tags: ["pr-3-aaaaaaa"], age: 9 * day, holds: ["theirs"] },
      theirs: { age: 9 * day },
      orphan: { age: 9 * day },
      both: { tags: ["pr-2-bbbbbbb", "pr-3-bbbbbbb"], age: 9 * day },
      unsigned: { tags: [signed("nothing", ".sig")], age: 9 * day },
    },
    ["old", "part", "signature", "cache"],
    { pullRequest: 2 },
  ],
  [
    "with them the untagged indexes that builds left over the same parts, and no other",
    {
      left: { age: 9 * day, holds: ["part"] },
      part: { age: 9 * day },
      old: { tags: ["pr-2-aaaaaaa"], age: 9 * day, holds: ["part", "second"] },
      second: { age: 9 * day },
      mixed: { age: 9 * day, holds: ["second", "theirs"] },
      theirs: { age: 9 * day },
    },
    ["left", "old", "part"],
    { pullRequest: 2 },
  ],
  ["an empty package has nothing to remove", {}, []],
];

describe("what goes", () => {
  it.each(table.map(([sentence, ...row]) => [sentence, row] as const))("%s", (_, [examples, expected, rules]) => {
    expect(removedWords(examples, rules)).toEqual(expected);
  });
});

describe("reasons", () => {
  const plan = planExamples({
    part: { age: 30 * hour },
    closed: { tags: ["pr-2-aaaaaaa"], age: 30 * hour, holds: ["part", "shared"] },
    passed: { tags: ["pr-1-aaaaaaa"], age: 3 * day },
    newest: { tags: ["pr-1-bbbbbbb"], age: 2 * day },
    shared: { age: 30 * hour },
    release: { tags: ["1.0.0"], age: 90 * day, holds: ["shared"] },
    feature: { tags: ["feature-b-aaaaaaa"], age: 5 * day, says: feature("feature/b", "aaaaaaa") },
    orphan: { age: 25 * hour },
    young: { age: 90 * 60_000 },
  });
  const sentences = Object.fromEntries(
    [...plan.keep, ...plan.remove].map((item) => [item.version.id, `${item.class}, ${item.rule}: ${item.reason}`]),
  );

  it.each([
    [1, "part, part: Part of pr-2-aaaaaaa, which goes, too."],
    [2, "pull-request, pull-request: pr-2-aaaaaaa is 30 hours old, and pull request 2 is closed."],
    [
      3,
      "pull-request, pull-request: pr-1-aaaaaaa is 3 days old and is neither the head's nor the newest of open pull request 1.",
    ],
    [4, "pull-request, open-pull-request: pr-1-bbbbbbb is the newest of open pull request 1."],
    [5, "part, part: Part of 1.0.0, which stays."],
    [6, "release, other-tag: 1.0.0 is a release."],
    [7, "feature, feature-age: feature-b-aaaaaaa is 5 days old; feature branches keep 7 days."],
    [8, "untagged, untagged: Has no tag, is part of nothing and is 25 hours old."],
    [9, "untagged, young: Made 1 hour ago, and nothing names it; that stays for 24 hours."],
  ])("of version %s can be understood by a stranger", (id, sentence) => {
    expect(sentences[id]).toBe(sentence);
  });
});

describe("warnings", () => {
  it.each<readonly [string, Examples, string]>([
    [
      "a contradiction",
      { image: { tags: ["pr-2-aaaaaaa"], age: 9 * day, says: { kind: "release" } } },
      "Kept: pr-2-aaaaaaa is on an image that says it is of another kind: release.",
    ],
    [
      "an unreadable manifest",
      { image: { tags: ["1.0.0"], age: 9 * day, unreadable: "the registry answered 502" } },
      "1.0.0 stays with everything older, because it is not known what it holds: the registry answered 502. Run the prune again; where that does not help, delete this version by hand if nobody needs it.",
    ],
    [
      "a missing manifest",
      { image: { tags: ["1.0.0"], age: 9 * day, missing: true } },
      "1.0.0 stays, but the registry has no manifest for it.",
    ],
    [
      "a part that is gone",
      { image: { tags: ["1.0.0"], age: 9 * day, holds: ["gone"] } },
      `1.0.0 stays, but is broken already: the package has no ${digestOf("gone")}.`,
    ],
  ])("tell of %s", (_, examples, warning) => {
    expect(planExamples(examples).warnings).toEqual([warning]);
  });

  it("tell once of all images of other repositories", () => {
    const says = (name: string) => ({ kind: "pull-request", source: `https://github.com/${name}` });
    const examples: Examples = {
      first: { tags: ["pr-2-aaaaaaa"], age: 9 * day, says: says("acme/tools") },
      second: { tags: ["pr-2-bbbbbbb"], age: 9 * day, says: says("acme/Other") },
      main: { tags: ["main-aaaaaaa"], age: 9 * day, says: { ...says("acme/tools"), kind: "default-branch" } },
    };
    expect(planExamples(examples).warnings).toEqual([
      "2 images say that they are of another repository (acme/Other, acme/tools) and stay: run a prune from there, or here with the input `repository` set to it.",
    ]);
    expect(planExamples(examples).keep.map(({ rule }) => rule)).toEqual(Array(3).fill("other-repository"));
  });

  it("do not tell of what goes", () => {
    expect(planExamples({ lost: { age: 9 * day, missing: true } }).warnings).toEqual([]);
  });
});

describe("bytes", () => {
  const layered: Examples = {
    stays: { tags: ["1.0.0"], age: 9 * day, layers: { base: 1000 } },
    first: { tags: ["pr-2-aaaaaaa"], age: 9 * day, layers: { base: 1000, tool: 500, own: 1 } },
    second: { tags: ["pr-2-bbbbbbb"], age: 9 * day, layers: { base: 1000, tool: 500, other: 2 } },
  };
  const manifests = (plan: ReturnType<typeof planExamples>) => plan.reclaimedBytes - 503;

  it("count each layer once, and none that stays", () => {
    const plan = planExamples(layered);
    expect(manifests(plan)).toBeGreaterThan(0);
    expect(manifests(plan)).toBeLessThan(2000);
    expect(plan.unmeasured).toBe(0);
  });

  it("do not count layers while something that stays was not read", () => {
    const plan = planExamples({ ...layered, more: { tags: ["2.0.0"], age: 9 * day, unreadable: "no" } });
    expect(plan.unmeasured).toBe(1);
    expect(plan.reclaimedBytes).toBe(0);
  });
});

describe("refused", () => {
  const something: Examples = { image: { tags: ["1.0.0"], age: day } };
  it.each<readonly [string, object, RegExp]>([
    ["a duration that is no number", { pullRequestMaxAge: Number.NaN }, /pull-request-max-age is NaN/],
    ["a negative duration", { featureMaxAge: -1 }, /feature-max-age is -1/],
    ["an endless duration", { untaggedGrace: Number.POSITIVE_INFINITY }, /untagged-grace is Infinity/],
    ["half a version", { minimumKept: 0.5 }, /minimum-kept is 0.5/],
    ["a negative count", { keepDefaultBranch: -1 }, /keep-default-branch is -1/],
    ["pull request 0", { pullRequest: 0 }, /pull-request is 0/],
    ["a suffix that reads as a commit", { suffixes: ["abc1234"] }, /suffix/],
    [
      "an empty rule set",
      { pullRequestMaxAge: undefined, featureMaxAge: undefined, untaggedGrace: undefined, minimumKept: undefined },
      /pull-request-max-age is undefined/,
    ],
  ])("is %s", (_, rules, message) => {
    expect(() => planExamples(something, rules)).toThrow(InputError);
    expect(() => planExamples(something, rules)).toThrow(message);
  });
});
