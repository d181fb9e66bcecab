import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { push, sha } from "../../doubles/events.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { capture } from "../../rehearsal/engine/run-command.ts";
import { logIn } from "../../tools/benchmarks/build-platform-run.ts";
import { type BundleRun, runBundle } from "../../tools/run-bundle.ts";
import { storeImage } from "./find-image-run.ts";

const LONG = 60_000;
const on = push("refs/heads/main");

let github: GitHubDouble;
let login: Awaited<ReturnType<typeof logIn>>;
let folder: string;
let publicKey: string;

beforeAll(async () => {
  github = await startGitHubDouble();
  login = await logIn({ [github.host]: github.token() });
  folder = mkdtempSync(join(tmpdir(), "longshore-cosign-"));
  for (const name of ["own", "other"]) {
    await cosign("generate-key-pair", "--output-key-prefix", join(folder, name));
  }
  publicKey = readFileSync(join(folder, "own.pub"), "utf8");
}, LONG);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await login.remove();
  await github.stop();
});

function cosign(...args: readonly string[]): Promise<string> {
  return capture("cosign", args, { ...process.env, ...login.env, COSIGN_PASSWORD: "" });
}

/** An image that is signed as sign-image signs it, index and platforms; or its index alone. */
async function signed(path: string, key: string, what: "all" | "index" = "all"): Promise<void> {
  const { digest, manifests } = await storeImage(github, path, { tags: ["latest", "main"], revision: sha });
  const digests = what === "all" ? [digest, ...manifests.values()] : [digest];
  // cosign 3 takes its services from a signing config unless it is told not to.
  const withConfig = (await cosign("sign", "--help")).includes("--use-signing-config");
  const withoutLog = [...(withConfig ? ["--use-signing-config=false"] : []), "--tlog-upload=false"];
  for (const one of digests) {
    const reference = `${github.host}/${path}@${one}`;
    await cosign("sign", "--yes", ...withoutLog, "--key", join(folder, `${key}.key`), reference);
  }
}

function verify(path: string): Promise<BundleRun> {
  return runBundle("verify-image", {
    event: on.payload,
    inputs: {
      image: `${github.host}/${path}`,
      signature: "key",
      "cosign-public-key": publicKey,
      "transparency-log": "false",
    },
    env: { ...login.env, GITHUB_REPOSITORY: "Acme/App", GITHUB_EVENT_NAME: "push", GITHUB_REF: on.ref },
    timeout: LONG,
  });
}

describe("the signature of a published image", () => {
  it("by the key is well", { timeout: LONG }, async () => {
    await signed("acme/signed", "own");
    const run = await verify("acme/signed");
    expect(run.errors).toEqual([]);
    expect(run.outputs).toMatchObject({ healthy: "true", checked: "2" });
  });

  it("of the index does not make up for those of the platforms", { timeout: LONG }, async () => {
    await signed("acme/index-only", "own", "index");
    const run = await verify("acme/index-only");
    expect(run.outputs).toMatchObject({ healthy: "false", problems: "4", "not-checked": "0" });
    expect(run.errors.join()).toMatch(/The signature of linux\/amd64 does not verify: .*no signatures/u);
  });

  it("by another key, or none, is a problem of each tag", { timeout: LONG }, async () => {
    await signed("acme/forged", "other");
    await storeImage(github, "acme/unsigned", { tags: ["latest"], revision: sha });
    const forged = await verify("acme/forged");
    expect(forged.outputs).toMatchObject({ problems: "6", "not-checked": "0" });
    expect(forged.errors.join()).toContain("The signature does not verify:");
    const unsigned = await verify("acme/unsigned");
    expect(unsigned.outputs).toMatchObject({ problems: "3", "not-checked": "0" });
    expect(unsigned.errors.join()).toMatch(/The signature does not verify: .*no signatures/u);
  });
});
