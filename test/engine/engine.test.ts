import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pushBaseImage } from "../../rehearsal/engine/base-image.ts";
import { type DebianRegistry, startDebianRegistry } from "../../rehearsal/engine/debian-registry.ts";
import { capture } from "../../rehearsal/engine/run-command.ts";

describe("the engine", () => {
  let registry: DebianRegistry;
  let folder: string;
  let digest: string;

  beforeAll(async () => {
    registry = await startDebianRegistry();
    folder = await mkdtemp(join(tmpdir(), "longshore-engine-test-"));
    await writeFile(
      join(folder, "Dockerfile"),
      `FROM ${await pushBaseImage(registry.host)}\nRUN uname -m > /built-on\nCMD ["cat", "/built-on"]\n`,
    );
    const output = `type=image,name=${registry.host}/app,push-by-digest=true,name-canonical=true,push=true`;
    const metadata = join(folder, "metadata.json");
    const options = ["--platform", "linux/amd64,linux/arm64", "--output", output, "--metadata-file", metadata];
    await capture("docker", ["buildx", "build", ...options, folder]);
    digest = JSON.parse(await readFile(metadata, "utf8"))["containerimage.digest"];
  }, 120_000);

  afterAll(async () => {
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.each([
    ["linux/amd64", "x86_64"],
    ["linux/arm64", "aarch64"],
  ])("builds, pushes by digest and runs %s", async (platform, machine) => {
    const args = ["run", "--rm", "--platform", platform, `${registry.host}/app@${digest}`];
    expect((await capture("docker", args)).trim()).toBe(machine);
  });

  test("names nothing when it pushes by digest", async () => {
    // Distribution 2.8 knows a repository by its tags.
    const tags = await fetch(`http://${registry.host}/v2/app/tags/list`);
    expect(tags.status).toBe(404);
    const pushed = await fetch(`http://${registry.host}/v2/app/manifests/${digest}`, {
      headers: { Accept: "application/vnd.oci.image.index.v1+json" },
    });
    expect(pushed.status).toBe(200);
  });
});
