import { groupBy } from "@longshore/tagging";
import type { Finding } from "./finding.ts";
import { type Decision, decisions, type GateFinding } from "./gate-result.ts";
import { compareSeverity } from "./severity.ts";

export interface DecidedFinding {
  readonly finding: Finding;
  readonly decision: Decision;
  readonly reason: string;
  readonly isNew?: boolean;
}

/** One row for each vulnerability of a package version, however many scanners tell it of however many platforms and copies. */
export function mergeFindings(decided: readonly DecidedFinding[]): readonly GateFinding[] {
  const groups = groupBy(decided, ({ finding: { id, packageKey, installed } }) =>
    JSON.stringify([id, packageKey, installed]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [mergeGroup(first, group)];
  });
}

function mergeGroup(first: DecidedFinding, group: readonly DecidedFinding[]): GateFinding {
  const strongest = group.reduce((one, other) =>
    decisions.indexOf(other.decision) < decisions.indexOf(one.decision) ? other : one,
  );
  const findings = group.map(({ finding }) => finding);
  const deciding = group.filter(({ decision }) => decision === strongest.decision);
  const firstText = (texts: readonly string[]): string => texts.find((text) => text !== "") ?? "";
  const severity = findings
    .map((finding) => finding.severity)
    .reduce((one, other) => (compareSeverity(one, other) < 0 ? other : one));
  return {
    id: first.finding.id,
    package: first.finding.package,
    installed: first.finding.installed,
    fixed: firstText(findings.map(({ fixed }) => fixed)),
    severity,
    platforms: [...new Set(findings.map(({ platform }) => platform))].sort(),
    scanners: [...new Set(findings.map(({ scanner }) => scanner))].sort(),
    paths: [...new Set(deciding.flatMap(({ finding: { path } }) => path ?? []))].sort(),
    title: firstText(findings.map(({ title }) => title)),
    url: firstText(findings.map(({ url }) => url)),
    ...(first.isNew === undefined ? {} : { isNew: group.some(({ isNew }) => isNew === true) }),
    decision: strongest.decision,
    reason: strongest.reason,
  };
}
