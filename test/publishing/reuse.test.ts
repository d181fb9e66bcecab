import { imageSize, judgeReuse, type OciManifest, parseOciContent, platformOf } from "@longshore/publishing";
import { readImageFacts } from "@longshore/tagging";
import { describe, expect, it } from "vitest";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const mediaType = "application/vnd.oci.image.manifest.v1+json";
const child = (letter: string, architecture: string, variant?: string) => ({
  ...{ mediaType, digest: digest(letter), size: 1 },
  platform: { os: "linux", architecture, ...(variant ? { variant } : {}) },
});
const attestation = {
  ...child("f", "unknown"),
  platform: { os: "unknown", architecture: "unknown" },
  annotations: { "vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": digest("a") },
};
const plan = examplePlan();
const ours = { "org.opencontainers.image.revision": plan.revision };
const index = (manifests: readonly object[], annotations: object = ours) =>
  parseOciContent(JSON.stringify({ schemaVersion: 2, manifests, annotations }), "app");
const both = ["linux/amd64", "linux/arm64"];
const mine = "file=1a2b3c4d,args=5e6f7a8b";
const judge = (content: ReturnType<typeof index>) =>
  judgeReuse(content, readImageFacts(content.annotations), { plan, platforms: both, fingerprint: mine });

describe("an existing image", () => {
  it("of this revision with exactly these platforms is reused", () => {
    const found = index([child("a", "amd64"), child("b", "arm64", "v8"), attestation]);
    expect(judge(found)).toEqual({
      verdict: "reuse",
      manifests: new Map([
        ["linux/amd64", digest("a")],
        ["linux/arm64", digest("b")],
      ]),
    });
  });

  it.each([
    [
      "of another revision",
      index([child("a", "amd64")], { "org.opencontainers.image.revision": "f".repeat(40) }),
      "it is of revision fff",
    ],
    ["without a revision", index([child("a", "amd64")], {}), "it is of revision unknown"],
    [
      "of another component",
      index([child("a", "amd64")], { ...ours, "dev.longshore.component": "api" }),
      'it is of component "api"',
    ],
    ["that lacks a platform", index([child("a", "amd64"), attestation]), "it holds linux/amd64"],
    [
      "with one more platform",
      index([child("a", "amd64"), child("b", "arm64"), child("c", "arm", "v7")]),
      "linux/arm/v7",
    ],
    ["with a platform twice", index([child("a", "amd64"), child("b", "arm64"), child("c", "arm64")]), "linux/arm64"],
    [
      "that is no index",
      parseOciContent(JSON.stringify({ config: child("a", "x"), layers: [] }), "app"),
      "it is no index",
    ],
  ])("%s is not", (_, content, reason) => {
    expect(judge(content)).toMatchObject({ verdict: "build", reason: expect.stringContaining(reason) });
  });
});

describe("an existing image of this revision", () => {
  const images = [child("a", "amd64"), child("b", "arm64")];
  const built = (fingerprint: string) => index(images, { ...ours, "dev.longshore.fingerprint": fingerprint });

  it("that was built by the same inputs is reused", () => {
    expect(judge(built(mine))).toMatchObject({ verdict: "reuse", fingerprint: mine });
  });
  it("that does not tell its inputs, or not in our words, is reused as it is", () => {
    for (const found of [index(images), built("args=--everything--")]) {
      expect(judge(found)).toMatchObject({ verdict: "reuse" });
      expect(judge(found)).not.toHaveProperty("fingerprint");
    }
  });
  it.each([
    ["file=1a2b3c4d,args=00000000", ["build-args"]],
    ["file=00000000,args=5e6f7a8b", ["file"]],
    ["file=1a2b3c4d", ["build-args"]],
    ["file=1a2b3c4d,context=00000000,args=5e6f7a8b,media-types=00000000", ["context", "docker-media-types"]],
  ])("that was built by %s is another build", (fingerprint, inputs) => {
    expect(judge(built(fingerprint))).toEqual({ verdict: "differs", inputs });
  });
  it("is told apart also where it holds other platforms", () => {
    const found = index([child("a", "amd64")], { ...ours, "dev.longshore.fingerprint": "file=00000000" });
    expect(judge(found)).toMatchObject({ verdict: "differs" });
  });
});

describe("content of a registry", () => {
  it("has the size of config and layers", () => {
    const layer = { mediaType, digest: digest("a"), size: 1000 };
    const manifest = parseOciContent(JSON.stringify({ config: { ...layer, size: 7 }, layers: [layer, layer] }), "app");
    expect(imageSize(manifest as OciManifest)).toBe(2007);
  });
  it("may name platforms nobody knows", () => {
    expect(platformOf({ ...child("a", "amd64"), platform: { os: "plan9", architecture: "amd64" } })).toBeUndefined();
    expect(platformOf({ mediaType, digest: digest("a"), size: 1 })).toBeUndefined();
  });
  it.each(["", "[]", "{}", '{"manifests":[{}]}', '{"layers":[]}', '{"layers":[],"config":{"digest":"x"}}'])(
    "that is %j is refused",
    (text) => {
      expect(() => parseOciContent(text, "app:1")).toThrow(/^app:1 /);
    },
  );
});
