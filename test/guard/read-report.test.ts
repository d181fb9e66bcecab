import { readReport } from "@longshore/guard";
import { describe, expect, test } from "vitest";
import { digestOf, grypeReport, type RecordedImage, trivyReport, trivySourceReport } from "./recorded-reports.ts";

const read = (report: unknown) => readReport(typeof report === "string" ? report : JSON.stringify(report), "r.json");

describe("a report of Trivy", () => {
  test("gives each vulnerability with its package, versions and where to read on", () => {
    const report = read(trivyReport([{ fixed: "3.5.2-1", severity: "CRITICAL" }]));
    expect(report).toMatchObject({
      scanner: "trivy",
      kind: "image",
      digests: [digestOf("a")],
      platform: "linux/amd64",
    });
    expect(report.findings).toEqual([
      {
        id: "CVE-2026-1000",
        ids: ["CVE-2026-1000"],
        package: "openssl",
        packageKey: "pkg:deb/debian/openssl",
        installed: "3.5.1-1",
        fixed: "3.5.2-1",
        severity: "CRITICAL",
        scanner: "trivy",
        title: "openssl: something is wrong",
        url: "https://avd.aquasec.com/nvd/cve-2026-1000",
      },
    ]);
  });

  test("has no fixed version where none fixes it", () => {
    expect(read(trivyReport([{}])).findings[0]?.fixed).toBe("");
  });

  test("may hold nothing", () => {
    const { Results: _, ...bare } = trivyReport([]) as { readonly Results: unknown };
    for (const report of [trivyReport([]), bare, { ...bare, Results: null }]) expect(read(report).findings).toEqual([]);
  });

  test("of a folder is about no digest and no platform", () => {
    expect(read(trivySourceReport([{}]))).toMatchObject({ kind: "filesystem", digests: [] });
    expect(read(trivySourceReport([{}]))).not.toHaveProperty("platform");
  });

  test("says when the operating system gets no advisories any more", () => {
    expect(read(trivyReport([], { endOfLife: true })).endOfLife).toBe("debian 13.2");
  });

  test.each<[RecordedImage, string]>([
    [{ architecture: "arm64" }, "linux/arm64"],
    [{ architecture: "arm", variant: "v7" }, "linux/arm/v7"],
  ])("says of which platform the image is: %o is %s", (image, platform) => {
    expect(read(trivyReport([], image)).platform).toBe(platform);
  });
});

describe("a report of Grype", () => {
  test("gives the same finding as Trivy's of the same package", () => {
    const [grype] = read(grypeReport([{ fixed: "3.5.2-1", severity: "Critical" }])).findings;
    const [trivy] = read(trivyReport([{ fixed: "3.5.2-1", severity: "CRITICAL" }])).findings;
    const shared = { scanner: "", title: "", url: "" };
    expect({ ...grype, ...shared }).toEqual({ ...trivy, ...shared });
  });

  test.each<[string, readonly string[], string]>([
    ["GHSA-aaaa-bbbb-cccc", ["CVE-2026-7"], "CVE-2026-7"],
    ["GHSA-aaaa-bbbb-cccc", [], "GHSA-AAAA-BBBB-CCCC"],
    ["GHSA-aaaa-bbbb-cccc", ["CVE-2026-7", "CVE-2026-8"], "GHSA-AAAA-BBBB-CCCC"],
  ])("calls %s with the related %j by the id %s", (id, related, expected) => {
    expect(read(grypeReport([{ id, related }])).findings[0]?.id).toBe(expected);
  });

  test("that says fixed and not where has a later version", () => {
    const report = JSON.stringify(grypeReport([{ fixed: "1" }])).replace('"versions":["1"]', '"versions":[]');
    expect(read(report).findings[0]?.fixed).toBe("a later version");
  });
});

test.each([
  ["Critical", "CRITICAL"],
  ["high", "HIGH"],
  ["Negligible", "LOW"],
  ["Unknown", "UNKNOWN"],
  ["horrible", "UNKNOWN"],
])("the severity %s is %s", (severity, expected) => {
  expect(read(grypeReport([{ severity }])).findings[0]?.severity).toBe(expected);
});

test("prose of any length and any line breaks becomes one line of at most 200 characters", () => {
  const title = read(trivyReport([{ title: `a\n::error::b\u2028${"x".repeat(500)}` }])).findings[0]?.title ?? "";
  expect([...title]).toHaveLength(200);
  expect(title).toMatch(/^a ::error::b x+…$/);
});

test.each([
  ["", "Report r.json is not JSON but empty: scan again."],
  ["{", "Report r.json is not JSON: scan again."],
  ["[]", "neither Trivy's nor Grype's JSON"],
  ['{"runs": [], "version": "2.1.0"}', "neither Trivy's nor Grype's JSON"],
  [{ ...trivyReport([]), SchemaVersion: 3 }, "Trivy's schema 3"],
  [JSON.stringify(trivyReport([{}])).replace('"VulnerabilityID"', '"Id"'), "without VulnerabilityID or PkgName"],
  [
    JSON.stringify(trivyReport([{}])).replace('"PkgName":"openssl"', '"PkgName":""'),
    "without VulnerabilityID or PkgName",
  ],
  [{ ...grypeReport([]), matches: [null] }, "without vulnerability.id or artifact.name"],
])("%s is refused: %s", (report, sentence) => {
  expect(() => read(report)).toThrow(sentence);
});
