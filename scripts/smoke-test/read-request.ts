import { resolve } from "node:path";
import { InputError } from "@longshore/language";
import { type PlatformResult, parseCommandLines, parsePlatformResults } from "@longshore/publishing";
import { parseImagePlan } from "@longshore/tagging";
import { readBoolean, readDuration, readInteger, readLines, readRequired, readText } from "../lib/step/inputs.ts";
import { findInside } from "../lib/step/inside-repository.ts";

/** What the step is asked for, all of it checked. */
export interface SmokeRequest {
  /** Repository the images are pulled from. */
  readonly image: string;
  readonly results: readonly PlatformResult[];
  /** Paths of OCI archives. */
  readonly archives: readonly string[];
  /** Each a list of words. */
  readonly commands: readonly (readonly string[])[];
  /** Milliseconds, of each command. */
  readonly timeLimit: number;
  readonly network: boolean;
  /** Path, or nothing. */
  readonly composeFile: string;
  readonly workspace: string;
  readonly attempts: number;
  /** Milliseconds. */
  readonly retryDelay: number;
}

/** Reads the inputs; throws InputError at the first that is wrong. */
export function readRequest(): SmokeRequest {
  const [image] = parseImagePlan(readRequired("plan")).images;
  if (image === undefined) throw new InputError("Input plan names no image: use the output of plan-image.");
  const workspace = process.env.GITHUB_WORKSPACE || process.cwd();
  const composeFile = readText("compose-file");
  // A file elsewhere on the runner is nobody's compose file.
  if (composeFile !== "") findInside(workspace, composeFile, "Input `compose-file`");
  return {
    image,
    results: parsePlatformResults(readRequired("results")),
    archives: readLines("archives"),
    commands: parseCommandLines(readText("smoke-test"), "Input `smoke-test`"),
    timeLimit: readDuration("smoke-test-timeout", "60s"),
    network: readBoolean("smoke-test-network", false),
    composeFile: composeFile === "" ? "" : resolve(workspace, composeFile),
    workspace,
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s"),
  };
}
