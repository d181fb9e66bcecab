export { decideGate } from "./decide-gate.ts";
export { endsOfLife } from "./ends-of-life.ts";
export type { Finding, Scanner, ScanReport } from "./finding.ts";
export {
  type Decision,
  describeBlocking,
  type GateFinding,
  type GateResult,
  type SeverityCount,
} from "./gate-result.ts";
export type { GateRules } from "./gate-rules.ts";
export { explainExpired, type IgnoreEntry, type IgnoreList, parseIgnoreList } from "./ignore-list.ts";
export { type ImageJudgement, judgeImage } from "./judge-image.ts";
export { type JobResult, judgeShipment, type ShipmentResults } from "./judge-shipment.ts";
export { readReport } from "./read-report.ts";
export { assignReports, type ScanTarget, type TargetReports } from "./scan-target.ts";
export { parseSeverities, type Severity, severities } from "./severity.ts";
