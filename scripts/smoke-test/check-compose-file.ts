import { existsSync } from "node:fs";
import { relative } from "node:path";
import { InputError } from "@longshore/language";
import { docker } from "../lib/programs/docker.ts";
import { quoteValue } from "../lib/step/escape.ts";
import { printText } from "../lib/step/print-text.ts";
import type { SmokeRequest } from "./read-request.ts";

/** What docker needs to find its engine and its plugins. Compose puts variables into files: nothing else is there for it to put. */
const NEEDED = ["PATH", "HOME", "DOCKER_CONFIG", "DOCKER_HOST", "DOCKER_CONTEXT"];

/** Has `docker compose config` read the file; it is wrong where that says so. Throws InputError. */
export async function checkComposeFile({ composeFile, workspace }: SmokeRequest): Promise<void> {
  const shown = quoteValue(relative(workspace, composeFile), 200);
  if (!existsSync(composeFile)) throw new InputError(`Input \`compose-file\` is ${shown}: there is no such file.`);
  // Brings a reader of YAML, which only this needs.
  const { checkComposePaths } = await import("./check-compose-paths.ts");
  checkComposePaths(workspace, composeFile);
  const env = Object.fromEntries(NEEDED.map((name) => [name, process.env[name]]));
  const compose = (...args: readonly string[]) => docker(["compose", ...args], { cwd: workspace, env, bare: true });
  if ((await compose("version")).exitCode !== 0) {
    throw new Error(
      `The compose file ${shown} cannot be checked: this runner's docker has no compose plugin, so install it or leave \`compose-file\` out.`,
    );
  }
  const { exitCode, stderr } = await compose("--file", composeFile, "config", "--quiet");
  if (stderr.trim() !== "") printText(stderr);
  if (exitCode !== 0)
    throw new InputError(`The compose file ${shown} is not valid: docker compose config says why above.`);
}
