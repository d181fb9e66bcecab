import {
  checkIndex,
  checkPushed,
  checkResults,
  claimAttestations,
  expectChild,
  type OciDescriptor,
  type OciIndex,
  type OciManifest,
  type PlatformResult,
} from "@longshore/publishing";
import { describe, expect, it } from "vitest";

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const revision = "a".repeat(40);

function result(changes: Partial<PlatformResult> = {}): PlatformResult {
  return {
    platform: "linux/amd64",
    digest: digest("1"),
    manifest: digest("2"),
    size: 1000,
    seconds: 3,
    reused: false,
    retries: [],
    revision,
    delivery: "registry",
    ...changes,
  };
}

function image(name: string, platform = "linux/amd64"): OciDescriptor {
  const [os = "", architecture = "", variant] = platform.split("/");
  return {
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    digest: digest(name),
    size: 400,
    platform: { os, architecture, ...(variant === undefined ? {} : { variant }) },
  };
}

function attestation(name: string, about?: string): OciDescriptor {
  return {
    ...image(name, "unknown/unknown"),
    annotations: {
      "vnd.docker.reference.type": "attestation-manifest",
      ...(about === undefined ? {} : { "vnd.docker.reference.digest": digest(about) }),
    },
  };
}

function index(manifests: readonly OciDescriptor[], annotations: Readonly<Record<string, string>> = {}): OciIndex {
  return { type: "index", mediaType: "application/vnd.oci.image.index.v1+json", manifests, annotations };
}

const manifest: OciManifest = {
  type: "manifest",
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: digest("c"), size: 100 },
  layers: [],
  annotations: {},
};

describe("the results are one for each asked platform", () => {
  const both = ["linux/amd64", "linux/arm64"];
  const arm = result({ platform: "linux/arm64" });
  it.each<[string, readonly PlatformResult[], readonly RegExp[]]>([
    ["when they are", [result(), arm], []],
    ["in any order", [arm, result()], []],
    ["not when one is missing", [result()], [/linux\/arm64 was asked for/]],
    ["not when none is there", [], [/amd64 was asked/, /arm64 was asked/]],
    ["not when one is too many", [result(), arm, result({ platform: "linux/riscv64" })], [/riscv64.*not asked for/]],
    ["not when one is there twice", [result(), arm, result()], [/amd64 was built more than once/]],
    [
      "not when one is of another commit",
      [result(), { ...arm, revision: "b".repeat(40) }],
      [/arm64 was built of b{40}/],
    ],
    [
      "not when one was built by other inputs",
      [result({ fingerprint: "file=1a2b3c4d" }), { ...arm, fingerprint: "file=1a2b3c4d,args=00000000" }],
      [/arm64 was built otherwise than linux\/amd64: build-args differ/],
    ],
  ])("%s", (_, results, problems) => {
    expect(checkResults(both, results, revision)).toEqual(problems.map((problem) => expect.stringMatching(problem)));
  });
});

describe("what a build pushed is one image of its platform", () => {
  const good = index([image("2"), attestation("3", "2")]);
  it.each<[string, OciIndex | OciManifest, string, Partial<PlatformResult>, readonly RegExp[]]>([
    ["as an index with an attestation", good, "linux/amd64", {}, []],
    ["as an index without", index([image("2")]), "linux/amd64", {}, []],
    ["as a plain manifest", manifest, "linux/amd64", { digest: digest("2") }, []],
    [
      "not of another platform",
      manifest,
      "linux/arm64",
      { digest: digest("2") },
      [/is of linux\/arm64, not of linux\/amd64/],
    ],
    ["not with a config of another platform", good, "linux/arm64", {}, [/is of linux\/arm64/]],
    [
      "not with a descriptor of another platform",
      index([image("2", "linux/arm64")]),
      "linux/amd64",
      {},
      [/calls its image linux\/arm64/],
    ],
    ["not as an index without images", index([attestation("3", "2")]), "linux/amd64", {}, [/holds 0 images/]],
    ["not as an index of two", index([image("2"), image("4", "linux/arm64")]), "linux/amd64", {}, [/holds 2 images/]],
    ["not with another manifest", index([image("4")]), "linux/amd64", {}, [/holds the manifest sha256:4/]],
    ["not as a manifest that should be an index", manifest, "linux/amd64", {}, [/is no index/]],
    [
      "not with an attestation about something else",
      index([image("2"), attestation("3", "9")]),
      "linux/amd64",
      {},
      [/attestation sha256:3+ about sha256:9/],
    ],
    [
      "not with an attestation about nothing",
      index([image("2"), attestation("3")]),
      "linux/amd64",
      {},
      [/about nothing/],
    ],
  ])("%s", (_, pushed, platform, changes, problems) => {
    expect(checkPushed(result(changes), { pushed, platform })).toEqual(
      problems.map((problem) => expect.stringMatching(problem)),
    );
  });
});

