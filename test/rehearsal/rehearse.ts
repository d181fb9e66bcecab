/** `pnpm rehearse`: reads the command line, sees to an engine, and plays the stories on it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { join } from "node:path";
import { makeDoor, openDoor, serveDoor } from "./door.ts";
import { choosePaint } from "./paint.ts";
import { printProgress } from "./print-progress.ts";
import { printReport } from "./print-report.ts";
import { type RehearseArguments, readArguments, usage } from "./read-arguments.ts";
import type { StoryReport } from "./report.ts";
import type { Stage } from "./stage.ts";
import { stories } from "./stories/index.ts";

const names = stories.map(({ name }) => name);
const given = process.argv.slice(2);
const asked = readArguments(given, names);

if (typeof asked === "string") {
  process.stderr.write(`rehearse: ${asked}\n`);
  process.exitCode = 1;
} else if (asked.help) {
  process.stdout.write(usage);
} else if (asked.list) {
  const width = Math.max(...names.map((name) => name.length));
  const lines = stories.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`);
  process.stdout.write(
    asked.json ? `${JSON.stringify(stories.map(({ name, title }) => ({ name, title })))}\n` : lines.join(""),
  );
} else {
  process.exitCode = process.env.LONGSHORE_ENGINE === undefined ? await playOnEngine(asked) : await play(asked);
}

/** Starts this command again where an engine is at hand. */
async function playOnEngine({ engine, keep }: RehearseArguments): Promise<number> {
  const door = keep ? await makeDoor() : "";
  const wrapper = join(import.meta.dirname, "..", "engine", "with-engine.ts");
  const runner = [process.execPath, ...process.execArgv];
  const command = [...runner, import.meta.filename, ...given];
  const child = spawn(process.execPath, [...process.execArgv, wrapper, "--engine", engine, "--", ...command], {
    stdio: "inherit",
    env: { ...process.env, ...(keep ? { LONGSHORE_DOOR: door } : {}) },
  });
  const end = new AbortController();
  // A Ctrl-C reaches the engine by itself, and it is the engine that ends first.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  if (keep) void announceDoor(door, end.signal);
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  end.abort();
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

async function announceDoor(door: string, signal: AbortSignal): Promise<void> {
  const port = await serveDoor(door, signal);
  if (port !== undefined)
    process.stderr.write(`\nThe registry is at localhost:${port} until Ctrl-C; no login is needed.\n`);
}

async function play({ scenarios, json, keep }: RehearseArguments): Promise<number> {
  const { rehearse } = await import("./run-rehearsal.ts");
  const chosen = stories.filter(({ name }, at) => (scenarios.length === 0 ? at === 0 : scenarios.includes(name)));
  // Progress is for people: with --json it leaves standard output alone.
  const output = json ? process.stderr : process.stdout;
  const paint = choosePaint(output, process.env);
  output.write(`${process.env.LONGSHORE_ENGINE_DESCRIPTION}\n\n`);
  const report = await rehearse(chosen, {
    report: printProgress(output, paint),
    ...(keep ? { beforeStop: waitForEnd } : {}),
  });
  process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : printReport(report, paint));
  return report.ok ? 0 : 1;
}

/** Leaves the registry open to everybody on this machine until somebody ends the command. */
async function waitForEnd(stage: Stage, story: StoryReport): Promise<void> {
  for (const { repository } of story.images) stage.github.registry.setVisibility(repository, "public");
  const { LONGSHORE_DOOR: door, LONGSHORE_ENGINE: engine } = process.env;
  const port = Number(stage.host.split(":")[1]);
  const [image] = story.images;
  if (image !== undefined) process.stderr.write(`\nTry: docker pull ${stage.host}/${image.repository}:${image.tag}\n`);
  if (engine === "private" && door !== undefined) await openDoor(door, port);
  else process.stderr.write(`The registry is at ${stage.host} until Ctrl-C; no login is needed.\n`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}
