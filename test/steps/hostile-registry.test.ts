import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { type HostileRegistry, startHostileRegistry } from "../../doubles/hostile-registry.ts";
import { logIn } from "../../tools/benchmarks/build-platform-run.ts";
import { type BundleOptions, runBundle } from "../../tools/run-bundle.ts";

let hostile: HostileRegistry;
let github: GitHubDouble;
let login: Awaited<ReturnType<typeof logIn>>;
const folder = mkdtempSync(join(tmpdir(), "longshore-hostile-"));
/** Tells the peak of the memory at the end. `resourceUsage` would count what the parent had when it forked. */
const probe = join(folder, "probe.cjs");

beforeAll(async () => {
  hostile = await startHostileRegistry();
  github = await startGitHubDouble();
  for (const name of ["gzip-bomb", "twice-each", "a-year"]) {
    github.registry.seedImages(`acme/${name}`, 8, (index) => ({ tags: [`pr-${index}-abc123${index}`] }));
  }
  login = await logIn({ [github.host]: github.token() });
  const read = 'require("node:fs").readFileSync("/proc/self/status", "utf8")';
  const write = `require("node:fs").writeFileSync(process.env.RUNNER_TEMP + "/peak", /VmHWM:\\s+(\\d+)/.exec(${read})[1])`;
  writeFileSync(probe, `process.on("exit", () => ${write});`);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([hostile.stop(), github.stop(), login.remove()]);
});

/** One step asks the registry for an image, as a runner would start it, with its own limits. */
async function meet(step: string, behaviour: string, inputs: BundleOptions["inputs"] = {}) {
  let peak = Number.NaN;
  const image = `${hostile.host}/acme/${behaviour}`;
  const ways: Readonly<Record<string, BundleOptions["inputs"]>> = {
    "promote-image": {
      ...{ source: `${image}:v1`, target: `${github.host}/acme/${behaviour}`, tags: "v2" },
      ...{ repository: "acme/app", "retry-delay": "0s" },
    },
    "verify-image": { image, "default-branch": "main" },
    "find-image": { image, wait: "0s", revision: "a".repeat(40) },
    diagnose: { image, access: "pull" },
    "prune-images": { registry: hostile.url, package: behaviour, owner: "acme", "dry-run": "true" },
  };
  const run = await runBundle(step, {
    inputs: { token: github.token(), ...ways[step], ...inputs },
    env: {
      ...{ ...login.env, GITHUB_REPOSITORY: "acme/app", GITHUB_API_URL: github.url },
      ...{ GITHUB_SERVER_URL: github.url, NODE_OPTIONS: `--require=${probe}` },
    },
    inspect: (place) => {
      peak = Number(readFileSync(join(place, "temp", "peak"), "utf8")) / 1024;
    },
  }).catch((error: unknown) => {
    throw new Error(`${step} did not end against ${behaviour}`, { cause: error });
  });
  return { ...run, peak };
}

/** What the registry does → what the one sentence holds. */
const table: readonly (readonly [string, string])[] = [
  // Those that take their time come first, as only five are met at once.
  ["token-silent", "No complete answer within 20 s"],
  ["silent", "No complete answer within 20 s"],
  ["slow-drip", "No complete answer within 20 s"],
  ["slow-header", "No complete answer within 20 s"],
  ["early-hints", "interim answers without end"],
  ["endless", "more than 4194304 bytes"],
  ["crumbs", "in crumbs"],
  ["gzip-bomb", "more than 4194304 bytes"],
  ["600-megabytes", "more than 4194304 bytes"],
  ["cut-short", "ECONNRESET"],
  ["huge-header", "HPE_HEADER_OVERFLOW"],
  ["broken-chunks", "HPE_INVALID_CHUNK_SIZE"],
  ["angle-brackets", "(400"],
  ["endless-error", "(403"],
  ["redirect-loop", "redirects without end"],
  ["a-year", "429"],
  ["nested-100000", "descriptor"],
  ["many-values", "values"],
  ["many-parts", "12000"],
  ["names-itself", "digest"],
  ["twice-each", "nested"],
  ["token-endless", "bytes"],
  ["token-page", "without a token"],
  ["token-100-megabytes", "bytes"],
  ["token-of-two-lines", "without a token"],
];

/** The same of other steps that read a registry, where they read it in another way. */
const others: readonly (readonly [string, string, string])[] = [
  ["verify-image", "gzip-bomb", "more than 4194304 bytes"],
  ["verify-image", "tags-in-a-circle", "without end"],
  ["verify-image", "tags-without-end", "without end"],
  ["verify-image", "many-values", "values"],
  ["find-image", "endless", "more than 4194304 bytes"],
  ["find-image", "angle-brackets", "(400 <<<"],
  ["find-image", "tags-without-end", "without end"],
  ["diagnose", "tags-in-a-circle", "without end"],
  ["diagnose", "endless-error", "(403"],
  ["diagnose", "token-endless", "more than 131072 bytes"],
  ["prune-images", "gzip-bomb", "more than 4194304 bytes"],
  ["prune-images", "twice-each", "wrongly"],
  ["prune-images", "a-year", "429"],
];

describe.concurrent("a registry that means harm ends in one sentence, and in little memory", () => {
  it.each(table)("promote-image: %s", { timeout: 58_000 }, async (behaviour, told) => {
    const run = await meet("promote-image", behaviour);
    expect({ code: run.exitCode, errors: run.errors }).toEqual({ code: 1, errors: [expect.stringContaining(told)] });
    expect(run.peak).toBeLessThan(200);
  });

  it.each(others)("%s: %s", { timeout: 58_000 }, async (step, behaviour, told) => {
    const run = await meet(step, behaviour);
    expect({ code: run.exitCode, errors: run.errors }).toEqual({ code: 1, errors: [expect.stringContaining(told)] });
    expect(run.peak).toBeLessThan(200);
  });
});
