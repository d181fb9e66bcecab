import { decideGate, type Finding, type GateRules, type IgnoreEntry, severities } from "@longshore/guard";
import fc from "fast-check";
import { expect, test } from "vitest";

// Few names, so that findings meet: the same vulnerability of other scanners, platforms and versions.
const ids = ["CVE-1-1", "CVE-1-2", "GHSA-A-B"];
const platforms = ["linux/amd64", "linux/arm64", "source"];
const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    id: fc.constantFrom(...ids),
    others: fc.subarray(ids),
    parts: fc.option(fc.subarray(["CVE-2-1", "CVE-2-2", "CVE-2-3"], { minLength: 2 }), { nil: undefined }),
    path: fc.constantFrom(undefined, "app/a1/x", "app/a2/x", "lib/x-1.0/x", "lib/x-2.0/x"),
    secret: fc.constantFrom(undefined, undefined, true),
    package: fc.constantFrom("openssl", "zlib"),
    packageKey: fc.constantFrom("pkg:deb/debian/openssl", "name:zlib"),
    installed: fc.constantFrom("1.0", "1.1", "2.0", "2.0-x"),
    fixed: fc.constantFrom("", "3.0"),
    severity: fc.constantFrom(...severities),
    platform: fc.constantFrom(...platforms),
    scanner: fc.constantFrom("trivy", "grype"),
  })
  .map(({ others, parts, path, secret, ...finding }) => ({
    ...{ ...finding, ids: [...new Set([finding.id, ...others])], title: "", url: "" },
    ...(parts === undefined ? {} : { parts }),
    ...(path === undefined ? {} : { path }),
    ...(secret === undefined ? {} : { secret }),
  }));
const anyFindings = fc.array(anyFinding, { maxLength: 8 });
const anyEntry: fc.Arbitrary<IgnoreEntry> = fc.record(
  {
    id: fc.constantFrom(...ids, "CVE-2-1", "CVE-2-2", "CVE-2-3"),
    package: fc.constantFrom("openssl", "zlib"),
    until: fc.constantFrom("2026-11-20", "2026-11-21", "2027-01-01"),
    reason: fc.constant("x"),
    line: fc.constant(1),
  },
  { requiredKeys: ["id", "until", "reason", "line"] },
);
const anyRules: fc.Arbitrary<GateRules> = fc.record({
  mode: fc.constantFrom("block", "report"),
  severities: fc.subarray([...severities], { minLength: 1 }),
  ignoreUnfixed: fc.boolean(),
  newOnly: fc.boolean(),
  ignore: fc.array(anyEntry, { maxLength: 3 }),
  endOfLife: fc.constantFrom("warn", "block"),
  unrecognised: fc.constantFrom("warn", "block"),
  today: fc.constant("2026-11-21"),
});
const anyBaseline = fc.option(anyFindings, { nil: undefined });

const strictest: GateRules = {
  ...{ mode: "block", severities: [...severities], ignoreUnfixed: false, newOnly: false, ignore: [] },
  ...{ endOfLife: "warn", unrecognised: "warn", today: "2026-11-21" },
};

const blocking = (...args: Parameters<typeof decideGate>) =>
  decideGate(...args)
    .findings.filter(({ decision }) => decision === "blocks")
    .map(({ id, package: name, installed }) => `${id} ${name} ${installed}`);

const total = (result: ReturnType<typeof decideGate>) =>
  severities.reduce((sum, severity) => sum + result.counts[severity].found, 0);

test("one finding more never turns what blocks into what passes", () => {
  fc.assert(
    fc.property(anyFindings, anyFinding, anyRules, anyBaseline, (found, more, rules, baseline) => {
      if (decideGate(found, rules, baseline).verdict === "pass") return;
      expect(decideGate([...found, more], rules, baseline).verdict).toBe(rules.mode);
    }),
  );
});

test("ignoring more, looking at new ones only and leaving unfixed ones out never add what blocks", () => {
  fc.assert(
    fc.property(anyFindings, anyEntry, anyRules, anyBaseline, (found, entry, rules, baseline) => {
      const strict = decideGate(found, { ...rules, newOnly: false, ignoreUnfixed: false }, baseline);
      const more = { ...rules, ignore: [...rules.ignore, entry] };
      if (strict.verdict === "pass") expect(blocking(found, more, baseline)).toEqual([]);
      expect(blocking(found, more, baseline).length).toBeLessThanOrEqual(blocking(found, rules, baseline).length);
    }),
  );
});

