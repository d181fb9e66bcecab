import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../doubles/github-double.ts";
import { fork, pullRequest, sha } from "../tagging/events.ts";
import { makeBarePath } from "./bare-path.ts";
import { runFindImage } from "./find-image-run.ts";

const architecture = process.arch === "arm64" ? "arm64" : "amd64";

let github: GitHubDouble;
let root: string;

beforeAll(async () => {
  github = await startGitHubDouble();
  root = mkdtempSync(join(tmpdir(), "longshore-archive-"));
});
afterAll(async () => {
  rmSync(root, { recursive: true });
  await github.stop();
});

/** An OCI archive in a folder of its own, as BuildKit lays it out. Gives the folder. */
function archive(name: string, labels: Readonly<Record<string, string>>): string {
  const folder = join(root, name);
  const layout = join(root, `${name}-layout`);
  mkdirSync(join(layout, "blobs/sha256"), { recursive: true });
  mkdirSync(folder);
  const blob = (content: string | object) => {
    const bytes = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
    const digest = createHash("sha256").update(bytes).digest("hex");
    writeFileSync(join(layout, "blobs/sha256", digest), bytes);
    return { mediaType: "application/x", digest: `sha256:${digest}`, size: bytes.length };
  };
  const config = blob({ os: "linux", architecture, config: { Labels: labels } });
  const manifest = blob({ schemaVersion: 2, config, layers: [blob("layer one"), blob("layer two")] });
  writeFileSync(join(layout, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
  writeFileSync(join(layout, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  execFileSync("tar", ["-C", layout, "-cf", join(folder, "image-app.oci.tar"), "blobs", "index.json", "oci-layout"]);
  return folder;
}

/** A PATH whose `docker` keeps what it is given and answers as an engine with either store does. */
function fakeDocker(answer: string): { readonly path: string; readonly log: string; readonly given: string } {
  const path = mkdtempSync(join(root, "bin-"));
  const [log, given] = [join(path, "log"), join(path, "given.tar")];
  const script = `#!/bin/bash\necho "$@" >> ${log}\nif [ "$1" = load ]; then cat > ${given}; echo "${answer}"; fi\n`;
  writeFileSync(join(path, "docker"), script, { mode: 0o755 });
  return { path: `${path}:${process.env.PATH}`, log, given };
}

const labels = {
  "org.opencontainers.image.revision": sha,
  "org.opencontainers.image.ref.name": "pr-12-abc1234",
};

function find(folder: string, path: string, inputs: Readonly<Record<string, string>> = {}) {
  const on = pullRequest({}, fork);
  return runFindImage({ github, path: "acme/app", on, env: { PATH: path }, inputs: { archive: folder, ...inputs } });
}

describe("an archive", () => {
  it.each([
    ["the older image store", "Loaded image: x"],
    ["the containerd image store", `Loaded image ID: sha256:${"a".repeat(64)}`],
  ])("is given to Docker so that %s reads it", async (store, answer) => {
    const docker = fakeDocker(answer);
    const run = await find(archive(store.replaceAll(" ", "-"), labels), docker.path);
    expect(run.errors).toEqual([]);
    const reference = `${github.host}/acme/app:pr-12-abc1234`;
    expect(run.outputs).toMatchObject({ reference, source: "archive", platforms: `linux/${architecture}` });
    const names = execFileSync("tar", ["-tf", docker.given], { encoding: "utf8" }).trim().split("\n");
    expect(names[0]).toBe("manifest.json");
    expect(names).toEqual(expect.arrayContaining(["index.json", "oci-layout"]));
    const text = execFileSync("tar", ["-xOf", docker.given, "manifest.json"], { encoding: "utf8" });
    const [entry] = JSON.parse(text) as { Config: string; RepoTags: string[]; Layers: string[] }[];
    expect(entry?.RepoTags).toEqual([reference]);
    expect(entry?.Layers).toHaveLength(2);
    for (const name of [entry?.Config, ...(entry?.Layers ?? [])]) expect(names).toContain(name);
    expect(readFileSync(docker.log, "utf8")).toContain(`tag ${answer.split(": ")[1]} ${reference}`);
  });

  it("of another commit, or of none, never reaches Docker", async () => {
    for (const [name, own] of [
      ["other", { ...labels, "org.opencontainers.image.revision": "0".repeat(40) }],
      ["none", {}],
    ] as const) {
      const docker = fakeDocker("Loaded image: x");
      const run = await find(archive(name, own), docker.path, { wait: "10m" });
      expect(run.exitCode).toBe(1);
      expect(run.errors.join()).toMatch(new RegExp(`image-app.oci.tar is there, but .*${sha} is expected`, "u"));
      expect(existsSync(docker.log)).toBe(false);
    }
  });

  it("cannot be loaded without Docker, and says so", async () => {
    const bare = makeBarePath();
    const run = await find(archive("bare", labels), bare.path);
    bare.remove();
    expect(run.exitCode).toBe(1);
    expect(run.errors.join()).toContain("there is no docker here");
  });

  it.each([
    ["is no tar", "not a tar"],
    ["is empty", ""],
  ])("that %s is told by its name", async (name, content) => {
    const folder = join(root, name.replaceAll(" ", "-"));
    mkdirSync(folder);
    writeFileSync(join(folder, "image.oci.tar"), content);
    const run = await find(folder, process.env.PATH ?? "");
    expect(run.exitCode).toBe(1);
    expect(run.errors.join()).toMatch(/image\.oci\.tar" has no index\.json: download the artifact/u);
  });
});
