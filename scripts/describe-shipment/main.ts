import * as core from "@actions/core";
import { judgeShipment, type ShipmentResults } from "@longshore/guard";
import { InputError } from "@longshore/language";
import { escapeMarkdown, showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { runStep } from "../lib/step/run-step.ts";
import { formatMarkdownTable, formatTextTable, writeSummary } from "../lib/step/summary.ts";
import { explainLostPlan, listParts, movesTags, type Part } from "./list-parts.ts";
import { readRequest, type Shipment } from "./read-request.ts";

const words: Readonly<Record<Part["state"], string>> = { has: "has", "has-not": "has not", failed: "failed" };

await runStep(async () => {
  const shipment = readRequest();
  const parts = listParts(shipment);
  const rows = parts.map(({ part, state, why }) => [part, words[state], why]);
  printText(formatTextTable(rows.map((row) => row.map(showText))));
  writeOutputs({ result: JSON.stringify(parts) });
  writeSummary(
    `### What this image has and has not\n\n${formatMarkdownTable({
      header: ["part", "state", "why"],
      rows: rows.map((row) => row.map(escapeMarkdown)),
    })}`,
  );
  const missing = parts.filter(({ state }) => state !== "has");
  if (missing.length > 0) core.notice(showText(missing.map(tell).join(" ")));
  const lost = explainLostPlan(shipment);
  if (lost !== undefined) throw new InputError(lost);
  const reasons = judgeShipment(resultsOf(shipment));
  if (reasons.length > 0) throw new InputError(reasons.join(" "));
});

function resultsOf({ build, scan, sign, promote, asked }: Shipment): ShipmentResults {
  return {
    build: build.result,
    delivery: build.outputs.delivery ?? "",
    moves: movesTags(build),
    parts: {
      scan: { asked: asked.scan, result: scan.result },
      sign: { asked: asked.sign, result: sign.result },
      promote: { asked: asked.promote, result: promote.result },
    },
  };
}

function tell({ part, state, why }: Part): string {
  return state === "failed" ? `${part} failed: ${why}` : `no ${part}: ${why}`;
}