test("only what the list names is ignored: by an id of its own, or by each flaw of an advisory", () => {
  fc.assert(
    fc.property(anyFinding, anyRules, (found, rules) => {
      const [row] = decideGate([found], rules).findings;
      const inForce = rules.ignore.filter(
        (entry) => entry.until >= rules.today && (entry.package ?? found.package) === found.package,
      );
      const names = (id: string) => inForce.some((entry) => entry.id === id);
      const isNamed = found.ids.some(names) || (found.parts?.every(names) ?? false);
      expect(row?.decision === "ignored").toBe(isNamed && rules.severities.includes(found.severity));
    }),
  );
});

test("only what the baseline has is known: the same flaw and package, in no newer version, in as many copies", () => {
  const versions = ["1.0", "1.1", "2.0"];
  const isNoOlder = (now: string, before: string) =>
    now === before ||
    versions.indexOf(now) > Math.max(0, versions.indexOf(before)) ||
    (now === "1.1" && before === "1.0");
  fc.assert(
    fc.property(anyFindings, anyFindings, (found, baseline) => {
      const rules = { ...strictest, newOnly: true };
      for (const finding of found) {
        const own = decideGate([finding], rules, baseline);
        if (own.findings[0]?.decision !== "known") continue;
        const same = baseline.filter(
          (before) =>
            before.id === finding.id &&
            before.packageKey === finding.packageKey &&
            before.platform === finding.platform &&
            (before.path === undefined) === (finding.path === undefined),
        );
        expect(same.length).toBeGreaterThan(0);
        if (finding.secret !== true && !finding.installed.includes("x"))
          expect(same.some((before) => before.secret === true || isNoOlder(finding.installed, before.installed))).toBe(
            true,
          );
      }
    }),
  );
});

test("of what is found on one platform, no more copies are known than the baseline has", () => {
  fc.assert(
    fc.property(anyFindings, anyFindings, (found, baseline) => {
      const alike = (finding: Finding) => ({
        ...finding,
        id: "CVE-1-1",
        ids: ["CVE-1-1"],
        packageKey: "k",
        platform: "source",
      });
      const [now, before] = [found.map(alike), baseline.map(alike)];
      const result = decideGate(now, { ...strictest, newOnly: true }, before);
      const known = result.findings.filter(({ decision }) => decision === "known");
      const copies = new Set(before.map(({ path, installed }) => JSON.stringify([path, installed])));
      expect(known.length).toBeLessThanOrEqual(copies.size);
    }),
  );
});

test("what says little blocks where asked, whatever was found, and changes no finding", () => {
  fc.assert(
    fc.property(anyFindings, anyRules, anyBaseline, (found, rules, baseline) => {
      const concern = { kind: "unrecognised", about: "linux/amd64", detail: "" } as const;
      const [without, result] = [decideGate(found, rules, baseline), decideGate(found, rules, baseline, [concern])];
      expect(result.findings).toEqual(without.findings);
      expect(result.verdict).toBe(rules.unrecognised === "block" ? rules.mode : without.verdict);
    }),
  );
});

test("every finding is in exactly one row, with its platform and scanner, and counted once", () => {
  fc.assert(
    fc.property(anyFindings, anyRules, anyBaseline, (found, rules, baseline) => {
      const result = decideGate(found, rules, baseline);
      expect(total(result)).toBe(result.findings.length);
      for (const { id, platform, scanner, installed } of found) {
        const rows = result.findings.filter(
          (row) =>
            row.id === id &&
            row.installed === installed &&
            row.platforms.includes(platform) &&
            row.scanners.includes(scanner),
        );
        expect(rows.length).toBeGreaterThan(0);
      }
    }),
  );
});

test("the order of the reports decides nothing", () => {
  fc.assert(
    fc.property(anyFindings, anyRules, anyBaseline, (found, rules, baseline) => {
      const [one, other] = [decideGate(found, rules, baseline), decideGate(found.toReversed(), rules, baseline)];
      expect([other.verdict, other.reason, other.counts]).toEqual([one.verdict, one.reason, one.counts]);
    }),
  );
});

test("what is found everywhere as before is neither new nor fixed", () => {
  fc.assert(
    fc.property(anyFindings, anyRules, (found, rules) => {
      const result = decideGate(found, { ...rules, newOnly: true }, found);
      expect(result.verdict).toBe("pass");
      expect([result.fixed, result.findings.filter(({ isNew }) => isNew)]).toEqual([[], []]);
    }),
  );
});
