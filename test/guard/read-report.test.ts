import { readReport } from "@longshore/guard";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  digestOf,
  grypeReport,
  type RecordedImage,
  trivyReport,
  trivySourceReport,
} from "../../rehearsal/stand-ins/recorded-reports.ts";

type Place = readonly (string | number)[];

/** Every key and item of this value, at any depth. */
function placesOf(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const place = [...at, Array.isArray(value) ? Number(key) : key];
    return [place, ...placesOf(child, place)];
  });
}

function withValue(value: unknown, [key, ...rest]: Place, put: unknown): unknown {
  if (key === undefined) return put;
  const child = withValue((value as Record<string | number, unknown>)[key], rest, put);
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? child : item));
  return { ...(value as object), [key]: child };
}

/** The report with another value under the first key of this name. */
function changed(report: object, key: string, put: unknown): unknown {
  return withValue(report, placesOf(report).find((place) => place.at(-1) === key) ?? [], put);
}

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

describe("other ids", () => {
  const idsOf = (report: object) => {
    const [found] = read(report).findings;
    return { id: found?.id, ids: found?.ids, parts: found?.parts };
  };

  test("of Trivy name the same flaw, or an advisory that holds it", () => {
    expect(idsOf(trivyReport([{ id: "CVE-2026-7", vendorIds: ["GHSA-a-b", "RHSA-2026:1"] }]))).toEqual({
      ...{ id: "CVE-2026-7", ids: ["CVE-2026-7", "GHSA-A-B", "RHSA-2026:1"], parts: undefined },
    });
  });

  test.each<[string, readonly string[], readonly string[], readonly string[] | undefined]>([
    ["GHSA-a-b", ["CVE-2026-7"], ["CVE-2026-7", "GHSA-A-B"], undefined],
    ["GHSA-a-b", ["CVE-2026-7", "cve-2026-7"], ["CVE-2026-7", "GHSA-A-B"], undefined],
    ["CVE-2026-7", ["CVE-2026-7", "GHSA-a-b"], ["CVE-2026-7", "GHSA-A-B"], undefined],
    ["CVE-2026-7", ["CVE-2026-8"], ["CVE-2026-7"], undefined],
    ["ALAS-2026-1", ["CVE-2026-7", "CVE-2026-8"], ["ALAS-2026-1"], ["CVE-2026-7", "CVE-2026-8"]],
    ["ELSA-2026-1", ["CVE-2026-7"], ["CVE-2026-7", "ELSA-2026-1"], undefined],
    ["ALAS-2026-1", [], ["ALAS-2026-1"], undefined],
  ])("of Grype's %s with %j are %j, its parts %j", (id, related, ids, parts) => {
    expect(idsOf(grypeReport([{ id, related }]))).toMatchObject({ ids, ...(parts && { parts }) });
    expect(idsOf(grypeReport([{ id, related }])).parts).toEqual(parts);
  });
});

test("a library's copy is told by its place, the same by each scanner, and a system's package is not", () => {
  const path = "usr/lib/node_modules/npm/node_modules/tar/package.json";
  for (const report of [trivyReport, grypeReport]) {
    expect(read(report([{ path }])).findings[0]?.path).toBe(path);
    expect(read(report([{}])).findings[0]).not.toHaveProperty("path");
  }
  expect(read(trivySourceReport([{}])).findings[0]?.path).toBe("package-lock.json");
});

test("a secret is a finding, and what it is stays unsaid", () => {
  const report = read(trivyReport([], { secrets: [["aws-access-key-id", "app/.env"]] }));
  expect(report.findings).toMatchObject([
    {
      ...{ id: "AWS-ACCESS-KEY-ID", secret: true, package: "app/.env", path: "app/.env", installed: "line 3" },
      ...{ severity: "CRITICAL", title: "a secret: AWS Access Key ID" },
    },
  ]);
  expect(JSON.stringify(report)).not.toContain("hush");
});

test("a report says whether anything was recognised", () => {
  for (const report of [trivyReport, grypeReport]) {
    expect(read(report([])).recognised).toBe(true);
    expect(read(report([], { empty: true })).recognised).toBe(false);
  }
  const { Results: _, ...unknownSystem } = trivyReport([]) as { readonly Results: unknown };
  expect(read(unknownSystem).recognised).toBe(false);
});

