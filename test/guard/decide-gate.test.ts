import { decideGate, type Finding, type GateRules, parseIgnoreList } from "@longshore/guard";
import { describe, expect, test } from "vitest";

const rules: GateRules = {
  mode: "block",
  severities: ["CRITICAL", "HIGH"],
  ignoreUnfixed: false,
  newOnly: false,
  ignore: [],
  endOfLife: "warn",
  unrecognised: "warn",
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

const bundled = "usr/lib/node_modules/npm/node_modules/tar/package.json";

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

describe("an advisory of several flaws", () => {
  const advisory = finding({
    ...{ id: "ALAS-2026-1", ids: ["ALAS-2026-1"], parts: ["CVE-2026-1", "CVE-2026-2"], severity: "CRITICAL" },
  });
  const decideWith = (...lines: readonly string[]) => decideGate([advisory], { ...rules, ignore: ignoring(...lines) });

  test.each<[string, string, readonly string[]]>([
    ["blocks when one of them is ignored", "block", ["CVE-2026-1 until=2026-12-31 x"]],
    ["passes when it is ignored by its own id", "pass", ["ALAS-2026-1 until=2026-12-31 x"]],
    ["passes when all of them are ignored", "pass", ["CVE-2026-1 until=2026-12-31 x", "CVE-2026-2 until=2026-11-30 y"]],
    [
      "blocks when one of the lines is over",
      "block",
      ["CVE-2026-1 until=2026-12-31 x", "CVE-2026-2 until=2026-11-20 y"],
    ],
    [
      "blocks when one of the lines is for another package",
      "block",
      ["CVE-2026-1 until=2026-12-31 x", "CVE-2026-2 package=zlib until=2026-12-31 y"],
    ],
  ])("%s", (_name, verdict, lines) => {
    expect(decideWith(...lines).verdict).toBe(verdict);
  });

  test("says what is not named yet, and takes no line that names a part of it for one that can go", () => {
    const result = decideWith("CVE-2026-1 until=2026-12-31 x");
    expect(result.partial).toMatchObject([{ id: "CVE-2026-1", advisory: "ALAS-2026-1", unnamed: ["CVE-2026-2"] }]);
    expect(result.unused).toEqual([]);
  });

  test("is ignored until the first of its lines is over, for all their reasons", () => {
    const result = decideWith("CVE-2026-1 until=2026-12-31 no XML", "CVE-2026-2 until=2026-11-30 no TLS");
    expect(result.findings[0]?.reason).toBe("ignored until 2026-11-30: no XML; no TLS");
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
    ["that it has in a newer version blocks", { installed: "1.0" }, { installed: "2.0" }, "block", "blocks"],
    ["of the same copy of a library passes", { path: bundled }, { path: bundled }, "pass", "known"],
    ["of the library in another place blocks", { path: "app/tar/package.json" }, { path: bundled }, "block", "blocks"],
    [
      "of a newer version whose path holds the version passes",
      { path: "lib/python3.12/site-packages/x-1.10.dist-info/METADATA", installed: "1.10" },
      { path: "lib/python3.11/site-packages/x-1.9.dist-info/METADATA", installed: "1.9" },
      "pass",
      "known",
    ],
    [
      "of a version that cannot be compared blocks",
      { path: bundled, installed: "1.0-beta" },
      { path: bundled, installed: "1.0-alpha" },
      "block",
      "blocks",
    ],
  ])("%s", (_name, now, before, verdict, decision) => {
    const result = decideGate([finding(now)], { ...rules, newOnly: true }, [finding(before)]);
    expect([result.verdict, result.findings[0]?.decision]).toEqual([verdict, decision]);
  });
});

describe("with new-only, a version", () => {
  const knows = (before: string, now: string, path?: string) => {
    const copy = { package: "x", ...(path === undefined ? {} : { path }) };
    const result = decideGate([finding({ ...copy, installed: now })], { ...rules, newOnly: true }, [
      finding({ ...copy, installed: before }),
    ]);
    return result.findings[0]?.decision === "known";
  };

  // By Debian's order, upwards.
  test.each([
    [["1.0~rc1", "1.0", "1.0-1", "1.0-1+deb13u1", "1.0-1+deb13u2", "1.0a", "1.0.1", "1.9", "1.10", "1:0.1"]],
    [["3.0.7-27.el9", "3.0.7-28.el9_4", "3.0.7-28.el9_5", "3.2.2-6.el9"]],
    [["1.2.3_rc1-r0", "1.2.3-r0", "1.2.3-r10", "1.2.4-r0"]],
  ])("of a system's package is known from the one before on: %j", (order) => {
    for (const [at, version] of order.entries()) {
      for (const later of order.slice(at))
        expect([version, later, knows(version, later)]).toEqual([version, later, true]);
      for (const earlier of order.slice(0, at))
        expect([version, earlier, knows(version, earlier)]).toEqual([version, earlier, false]);
    }
  });

  test.each([
    ["6.2.1", "6.2.1", true],
    ["6.2.1", "6.2.2", true],
    ["6.2.9", "6.2.10", true],
    ["v1.2.3", "v1.2.4", true],
    ["1.0", "1.0.1", true],
    ["1.0.0-rc.1", "1.0.0-rc.2", true],
    ["6.2.1", "6.2.0", false],
    ["1.0.1", "1.0", false],
    // Before it in npm, after it in Maven: nobody can tell.
    ["1.0", "1.0-1", false],
    ["1.0", "1.0.RELEASE", false],
    ["2.1.0+cu118", "2.1.0+cu117", false],
    ["v24.0.6+incompatible", "v24.0.7+incompatible", true],
    ["1.0.0", "1.0.0-rc.1", false],
    ["", "1.0", false],
  ])("of a library after %s may be %s: %s", (before, now, known) => {
    expect(knows(before, now, "app/x")).toBe(known);
  });
});

describe("with new-only, copies", () => {
  const copies = (...all: readonly (readonly [path: string, installed: string])[]) =>
    all.map(([path, installed]) => finding({ package: "tar", path, installed }));
  const newPaths = (now: readonly Finding[], before: readonly Finding[]) =>
    decideGate(now, { ...rules, newOnly: true }, before).findings.flatMap(({ decision, paths }) =>
      decision === "blocks" ? paths : [],
    );

  test("beside the base image's are new, and it says where they lie", () => {
    const base = copies([bundled, "6.2.1"]);
    expect(newPaths([...base, ...copies(["app/node_modules/tar/package.json", "6.2.1"])], base)).toEqual([
      "app/node_modules/tar/package.json",
    ]);
  });

  test("in places that differ by a number only are known as often as the baseline has them", () => {
    const base = copies(["worker1/tar.jar", "1.0"]);
    expect(newPaths(copies(["worker1/tar.jar", "1.0"], ["worker2/tar.jar", "1.0"]), base)).toEqual(["worker2/tar.jar"]);
    expect(newPaths(copies(["app-1.4.jar/lib/tar.jar", "1.0"]), copies(["app-1.3.jar/lib/tar.jar", "1.0"]))).toEqual(
      [],
    );
  });

  test("of a system's package in a second version are new", () => {
    const kernel = (installed: string) => finding({ package: "linux-image", installed });
    const result = decideGate([kernel("6.1"), kernel("6.2")], { ...rules, newOnly: true }, [kernel("6.1")]);
    expect(result.findings.map(({ installed, decision }) => [installed, decision])).toEqual([
      ["6.2", "blocks"],
      ["6.1", "known"],
    ]);
  });
});

describe("a secret", () => {
  const secret = finding({
    ...{ id: "AWS-KEY", package: "app/.env", path: "app/.env", packageKey: "secret:app/.env" },
    ...{ installed: "line 3", fixed: "", secret: true },
  });

  test("waits for no version that fixes it", () => {
    expect(decideGate([secret], { ...rules, ignoreUnfixed: true }).verdict).toBe("block");
  });

  test("is known where the baseline has it in the same file, on whatever line", () => {
    const moved = { ...secret, installed: "line 9" };
    expect(decideGate([moved], { ...rules, newOnly: true }, [secret]).verdict).toBe("pass");
    const elsewhere = { ...secret, package: "b", path: "b", packageKey: "secret:b" };
    expect(decideGate([elsewhere], { ...rules, newOnly: true }, [secret]).verdict).toBe("block");
  });

  test("counts as what was found", () => {
    expect(decideGate([{ ...secret, severity: "LOW" }], rules).reason).toMatch(/^None of 1 finding found blocks/);
  });
});

describe("a result that says little", () => {
  const old = { kind: "end-of-life", about: "debian 9", detail: "" } as const;
  const empty = { kind: "unrecognised", about: "linux/amd64", detail: "" } as const;

  test.each<[string, Partial<GateRules>, readonly Finding[], string, string]>([
    [
      "passes and is told",
      {},
      [],
      "pass",
      "Nothing was found, but debian 9 gets no security updates any more and nothing was recognised in linux/amd64.",
    ],
    ["blocks where asked", { endOfLife: "block" }, [], "block", "The end of life of debian 9 blocks this image."],
    [
      "blocks where asked, beside what was found",
      { unrecognised: "block" },
      [finding()],
      "block",
      "1 HIGH and a scan that recognised nothing in linux/amd64 block this image.",
    ],
    [
      "only reports in mode report",
      { mode: "report", endOfLife: "block" },
      [],
      "report",
      "The end of life of debian 9 would block this image; the mode is report.",
    ],
  ])("%s", (_name, changes, found, verdict, reason) => {
    const result = decideGate(found, { ...rules, ...changes }, undefined, [old, empty]);
    expect([result.verdict, result.reason]).toEqual([verdict, reason]);
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
