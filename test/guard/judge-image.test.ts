import { type GateRules, judgeImage, readReport, type ScanReport } from "@longshore/guard";
import { describe, expect, it } from "vitest";
import {
  digestOf,
  grypeReport,
  type RecordedVulnerability,
  trivyReport,
} from "../../rehearsal/stand-ins/recorded-reports.ts";

const rules: GateRules = {
  ...{ mode: "block", severities: ["CRITICAL", "HIGH"], ignoreUnfixed: false, newOnly: false },
  ...{ endOfLife: "warn", unrecognised: "warn" },
  ...{ ignore: [], today: "2026-11-21" },
};
const targets = [
  { platform: "linux/amd64", digest: digestOf("a") },
  { platform: "linux/arm64", digest: digestOf("b") },
];
const placing = { source: "source", normalise: (platform: string) => platform };
const high = { id: "CVE-2026-1", fixed: "2", severity: "HIGH" };

const architectures = { a: "amd64", b: "arm64", c: "amd64" } as const;
type Letter = keyof typeof architectures;
const trivy = (letter: Letter, found: readonly RecordedVulnerability[] = [], endOfLife = false): ScanReport =>
  readReport(
    JSON.stringify(trivyReport(found, { digest: digestOf(letter), architecture: architectures[letter], endOfLife })),
    `trivy-${letter}`,
  );
const grype = (letter: Letter, found: readonly RecordedVulnerability[] = []): ScanReport =>
  readReport(
    JSON.stringify(grypeReport(found, { digest: digestOf(letter), architecture: architectures[letter] })),
    `grype-${letter}`,
  );

function judge(reports: readonly ScanReport[], scanners: readonly ("trivy" | "grype")[] = ["trivy"], more = {}) {
  const { result, notScanned, notes } = judgeImage(targets, reports, {
    scanners,
    rules: { ...rules, ...more },
    placing,
  });
  const blocking = result.findings.filter(({ decision }) => decision === "blocks");
  return { blocking: blocking.map(({ id, platforms }) => [id, ...platforms].join(" ")), notScanned, notes };
}

describe("an image", () => {
  it("is clean when each platform has a clean report", () => {
    expect(judge([trivy("a"), trivy("b")])).toEqual({ blocking: [], notScanned: [], notes: [] });
  });

  it("has what was found on its platforms, and nothing of other images", () => {
    expect(judge([trivy("a"), trivy("b", [high]), trivy("c", [{ ...high, id: "CVE-2026-2" }])]).blocking).toEqual([
      "CVE-2026-1 linux/arm64",
    ]);
  });

  it("is never clean where a platform has no report, and what was found on the other is told all the same", () => {
    expect(judge([trivy("a", [high])])).toMatchObject({
      blocking: ["CVE-2026-1 linux/amd64"],
      notScanned: ["There is no report of trivy on linux/arm64: every platform must be scanned."],
    });
    expect(judge([]).notScanned).toHaveLength(2);
  });

  it("must have been looked at by each scanner; one that is missing hides nothing of the other", () => {
    const both = ["trivy", "grype"] as const;
    expect(judge([trivy("a"), trivy("b"), grype("a"), grype("b", [high])], both)).toMatchObject({
      ...{ blocking: ["CVE-2026-1 linux/arm64"], notScanned: [] },
    });
    expect(judge([trivy("a", [high]), trivy("b"), grype("b")], both)).toMatchObject({
      blocking: ["CVE-2026-1 linux/amd64"],
      notScanned: ["There is no report of grype on linux/amd64: every platform must be scanned."],
    });
  });

  it("is not scanned by a report of another platform under its digest", () => {
    const wrong = { ...trivy("a"), platform: "linux/s390x" };
    expect(judge([wrong, trivy("b")]).notScanned).toEqual([expect.stringContaining("is of linux/s390x, but")]);
  });

  it("tells systems without updates, and lines of the ignore list that are over", () => {
    const over = { id: "CVE-2026-1", until: "2026-11-20", reason: "x", line: 3 };
    const unused = { id: "CVE-2026-9", until: "2026-11-20", reason: "x", line: 4 };
    const judged = judge([trivy("a", [high], true), trivy("b")], ["trivy"], { ignore: [over, unused] });
    expect(judged.blocking).toEqual(["CVE-2026-1 linux/amd64"]);
    expect(judged.notes).toEqual([
      expect.stringContaining("gets no security updates any more"),
      "Line 3 of the ignore list was for CVE-2026-1 until 2026-11-20 and ignores it no more.",
    ]);
  });
});
