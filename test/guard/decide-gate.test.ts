import { decideGate, type Finding, type GateRules, parseIgnoreList } from "@longshore/guard";
import { describe, expect, test } from "vitest";

const rules: GateRules = {
  mode: "block",
  severities: ["CRITICAL", "HIGH"],
  ignoreUnfixed: false,
  newOnly: false,
  ignore: [],
  today: "2026-11-21",
};

function finding(changes: Partial<Finding> = {}): Finding {
  const { id = "CVE-2026-1", package: name = "openssl" } = changes;
  return {
    ...{ id, ids: [id], package: name, packageKey: `pkg:deb/debian/${name}`, installed: "1.0", fixed: "1.1" },
    ...{ severity: "HIGH", platform: "linux/amd64", scanner: "trivy", title: "", url: "" },
    ...changes,
  };
}

const ignoring = (...lines: readonly string[]) => parseIgnoreList(lines.join("\n")).entries;

describe("one finding", () => {
  test.each<[string, Partial<Finding>, Partial<GateRules>, string, string]>([
    ["of HIGH blocks", {}, {}, "block", "blocks"],
    ["of CRITICAL blocks", { severity: "CRITICAL" }, {}, "block", "blocks"],
    ["of MEDIUM passes", { severity: "MEDIUM" }, {}, "pass", "below"],
    ["of MEDIUM blocks when it is asked for", { severity: "MEDIUM" }, { severities: ["MEDIUM"] }, "block", "blocks"],
    [
      "of CRITICAL passes when only MEDIUM is asked for",
      { severity: "CRITICAL" },
      { severities: ["MEDIUM"] },
      "pass",
      "below",
    ],
    ["of HIGH is only reported in mode report", {}, { mode: "report" }, "report", "blocks"],
    ["of LOW passes in mode report", { severity: "LOW" }, { mode: "report" }, "pass", "below"],
    ["without a fix blocks", { fixed: "" }, {}, "block", "blocks"],
    ["without a fix passes with ignore-unfixed", { fixed: "" }, { ignoreUnfixed: true }, "pass", "unfixed"],
    ["with a fix blocks with ignore-unfixed", {}, { ignoreUnfixed: true }, "block", "blocks"],
    ["that is ignored passes", {}, { ignore: ignoring("CVE-2026-1 until=2026-12-31 x") }, "pass", "ignored"],
    [
      "that is ignored passes on the last day",
      {},
      { ignore: ignoring("CVE-2026-1 until=2026-11-21 x") },
      "pass",
      "ignored",
    ],
    [
      "whose entry ended yesterday blocks",
      {},
      { ignore: ignoring("CVE-2026-1 until=2026-11-20 x") },
      "block",
      "blocks",
    ],
    [
      "ignored in another package blocks",
      {},
      { ignore: ignoring("CVE-2026-1 package=zlib until=2026-12-31 x") },
      "block",
      "blocks",
    ],
    [
      "ignored in this package passes",
      {},
      { ignore: ignoring("CVE-2026-1 package=openssl until=2026-12-31 x") },
      "pass",
      "ignored",
    ],
    [
      "ignored by another of its ids passes",
      { ids: ["CVE-2026-1", "GHSA-A-B"] },
      { ignore: ignoring("ghsa-a-b until=2026-12-31 x") },
      "pass",
      "ignored",
    ],
    [
      "whose id only starts alike blocks",
      { id: "CVE-2026-10" },
      { ignore: ignoring("CVE-2026-1 until=2026-12-31 x") },
      "block",
      "blocks",
    ],
    ["blocks with new-only where there is nothing to compare with", {}, { newOnly: true }, "block", "blocks"],
  ])("%s", (_name, changes, ruleChanges, verdict, decision) => {
    const result = decideGate([finding(changes)], { ...rules, ...ruleChanges });
    expect([result.verdict, result.findings[0]?.decision]).toEqual([verdict, decision]);
  });
});

describe("with new-only, a finding", () => {
  test.each<[string, Partial<Finding>, Partial<Finding>, string, string]>([
    ["that the default branch has passes", {}, {}, "pass", "known"],
    ["that it has in an older version passes", { installed: "2.0" }, { installed: "1.0" }, "pass", "known"],
    ["that it has on another platform blocks", {}, { platform: "linux/arm64" }, "block", "blocks"],
    ["that it has in another package blocks", {}, { package: "zlib" }, "block", "blocks"],
    ["that only the other scanner told of it passes", { scanner: "grype" }, {}, "pass", "known"],
    ["of another id blocks", { id: "CVE-2026-2" }, {}, "block", "blocks"],
  ])("%s", (_name, now, before, verdict, decision) => {
    const result = decideGate([finding(now)], { ...rules, newOnly: true }, [finding(before)]);
    expect([result.verdict, result.findings[0]?.decision]).toEqual([verdict, decision]);
  });
});

