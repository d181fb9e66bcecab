import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { digestOf, type RecordedVulnerability, trivyReport } from "../../rehearsal/stand-ins/recorded-reports.ts";
import type { HealthReport, TagHealth } from "../../scripts/lib/scans/health-report.ts";
import { type BundleOptions, runBundle } from "../../tools/run-bundle.ts";

const image = "ghcr.io/acme/app";
const manifests = { "linux/amd64": digestOf("a"), "linux/arm64": digestOf("b") };
const critical = { id: "CVE-2026-1", fixed: "3.6", severity: "CRITICAL" };

function tag(name: string, about: Partial<TagHealth> = {}): TagHealth {
  return { tag: name, digest: digestOf("1"), revision: "", created: "", manifests, problems: [], ...about };
}

/** As verify-image leaves it. */
function reportOf(...tags: readonly TagHealth[]): HealthReport {
  const images = [{ image, problems: [], tags }];
  return { format: "longshore-verify-1", checkedAt: "2026-11-21T00:00:00.000Z", run: "", images };
}

/** Scanners' reports as files: what each platform of the first image has. */
function scans(amd64: readonly RecordedVulnerability[], arm64: readonly RecordedVulnerability[] = amd64) {
  return {
    "scan/amd64.report.json": JSON.stringify(trivyReport(amd64)),
    "scan/arm64.report.json": JSON.stringify(trivyReport(arm64, { digest: digestOf("b"), architecture: "arm64" })),
  };
}

async function add(report: unknown, { inputs, files, ...options }: BundleOptions = {}) {
  let written: HealthReport | undefined;
  const text = typeof report === "string" ? report : JSON.stringify(report);
  const run = await runBundle("add-scans", {
    ...options,
    env: { SOURCE_DATE_EPOCH: "1795219200" }, // 2026-11-21
    inputs: { report: "verify-report.json", reports: "scan/*.report.json", ...inputs },
    files: { "verify-report.json": text, ...files },
    inspect: (folder) => {
      const path = join(folder, "workspace", "verify-report.json");
      if (typeof report !== "string") written = JSON.parse(readFileSync(path, "utf8")) as HealthReport;
    },
  });
  return { ...run, report: written as HealthReport };
}

describe("published images", () => {
  it("stay healthy when scanners find nothing that blocks", async () => {
    const run = await add(reportOf(tag("latest"), tag("main")), { files: scans([{ severity: "LOW" }]) });
    expect([run.exitCode, run.errors]).toEqual([0, []]);
    expect(run.outputs).toEqual({ healthy: "true", problems: "0", "not-checked": "0" });
    expect(run.report.scans).toMatchObject([
      {
        image,
        digest: digestOf("1"),
        tags: ["latest", "main"],
        blocking: [],
        problems: [],
        counts: { LOW: { found: 1 } },
      },
    ]);
    expect(run.summary).toContain("Published images pass the scan");
    expect(run.summary).toContain("| `ghcr.io/acme/app:latest, main` | 0 | 0 | 0 | 1 | 0 | ok |");
  });

  it("are told once for all tags of a digest when a CRITICAL is found", async () => {
    const run = await add(reportOf(tag("latest"), tag("main")), { files: scans([critical]) });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([
      "ghcr.io/acme/app:latest, main: The scan found 1 CRITICAL: CVE-2026-1 in openssl 3.5.1-1 (fixed in 3.6). Build it again, with a base image that has the fixes.",
    ]);
    expect(run.outputs).toEqual({ healthy: "false", problems: "1", "not-checked": "0" });
    expect(run.report.scans?.[0]?.blocking).toMatchObject([
      { id: "CVE-2026-1", severity: "CRITICAL", package: "openssl", platforms: ["linux/amd64", "linux/arm64"] },
    ]);
  });

  it("keep the problems that verify-image found, and count them too", async () => {
    const problems = [{ kind: "too-old" as const, detail: "It is old." }];
    const run = await add(reportOf(tag("latest", { problems })), { files: scans([]) });
    expect([run.exitCode, run.outputs]).toEqual([0, { healthy: "false", problems: "1", "not-checked": "0" }]);
    expect(run.report.images[0]?.tags[0]?.problems).toEqual(problems);
    const both = await add(reportOf(tag("latest", { problems })), { files: scans([critical]) });
    expect([both.exitCode, both.outputs.problems]).toEqual([1, "2"]);
  });

  it("that no tag resolves to have nothing to scan", async () => {
    const run = await add(reportOf(tag("latest", { digest: "", manifests: {} })));
    expect([run.exitCode, run.report.scans]).toEqual([0, []]);
  });

  it("of several digests are judged each by itself", async () => {
    const other = { "linux/amd64": digestOf("c"), "linux/arm64": digestOf("b") };
    const run = await add(reportOf(tag("1", { digest: digestOf("2"), manifests: other }), tag("latest")), {
      files: {
        ...scans([critical], []),
        "scan/c.report.json": JSON.stringify(trivyReport([], { digest: digestOf("c") })),
      },
    });
    expect(run.report.scans?.map(({ tags, problems }) => [...tags, problems.length])).toEqual([
      ["1", 0],
      ["latest", 1],
    ]);
  });
});

