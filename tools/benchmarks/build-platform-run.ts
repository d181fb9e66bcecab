import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PlatformResult, parsePlatformResults } from "@longshore/publishing";
import type { ImagePlan } from "@longshore/tagging";
import { type BundleOptions, type BundleRun, runBundle } from "../run-bundle.ts";
import { examplePlan } from "./example-plan.ts";

export interface BuildRun extends BundleRun {
  readonly results: readonly PlatformResult[];
}

export interface BuildOptions extends BundleOptions {
  readonly plan?: Partial<ImagePlan>;
}

/** Runs the step for linux/amd64 of an image of that platform, without a cache and pauses, unless told otherwise. */
export async function runBuildPlatform({ plan, inputs, ...options }: BuildOptions): Promise<BuildRun> {
  const run = await runBundle("build-platform", {
    ...options,
    inputs: {
      plan: JSON.stringify(examplePlan(plan)),
      platforms: "linux/amd64",
      select: "linux/amd64",
      cache: "none",
      "retry-delay": "0s",
      ...inputs,
    },
  });
  return { ...run, results: run.outputs.result ? parsePlatformResults(run.outputs.result) : [] };
}

/** A copy of Docker's configuration with these logins, as the step log-in leaves it. */
export async function logIn(logins: Readonly<Record<string, string>>): Promise<{
  readonly env: Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "longshore-login-"));
  const original = process.env.DOCKER_CONFIG ?? join(process.env.HOME ?? "/root", ".docker");
  if (existsSync(original)) await cp(original, folder, { recursive: true, verbatimSymlinks: true });
  const file = join(folder, "config.json");
  const config: unknown = JSON.parse(await readFile(file, "utf8").catch(() => "{}"));
  const auths = Object.fromEntries(
    Object.entries(logins).map(([host, token]) => [host, { auth: Buffer.from(`bot:${token}`).toString("base64") }]),
  );
  await writeFile(file, JSON.stringify({ ...(config as object), auths }));
  return { env: { DOCKER_CONFIG: folder }, remove: () => rm(folder, { recursive: true, force: true }) };
}