test("without new-only what is known blocks too, and is told apart", () => {
  const result = decideGate([finding(), finding({ id: "CVE-2026-2" })], rules, [finding()]);
  expect(result.verdict).toBe("block");
  expect(result.findings.map(({ id, isNew }) => [id, isNew])).toEqual([
    ["CVE-2026-2", true],
    ["CVE-2026-1", false],
  ]);
});

test("nothing found passes, and says so", () => {
  expect(decideGate([], rules)).toMatchObject({ verdict: "pass", reason: "Nothing was found.", findings: [] });
});

test("platforms and scanners that tell of one vulnerability make one row, with the worst severity and any fix", () => {
  const result = decideGate(
    [
      finding({ fixed: "", title: "first" }),
      finding({ platform: "linux/arm64" }),
      finding({ scanner: "grype", severity: "CRITICAL", ids: ["CVE-2026-1", "GHSA-A-B"] }),
    ],
    rules,
  );
  expect(result.findings).toHaveLength(1);
  expect(result.findings[0]).toMatchObject({
    ...{ severity: "CRITICAL", fixed: "1.1", title: "first" },
    ...{ platforms: ["linux/amd64", "linux/arm64"], scanners: ["grype", "trivy"] },
  });
  expect(result.counts.CRITICAL).toEqual({ found: 1, new: 0, fixed: 0, blocking: 1 });
  expect(result.counts.HIGH).toEqual({ found: 0, new: 0, fixed: 0, blocking: 0 });
});

test("two versions of one package are two rows", () => {
  expect(decideGate([finding(), finding({ installed: "2.0" })], rules).findings).toHaveLength(2);
});

test("a row blocks when one scanner's finding of it does, whatever the other's is", () => {
  const ignore = ignoring("GHSA-A-B until=2026-12-31 only Grype knows this id");
  const both = [finding(), finding({ scanner: "grype", ids: ["CVE-2026-1", "GHSA-A-B"] })];
  expect(decideGate(both, { ...rules, ignore }).verdict).toBe("block");
});

test("what blocks comes first, then the worst, then what is new", () => {
  const found = [
    finding({ id: "CVE-1-1", severity: "LOW" }),
    finding({ id: "CVE-1-2", severity: "CRITICAL", fixed: "" }),
    finding({ id: "CVE-1-3" }),
    finding({ id: "CVE-1-4" }),
    finding({ id: "CVE-1-5", severity: "CRITICAL" }),
  ];
  const result = decideGate(found, { ...rules, ignoreUnfixed: true }, [finding({ id: "CVE-1-3" })]);
  expect(result.findings.map(({ id }) => id)).toEqual(["CVE-1-5", "CVE-1-4", "CVE-1-3", "CVE-1-2", "CVE-1-1"]);
});

test("what the default branch has and this has no more is fixed, the worst first, once for all platforms", () => {
  const gone = [
    finding({ id: "CVE-1-1", severity: "LOW" }),
    finding({ id: "CVE-1-2", platform: "linux/arm64" }),
    finding({ id: "CVE-1-2" }),
  ];
  const result = decideGate([finding()], rules, [...gone, finding()]);
  expect(result.fixed).toEqual([
    { id: "CVE-1-2", package: "openssl", severity: "HIGH", platforms: ["linux/amd64", "linux/arm64"] },
    { id: "CVE-1-1", package: "openssl", severity: "LOW", platforms: ["linux/amd64"] },
  ]);
  expect(result.counts.HIGH.fixed).toBe(1);
});

test("entries that are over and entries that nothing asks for are told", () => {
  const ignore = ignoring(
    "CVE-2026-1 until=2026-11-20 over",
    "CVE-2026-9 until=2026-12-31 not found",
    "CVE-2026-2 until=2026-12-31 in use",
  );
  const result = decideGate([finding(), finding({ id: "CVE-2026-2" })], { ...rules, ignore });
  expect(result.expired).toEqual([{ ...ignore[0], findings: 1 }]);
  expect(result.unused).toEqual([ignore[1]]);
});

test.each<[string, readonly Partial<Finding>[], Partial<GateRules>, string]>([
  [
    "what blocks, by severity",
    [{}, { id: "CVE-2", severity: "CRITICAL" }, { id: "CVE-3" }],
    {},
    "1 CRITICAL, 2 HIGH block this image.",
  ],
  ["what would", [{}], { mode: "report" }, "1 HIGH would block this image; the mode is report."],
  ["that nothing does", [{ severity: "LOW" }], {}, "None of 1 vulnerability found blocks (CRITICAL, HIGH would)."],
])("the reason says %s", (_name, found, changes, sentence) => {
  expect(decideGate(found.map(finding), { ...rules, ...changes }).reason).toBe(sentence);
});
