import { writeFileSync } from "node:fs";
import * as core from "@actions/core";
import { decideGate } from "@longshore/guard";
import { showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { collectFindings } from "./collect-findings.ts";
import { describeResult, listBlocked, summariseResult } from "./describe-result.ts";
import { listNotes } from "./list-notes.ts";
import { readRequest } from "./read-request.ts";

/** Outputs of a job hold 1 MB in all; the result file has every one. */
const MOST_BLOCKED = 200;

await runStep(async () => {
  const request = readRequest();
  const collected = collectFindings(request);
  const rules = { ...request.rules, ignore: collected.ignoreList.entries };
  const result = decideGate(collected.findings, rules, collected.baseline, collected.concerns);
  const { warnings, notices } = listNotes(result, collected, request);
  printText(describeResult(result));
  for (const sentence of warnings) core.warning(showText(sentence));
  for (const sentence of notices) core.notice(showText(sentence));
  if (request.resultFile !== "")
    writeFileSync(request.resultFile, JSON.stringify({ image: request.image, rules, ...result }));
  writeOutputs({
    verdict: result.verdict,
    reason: result.reason,
    counts: JSON.stringify(result.counts),
    blocked: listBlocked(result).slice(0, MOST_BLOCKED).join("\n"),
  });
  const compares = collected.baseline !== undefined;
  writeSummary(summariseResult({ result, image: request.image, notes: [...warnings, ...notices], compares }));
  if (result.verdict === "block") core.setFailed(result.reason);
});
