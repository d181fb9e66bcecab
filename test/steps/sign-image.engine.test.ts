import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { pushBaseImage } from "../../rehearsal/engine/base-image.ts";
import { type DebianRegistry, startDebianRegistry } from "../../rehearsal/engine/debian-registry.ts";
import { capture } from "../../rehearsal/engine/run-command.ts";
import { type KeyPair, makeKeyPair } from "../../rehearsal/key-pair.ts";
import { logIn } from "../../tools/benchmarks/build-platform-run.ts";
import { type BundleOptions, type BundleRun, runBundle } from "../../tools/run-bundle.ts";

const LONG = 120_000;
const shell = promisify(execFile);

let github: GitHubDouble;
let debian: DebianRegistry;
let login: Awaited<ReturnType<typeof logIn>>;
let key: KeyPair;
let other: KeyPair;
let folder: string;
let source: string;
let count = 0;

beforeAll(async () => {
  [github, debian] = await Promise.all([startGitHubDouble(), startDebianRegistry()]);
  login = await logIn({ [github.host]: github.token() });
  [key, other, folder] = await Promise.all([
    makeKeyPair("a password"),
    makeKeyPair("another"),
    mkdtemp(join(tmpdir(), "longshore-verify-")),
  ]);
  await writeFile(join(folder, "cosign.pub"), key.publicKey);
  await writeFile(join(folder, "other.pub"), other.publicKey);
  source = await pushBaseImage(debian.host);
}, LONG);

afterAll(async () => {
  await Promise.all([login.remove(), github.stop(), debian.stop(), rm(folder, { recursive: true, force: true })]);
});

let injected: ReturnType<GitHubDouble["inject"]>[] = [];
afterEach(() => {
  for (const fault of injected) fault.remove();
  injected = [];
});

interface Pushed {
  readonly repository: string;
  /** Of the index. */
  readonly digest: string;
  readonly platforms: readonly string[];
}

/** An index of two platforms in a repository of its own, copied byte for byte. */
async function pushIndex(host: string): Promise<Pushed> {
  count += 1;
  const repository = `${host}/acme/signed-${count}`;
  const env = { ...process.env, ...login.env };
  await capture("docker", ["buildx", "imagetools", "create", "--tag", `${repository}:1`, source], env);
  const raw = await capture("docker", ["buildx", "imagetools", "inspect", "--raw", `${repository}:1`], env);
  const described = await capture(
    "docker",
    ["buildx", "imagetools", "inspect", "--format", "{{json .Manifest}}", `${repository}:1`],
    env,
  );
  const { manifests } = JSON.parse(raw) as { manifests: { digest: string }[] };
  const { digest } = JSON.parse(described) as { digest: string };
  return { repository, digest, platforms: manifests.map((child) => child.digest) };
}

