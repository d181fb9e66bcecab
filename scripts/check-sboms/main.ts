import { statSync } from "node:fs";
import { basename } from "node:path";
import * as core from "@actions/core";
import { InputError } from "@longshore/language";
import { formatSize } from "@longshore/publishing";
import { readPredicateType } from "../lib/scans/read-predicate-type.ts";
import { codeText, escapeMarkdown, showText } from "../lib/step/escape.ts";
import { readLines } from "../lib/step/inputs.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";

/** Bytes that actions/attest takes: https://github.com/actions/attest#readme */
const mostBytes = 16 * 1024 * 1024;

await runStep(async () => {
  const paths = readLines("sboms");
  if (paths.length === 0) throw new InputError("Input `sboms` is missing: give the path of one SBOM at least.");
  const found = { spdx: "", cyclonedx: "" };
  for (const path of paths) {
    const format = readPredicateType("sboms", path).startsWith("https://spdx.dev/") ? "spdx" : "cyclonedx";
    const { size } = statSync(path);
    if (size <= mostBytes) {
      found[format] = path;
      continue;
    }
    const why = `has ${formatSize(size)}, and GitHub attests at most 16 MiB: it stays an artifact of this run, without an attestation. Make it smaller, or switch SBOMs off.`;
    core.warning(showText(`${basename(path)} ${why}`));
    writeSummary(`${codeText(basename(path))} ${escapeMarkdown(why)}\n`);
  }
  writeOutputs(found);
});
