import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { PlatformResult } from "@longshore/publishing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { type BuildRun, logIn, runBuildPlatform } from "../../tools/benchmarks/build-platform-run.ts";
import { pushPlatform } from "./publish-index-run.ts";

const bin = mkdtempSync(join(tmpdir(), "longshore-docker-"));
let github: GitHubDouble;
let pushed: PlatformResult;
let login: Awaited<ReturnType<typeof logIn>>;

beforeAll(async () => {
  github = await startGitHubDouble();
  pushed = await pushPlatform(github, "acme/app");
  login = await logIn({ [github.host]: github.token() });
});
afterAll(async () => {
  rmSync(bin, { recursive: true });
  await login.remove();
  await github.stop();
});

/** Says these attempts one after the other, then has pushed; every attempt but the last fails at the registry. */
async function build(said: readonly string[], inputs: Readonly<Record<string, string>> = {}): Promise<BuildRun> {
  for (const [index, text] of said.entries()) writeFileSync(join(bin, `said-${index + 1}`), text);
  writeFileSync(join(bin, "count"), "0");
  const metadata = JSON.stringify({ "containerimage.digest": pushed.digest });
  const docker = `#!/bin/bash
count=$(( $(cat ${bin}/count) + 1 )); echo $count > ${bin}/count
cat ${bin}/said-$count >&2
if [ $count != ${said.length} ]; then echo 'ERROR: failed to push: unexpected status: 503 Service Unavailable' >&2; exit 1; fi
for argument; do case $argument in --metadata-file=*) echo '${metadata}' > "\${argument#*=}";; esac; done
`;
  writeFileSync(join(bin, "docker"), docker, { mode: 0o755 });
  return runBuildPlatform({
    plan: { images: [`${github.host}/acme/app`] },
    files: { Dockerfile: "FROM scratch\nCOPY . /\n" },
    inputs,
    env: { ...login.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
}

const cold = `#1 [internal] load build definition from Dockerfile
#1 DONE 0.0s

#4 [1/3] FROM ghcr.io/acme/base:1
#4 DONE 0.0s

#5 [2/3] COPY lock /lock
#5 CACHED

#6 [3/3] RUN make
#6 0.1 ::warning::from the Dockerfile
#6 DONE 2.0s

`;
const warm = cold.replace(/^#6 0.*\n#6 DONE.*$/mu, "#6 CACHED");

it("the steps that came from the cache are told in the log and the result", async () => {
  const run = await build([cold]);
  expect(run).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
  expect(run.stdout.split("\n")).toContain("Cache linux/amd64: 1 of 2 steps came from the cache.");
  expect(run.results).toEqual([expect.objectContaining({ steps: { total: 2, cached: 1 } })]);
});

it("a second attempt does not hide what the first one ran", async () => {
  const run = await build([cold, warm]);
  expect(run).toMatchObject({ exitCode: 0, errors: [], warnings: { length: 1 } });
  expect(run.results[0]?.retries).toHaveLength(1);
  expect(run.stdout).toContain("Cache linux/amd64: 1 of 2 steps");
  expect((await build([warm, warm])).stdout).toContain("Cache linux/amd64: 2 of 2 steps");
});

it("all of a log is counted, however long it is", async () => {
  const long = cold.replace("#6 DONE", `${"#6 0.2 as much as is printed\n".repeat(10_000)}#6 DONE`);
  const run = await build([`${long}#7 exporting to image\n${"#7 pushing layers\n".repeat(10_000)}#7 DONE 1.0s\n`]);
  expect(run.results[0]?.steps).toEqual({ total: 2, cached: 1 });
});

it.each<readonly [string, readonly string[], Readonly<Record<string, string>>]>([
  ["was asked to be cold", [cold], { "no-cache": "true" }],
  ["had no step", ["#4 [1/1] FROM ghcr.io/acme/base:1\n#4 CACHED\n"], {}],
])("nothing is told of a build that %s", async (_, said, inputs) => {
  const run = await build(said, inputs);
  expect(run).toMatchObject({ exitCode: 0, errors: [] });
  expect(run.results[0]).not.toHaveProperty("steps");
  expect(run.stdout).not.toContain("came from the cache");
  expect(readFileSync(join(bin, "count"), "utf8").trim()).toBe("1");
});