describe("an index is exactly what was pushed", () => {
  const amd = result();
  const arm = result({ platform: "linux/arm64", manifest: digest("4") });
  const expected = [
    expectChild(amd, index([image("2"), attestation("3", "2")])),
    expectChild(arm, index([image("4", "linux/arm64"), attestation("5", "4")])),
  ];
  const children = [image("2"), attestation("3", "2"), image("4", "linux/arm64"), attestation("5", "4")];
  const without = (name: string) => children.filter((child) => child.digest !== digest(name));
  it.each<[string, readonly OciDescriptor[], readonly RegExp[]]>([
    ["with every child", children, []],
    ["in any order", [...children].reverse(), []],
    ["not without a platform", without("4"), [/0 images of linux\/arm64/]],
    ["not with a platform twice", [...children, image("6")], [/2 images of linux\/amd64/]],
    ["not with another digest", [...without("2"), image("6")], [/holds sha256:6+ for linux\/amd64, not sha256:2/]],
    [
      "not with a platform nobody asked for",
      [...children, image("6", "linux/s390x")],
      [/linux\/s390x, which was not asked for/],
    ],
    [
      "not with an image of no platform",
      [...children, { ...image("6"), platform: { os: "unknown", architecture: "unknown" } }],
      [/no known platform/],
    ],
    ["not without an attestation", without("3"), [/lost the attestation sha256:3/]],
    [
      "not with an attestation nobody pushed",
      [...children, attestation("6", "2")],
      [/attestation sha256:6+, which no build pushed/],
    ],
    [
      "not with an attestation twice",
      [...children, attestation("3", "2")],
      [/attestation sha256:3+, which no build pushed/],
    ],
    ["not with an attestation turned to another image", [...without("5"), attestation("5", "9")], [/about sha256:9/]],
  ])("%s", (_, manifests, problems) => {
    expect(checkIndex(index(manifests), expected, {})).toEqual(
      problems.map((problem) => expect.stringMatching(problem)),
    );
  });

  it("with the planned annotations and no others", () => {
    const planned = { a: "1", b: "two\nlines" };
    expect(checkIndex(index(children, planned), expected, planned)).toEqual([]);
    expect(checkIndex(index(children, { a: "1", b: "two" }), expected, planned)).toEqual([
      'The annotation b is "two", planned is "two\\nlines".',
    ]);
    expect(checkIndex(index(children, { ...planned, c: "3" }), expected, planned)).toHaveLength(1);
    expect(checkIndex(index(children, { a: "1" }), expected, planned)).toHaveLength(1);
  });

  it("of Docker's media type without any annotation", () => {
    const list = { ...index(children), mediaType: "application/vnd.docker.distribution.manifest.list.v2+json" };
    expect(checkIndex(list, expected, { a: "1" })).toEqual([]);
  });

  it("and a reused one brings its own attestations", () => {
    expect(claimAttestations(index(children), [amd, arm])).toEqual(expected);
    const reused = index([...children, attestation("6", "9")]);
    expect(checkIndex(reused, claimAttestations(reused, [amd, arm]), undefined)).not.toEqual([]);
  });
});
