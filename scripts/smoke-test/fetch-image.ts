import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import * as core from "@actions/core";
import { InputError } from "@longshore/language";
import { classifyPushError, type PlatformResult } from "@longshore/publishing";
import { retry } from "../lib/http/retry.ts";
import { readArchivedImage } from "../lib/programs/archived-image.ts";
import { docker } from "../lib/programs/docker.ts";
import { loadIntoDocker } from "../lib/programs/load-into-docker.ts";
import type { SmokeRequest } from "./read-request.ts";

/** An image in the engine. */
export interface FetchedImage {
  /** To run it by. */
  readonly name: string;
  /** Takes the name away again, where it was given for the test. */
  readonly forget: () => Promise<unknown>;
}

/** Brings one platform's image into the engine, by digest or from its archive. */
export function fetchImage(result: PlatformResult, request: SmokeRequest): Promise<FetchedImage> {
  return result.delivery === "artifact" ? loadArchive(result, request) : pullImage(result, request);
}

async function pullImage({ platform, manifest }: PlatformResult, request: SmokeRequest): Promise<FetchedImage> {
  const reference = `${request.image}@${manifest}`;
  await retry(
    async () => {
      const run = await docker(["pull", "--quiet", "--platform", platform, reference]);
      if (run.exitCode !== 0) throw new PullError(platform, run.stderr);
    },
    {
      attempts: request.attempts,
      delay: request.retryDelay,
      // What was pushed a moment ago may not be seen everywhere yet.
      isTransient: (error) => error instanceof PullError && error.transient,
      onRetry: ({ error, delay }) =>
        core.warning(`${error instanceof Error ? error.message : error} Trying again in ${delay / 1000} s.`),
    },
  );
  return { name: reference, forget: async () => {} };
}

class PullError extends Error {
  readonly transient: boolean;

  constructor(platform: string, output: string) {
    const lagging = /not found|manifest unknown/i.test(output);
    const { message, transient, advice } = classifyPushError(output.replace(/^Error response from daemon: /gm, ""));
    super(
      `The smoke test of ${platform} cannot pull the image: ${message}. ${lagging ? "The registry does not have it." : advice}`,
    );
    this.transient = transient || lagging;
  }
}

/**
 * The archives of all platforms hold one name, which docker takes over with an archive: it is given another at once, since a job
 * beside this one may share the engine.
 */
async function loadArchive({ platform, archive = "" }: PlatformResult, request: SmokeRequest): Promise<FetchedImage> {
  const path = request.archives.find((candidate) => basename(candidate) === archive);
  if (path === undefined) {
    throw new InputError(`Input \`archives\` has no ${archive} for ${platform}: give the output of build-platform.`);
  }
  const name = `longshore-smoke:${randomUUID()}`;
  await loadIntoDocker(await readArchivedImage(path), name);
  return { name, forget: () => docker(["image", "rm", name]) };
}
