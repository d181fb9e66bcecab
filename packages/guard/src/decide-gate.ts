import { groupBy } from "@longshore/tagging";
import { compareText } from "./compare-text.ts";
import type { Finding } from "./finding.ts";
import { describeConcern, type GateConcern, nameConcern } from "./gate-concern.ts";
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
import { findKnown, flawKey } from "./known-findings.ts";
import { mergeFindings } from "./merge-findings.ts";
import { compareSeverity, type Severity, severities } from "./severity.ts";
import { findWaiver, isAbout, unnamedParts } from "./waiver.ts";

/**
 * Decides whether what was found may pass. Each scanner's finding on each platform is decided by itself, then those of one
 * vulnerability are shown as one with the strongest decision: so a second scanner or platform can add a reason to block and never
 * take one away. `baseline`: the findings of the default branch's image; undefined where there is none to compare with.
 */
export function decideGate(
  findings: readonly Finding[],
  rules: GateRules,
  baseline?: readonly Finding[],
  concerns: readonly GateConcern[] = [],
): GateResult {
  const known = findKnown(findings, baseline ?? []);
  const inForce = rules.ignore.filter(({ until }) => until >= rules.today);
  const decided = findings.map((finding) => ({
    finding,
    ...decide(finding, rules, inForce, known.has(finding)),
    ...(baseline === undefined ? {} : { isNew: !known.has(finding) }),
  }));
  const merged = [...mergeFindings(decided)].sort(compareFindings);
  const now = new Set(findings.map(flawKey));
  const gone = fixedSince(baseline?.filter((finding) => !now.has(flawKey(finding))) ?? []);
  const counts = countBySeverity(merged, gone);
  const blocking = merged.filter(({ decision }) => decision === "blocks").length;
  const told = concerns.map((concern) => ({
    ...concern,
    blocks: (concern.kind === "end-of-life" ? rules.endOfLife : rules.unrecognised) === "block",
  }));
  return {
    verdict: blocking === 0 && !told.some(({ blocks }) => blocks) ? "pass" : rules.mode,
    reason: reasonOf({ counts, blocking, found: countFound(merged.length, findings), concerns: told }, rules),
    counts,
    findings: merged,
    concerns: told,
    fixed: gone,
    expired: rules.ignore
      .filter(({ until }) => until < rules.today)
      .map((entry) => ({ ...entry, findings: countNamed(entry, findings) })),
    unused: inForce.filter((entry) => countNamed(entry, findings) === 0),
    partial: listPartial(decided, inForce),
  };
}

function decide(
  finding: Finding,
  rules: GateRules,
  inForce: readonly IgnoreEntry[],
  isKnown: boolean,
): { readonly decision: Decision; readonly reason: string } {
  const { severity } = finding;
  if (!rules.severities.includes(severity)) return { decision: "below", reason: `${severity} does not block` };
  const waiver = findWaiver(finding, inForce);
  if (waiver !== undefined) return { decision: "ignored", reason: describeWaiver(waiver) };
  if (rules.ignoreUnfixed && finding.fixed === "" && finding.secret !== true) {
    return { decision: "unfixed", reason: "no version fixes it yet" };
  }
  if (rules.newOnly && isKnown) return { decision: "known", reason: "the baseline has it too" };
  return { decision: "blocks", reason: rules.newOnly ? `${severity} and new` : severity };
}

/** An advisory's flaws may be ignored for reasons of their own. */
function describeWaiver(entries: readonly IgnoreEntry[]): string {
  const [until = ""] = entries.map((entry) => entry.until).sort();
  return `ignored until ${until}: ${[...new Set(entries.map(({ reason }) => reason))].join("; ")}`;
}

/** Vulnerabilities of packages that this entry is about, in force or not. */
function countNamed(entry: IgnoreEntry, findings: readonly Finding[]): number {
  const meant = findings.filter((finding) => isAbout(entry, finding));
  return new Set(meant.map(({ id, packageKey }) => JSON.stringify([id, packageKey]))).size;
}

function listPartial(
  decided: readonly { readonly finding: Finding; readonly decision: Decision }[],
  inForce: readonly IgnoreEntry[],
): GateResult["partial"] {
  const open = decided.filter(({ decision }) => decision === "blocks").map(({ finding }) => finding);
  return inForce.flatMap((entry) => {
    const finding = open.find((candidate) => isAbout(entry, candidate));
    return finding === undefined ? [] : [{ ...entry, advisory: finding.id, unnamed: unnamedParts(finding, inForce) }];
  });
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

/** Empty where nothing was. */
function countFound(rows: number, findings: readonly Finding[]): string {
  const [one, many] = findings.some(({ secret }) => secret === true)
    ? ["finding", "findings"]
    : ["vulnerability", "vulnerabilities"];
  return rows === 0 ? "" : `${rows} ${rows === 1 ? one : many} found`;
}

interface Outcome extends Pick<GateResult, "counts" | "concerns"> {
  readonly blocking: number;
  readonly found: string;
}

function reasonOf({ counts, blocking, found, concerns }: Outcome, { mode, severities: asked }: GateRules): string {
  const stopping = concerns.filter(({ blocks }) => blocks).map(nameConcern);
  if (blocking + stopping.length === 0) {
    const result = found === "" ? "Nothing was found" : `None of ${found} blocks (${asked.join(", ")} would)`;
    const little = concerns.map(describeConcern).join(" and ");
    return little === "" ? `${result}.` : `${result}, but ${little}.`;
  }
  const verb =
    mode === "block"
      ? `${blocking + stopping.length === 1 ? "blocks" : "block"} this image`
      : "would block this image; the mode is report";
  const what = [...(blocking === 0 ? [] : [describeBlocking(counts)]), ...stopping].join(" and ");
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} ${verb}.`;
}
