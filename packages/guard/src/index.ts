export { decideGate } from "./decide-gate.ts";
export { describeUndecided } from "./describe-undecided.ts";
export type { Finding, Scanner, ScanReport } from "./finding.ts";
export { findConcerns, type GateConcern } from "./gate-concern.ts";
export {
  type Decision,
  describeBlocking,
  type GateFinding,
  type GateResult,
  type SeverityCount,
} from "./gate-result.ts";
export type { GateRules } from "./gate-rules.ts";
export { explainExpired, explainPartial, type IgnoreEntry, type IgnoreList, parseIgnoreList } from "./ignore-list.ts";
export { type ImageJudgement, judgeImage } from "./judge-image.ts";
export { type JobResult, judgeShipment, type ShipmentResults } from "./judge-shipment.ts";
export { readReport } from "./read-report.ts";
export {
  assignReports,
  findingsOf,
  type PlacedReport,
  placeReports,
  type ScanTarget,
  type TargetReports,
} from "./scan-target.ts";
export { parseSeverities, type Severity, severities } from "./severity.ts";
