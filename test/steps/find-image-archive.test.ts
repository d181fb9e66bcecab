import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fork, pullRequest, sha } from "../../doubles/events.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
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

interface ArchiveOptions {
  /** Default `app`. */
  readonly image?: string;
  readonly attempt?: number;
  /** Of the first layer. */
  readonly layer?: string;
  /** Changes the layout before it is packed. */
  readonly tamper?: (layout: string) => void;
  /** More files for tar, after the others. */
  readonly more?: readonly string[];
}

/** An OCI archive in a folder of its own, as BuildKit lays it out. Gives the folder. */
function archive(name: string, labels: Readonly<Record<string, string>>, options: ArchiveOptions = {}): string {
  const { image = "app", attempt = 1, layer = "layer one", tamper = () => {}, more = [] } = options;
  const folder = join(root, name);
  const layout = mkdtempSync(join(root, "layout-"));
  mkdirSync(join(layout, "blobs/sha256"), { recursive: true });
  mkdirSync(folder, { recursive: true });
  const blob = (content: string | object) => {
    const bytes = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
    const digest = createHash("sha256").update(bytes).digest("hex");
    writeFileSync(join(layout, "blobs/sha256", digest), bytes);
    return { mediaType: "application/x", digest: `sha256:${digest}`, size: bytes.length };
  };
  const config = blob({ os: "linux", architecture, config: { Labels: labels } });
  const manifest = blob({ schemaVersion: 2, config, layers: [blob(layer), blob("layer two")] });
  const annotations = { "io.containerd.image.name": `${github.host}/acme/${image}:pr-12-abc1234` };
  const index = { schemaVersion: 2, manifests: [{ ...manifest, annotations }] };
  writeFileSync(join(layout, "index.json"), JSON.stringify(index));
  writeFileSync(join(layout, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  tamper(layout);
  const file = join(folder, `image-${image}-${attempt}.oci.tar`);
  execFileSync("tar", ["--hard-dereference", "-C", layout, "-cf", file, "blobs", "index.json", "oci-layout", ...more]);
  return folder;
}

/** The blob in which this text stands. */
function fileWith(layout: string, text: string): string {
  const folder = join(layout, "blobs/sha256");
  const name = readdirSync(folder).find((each) => readFileSync(join(folder, each), "utf8").includes(text));
  return join(folder, name ?? "none");
}

/** Other content of the same size. */
function spoil(layout: string, text: string): void {
  const file = fileWith(layout, text);
  writeFileSync(file, readFileSync(file, "utf8").replace(text, text.toUpperCase()));
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
    expect(names.slice(-3)).toEqual(["oci-layout", "index.json", "manifest.json"]);
    expect(names).toHaveLength(4 + 3);
    const text = execFileSync("tar", ["-xOf", docker.given, "manifest.json"], { encoding: "utf8" });
    const [entry] = JSON.parse(text) as { Config: string; RepoTags: string[]; Layers: string[] }[];
    expect(entry?.RepoTags).toEqual([reference]);
    expect(entry?.Layers).toHaveLength(2);
    for (const name of [entry?.Config, ...(entry?.Layers ?? [])]) expect(names).toContain(name);
    expect(readFileSync(docker.log, "utf8")).toContain(`tag ${answer.split(": ")[1]} ${reference}`);
  });

  it("is not what Docker gets: that is a new one with the proved image alone, under no name of the archive's", async () => {
    const docker = fakeDocker("Loaded image: x");
    const folder = archive("foreign", labels, {
      tamper: (layout) => {
        const index = JSON.parse(readFileSync(join(layout, "index.json"), "utf8"));
        index.annotations = { "org.opencontainers.image.ref.name": "debian:12" };
        index.manifests[0].annotations["org.opencontainers.image.ref.name"] = "debian:12";
        writeFileSync(join(layout, "index.json"), JSON.stringify(index));
        writeFileSync(join(layout, "manifest.json"), '[{"Config":"evil.json","RepoTags":["debian:12"],"Layers":[]}]');
        writeFileSync(join(layout, "repositories"), '{"debian":{"12":"evil"}}');
        writeFileSync(join(layout, "evil.json"), "{}");
        writeFileSync(join(layout, "blobs/sha256", "0".repeat(64)), "not of the image");
      },
      more: ["manifest.json", "repositories", "evil.json"],
    });
    const run = await find(folder, docker.path);
    expect(run.errors).toEqual([]);
    const names = execFileSync("tar", ["-tf", docker.given], { encoding: "utf8" }).trim().split("\n");
    expect(names).toHaveLength(4 + 3);
    expect(names.join()).not.toMatch(/evil|repositories|0000000000/u);
    for (const name of ["index.json", "manifest.json"]) {
      const text = execFileSync("tar", ["-xOf", docker.given, name], { encoding: "utf8" });
      expect(text).not.toMatch(/debian|evil/u);
      if (name === "index.json") expect(JSON.parse(text).manifests).toMatchObject([{ digest: run.outputs.digest }]);
    }
  });

  it.each<[string, ArchiveOptions, RegExp]>([
    ["holds its index twice", { more: ["index.json"] }, /holds "index\.json" twice/u],
    ["has another manifest under a digest", { tamper: (at) => spoil(at, "schemaVersion") }, /has other content than/u],
    [
      "has another configuration under a digest",
      { tamper: (at) => spoil(at, "architecture") },
      /has other content than/u,
    ],
    ["lacks a layer", { tamper: (at) => rmSync(fileWith(at, "layer two")) }, /has no blobs\/sha256/u],
    [
      "has a layer of another size",
      { tamper: (at) => writeFileSync(fileWith(at, "layer two"), "x") },
      /has 1 bytes of/u,
    ],
    [
      "holds a link",
      { tamper: (at) => symlinkSync("/etc/passwd", join(at, "link")), more: ["link"] },
      /no plain file/u,
    ],
  ])("that %s never reaches Docker", async (name, options, words) => {
    const docker = fakeDocker("Loaded image: x");
    const run = await find(archive(name.replaceAll(" ", "-"), labels, options), docker.path, { wait: "10m" });
    expect([run.exitCode, run.errors.join()]).toEqual([1, expect.stringMatching(words)]);
    expect(existsSync(docker.given)).toBe(false);
  });

  it("with another layer under its digest gives Docker nothing that it could load", async () => {
    const docker = fakeDocker("Loaded image: x");
    const tamper = (at: string) => writeFileSync(fileWith(at, "layer two"), "layer TWO");
    const run = await find(archive("layer", labels, { tamper }), docker.path);
    expect([run.exitCode, run.errors.join()]).toEqual([
      1,
      expect.stringContaining("has other content than the digest"),
    ]);
    expect(readFileSync(docker.given).toString("latin1")).not.toMatch(/index\.json|manifest\.json|oci-layout/u);
    expect(readFileSync(docker.log, "utf8")).not.toContain("tag ");
  });

  it("of another image of the same commit is not taken, whichever way it was named", async () => {
    const folder = archive("two", labels, { image: "tool", layer: "of the tool" });
    const none = await find(folder, fakeDocker("Loaded image: x").path);
    expect(none.errors.join()).toContain(`holds no archive of it (it has archives of "${github.host}/acme/tool")`);
    archive("two", labels);
    const docker = fakeDocker("Loaded image: x");
    const run = await find(folder, docker.path);
    expect([run.errors, run.outputs.reference]).toEqual([[], `${github.host}/acme/app:pr-12-abc1234`]);
    expect(readFileSync(docker.given).includes("of the tool")).toBe(false);
  });

  it.each<readonly [what: string, there: string, inputs: Readonly<Record<string, string>>]>([
    ["with a suffix where none is asked for", "pr-12-abc1234-alpine", {}],
    ["whose suffix only ends alike", "pr-12-abc1234-slim-alpine", { suffix: "-alpine" }],
    ["without the suffix", "pr-12-abc1234", { suffix: "-alpine" }],
    ["of a pull request that is asked for", "pr-12-abc1234-alpine", { "pull-request": "12", revision: sha }],
    ["of a commit that is asked for", "main-abc1234-alpine", { revision: sha }],
    ["of a version that is asked for by its commit", "1.2.3-alpine", { revision: sha }],
  ])("of another variant is not taken: %s", async (what, there, inputs) => {
    const own = { ...labels, "org.opencontainers.image.ref.name": there, "dev.longshore.version": "1.2.3" };
    const docker = fakeDocker("Loaded image: x");
    const run = await find(archive(what.replaceAll(" ", "-"), own), docker.path, inputs);
    expect(run.exitCode).toBe(1);
    expect(run.errors.join()).toContain(`(it has "${github.host}/acme/app:${there}")`);
    expect(existsSync(docker.log)).toBe(false);
  });

  it.each<readonly [there: string, inputs: Readonly<Record<string, string>>]>([
    ["pr-12-abc1234-alpine", { suffix: "-alpine" }],
    ["main-abc1234-alpine", { suffix: "-alpine", revision: sha }],
    ["sha-abc1234", { revision: sha }],
    ["1.2.3-alpine", { suffix: "-alpine", revision: sha }],
  ])("is loaded under the name that it was built by: %s", async (there, inputs) => {
    const own = { ...labels, "org.opencontainers.image.ref.name": there, "dev.longshore.version": "1.2.3" };
    const docker = fakeDocker("Loaded image: x");
    const run = await find(archive(`named-${there}`, own), docker.path, inputs);
    expect([run.errors, run.outputs.reference]).toEqual([[], `${github.host}/acme/app:${there}`]);
  });

  it("of an earlier attempt gives way to the newest", async () => {
    for (const attempt of [2, 10, 9]) archive("attempts", labels, { attempt, layer: `of attempt ${attempt}` });
    const docker = fakeDocker("Loaded image: x");
    const run = await find(join(root, "attempts"), docker.path);
    expect(run.errors).toEqual([]);
    expect(readFileSync(docker.given).includes("of attempt 10")).toBe(true);
  });

  it("of another commit, or of none, never reaches Docker", async () => {
    for (const [name, own] of [
      ["other", { ...labels, "org.opencontainers.image.revision": "0".repeat(40) }],
      ["none", {}],
    ] as const) {
      const docker = fakeDocker("Loaded image: x");
      const run = await find(archive(name, own), docker.path, { wait: "10m" });
      expect(run.exitCode).toBe(1);
      expect(run.errors.join()).toMatch(new RegExp(`image-app-1.oci.tar is there, but .*${sha} is expected`, "u"));
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
    ["is no tar", "not a tar", "is no tar"],
    ["is empty", "", "has no index.json"],
  ])("that %s is told by its name", async (name, content, words) => {
    const folder = join(root, name.replaceAll(" ", "-"));
    mkdirSync(folder);
    writeFileSync(join(folder, "image.oci.tar"), content);
    const run = await find(folder, process.env.PATH ?? "");
    expect(run.exitCode).toBe(1);
    expect(run.errors.join()).toContain(`image.oci.tar" ${words}: download the artifact`);
  });
});
