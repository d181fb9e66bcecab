import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readWorkflowInput
} from "./chunk-workflow-input.js";
import {
  readPredicateType
} from "./chunk-read-predicate-type.js";
import {
  runProgram
} from "./chunk-run-program.js";
import "./chunk-vendor-core.js";
import "./chunk-process.js";
import {
  readRepositoryName,
  readRunRef
} from "./chunk-event.js";
import {
  retry
} from "./chunk-retry.js";
import {
  writeSummary
} from "./chunk-step-summary.js";
import {
  readBoolean,
  readDuration,
  readInteger,
  readLines,
  readRequired,
  readText,
  runStep,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  attestationArguments,
  formatCommandLine,
  judgeVerification,
  parseDigest
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  codeText,
  showText
} from "./chunk-escape.js";
import {
  normaliseImage
} from "./chunk-image-name.js";
import "./chunk-runtime.js";

// check-attestation/main.ts
var withoutGh = "The attestation cannot be verified: gh, GitHub's command line, is not on the PATH.";
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
  const types = sboms.length === 0 ? [void 0] : sboms.map((path) => readPredicateType("sbom", path));
  const checks = types.map(
    (predicateType) => attestationArguments(reference, { repository: home, workflow, ref: readRunRef(), predicateType })
  );
  await Promise.all(
    checks.map((args) => retry(() => verify(args, token), { attempts, delay, isTransient: isLagging }))
  );
  const commands = checks.map((args) => formatCommandLine(["gh", ...args])).join("\n");
  const what = sboms.length === 0 ? "attestation" : "attested SBOMs";
  printText(`The ${what} of ${reference} verified. To verify it yourself:
${commands}`);
  writeOutputs({ attested: "true", "verify-command": commands });
  const title = sboms.length === 0 ? "Image attested and verified" : "SBOMs attested and verified";
  writeSummary(`### ${title}

To verify it yourself:

\`\`\`sh
${commands}
\`\`\`
`);
});
function isLagging(error) {
  return error instanceof Error && error.message !== withoutGh;
}
async function verify(args, token) {
  const run = await runProgram("gh", args, { env: { GH_TOKEN: token, NO_COLOR: "1" } });
  if (run.exitCode === 127) throw new Error(withoutGh);
  const seen = judgeVerification("gh", run);
  if (seen.verdict === "verified") return;
  if (run.stderr.trim() !== "") printText(run.stderr);
  throw new Error(
    seen.verdict === "refused" ? `The attestation was made and does not verify: gh attestation verify ended with exit code ${run.exitCode} and said why above.` : `The attestation was made and could not be verified, which says nothing about it (gh ended with exit code ${run.exitCode}: ${showText(seen.said)}): run this job again.`
  );
}
function tellNone(reference, asked) {
  const why = asked ? "GitHub made none. Private repositories have attestations with GitHub Enterprise Cloud only; switch them off by `attestations: false`." : "The input `attestations` is false.";
  if (asked) warning(`${reference} has no attestation at GitHub: ${why}`);
  writeOutputs({ attested: "false", "verify-command": "" });
  writeSummary(`${codeText(reference)} has no attestation at GitHub: ${why}
`);
}