test("Grype says when the operating system gets no advisories any more", () => {
  expect(read(grypeReport([], { endOfLife: true })).endOfLife).toBe("debian 13");
});

test("what the gate does not decide about is counted", () => {
  const Results = [{ Target: "Dockerfile", Class: "config", Misconfigurations: [{ ID: "DS-1" }, { ID: "DS-2" }] }];
  expect(read({ ...trivyReport([]), Results }).undecided).toEqual(["2 misconfigurations"]);
});

/** Lists that Go leaves out where they are empty: without one a report says that nothing was found. */
const mayBeMissing = ["Results", "Vulnerabilities", "Secrets"];
/** What tells the same finding in other words, or less of it. */
const mayDiffer = ["PURL", "Title", "title", "Description", "description", "Target", "PkgPath"];

test("of a report that is damaged anywhere the same is read, or it is refused", () => {
  const found = [{ fixed: "2", related: ["CVE-2026-8"], severity: "CRITICAL" }, { path: "app/tar/package.json" }];
  const reports = [trivyReport(found, { secrets: [["aws-key", ".env"]] }), grypeReport(found)];
  const relevant = (report: unknown) =>
    read(report).findings.map(({ id, package: name, severity, fixed }) => [id, name, severity, fixed !== ""]);
  const other = fc.constantFrom<unknown>(undefined, null, 4, true, "", [], {}, [null], [[]], [4], { a: 1 });
  fc.assert(
    fc.property(fc.constantFrom(...reports), fc.nat(), other, (report, at, value) => {
      const places = placesOf(report);
      const place = places[at % places.length] ?? [];
      const key = String(place.at(-1));
      const isEmptied = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
      if (mayDiffer.includes(key) || (mayBeMissing.includes(key) && isEmptied)) return;
      // A list of nothing, and an id or a text of other words, are no damage that can be seen.
      if ((key === "matches" && isEmptied) || (value === "" && key === "id")) return;
      const damaged = withValue(report, place, value);
      let result: unknown;
      try {
        result = relevant(damaged);
      } catch (error) {
        expect(String(error)).toMatch(/Report r\.json /);
        return;
      }
      expect([place, value, result]).toEqual([place, value, relevant(report)]);
    }),
    { numRuns: 2000 },
  );
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
  [{ ...trivyReport([]), ArtifactType: undefined }, "ArtifactType is missing"],
  [{ ...trivyReport([]), ArtifactType: "cyclonedx" }, "is of a cyclonedx"],
  [{ ...trivyReport([]), Results: {} }, "Report r.json is damaged: Results is an object, not a list. Scan again."],
  [{ ...trivyReport([]), Metadata: { OS: { EOSL: "yes" } } }, "Metadata.OS.EOSL is a text, not true or false"],
  [changed(trivyReport([{}]), "Severity", 4), "Results[0].Vulnerabilities[0].Severity is 4, not a text"],
  [changed(trivyReport([{}]), "Severity", undefined), "Results[0].Vulnerabilities[0].Severity is missing"],
  [changed(trivyReport([{}]), "VulnerabilityID", undefined), "Vulnerabilities[0].VulnerabilityID is missing"],
  [changed(trivyReport([{}]), "PkgName", ""), "Results[0].Vulnerabilities[0].PkgName is missing"],
  [changed(trivyReport([{}]), "Vulnerabilities", "none"), "Results[0].Vulnerabilities is a text, not a list"],
  [{ ...grypeReport([]), matches: [null] }, "matches[0] is null, not an object"],
  [{ ...grypeReport([]), matches: undefined }, "matches is missing"],
  [{ ...grypeReport([]), matches: null }, "matches is missing"],
  [{ ...grypeReport([]), source: undefined }, "source.type is missing"],
  [changed(grypeReport([{}]), "severity", undefined), "matches[0].vulnerability.severity is missing"],
  [changed(grypeReport([{}]), "artifact", []), "matches[0].artifact is a list, not an object"],
  [changed(grypeReport([{ related: ["CVE-1"] }]), "relatedVulnerabilities", {}), "is an object, not a list"],
])("%s is refused: %s", (report, sentence) => {
  expect(() => read(report)).toThrow(sentence);
});
