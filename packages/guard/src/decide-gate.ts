import { groupBy } from "@longshore/tagging";
import type { Finding } from "./finding.ts";
import {
  type Decision,
  decisions,
  describeBlocking,
  type GateFinding,
  type GateResult,
  type SeverityCount,
} from "./gate-result.ts";
import type { GateRules } from "./gate-rules.ts";
import type { IgnoreEntry } from "./ignore-list.ts";
import { mergeFindings } from "./merge-findings.ts";
import { compareSeverity, type Severity, severities } from "./severity.ts";

/**
 * Decides whether what was found may pass. Each scanner's finding on each platform is decided by itself, then those of one
 * vulnerability are shown as one with the strongest decision: so a second scanner or platform can add a reason to block and never
 * take one away. `baseline`: the findings of the default branch's image; undefined where there is none to compare with.
 */
export function decideGate(findings: readonly Finding[], rules: GateRules, baseline?: readonly Finding[]): GateResult {
  const before = new Set(baseline?.map(keyOf));
  const isKnown = (finding: Finding): boolean => before.has(keyOf(finding));
  const inForce = rules.ignore.filter(({ until }) => until >= rules.today);
  const decided = findings.map((finding) => ({
    finding,
    ...decide(finding, rules, inForce, isKnown),
    ...(baseline === undefined ? {} : { isNew: !isKnown(finding) }),
  }));
  const merged = [...mergeFindings(decided)].sort(compareFindings);
  const now = new Set(findings.map(keyOf));
  const gone = fixedSince(baseline?.filter((finding) => !now.has(keyOf(finding))) ?? []);
  const counts = countBySeverity(merged, gone);
  const blocking = merged.filter(({ decision }) => decision === "blocks").length;
  return {
    verdict: blocking === 0 ? "pass" : rules.mode,
    reason: reasonOf(counts, blocking, rules, merged.length),
    counts,
    findings: merged,
    fixed: gone,
    expired: rules.ignore
      .filter(({ until }) => until < rules.today)
      .map((entry) => ({ ...entry, findings: countIgnored(entry, findings) })),
    unused: inForce.filter((entry) => countIgnored(entry, findings) === 0),
  };
}

/** One vulnerability of one package on one platform. Its version does not matter: a newer one with the same flaw brought nothing. */
function keyOf({ id, packageKey, platform }: Finding): string {
  return JSON.stringify([id, packageKey, platform]);
}

function decide(
  finding: Finding,
  rules: GateRules,
  inForce: readonly IgnoreEntry[],
  isKnown: (finding: Finding) => boolean,
): { readonly decision: Decision; readonly reason: string } {
  const { severity } = finding;
  if (!rules.severities.includes(severity)) return { decision: "below", reason: `${severity} does not block` };
  const entry = inForce.find((candidate) => ignores(candidate, finding));
  if (entry !== undefined) return { decision: "ignored", reason: `ignored until ${entry.until}: ${entry.reason}` };
  if (rules.ignoreUnfixed && finding.fixed === "") {
    return { decision: "unfixed", reason: "no version fixes it yet" };
  }
  if (rules.newOnly && isKnown(finding)) return { decision: "known", reason: "the baseline has it too" };
  return { decision: "blocks", reason: rules.newOnly ? `${severity} and new` : severity };
}

function ignores(entry: IgnoreEntry, finding: Finding): boolean {
  return finding.ids.includes(entry.id) && (entry.package === undefined || entry.package === finding.package);
}

/** Vulnerabilities of packages that this entry is about, in force or not. */
function countIgnored(entry: IgnoreEntry, findings: readonly Finding[]): number {
  const meant = findings.filter((finding) => ignores(entry, finding));
  return new Set(meant.map(({ id, packageKey }) => JSON.stringify([id, packageKey]))).size;
}

function compareFindings(one: GateFinding, other: GateFinding): number {
  const blocks = ({ decision }: GateFinding): number => (decision === "blocks" ? 0 : 1);
  const isOld = ({ isNew }: GateFinding): number => (isNew === true ? 0 : 1);
  return (
    blocks(one) - blocks(other) ||
    compareSeverity(other.severity, one.severity) ||
    isOld(one) - isOld(other) ||
    decisions.indexOf(one.decision) - decisions.indexOf(other.decision) ||
    compareText(one.package, other.package) ||
    compareText(one.id, other.id) ||
    compareText(one.installed, other.installed)
  );
}

/** By code units: the same everywhere. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function fixedSince(gone: readonly Finding[]): GateResult["fixed"] {
  const groups = groupBy(gone, ({ id, packageKey }) => JSON.stringify([id, packageKey]));
  return [...groups.values()]
    .map((group) => {
      const worst = group.reduce((one, other) => (compareSeverity(one.severity, other.severity) < 0 ? other : one));
      const platforms = [...new Set(group.map(({ platform }) => platform))].sort();
      return { id: worst.id, package: worst.package, severity: worst.severity, platforms };
    })
    .sort(
      (one, other) =>
        compareSeverity(other.severity, one.severity) ||
        compareText(one.package, other.package) ||
        compareText(one.id, other.id),
    );
}

function countBySeverity(findings: readonly GateFinding[], fixed: GateResult["fixed"]): GateResult["counts"] {
  const count = (severity: Severity): SeverityCount => {
    const found = findings.filter((finding) => finding.severity === severity);
    return {
      found: found.length,
      new: found.filter(({ isNew }) => isNew === true).length,
      fixed: fixed.filter((finding) => finding.severity === severity).length,
      blocking: found.filter(({ decision }) => decision === "blocks").length,
    };
  };
  const pairs = severities.map((severity) => [severity, count(severity)] as const);
  return Object.fromEntries(pairs) as Record<Severity, SeverityCount>;
}

function reasonOf(
  counts: GateResult["counts"],
  blocking: number,
  { mode, severities: asked }: GateRules,
  found: number,
): string {
  const what = (count: number) => (count === 1 ? "1 vulnerability" : `${count} vulnerabilities`);
  if (blocking === 0) {
    return found === 0 ? "Nothing was found." : `None of ${what(found)} found blocks (${asked.join(", ")} would).`;
  }
  const verb =
    mode === "block"
      ? `${blocking === 1 ? "blocks" : "block"} this image`
      : "would block this image; the mode is report";
  return `${describeBlocking(counts)} ${verb}.`;
}