function sign(image: string, inputs: Record<string, string> = {}, options: BundleOptions = {}): Promise<BundleRun> {
  return runBundle("sign-image", {
    ...options,
    inputs: {
      image,
      "cosign-key": key.privateKey,
      "cosign-password": key.password,
      "transparency-log": "false",
      "retry-delay": "0s",
      wait: "5s",
      ...inputs,
    },
    env: { GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/heads/main", ...login.env, ...options.env },
  });
}

/** A PATH whose cosign runs a line of shell before the real one. */
async function putBeforeCosign(line: string) {
  const bin = await mkdtemp(join(tmpdir(), "longshore-bin-"));
  const real = (await capture("sh", ["-c", "command -v cosign"])).trim();
  await writeFile(join(bin, "cosign"), `#!/bin/sh\n${line}\nexec ${real} "$@"\n`, { mode: 0o755 });
  return {
    folder: bin,
    env: { PATH: `${bin}:${process.env.PATH}` },
    remove: () => rm(bin, { recursive: true }),
  };
}

/** Runs a printed command as a consumer does: pasted into a shell, with the public key beside. */
async function consume(command: string): Promise<unknown> {
  const { stdout } = await shell("bash", ["-c", command], { cwd: folder, env: { ...process.env, ...login.env } });
  return JSON.parse(stdout);
}

describe.each(["double", "debian"] as const)("in the %s registry", (registry) => {
  it(
    "the index and each platform are signed by digest, and verify with the commands put out",
    async () => {
      const { repository, digest, platforms } = await pushIndex(registry === "double" ? github.host : debian.host);
      const run = await sign(`${repository}@${digest}`);
      expect(run.errors).toEqual([]);
      expect(run.outputs).toMatchObject({ repository, digest, "public-key": key.publicKey.trim() });
      const references = [digest, ...platforms].map((one) => `${repository}@${one}`);
      expect(run.outputs.signed?.split("\n")).toEqual(references);
      const commands = run.outputs["verify-commands"]?.split("\n") ?? [];
      expect(commands).toEqual(
        references.map((one) => `cosign verify --key cosign.pub --insecure-ignore-tlog=true ${one}`),
      );
      for (const [at, command] of commands.entries()) {
        const image = { "docker-manifest-digest": [digest, ...platforms][at] };
        expect(await consume(command)).toMatchObject([{ critical: { image } }]);
      }
      expect(JSON.parse(run.outputs.result ?? "")).toMatchObject({
        mode: "key",
        transparencyLog: false,
        signed: [{}, { platform: "linux/amd64" }, { platform: "linux/arm64" }],
      });
      expect(run.summary).toContain("### Image signed and verified");
      expect(run.summary).toContain(commands[0] ?? "none");
    },
    LONG,
  );
});

/** How many signatures each digest has: the index, then the platforms. cosign 3 keeps them as referrers, cosign 2 as layers. */
async function countSignatures({ repository, digest, platforms }: Pushed): Promise<readonly number[]> {
  const env = { ...process.env, ...login.env };
  const read = async (tag: string): Promise<{ readonly layers?: unknown[]; readonly manifests?: unknown[] }> => {
    const args = ["buildx", "imagetools", "inspect", "--raw", `${repository}:${tag}`];
    return JSON.parse(await capture("docker", args, env).catch(() => "{}"));
  };
  return Promise.all(
    [digest, ...platforms].map(async (one) => {
      const name = one.replace(":", "-");
      const { manifests = [] } = await read(name);
      const { layers = [] } = await read(`${name}.sig`);
      return manifests.length + layers.length;
    }),
  );
}

const alreadySigned = (run: BundleRun): readonly boolean[] =>
  (JSON.parse(run.outputs.result ?? "").signed as { alreadySigned: boolean }[]).map((one) => one.alreadySigned);

describe.each(["double", "debian"] as const)("signing again in the %s registry", (registry) => {
  it(
    "adds no second signature",
    async () => {
      const image = await pushIndex(registry === "double" ? github.host : debian.host);
      const first = await sign(`${image.repository}@${image.digest}`);
      const again = await sign(`${image.repository}@${image.digest}`);
      expect([first.warnings, again.warnings, again.errors]).toEqual([[], [], []]);
      expect([alreadySigned(first), alreadySigned(again)]).toEqual([
        [false, false, false],
        [true, true, true],
      ]);
      expect(again.outputs["verify-commands"]).toBe(first.outputs["verify-commands"]);
      expect(await countSignatures(image)).toEqual([1, 1, 1]);
    },
    LONG,
  );

  it(
    "signs what an interrupted run has left, and only that",
    async () => {
      const image = await pushIndex(registry === "double" ? github.host : debian.host);
      const bin = await putBeforeCosign(`case "$*" in sign*${image.platforms[0]}) exit 1 ;; esac`);
      const broken = await sign(`${image.repository}@${image.digest}`, {}, { env: bin.env });
      await bin.remove();
      expect(broken.exitCode).toBe(1);
      expect(await countSignatures(image)).toEqual([1, 0, 0]);
      const again = await sign(`${image.repository}@${image.digest}`);
      expect(again.errors).toEqual([]);
      expect(alreadySigned(again)).toEqual([true, false, false]);
      expect(await countSignatures(image)).toEqual([1, 1, 1]);
    },
    LONG,
  );

  it(
    "counts the signatures of its own key only",
    async () => {
      const image = await pushIndex(registry === "double" ? github.host : debian.host);
      const foreign = { "cosign-key": other.privateKey, "cosign-password": other.password };
      await sign(`${image.repository}@${image.digest}`, foreign);
      const own = await sign(`${image.repository}@${image.digest}`);
      expect([own.errors, own.warnings]).toEqual([[], []]);
      expect(alreadySigned(own)).toEqual([false, false, false]);
      expect(await countSignatures(image)).toEqual([2, 2, 2]);
    },
    LONG,
  );
});

it(
  "one image in two registries is signed in both",
  async () => {
    const [here, there] = [await pushIndex(github.host), await pushIndex(debian.host)];
    expect(here.digest).toBe(there.digest);
    const run = await sign(`${here.repository}, ${there.repository}`, { digest: here.digest });
    expect(run.errors).toEqual([]);
    expect(run.outputs.signed?.split("\n")).toHaveLength(6);
  },
  LONG,
);

describe("what fails for the moment", () => {
  it(
    "cosign's first try, is tried again",
    async () => {
      const { repository, digest } = await pushIndex(github.host);
      // Its client has tries of its own: more than those must fail.
      const fault = github.inject({
        match: { method: "POST", path: "/blobs/uploads/" },
        times: 6,
        action: { type: "answer", status: 503 },
      });
      injected.push(fault);
      const run = await sign(`${repository}@${digest}`);
      expect(fault.struck).toBeGreaterThan(0);
      expect(run.errors).toEqual([]);
      expect(run.warnings[0]).toMatch(/^Signing \S+: .*503.* Trying again in 0 s \(attempt 2 of 3\)\.$/);
      expect(JSON.parse(run.outputs.result ?? "").signed[0].retries).toHaveLength(run.warnings.length);
    },
    LONG,
  );

  it(
    "a digest the registry does not show yet, is waited for",
    async () => {
      const { repository, digest } = await pushIndex(github.host);
      injected.push(
        github.inject({
          match: { method: ["GET", "HEAD"], path: `/manifests/${digest}` },
          times: 9,
          action: { type: "answer", status: 404, body: { errors: [{ code: "MANIFEST_UNKNOWN", message: "unknown" }] } },
        }),
      );
      const run = await sign(`${repository}@${digest}`);
      expect(run.errors).toEqual([]);
      expect(run.stdout).toContain(`Waiting until ${repository} shows ${digest}.`);
    },
    LONG,
  );

  it(
    "a signature the registry does not show yet, is waited for",
    async () => {
      const { repository, digest } = await pushIndex(github.host);
      // Reads of the signature's tag: one by the look, two while it is signed, the next when it is verified.
      injected.push(
        github.inject({
          match: { method: ["GET", "HEAD"], path: `/manifests/sha256-${digest.slice(7)}.sig` },
          times: 4,
          action: { type: "answer", status: 404, body: { errors: [{ code: "MANIFEST_UNKNOWN", message: "unknown" }] } },
        }),
      );
      const run = await sign(`${repository}@${digest}`);
      expect(run.errors).toEqual([]);
      expect(run.outputs.signed).toContain(digest);
    },
    LONG,
  );

  it("but a digest that never comes is an error, and nothing is signed", async () => {
    const { repository } = await pushIndex(github.host);
    const missing = `sha256:${"0".repeat(64)}`;
    const run = await sign(`${repository}@${missing}`, { wait: "1s" });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([
      `${repository} does not show ${missing} within 1 s: check that the digest was pushed there, or give the registry more time by \`wait\`.`,
    ]);
    expect(Object.keys(github.registry.tags(repository.slice(github.host.length + 1)))).toEqual(["1"]);
  });
});

describe("what is wrong", () => {
  it("another key does not verify", async () => {
    const { repository, digest } = await pushIndex(github.host);
    const run = await sign(`${repository}@${digest}`);
    const [command = ""] = run.outputs["verify-commands"]?.split("\n") ?? [];
    await expect(consume(command.replace("cosign.pub", "other.pub"))).rejects.toThrow(
      /no matching (?:signatures|attestations)/,
    );
  });

  it("a public key of another pair is found before anything is signed", async () => {
    const { repository, digest } = await pushIndex(github.host);
    const run = await sign(`${repository}@${digest}`, { "cosign-public-key": other.publicKey });
    expect(run.errors).toEqual(["Input `cosign-public-key` does not belong to `cosign-key`: nothing was signed."]);
    expect(Object.keys(github.registry.tags(repository.slice(github.host.length + 1)))).toEqual(["1"]);
  });

  it.each([
    ["a wrong password", { "cosign-password": "wrong" }],
    ["a key that is none", { "cosign-key": "-----BEGIN NONSENSE-----" }],
  ])("%s is told in one sentence", async (_, inputs) => {
    const run = await sign(`localhost:1/acme/app@sha256:${"0".repeat(64)}`, inputs);
    expect(run.errors).toEqual([
      "Input `cosign-key` cannot be opened: give the whole PEM text of cosign.key, and its password as `cosign-password`.",
    ]);
  });

  it("a login that may not write is told at once", async () => {
    const { repository, digest } = await pushIndex(github.host);
    const reader = await logIn({ [github.host]: github.token({ packages: "read" }) });
    const run = await sign(`${repository}@${digest}`, {}, { env: reader.env });
    await reader.remove();
    expect(run.exitCode).toBe(1);
    expect(run.warnings).toEqual([]);
    expect(run.errors[0]).toMatch(/^Signing \S+ failed: /);
  });
});

it("neither key nor password is an argument, in the log, or left in a file", async () => {
  const { repository, digest } = await pushIndex(github.host);
  const bin = await putBeforeCosign('echo "$@" >> "$(dirname "$0")/arguments"');
  const secret = key.privateKey.split("\n")[1] ?? "";
  const run = await sign(
    `${repository}@${digest}`,
    {},
    {
      env: { ...bin.env, GITHUB_ACTIONS: "false" },
      inspect: async (ran) => {
        const { stdout } = await shell("grep", ["-rlF", "-e", secret, "-e", key.password, ran]).catch(() => ({
          stdout: "",
        }));
        expect(stdout).toBe("");
      },
    },
  );
  expect(run.exitCode).toBe(0);
  const said = `${await readFile(join(bin.folder, "arguments"), "utf8")}${run.stdout}${run.stderr}${run.summary}`;
  expect(said).toContain("verify --key cosign.pub");
  expect(said).not.toContain(secret);
  expect(said).not.toContain(key.password);
  await bin.remove();
});
