import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { type DebianRegistry, startDebianRegistry } from "../../rehearsal/engine/debian-registry.ts";
import { capture } from "../../rehearsal/engine/run-command.ts";
import { logIn } from "../../tools/benchmarks/build-platform-run.ts";
import { putImage, runPromoteImage, sha256 } from "./promote-image-run.ts";

// Real clients judge the copies: cosign, oras and skopeo, against GHCR's double and Debian's docker-registry.
const LONG = 60_000;

let github: GitHubDouble;
let debian: DebianRegistry;
let folder = "";
let login: Awaited<ReturnType<typeof logIn>>;
const path = "acme/signed";
let digest = "";
beforeAll(async () => {
  [github, debian] = await Promise.all([startGitHubDouble(), startDebianRegistry()]);
  folder = await mkdtemp(join(tmpdir(), "longshore-promote-"));
  login = await logIn({ [github.host]: github.token() });
  const revision = github.repository(path).addCommit({ parents: [], message: "first" });
  digest = await putImage(github, path, revision, { tags: ["1.0.0"], layer: 3_000_000 });
  await run("cosign", "generate-key-pair", "--output-key-prefix", join(folder, "key"));
  const flags = ["--yes", "--key", `${join(folder, "key")}.key`, "--tlog-upload=false", "--allow-insecure-registry"];
  await run("cosign", "sign", "--recursive", ...flags, `${github.host}/${path}@${digest}`);
  await writeFile(join(folder, "sbom.json"), '{"spdxVersion":"SPDX-2.3"}');
  await run(
    ...["oras", "attach", "--plain-http", "--registry-config", join(login.env.DOCKER_CONFIG ?? "", "config.json")],
    ...["--disable-path-validation", "--artifact-type", "application/spdx+json", `${github.host}/${path}@${digest}`],
    `${join(folder, "sbom.json")}:application/spdx+json`,
  );
}, LONG);
afterAll(async () => {
  await Promise.all([github.stop(), debian.stop(), login.remove(), rm(folder, { recursive: true, force: true })]);
});

function run(...command: readonly string[]): Promise<string> {
  const [program = "", ...args] = command;
  return capture(program, args, { ...process.env, ...login.env, COSIGN_PASSWORD: "" });
}

const verify = (reference: string) =>
  run(
    ...["cosign", "verify", "--key", `${join(folder, "key")}.pub`, "--insecure-ignore-tlog=true"],
    ...["--allow-insecure-registry", reference],
  );

/** Digest of the very bytes that the registry gives for a reference. */
async function digestAt(reference: string): Promise<string> {
  const raw = await run("skopeo", "inspect", "--raw", "--tls-verify=false", `docker://${reference}`);
  return sha256(Buffer.from(raw));
}

describe("a signed image, promoted into Debian's registry", () => {
  it("has the same digest there, verifies with cosign, and oras finds its SBOM", { timeout: LONG }, async () => {
    const target = `${debian.host}/mirror/app`;
    const ran = await runPromoteImage({
      ...{ github, repository: path },
      inputs: { source: `${github.host}/${path}:1.0.0`, target, tags: "1.0.0,stable" },
    });
    expect(ran).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    for (const reference of ["1.0.0", "stable"]) expect(await digestAt(`${target}:${reference}`)).toBe(digest);
    expect(await verify(`${target}:1.0.0`)).toContain(digest);
    const { manifests } = JSON.parse(
      await run("skopeo", "inspect", "--raw", "--tls-verify=false", `docker://${target}@${digest}`),
    ) as { manifests: { digest: string }[] };
    expect(manifests).toHaveLength(2);
    for (const child of manifests) expect(await verify(`${target}@${child.digest}`)).toContain(child.digest);
    expect(await run("oras", "discover", "--plain-http", `${target}@${digest}`)).toContain("application/spdx+json");
    await run(
      "skopeo",
      "copy",
      "--insecure-policy",
      "--all",
      "--src-tls-verify=false",
      `docker://${target}:stable`,
      `dir:${join(folder, "copy")}`,
    );
  });

  it("is mounted from repository to repository, and comes back the same", { timeout: LONG }, async () => {
    const source = `${debian.host}/mirror/app:1.0.0`;
    const mounted = await runPromoteImage({ github, inputs: { source, target: `${debian.host}/second/app` } });
    expect(mounted).toMatchObject({ exitCode: 0, errors: [] });
    expect(mounted.result.copies[0]).toMatchObject({ blobs: { copied: 0 } });
    expect(await verify(`${debian.host}/second/app:1.0.0`)).toContain(digest);
    const back = await runPromoteImage({ github, inputs: { source, target: `${github.host}/acme/back` } });
    expect(back).toMatchObject({ exitCode: 0, errors: [] });
    expect(github.registry.tags("acme/back")["1.0.0"]).toBe(digest);
    expect(await verify(`${github.host}/acme/back:1.0.0`)).toContain(digest);
  });
});
