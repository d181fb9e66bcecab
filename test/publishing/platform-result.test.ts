import { type PlatformResult, parsePlatformResults } from "@longshore/publishing";
import { describe, expect, it } from "vitest";

const digest = `sha256:${"a".repeat(64)}`;
const amd64: PlatformResult = {
  platform: "linux/amd64",
  digest,
  manifest: `sha256:${"b".repeat(64)}`,
  size: 1234,
  seconds: 5.5,
  reused: false,
  retries: [],
  revision: "c".repeat(40),
  delivery: "registry",
};
const arm64: PlatformResult = {
  ...amd64,
  platform: "linux/arm64",
  delivery: "artifact",
  archive: "image-app-linux-arm64.oci.tar",
};

describe("the results of the platforms", () => {
  it("are read from a JSON list", () => {
    expect(parsePlatformResults(JSON.stringify([amd64, arm64]))).toEqual([amd64, arm64]);
  });

  it("are read from the needs context, where a skipped job counts for nothing", () => {
    const needs = {
      amd64: { result: "success", outputs: { result: JSON.stringify([amd64]), digest } },
      arm64: { result: "success", outputs: { result: JSON.stringify([arm64]) } },
      "other-amd64": { result: "skipped", outputs: {} },
      "other-arm64": { result: "skipped" },
    };
    expect(parsePlatformResults(JSON.stringify(needs))).toEqual([amd64, arm64]);
  });

  it("may tell how many steps came from the cache", () => {
    const told = { ...amd64, steps: { total: 14, cached: 12 } };
    expect(parsePlatformResults(JSON.stringify([told, arm64]))).toEqual([told, arm64]);
  });

  it("may tell by what they were built, and that it was on purpose", () => {
    const told = { ...amd64, fingerprint: "file=1a2b3c4d,media-types=00000000", rebuilt: true };
    expect(parsePlatformResults(JSON.stringify([told, arm64]))).toEqual([told, arm64]);
  });

  it("name platforms in their normal form", () => {
    const [result] = parsePlatformResults(JSON.stringify([{ ...amd64, platform: "linux/arm64/v8" }]));
    expect(result?.platform).toBe("linux/arm64");
  });

  it.each([
    ["no JSON", "{", "Input results is not JSON"],
    ["a number", "7", "neither a JSON list"],
    ["null", "null", "neither a JSON list"],
    ["a list of strings", '["x"]', "which is no object"],
    ["a failed job", JSON.stringify({ arm64: { result: "failure", outputs: {} } }), 'job arm64 ended as "failure"'],
    [
      "a cancelled job",
      JSON.stringify({ arm64: { result: "cancelled", outputs: {} } }),
      'job arm64 ended as "cancelled"',
    ],
    [
      "an output that is no list",
      JSON.stringify({ arm64: { result: "success", outputs: { result: "{}" } } }),
      "no JSON list",
    ],
    ["a short digest", JSON.stringify([{ ...amd64, digest: "sha256:abc" }]), 'digest of linux/amd64 is "sha256:abc"'],
    ["an upper-case digest", JSON.stringify([{ ...amd64, manifest: digest.toUpperCase() }]), "manifest of linux/amd64"],
    ["a missing digest", JSON.stringify([{ ...amd64, digest: undefined }]), "digest is missing"],
    ["a negative size", JSON.stringify([{ ...amd64, size: -1 }]), "size of linux/amd64 is -1"],
    ["an unknown delivery", JSON.stringify([{ ...amd64, delivery: "none" }]), 'delivery of linux/amd64 is "none"'],
    ["steps that are no object", JSON.stringify([{ ...amd64, steps: 3 }]), "steps of linux/amd64 is 3"],
    ["no steps", JSON.stringify([{ ...amd64, steps: { total: 0, cached: 0 } }]), "expected total and cached"],
    ["half a step", JSON.stringify([{ ...amd64, steps: { total: 2, cached: 0.5 } }]), "expected total and cached"],
    ["more from the cache than there are", JSON.stringify([{ ...amd64, steps: { total: 2, cached: 3 } }]), "steps of"],
    ["a fingerprint that tells a value", JSON.stringify([{ ...amd64, fingerprint: "args=TOKEN" }]), 'is "args=TOKEN"'],
    ["a rebuild that is none", JSON.stringify([{ ...amd64, rebuilt: false }]), "rebuilt of linux/amd64 is false"],
    ["an unknown platform", JSON.stringify([{ ...amd64, platform: "linux/z80" }]), "linux/z80"],
  ])("refuse %s", (_, text, sentence) => {
    expect(() => parsePlatformResults(text)).toThrow(sentence);
  });
});
