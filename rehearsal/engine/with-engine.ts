/**
 * Runs a command where a Docker engine with buildx, able to build for both our platforms and to push by digest, is at hand:
 *
 *     tsx rehearsal/engine/with-engine.ts [--engine auto|host|private] -- <command> [args…]
 *
 * and ends as the command ends. `auto` takes the machine's engine if one answers, else sets up a private one. What the
 * command finds in its environment is described at `EngineEnvironment`.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readMachine } from "./machine.ts";
import { endingSignals, runCommand } from "./run-command.ts";
import { hostEngineAnswers, runOnHostEngine } from "./run-on-host-engine.ts";
import { runOnPrivateEngine } from "./run-on-private-engine.ts";

const { values, positionals: command } = parseArgs({
  options: { engine: { type: "string", default: "auto" } },
  allowPositionals: true,
});
// Also in the namespace of a private engine the project's folder is where it was.
const cache = join(import.meta.dirname, "..", "..", ".cache", "engine");

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`engine: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(): Promise<number> {
  if (command.length === 0) throw new Error("name a command: with-engine.ts [--engine auto|host|private] -- <command>");
  if (process.env.LONGSHORE_ENGINE !== undefined) return runInside();
  switch (values.engine) {
    case "host":
      return runOnHostEngine(command);
    case "private":
      return runPrivate();
    case "auto":
      return (await hostEngineAnswers()) ? runOnHostEngine(command) : runPrivate();
    default:
      throw new Error(`--engine is auto, host or private, not ${values.engine}.`);
  }
}

async function runPrivate(): Promise<number> {
  const machine = readMachine();
  if (typeof machine === "string") {
    throw new Error(
      `no Docker engine with buildx answers, and a private one cannot be set up as ${machine}: install Docker Engine with the buildx plugin and start it.`,
    );
  }
  return runOnPrivateEngine(command, machine, cache);
}

async function runInside(): Promise<number> {
  const running = runCommand(command, process.env);
  for (const signal of endingSignals) process.on(signal, () => running.kill(signal));
  return running.exitCode;
}
