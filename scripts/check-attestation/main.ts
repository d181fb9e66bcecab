import * as core from "@actions/core";
import { normaliseImage } from "@longshore/language";
import { attestationArguments, formatCommandLine, judgeVerification, parseDigest } from "@longshore/publishing";
import { readRepositoryName, readRunRef } from "../lib/github/event.ts";
import { retry } from "../lib/http/retry.ts";
import { runProgram } from "../lib/programs/run-program.ts";
import { readPredicateType } from "../lib/scans/read-predicate-type.ts";
import { codeText, showText } from "../lib/step/escape.ts";
import { readBoolean, readDuration, readInteger, readLines, readRequired, readText } from "../lib/step/inputs.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { readWorkflowInput } from "../lib/step/workflow-input.ts";

const withoutGh = "The attestation cannot be verified: gh, GitHub's command line, is not on the PATH.";

await runStep(async () => {
  const repository = normaliseImage(readRequired("repository"));
  const reference = `${repository}@${parseDigest(readRequired("digest"), "Input `digest`")}`;
  const asked = readBoolean("asked", true);
  const [home, workflow] = [readRepositoryName(), readWorkflowInput()];
  const token = readText("token");
  const attempts = readInteger("attempts", { lowest: 1, highest: 60, fallback: 6 });
  const delay = readDuration("retry-delay", "10s");
  if (readText("attestation") === "") return tellNone(reference, asked);
  const sboms = readLines("sbom");
  const types = sboms.length === 0 ? [undefined] : sboms.map((path) => readPredicateType("sbom", path));
  const checks = types.map((predicateType) =>
    attestationArguments(reference, { repository: home, workflow, ref: readRunRef(), predicateType }),
  );
  await Promise.all(
    checks.map((args) => retry(() => verify(args, token), { attempts, delay, isTransient: isLagging })),
  );
  const commands = checks.map((args) => formatCommandLine(["gh", ...args])).join("\n");
  const what = sboms.length === 0 ? "attestation" : "attested SBOMs";
  printText(`The ${what} of ${reference} verified. To verify it yourself:\n${commands}`);
  writeOutputs({ attested: "true", "verify-command": commands });
  const title = sboms.length === 0 ? "Image attested and verified" : "SBOMs attested and verified";
  writeSummary(`### ${title}\n\nTo verify it yourself:\n\n\`\`\`sh\n${commands}\n\`\`\`\n`);
});

/** GitHub shows an attestation some moments after it was made, and a service may fail for the moment; a program that is missing stays so. */
function isLagging(error: unknown): boolean {
  return error instanceof Error && error.message !== withoutGh;
}

async function verify(args: readonly string[], token: string): Promise<void> {
  const run = await runProgram("gh", args, { env: { GH_TOKEN: token, NO_COLOR: "1" } });
  if (run.exitCode === 127) throw new Error(withoutGh);
  const seen = judgeVerification("gh", run);
  if (seen.verdict === "verified") return;
  if (run.stderr.trim() !== "") printText(run.stderr);
  throw new Error(
    seen.verdict === "refused"
      ? `The attestation was made and does not verify: gh attestation verify ended with exit code ${run.exitCode} and said why above.`
      : `The attestation was made and could not be verified, which says nothing about it (gh ended with exit code ${run.exitCode}: ${showText(seen.said)}): run this job again.`,
  );
}

function tellNone(reference: string, asked: boolean): void {
  const why = asked
    ? "GitHub made none. Private repositories have attestations with GitHub Enterprise Cloud only; switch them off by `attestations: false`."
    : "The input `attestations` is false.";
  if (asked) core.warning(`${reference} has no attestation at GitHub: ${why}`);
  writeOutputs({ attested: "false", "verify-command": "" });
  writeSummary(`${codeText(reference)} has no attestation at GitHub: ${why}\n`);
}
