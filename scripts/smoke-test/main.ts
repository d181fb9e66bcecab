import * as core from "@actions/core";
import { formatCommandLine, type PlatformResult } from "@longshore/publishing";
import { codeText, showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { runStep } from "../lib/step/run-step.ts";
import { formatMarkdownTable, writeSummary } from "../lib/step/summary.ts";
import { checkComposeFile } from "./check-compose-file.ts";
import { fetchImage } from "./fetch-image.ts";
import { readRequest, type SmokeRequest } from "./read-request.ts";
import { type CommandOutcome, runCommand } from "./run-command.ts";

/** One command that ended well. */
interface PassedTest {
  readonly platform: string;
  readonly command: string;
  readonly seconds: number;
}

await runStep(async () => {
  const request = readRequest();
  const passed: PassedTest[] = [];
  if (request.composeFile !== "") {
    await checkComposeFile(request);
    printText("The compose file is valid.");
  }
  for (const result of request.commands.length === 0 ? [] : request.results) {
    passed.push(...(await testPlatform(result, request)));
  }
  writeOutputs({ result: JSON.stringify(passed) });
  if (passed.length > 0) writeSummary(describePassed(passed));
});

async function testPlatform(result: PlatformResult, request: SmokeRequest): Promise<readonly PassedTest[]> {
  const { platform } = result;
  const passed: PassedTest[] = [];
  for (const words of request.commands) {
    const command = formatCommandLine(words);
    core.startGroup(`Smoke test on ${platform}: ${showText(command)}`);
    const { exitCode, seconds } = await runOnce(result, words, request);
    core.endGroup();
    const { network, timeLimit } = request;
    if (exitCode !== 0) throw new Error(describeFailure({ platform, command, exitCode, timeLimit, network }));
    printText(`${platform}  ${command}  passed in ${seconds} s`);
    passed.push({ platform, command, seconds });
  }
  return passed;
}

/** Runs a command. Where docker has lost a loaded image to one of the same name before it was started, it is loaded again. */
async function runOnce(
  result: PlatformResult,
  command: readonly string[],
  request: SmokeRequest,
): Promise<CommandOutcome> {
  const { platform, delivery } = result;
  const { network, timeLimit } = request;
  for (let attempt = 1; ; attempt += 1) {
    const image = await fetchImage(result, request);
    const outcome = await runCommand({ image: image.name, platform, command, network, timeLimit });
    await image.forget();
    if (outcome.exitCode !== 125 || delivery !== "artifact" || attempt >= request.attempts) return outcome;
  }
}

interface Failure {
  readonly platform: string;
  readonly command: string;
  readonly exitCode: number | undefined;
  /** Milliseconds. */
  readonly timeLimit: number;
  readonly network: boolean;
}

function describeFailure({ platform, command, exitCode, timeLimit, network }: Failure): string {
  const what = `The smoke test failed on ${platform}: \`${showText(command)}\``;
  if (exitCode === undefined) {
    return `${what} was ended after ${timeLimit / 1000} s, the limit in \`smoke-test-timeout\`.`;
  }
  // https://docs.docker.com/reference/cli/docker/container/run/#exit-status
  if (exitCode === 125) return `${what} could not be started by docker (exit code 125); the group above says why.`;
  if (exitCode === 126 || exitCode === 127) {
    return `${what} ended with exit code ${exitCode}: the image has no such program, or it cannot be run there.`;
  }
  if (exitCode === 137) {
    return `${what} was killed (exit code 137): it may have needed more than the three quarters of the machine's memory that it may have.`;
  }
  const hint = network ? "" : " It had no network; `smoke-test-network: true` gives it one.";
  return `${what} ended with exit code ${exitCode}; its output is in the group above.${hint}`;
}

function describePassed(passed: readonly PassedTest[]): string {
  const rows = passed.map(({ platform, command, seconds }) => [platform, codeText(command), `${seconds.toFixed(1)} s`]);
  return `### Smoke test passed\n\n${formatMarkdownTable({ header: ["platform", "command", "time"], rows })}`;
}
