import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { capture } from "../../rehearsal/engine/run-command.ts";

/**
 * Puts a `docker` first in PATH that hands everything to the real one and writes down how long it took.
 * Answers the milliseconds of every `docker buildx build` that ended so far.
 */
export async function startDockerClock(): Promise<() => readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), "docker-clock-"));
  const log = join(folder, "log");
  const real = (await capture("sh", ["-c", "command -v docker"])).trim();
  writeFileSync(log, "");
  writeFileSync(
    join(folder, "docker"),
    `#!/bin/sh
started=$(date +%s%3N)
"${real}" "$@"
code=$?
echo "$(($(date +%s%3N) - started)) $1 $2" >> "${log}"
exit $code
`,
  );
  chmodSync(join(folder, "docker"), 0o755);
  process.env.PATH = `${folder}${delimiter}${process.env.PATH}`;
  return () =>
    readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line.endsWith(" buildx build"))
      .map((line) => Number.parseInt(line, 10));
}
