/**
 * Every check that runs no product code: `pnpm check`. One line per check, the output of those that fail, exit 1 if any does.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { outliveReaders } from "../scripts/lib/step/outlive-readers.ts";

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What to do when it fails. */
  readonly advice: string;
}

outliveReaders();
const root = join(import.meta.dirname, "..");

/** The longest first, so that the others run beside it. */
const checks: readonly Check[] = [
  {
    name: "workflow contracts",
    command: ["node", "test/node_modules/vitest/vitest.mjs", "run", "--reporter=dot", "test/contracts"],
    advice: "The rule that is broken is named above; test/contracts/rules holds them all.",
  },
  {
    name: "format and lint",
    command: ["biome", "ci", "--colors=off", "--error-on-warnings"],
    advice: "`pnpm fix` repairs most of it.",
  },
  { name: "types", command: ["tsc", "--noEmit"], advice: "Each line above is a file, a place and what does not fit." },
  {
    name: "dead code",
    command: ["knip", "--no-progress"],
    advice: "Delete what nothing uses, or stop exporting it.",
  },
  { name: "bundles are up to date", command: ["tsx", "scripts/bundle.ts", "--check"], advice: "Run `pnpm fix`." },
  {
    name: "docs are up to date",
    command: ["tsx", "tools/docs/write-docs.ts", "--check"],
    advice: "Run `pnpm fix`.",
  },
];

interface Outcome {
  readonly check: Check;
  readonly passed: boolean;
  readonly seconds: number;
  readonly output: string;
}

function run(check: Check): Promise<Outcome> {
  const started = performance.now();
  const [program, ...args] = check.command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    const end = (passed: boolean, reason = "") =>
      resolve({
        check,
        passed,
        seconds: (performance.now() - started) / 1000,
        output: `${Buffer.concat(chunks).toString("utf8")}${reason}`.trim(),
      });
    child.on("error", (error) => end(false, `${program} cannot be started: ${error.message}`));
    child.on("close", (code) => end(code === 0));
  });
}

function report({ check, passed, seconds, output }: Outcome): void {
  const line = `${passed ? "✓" : "✗"} ${check.name.padEnd(24)} ${seconds.toFixed(1)} s\n`;
  process.stdout.write(passed ? line : `${line}\n${output}\n\n${check.advice}\n\n`);
}

/** Runs all of them, as many at once as there are processors, and reports each as it ends. */
async function runAll(): Promise<readonly Outcome[]> {
  const waiting = [...checks];
  const outcomes: Outcome[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const outcome = await run(next);
      outcomes.push(outcome);
      report(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), checks.length) }, worker));
  return outcomes;
}

const failed = (await runAll()).filter(({ passed }) => !passed);
if (failed.length > 0) {
  process.stdout.write(
    `${failed.length} of ${checks.length} checks failed: ${failed.map(({ check }) => check.name).join(", ")}.\n`,
  );
  process.exitCode = 1;
}
