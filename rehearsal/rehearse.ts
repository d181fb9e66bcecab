/** `pnpm rehearse`: reads the command line, sees to an engine, and plays the stories on it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { join } from "node:path";
import { outliveReaders } from "../scripts/lib/step/outlive-readers.ts";
import { makeDoor, openDoor } from "./door.ts";
import { choosePaint } from "./paint.ts";
import { printProgress } from "./print-progress.ts";
import { printReport } from "./print-report.ts";
import { type RehearseArguments, readArguments, usage } from "./read-arguments.ts";
import type { StoryReport } from "./report.ts";
import type { Stage } from "./stage.ts";
import { stories } from "./stories/index.ts";

outliveReaders();
const names = stories.map(({ name }) => name);
const given = process.argv.slice(2);
/** A private engine has a network of its own: what is to be seen from outside listens on the port that is served there. */
const doorPort =
  process.env.LONGSHORE_ENGINE === "private" && process.env.LONGSHORE_DOOR_PORT !== undefined
    ? Number(process.env.LONGSHORE_DOOR_PORT)
    : undefined;
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
  const door = keep ? await makeDoor() : undefined;
  const wrapper = join(import.meta.dirname, "engine", "with-engine.ts");
  const command = [process.execPath, ...process.execArgv, import.meta.filename, ...given];
  const child = spawn(process.execPath, [...process.execArgv, wrapper, "--engine", engine, "--", ...command], {
    stdio: "inherit",
    env: {
      ...process.env,
      ...(door === undefined ? {} : { LONGSHORE_DOOR: door.folder, LONGSHORE_DOOR_PORT: String(door.port) }),
    },
  });
  // A Ctrl-C reaches the engine by itself, and it is the engine that ends first.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  await door?.close();
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

async function play({ scenarios, json, keep }: RehearseArguments): Promise<number> {
  const { rehearse } = await import("./run-rehearsal.ts");
  const chosen = stories.filter(({ name }, at) => (scenarios.length === 0 ? at === 0 : scenarios.includes(name)));
  // Progress is for people: with --json it leaves standard output alone.
  const output = json ? process.stderr : process.stdout;
  const paint = choosePaint(output, process.env);
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => interrupted.abort(new Error(`ended by ${signal}.`)));
  }
  output.write(`${process.env.LONGSHORE_ENGINE_DESCRIPTION}\n\n`);
  try {
    const report = await rehearse(chosen, {
      report: printProgress(output, paint),
      signal: interrupted.signal,
      ...(keep ? { beforeStop: (stage, story) => waitForEnd(stage, story, interrupted.signal) } : {}),
      ...(doorPort === undefined ? {} : { port: doorPort }),
    });
    process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : printReport(report, paint));
    return report.ok ? 0 : 1;
  } catch (error) {
    process.stderr.write(`\nrehearse: ${error instanceof Error ? error.message : String(error)}\n`);
    return interrupted.signal.aborted ? 130 : 1;
  }
}

/** Leaves the registry open to everybody on this machine until somebody ends the command. */
async function waitForEnd(stage: Stage, story: StoryReport, signal: AbortSignal): Promise<void> {
  for (const { repository } of story.images) stage.github.registry.setVisibility(repository, "public");
  if (doorPort !== undefined) await openDoor(process.env.LONGSHORE_DOOR ?? "", doorPort);
  const image = story.images.find(({ tag }) => tag === "latest") ?? story.images[0];
  const reference = image === undefined ? "" : `/${image.repository}:${image.tag}`;
  process.stderr.write(
    `\nThe registry stays until Ctrl-C, open to this machine without a login: docker pull ${stage.host}${reference}\n`,
  );
  if (!signal.aborted) await once(signal, "abort");
}
