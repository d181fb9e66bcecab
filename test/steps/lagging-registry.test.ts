import { afterAll, beforeAll, describe, it } from "vitest";
import { lagging } from "../../doubles/ghcr-faults.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { logIn } from "../../tools/benchmarks/build-platform-run.ts";
import { type BundleRun, runBundle } from "../../tools/run-bundle.ts";
import { runFindImage, storeImage } from "./find-image-run.ts";
import { putImage, runPromoteImage } from "./promote-image-run.ts";
import { planOfMain } from "./publish-index-run.ts";
import { type FakeCosign, makeFakeCosign } from "./sign-image-run.ts";

/** Half a minute of real time, waited through by every step at once. */
const LAG = 30_000;
const LONG = LAG + 30_000;
const revision = "0123456789abcdef0123456789abcdef01234567";

let github: GitHubDouble;
let cosign: FakeCosign;
let login: Awaited<ReturnType<typeof logIn>>;
let count = 0;

beforeAll(async () => {
  [github, cosign] = await Promise.all([startGitHubDouble(), makeFakeCosign()]);
  login = await logIn({ [github.host]: github.token() });
});
afterAll(() => Promise.all([github.stop(), cosign.remove(), login.remove()]));

/** An image that was pushed just now, to a repository of its own that lags. */
async function pushLate(tags: readonly string[] = ["1"]) {
  count += 1;
  const path = `acme/late${count}`;
  github.inject(lagging(LAG, `/${path}/`));
  const { digest } = await storeImage(github, path, { tags, revision });
  return { path, digest, image: `${github.host}/${path}@${digest}` };
}

function waitFor(image: string, inputs: Readonly<Record<string, string>> = {}): Promise<BundleRun> {
  return runBundle("wait-for-image", {
    inputs: { image, token: github.token({ packages: "read" }), ...inputs },
    env: { GITHUB_REPOSITORY: "acme/app", DOCKER_CONFIG: "/nonexistent" },
  });
}

function sign(image: string, inputs: Readonly<Record<string, string>> = {}): Promise<BundleRun> {
  return runBundle("sign-image", {
    inputs: { image, ...inputs },
    env: {
      ...login.env,
      ACTIONS_ID_TOKEN_REQUEST_URL: "http://localhost:1/token",
      GITHUB_EVENT_NAME: "push",
      GITHUB_REF: "refs/heads/main",
      GITHUB_REPOSITORY: "acme/app",
      PATH: `${cosign.folder}:${process.env.PATH}`,
    },
  });
}

describe.concurrent("a registry that serves what was pushed half a minute later, by the default waits", () => {
  it("is waited for by wait-for-image", { timeout: LONG }, async ({ expect: check }) => {
    const { image, digest } = await pushLate();
    const run = await waitFor(image);
    check([run.exitCode, run.errors, run.outputs.digest]).toEqual([0, [], digest]);
    check(run.stdout).toMatch(/does not serve the image itself yet: looking again in/);
  });

  it("is waited for by sign-image", { timeout: LONG }, async ({ expect: check }) => {
    const { path, image } = await pushLate();
    const run = await sign(image);
    check([run.exitCode, run.errors, run.warnings]).toEqual([0, [], []]);
    check(run.stdout).toContain(`Waiting until ${github.host}/${path} shows sha256:`);
    check(run.stdout).toMatch(/Still waiting, \d+ of 120 s\./);
    check(run.outputs.signed?.split("\n")).toHaveLength(3);
  });

  it("is waited for by find-image", { timeout: LONG }, async ({ expect: check }) => {
    const { path, digest } = await pushLate([`main-${revision.slice(0, 7)}`, `sha-${revision}`]);
    const run = await runFindImage({ github, path, inputs: { revision, wait: "10m", interval: "10s" } });
    check([run.exitCode, run.errors, run.outputs.digest]).toEqual([0, [], digest]);
    check(run.stdout).toMatch(/Waiting for the .* of 10 min/);
  });

  it("is waited for by promote-image", { timeout: LONG }, async ({ expect: check }) => {
    const path = "acme/late-promotion";
    const commit = github.repository(path).addCommit();
    const plan = planOfMain(github, path, { revision: commit });
    github.inject(lagging(LAG, new RegExp(`/${path}/manifests/sha256:`)));
    const digest = await putImage(github, path, commit, { tags: [plan.primaryTag] });
    const inputs = { plan: JSON.stringify(plan), digest, "retry-delay": "10s" };
    const run = await runPromoteImage({ github, repository: path, inputs });
    check([run.exitCode, run.errors]).toEqual([0, []]);
    check(run.outcomes).toMatchObject({ main: "written", latest: "written" });
  });

  it.for([
    ["wait-for-image", waitFor, /^\S+ cannot be read whole after 5 s: the registry does not serve the image itself\./],
    ["sign-image", sign, /^\S+ does not show sha256:\S+ within 5 s: check that the digest was pushed there/],
  ] as const)("is not waited for longer than told by %s", async ([, run, sentence], { expect: check }) => {
    const { image } = await pushLate();
    const { exitCode, errors } = await run(image, { wait: "5s" });
    check([exitCode, errors]).toEqual([1, [check.stringMatching(sentence)]]);
  });
});