it("an image without a platform that is there is a problem", async () => {
  const run = await add(reportOf(tag("latest", { manifests: {} })));
  expect(run.errors).toEqual(["ghcr.io/acme/app:latest: It holds no platform that can be scanned."]);
});

describe("a platform", () => {
  it("that no scanner looked at is a problem", async () => {
    const { "scan/amd64.report.json": amd64 } = scans([]);
    const run = await add(reportOf(tag("latest")), { files: { "scan/amd64.report.json": amd64 } });
    expect(run.exitCode).toBe(1);
    expect(run.report.scans?.[0]?.problems).toEqual([
      { kind: "not-checked", detail: "There is no report of trivy on linux/arm64: every platform must be scanned." },
    ]);
  });

  it("whose report is cut off was not scanned, and the file is named", async () => {
    const run = await add(reportOf(tag("latest")), { files: { ...scans([]), "scan/arm64.report.json": `{"Schema` } });
    expect(run.warnings).toEqual(["Report arm64.report.json is not JSON: scan again."]);
    expect(run.outputs).toEqual({ healthy: "false", problems: "0", "not-checked": "1" });
  });
});

describe("the rules", () => {
  it.each([
    ["severities", { severities: "LOW" }, 0],
    ["ignore-unfixed", { "ignore-unfixed": "true" }, 1],
    ["ignore-file", { "ignore-file": "ignored.txt" }, 0],
    ["fail-on-problems", { "fail-on-problems": "false" }, 0],
    ["scanners", { scanners: "trivy,grype" }, 1],
  ])("hear input %s", async (_name, inputs, exitCode) => {
    const files = { ...scans([critical]), "ignored.txt": "CVE-2026-1 until=2026-12-31 not reachable" };
    expect((await add(reportOf(tag("latest")), { files, inputs })).exitCode).toBe(exitCode);
  });
});

it("shows what scanners write literally", async () => {
  const hostile = { ...critical, package: "a|b`\n::error::x", fixed: "<img src=x> @team" };
  const run = await add(reportOf(tag("latest")), { files: scans([hostile]) });
  expect(run.errors).toHaveLength(1);
  expect(run.summary).not.toMatch(/<img|@team|\n::/);
});

describe("bad input ends the step before anything is written", () => {
  it.each([
    ["no report", "{}", {}, /^Input `report` is "verify-report.json", which is no report of verify-image/],
    ["no JSON", "nothing", {}, /which is no JSON file/],
    ["no reports", reportOf(), { reports: "" }, /^Input `reports` is missing/],
    ["a scanner that is not known", reportOf(), { scanners: "clair" }, /^Input `scanners` names "clair"/],
    ["a severity that is not known", reportOf(), { severities: "BAD" }, /names "BAD"/],
    [
      "an ignore list that is not there",
      reportOf(),
      { "ignore-file": "none.txt" },
      /^Input `ignore-file` names "none.txt"/,
    ],
  ])("%s", async (_name, report, inputs, sentence) => {
    const run = await add(report, { inputs });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(sentence)]);
    expect(run.outputs).toEqual({});
  });
});
