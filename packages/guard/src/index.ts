export { decideGate } from "./decide-gate.ts";
export type { Finding, Scanner, ScanReport } from "./finding.ts";
export type { Decision, GateFinding, GateResult, SeverityCount } from "./gate-result.ts";
export type { GateRules } from "./gate-rules.ts";
export { type IgnoreEntry, type IgnoreList, parseIgnoreList } from "./ignore-list.ts";
export { readReport } from "./read-report.ts";
export { assignReports, type ScanTarget } from "./scan-target.ts";
export { parseSeverities, type Severity, severities } from "./severity.ts";
