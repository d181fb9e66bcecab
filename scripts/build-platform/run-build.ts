import { rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as core from "@actions/core";
import {
  type BuildRequest,
  type CachePlan,
  classifyPushError,
  nameArchive,
  type PlatformResult,
  type PushError,
  parseDigest,
  planBuildCommand,
  type StepCounter,
} from "@longshore/publishing";
import { retry } from "../lib/http/retry.ts";
import { docker } from "../lib/programs/docker.ts";
import type { Registry } from "../lib/registry/registry.ts";
import { printText } from "../lib/step/print-text.ts";
import { readRunAttempt } from "../lib/step/run-attempt.ts";
import type { PushAccess } from "./push-access.ts";
import { readArchivedImage, readPushedImage } from "./read-pushed.ts";
import type { StepRequest } from "./read-request.ts";

/** What all platforms of this job have in common. */
export interface BuildSetting {
  /** Absolute paths. */
  readonly context: string;
  readonly dockerfile: string;
  readonly fingerprint: string;
  readonly provenance: BuildRequest["provenance"];
  readonly request: StepRequest;
  /** Folder for files of this run. */
  readonly temp: string;
  readonly sshKeyFile: string | undefined;
  readonly sourceDateEpoch: number | undefined;
  /** The plan's images, in order. */
  readonly registries: readonly Registry[];
  readonly cacheOf: (platform: string) => CachePlan;
  /** Asks the registries whether this login may push. */
  readonly askAccess: () => Promise<PushAccess>;
}

/** A build or push that failed, with what buildx said. */
export class BuildError extends Error {
  readonly reason: PushError;
  constructor(platform: string, reason: PushError) {
    super(
      `${platform} could not be ${reason.built ? "pushed" : "built"}: ${sentence(reason.message)} ${reason.advice}`.trimEnd(),
    );
    this.name = "BuildError";
    this.reason = reason;
  }
}

/** What the attempts at one platform tell; each adds to it. */
export interface BuildHistory {
  /** A sentence for each attempt that had to be repeated. */
  readonly retries: string[];
  readonly steps: StepCounter;
}

/**
 * Builds one platform and pushes it by digest; a failure that may pass is tried again.
 * Throws BuildError.
 */
export async function buildAndPush(
  platform: string,
  setting: BuildSetting,
  history: BuildHistory,
): Promise<PlatformResult> {
  const { request, registries } = setting;
  const [first] = registries;
  if (first === undefined) throw new Error("The plan names no image.");
  const started = performance.now();
  let built = false;
  const digest = await retry(
    async () => {
      try {
        return await runBuild(platform, setting, { history, alreadyBuilt: built });
      } catch (error) {
        const known = error instanceof BuildError ? await askForReason(platform, error, setting) : error;
        built ||= known instanceof BuildError && known.reason.built;
        throw known;
      }
    },
    {
      attempts: request.attempts,
      delay: request.retryDelay,
      isTransient: (error) => error instanceof BuildError && error.reason.transient,
      retryAfter: (error) => (error instanceof BuildError ? (error.reason.retryAfter ?? 0) * 1000 : undefined),
      onRetry: ({ attempt, attempts, delay, error }) => {
        const why = error instanceof BuildError ? error.reason.message : String(error);
        const told = `Attempt ${attempt} of ${attempts} at ${platform} failed: ${sentence(why)}`;
        history.retries.push(told);
        core.warning(`${told} Trying again in ${Math.round(delay / 100) / 10} s.`);
      },
    },
  );
  const image = await readPushedImage(first, digest, platform);
  return {
    ...describe(platform, setting, started, history),
    ...{ digest, ...image, delivery: "registry" },
  };
}

/** Builds one platform into an OCI archive in the temporary folder. Throws BuildError. */
export async function buildArchive(
  platform: string,
  setting: BuildSetting,
  mode: BuildMode,
): Promise<PlatformResult & { readonly path: string }> {
  const started = performance.now();
  const path = join(setting.temp, nameArchive(setting.request.plan, platform, readRunAttempt()));
  rmSync(path, { force: true });
  await runBuild(platform, setting, { ...mode, archive: path });
  const image = await readArchivedImage(path, platform);
  return {
    ...describe(platform, setting, started, mode.history),
    ...{ ...image, delivery: "artifact", archive: basename(path), path },
  };
}

function describe(
  platform: string,
  { request, fingerprint }: BuildSetting,
  started: number,
  { retries, steps }: BuildHistory,
) {
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  // A cold build was not to use the cache.
  const count = request.noCache ? undefined : steps.count();
  const rebuilt = request.reuse ? {} : ({ rebuilt: true } as const);
  const facts = { platform, seconds, reused: false, fingerprint, ...rebuilt, retries };
  return { ...facts, revision: request.plan.revision, ...(count === undefined ? {} : { steps: count }) };
}

interface BuildMode {
  readonly history: BuildHistory;
  readonly archive?: string;
  /** The builder holds the result of this very run already: a cold build need not be made again to push it again. */
  readonly alreadyBuilt: boolean;
}

/** One `docker buildx build`; returns the digest it tells. */
async function runBuild(platform: string, setting: BuildSetting, mode: BuildMode): Promise<string> {
  const { request, temp, sshKeyFile, sourceDateEpoch } = setting;
  const metadataFile = join(temp, `longshore-${process.pid}-metadata.json`);
  const build: BuildRequest = {
    ...request,
    ...{ platform, metadataFile, context: setting.context, dockerfile: setting.dockerfile },
    ...{ fingerprint: setting.fingerprint, provenance: setting.provenance },
    ...{ cache: setting.cacheOf(platform), noCache: request.noCache && !mode.alreadyBuilt },
    ...(mode.archive === undefined ? {} : { archive: mode.archive }),
    ...(sshKeyFile === undefined ? {} : { sshKeyFile }),
    ...(sourceDateEpoch === undefined ? {} : { sourceDateEpoch }),
  };
  const { args, env } = planBuildCommand(build);
  core.startGroup(`Build ${platform}`);
  try {
    printText(["docker", ...args].map(showArgument).join(" "));
    const { startAttempt, readLine } = mode.history.steps;
    startAttempt();
    const run = await docker(args, { cwd: request.workspace, env, print: true, onLine: readLine });
    if (run.exitCode !== 0) throw new BuildError(platform, classifyPushError(run.stderr));
    const metadata: unknown = JSON.parse(await readFile(metadataFile, "utf8"));
    const told = (metadata as Readonly<Record<string, unknown>>)["containerimage.digest"];
    return parseDigest(typeof told === "string" ? told : "", `The digest that buildx told for ${platform}`);
  } finally {
    core.endGroup();
    rmSync(metadataFile, { force: true });
  }
}

/** What a 403 without a reason meant: the registry is asked again whether this login may push. */
async function askForReason(platform: string, error: BuildError, setting: BuildSetting): Promise<BuildError> {
  if (error.reason.kind !== "forbidden" || !error.reason.built) return error;
  const access = await setting.askAccess();
  if (access.type === "refused") {
    return new BuildError(platform, { ...error.reason, kind: "permission", message: access.sentence, advice: "" });
  }
  return new BuildError(platform, { ...error.reason, kind: "denied", transient: true });
}

function sentence(text: string): string {
  return /[.…!?]$/.test(text) ? text : `${text}.`;
}

/** For people to copy: quoted as a shell wants it. */
function showArgument(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
