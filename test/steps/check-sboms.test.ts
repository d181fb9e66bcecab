import { describe, expect, it } from "vitest";
import { runBundle } from "../../tools/run-bundle.ts";

const spdx = { spdxVersion: "SPDX-2.3", SPDXID: "SPDXRef-DOCUMENT" };
const cyclonedx = { bomFormat: "CycloneDX", serialNumber: "urn:uuid:1", specVersion: "1.6" };
const mebibyte = 1024 * 1024;

function check(files: Readonly<Record<string, unknown>>) {
  return runBundle("check-sboms", {
    inputs: { sboms: Object.keys(files).join("\n") },
    files: Object.fromEntries(Object.entries(files).map(([name, content]) => [name, JSON.stringify(content)])),
  });
}

describe("SBOMs", () => {
  it("are told by their format, whatever their names", async () => {
    const run = await check({ "one.json": cyclonedx, "other.json": spdx });
    expect(run.outputs).toEqual({ spdx: "other.json", cyclonedx: "one.json" });
    expect([run.exitCode, run.warnings, run.summary]).toEqual([0, [], ""]);
  });

  it("that GitHub finds too large are left out with a warning, and the other stays", async () => {
    const run = await check({ "a.spdx.json": { ...spdx, name: "x".repeat(17 * mebibyte) }, "a.cdx.json": cyclonedx });
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toEqual({ spdx: "", cyclonedx: "a.cdx.json" });
    expect(run.warnings).toEqual([
      expect.stringMatching(/^a\.spdx\.json has 17\.\d MB, and GitHub attests at most 16 MiB: it stays an artifact/),
    ]);
    expect(run.summary).toContain("without an attestation");
  });

  it.each([
    ["of another format", { "a.json": { name: "app" } }, /^Input `sboms` names "a.json", which is neither/],
    ["that are none", {}, /^Input `sboms` is missing/],
  ])("%s are refused", async (_name, files, sentence) => {
    expect((await check(files)).errors).toEqual([expect.stringMatching(sentence)]);
  });
});
