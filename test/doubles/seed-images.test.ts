import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../doubles/blob-store.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { mediaTypes } from "../../doubles/registry/manifest-content.ts";

let double: GitHubDouble;
beforeEach(async () => {
  double = await startGitHubDouble();
});
afterEach(() => double.stop());

interface Index {
  readonly manifests: readonly {
    readonly digest: string;
    readonly size: number;
    readonly platform: object;
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
}

describe("seeded images", () => {
  it("look as BuildKit's: per platform a manifest and an attestation, below one index", () => {
    const createdAt = new Date("2026-01-01T00:00:00Z");
    const annotations = { "dev.longshore.kind": "feature" };
    const image = { tags: ["a", "b"], annotations, createdAt, platformTags: { "linux/arm64": "a-arm64" } };
    const [digest = ""] = double.registry.seedImages("acme/app", 1, () => image);
    const index = double.registry.manifest("acme/app", "a");
    expect(index).toMatchObject({ digest, mediaType: mediaTypes.ociIndex, content: { annotations } });
    const content = index?.content;
    const { manifests } = content as Index;
    expect(manifests.map(({ platform }) => platform)).toEqual([
      { architecture: "amd64", os: "linux" },
      { architecture: "arm64", os: "linux" },
      { architecture: "unknown", os: "unknown" },
      { architecture: "unknown", os: "unknown" },
    ]);
    for (const child of manifests) {
      const bytes = double.registry.manifest("acme/app", child.digest)?.bytes ?? new Uint8Array();
      expect([digestOf(bytes), bytes.byteLength]).toEqual([child.digest, child.size]);
    }
    expect(manifests[3]?.annotations?.["vnd.docker.reference.digest"]).toBe(manifests[1]?.digest);
    expect(double.registry.tags("acme/app")).toEqual({ a: digest, b: digest, "a-arm64": manifests[1]?.digest });
    expect(new Set(double.registry.versions("acme/app").map((row) => row.createdAt.getTime()))).toEqual(
      new Set([createdAt.getTime()]),
    );
  });

  it("differ from each other and between two seeds, and may be untagged or of one platform", () => {
    const image = { tags: [], platforms: ["linux/arm/v7"], attestations: false };
    const digests = [1, 2].flatMap(() => double.registry.seedImages("acme/app", 3, () => image));
    expect(new Set(digests).size).toBe(6);
    expect(double.registry.versions("acme/app")).toHaveLength(12);
    expect(double.registry.tags("acme/app")).toEqual({});
    const platform = { architecture: "arm", os: "linux", variant: "v7" };
    expect(double.registry.manifest("acme/app", digests[0] ?? "")?.content).toMatchObject({
      manifests: [{ platform }],
    });
  });

  it("are 20,000 and more without a socket, read one by one when they are asked for", () => {
    const start = Date.parse("2026-01-01T00:00:00Z");
    const image = (index: number) => ({ tags: [`v${index}`], createdAt: new Date(start + index * 60_000) });
    const digests = double.registry.seedImages("acme/app", 20_000, image);
    expect(double.registry.versions("acme/app")).toHaveLength(100_000);
    expect(double.registry.versions("acme/app")[0]?.tags).toEqual(["v19999"]);
    expect(double.registry.manifest("acme/app", "v12345")?.digest).toBe(digests[12345]);
    expect(double.requests).toEqual([]);
  });
});
