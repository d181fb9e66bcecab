import { decideGate, type Finding, type GateRules, type IgnoreEntry, severities } from "@longshore/guard";
import fc from "fast-check";
import { expect, test } from "vitest";

// Few names, so that findings meet: the same vulnerability of other scanners, platforms and versions.
const ids = ["CVE-1-1", "CVE-1-2", "GHSA-A-B"];
const platforms = ["linux/amd64", "linux/arm64", "source"];
const anyFinding: fc.Arbitrary<Finding> = fc.record({
  id: fc.constantFrom(...ids),
  ids: fc.subarray(ids),
  package: fc.constantFrom("openssl", "zlib"),
  packageKey: fc.constantFrom("pkg:deb/debian/openssl", "name:zlib"),
  installed: fc.constantFrom("1.0", "2.0"),
  fixed: fc.constantFrom("", "3.0"),
  severity: fc.constantFrom(...severities),
  platform: fc.constantFrom(...platforms),
  scanner: fc.constantFrom("trivy", "grype"),
  title: fc.constant(""),
  url: fc.constant(""),
});
const anyFindings = fc.array(anyFinding, { maxLength: 8 });
const anyEntry: fc.Arbitrary<IgnoreEntry> = fc.record(
  {
    id: fc.constantFrom(...ids),
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
  today: fc.constant("2026-11-21"),
});
const anyBaseline = fc.option(anyFindings, { nil: undefined });

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
