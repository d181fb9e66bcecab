import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { pushBaseImage } from "../../rehearsal/engine/base-image.ts";
import { type DebianRegistry, startDebianRegistry } from "../../rehearsal/engine/debian-registry.ts";
import { capture } from "../../rehearsal/engine/run-command.ts";
import { type BuildRun, logIn, runBuildPlatform } from "../../tools/benchmarks/build-platform-run.ts";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";
import { type BundleOptions, type BundleRun, runBundle } from "../../tools/run-bundle.ts";

const LONG = 120_000;
const files = (base: string) => ({
  Dockerfile: `FROM ${base}\nRUN /bin/uname -m > /machine\nCMD ["cat", "/machine"]\n`,
});

let github: GitHubDouble;
let debian: DebianRegistry;
let login: Awaited<ReturnType<typeof logIn>>;
let amd64: BuildRun;
let arm64: BuildRun;
let archive: BuildRun;
let folder: string;
let image: string;

beforeAll(async () => {
  [github, debian] = await Promise.all([startGitHubDouble(), startDebianRegistry()]);
  folder = await mkdtemp(join(tmpdir(), "longshore-smoke-"));
  login = await logIn({ [github.host]: github.token() });
  const base = await pushBaseImage(debian.host);
  image = `${github.host}/acme/app`;
  const build = (architecture: string, delivery: "registry" | "artifact" = "registry") =>
    runBuildPlatform({
      plan: { images: [image], delivery },
      files: files(base),
      env: login.env,
      inputs: { platforms: "linux/amd64,linux/arm64", select: `linux/${architecture}` },
      inspect: async (ran) => {
        if (delivery === "artifact") await cp(join(ran, "temp"), join(folder, "archives"), { recursive: true });
      },
    });
  amd64 = await build("amd64");
  arm64 = await build("arm64");
  archive = await build("arm64", "artifact");
}, LONG);

afterAll(async () => {
  await login.remove();
  await Promise.all([github.stop(), debian.stop(), rm(folder, { recursive: true, force: true })]);
});

function smoke(build: BuildRun, inputs: Record<string, string>, options: BundleOptions = {}): Promise<BundleRun> {
  return runBundle("smoke-test", {
    ...options,
    inputs: {
      plan: JSON.stringify(examplePlan({ images: [image] })),
      results: build.outputs.result ?? "",
      "retry-delay": "0s",
      ...inputs,
    },
    env: { ...login.env, ...options.env },
  });
}

describe("the image of each platform", () => {
  it.each([
    ["linux/amd64", "x86_64"],
    ["linux/arm64", "aarch64"],
  ])(
    "runs on %s, by the digest that was pushed",
    async (platform, machine) => {
      const run = await smoke(platform === "linux/amd64" ? amd64 : arm64, {
        "smoke-test": `cat /machine\nsh -c 'test "$(/bin/cat /machine)" = ${machine}'`,
      });
      expect(run.errors).toEqual([]);
      expect(run.exitCode).toBe(0);
      expect(run.stdout).toContain(`::group::Smoke test on ${platform}: cat /machine\n${machine}\n::endgroup::`);
      expect(JSON.parse(run.outputs.result ?? "")).toMatchObject([{ platform, command: "cat /machine" }, { platform }]);
      expect(run.summary).toContain(`| ${platform} | \`cat /machine\` |`);
    },
    LONG,
  );

  it(
    "runs from its archive where it was not pushed",
    async () => {
      const archives = join(folder, "archives", basename(archive.outputs.archives ?? ""));
      const run = await smoke(archive, { "smoke-test": "cat /machine", archives });
      expect(run.errors).toEqual([]);
      expect(run.stdout).toContain("\naarch64\n");
    },
    LONG,
  );

  it("is not looked at where no command is given", async () => {
    const run = await smoke(amd64, { "smoke-test": "" });
    expect(run).toMatchObject({ exitCode: 0, outputs: { result: "[]" }, summary: "" });
  });
});

describe("a smoke test that fails", () => {
  it(
    "names the platform, the command and the exit code",
    async () => {
      const run = await smoke(arm64, { "smoke-test": "sh -c 'echo it broke; exit 3'" });
      expect(run.exitCode).toBe(1);
      expect(run.stdout).toContain("\nit broke\n");
      expect(run.errors).toEqual([
        "The smoke test failed on linux/arm64: `sh -c 'echo it broke; exit 3'` ended with exit code 3; its output is in the group above. It had no network; `smoke-test-network: true` gives it one.",
      ]);
    },
    LONG,
  );

  it("names a program that is not there", async () => {
    const run = await smoke(amd64, { "smoke-test": "no-such-program" });
    expect(run.errors[0]).toMatch(/on linux\/amd64: `no-such-program` ended with exit code 127: the image has no such/);
  });

  it(
    "is ended at its time limit, and nothing of it stays",
    async () => {
      const run = await smoke(amd64, { "smoke-test": "sleep 600", "smoke-test-timeout": "1s" });
      expect(run.errors).toEqual([
        "The smoke test failed on linux/amd64: `sleep 600` was ended after 1 s, the limit in `smoke-test-timeout`.",
      ]);
      expect(await capture("docker", ["ps", "--all", "--quiet", "--filter", "name=longshore-smoke"])).toBe("");
    },
    LONG,
  );

  it("can make no workflow command of what it prints", async () => {
    const run = await smoke(amd64, { "smoke-test": "printf '::error::mine\\n##[error]mine\\n::endgroup::\\n'" });
    expect(run.errors).toEqual([]);
    expect(run.commands.filter((line) => !line.startsWith("::group::"))).toEqual(["::endgroup::"]);
  });

  it("in a registry that never shows the digest says so after its attempts", async () => {
    const results = (amd64.outputs.result ?? "").replaceAll(/sha256:[0-9a-f]{64}/g, `sha256:${"0".repeat(64)}`);
    const run = await smoke({ ...amd64, outputs: { result: results } }, { "smoke-test": "true", attempts: "2" });
    expect(run.warnings).toHaveLength(1);
    expect(run.errors[0]).toMatch(
      /^The smoke test of linux\/amd64 cannot pull the image: .*The registry does not have it\.$/,
    );
  });
});

describe("the container", () => {
  it("has no network unless it is asked for", async () => {
    const command = { "smoke-test": "sh -c '/bin/ls /sys/class/net'" };
    const interfaces = ({ stdout }: BundleRun) => stdout.split("\n").filter((line) => /^(?:lo|eth\d+)$/u.test(line));
    const without = await smoke(amd64, command);
    expect(interfaces(without)).toEqual(["lo"]);
    const withNetwork = await smoke(amd64, { ...command, "smoke-test-network": "true" });
    expect(interfaces(withNetwork)).toEqual(["eth0", "lo"]);
  });

  it(
    "is gone when the step is killed",
    async () => {
      const containers = () => capture("docker", ["ps", "--all", "--quiet", "--filter", "name=longshore-smoke"]);
      const wait = async (is: (found: string) => boolean) => {
        for (let times = 0; times < 300 && !is(await containers()); times += 1) await pause(100);
        return containers();
      };
      let kill: (() => void) | undefined;
      const onStart: BundleOptions["onStart"] = (child) => {
        kill = () => child.kill("SIGKILL");
      };
      const running = smoke(amd64, { "smoke-test": "sleep 600" }, { onStart });
      expect(await wait((found) => found !== "")).not.toBe("");
      kill?.();
      await running;
      expect(await wait((found) => found === "")).toBe("");
    },
    LONG,
  );

  it("can get no more privileges, and has those that images need to give root up", async () => {
    const run = await smoke(amd64, { "smoke-test": "/bin/cat /proc/self/status" });
    const [, set = "0"] = /CapBnd:\s*([0-9a-f]+)/u.exec(run.stdout) ?? [];
    // By number: https://man7.org/linux/man-pages/man7/capabilities.7.html
    const numbers = [...BigInt(`0x${set}`).toString(2)].reverse().flatMap((bit, at) => (bit === "1" ? at : []));
    expect(numbers).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 10, 18]);
    expect(run.stdout).toMatch(/NoNewPrivs:\s*1/u);
  });

  it("has nothing of the job's environment", async () => {
    const run = await smoke(
      amd64,
      { "smoke-test": "env" },
      { env: { GITHUB_TOKEN: "hush", ACTIONS_RUNTIME_TOKEN: "hush" } },
    );
    expect(run.exitCode).toBe(0);
    expect(run.stdout).not.toMatch(/hush|INPUT_|GITHUB_/);
  });
});

describe("a lag of the registry", () => {
  it("is waited for", async () => {
    await capture("docker", ["image", "prune", "--all", "--force"]);
    const fault = github.inject({
      match: { method: ["GET", "HEAD"], path: "/v2/acme/app/manifests/" },
      times: 2,
      action: { type: "answer", status: 404, body: { errors: [{ code: "MANIFEST_UNKNOWN", message: "unknown" }] } },
    });
    const run = await smoke(amd64, { "smoke-test": "true", attempts: "4" });
    fault.remove();
    expect(run.errors).toEqual([]);
    expect(run.warnings.length).toBeGreaterThan(0);
  });
});

describe("a compose file", () => {
  const compose = (text: string, inputs = {}, env = {}) =>
    smoke(amd64, { "compose-file": "compose.yml", ...inputs }, { files: { "compose.yml": text }, env });

  it("that is right passes, without the job's environment being put into it", async () => {
    const text = "services:\n  app:\n    image: acme/app:${TAG:-latest}\n    environment:\n      A: ${HUSH-unset}\n";
    const run = await compose(text, {}, { HUSH: "hush" });
    expect(run.errors).toEqual([]);
    expect(run.stdout).toBe("The compose file is valid.\n");
  });

  it("that is wrong fails, and compose's words are printed", async () => {
    const run = await compose("services:\n  app:\n    imge: acme/app\n");
    expect(run.stdout).toMatch(/imge/);
    expect(run.errors).toEqual(['The compose file "compose.yml" is not valid: docker compose config says why above.']);
  });

  it("cannot be checked without the compose plugin, in one sentence", async () => {
    const bin = join(folder, "bin");
    await mkdir(bin);
    await writeFile(
      join(bin, "docker"),
      "#!/bin/sh\necho \"docker: 'compose' is not a docker command.\" >&2\nexit 1\n",
    );
    await chmod(join(bin, "docker"), 0o755);
    const run = await compose("services: {}\n", {}, { PATH: `${bin}:${process.env.PATH}` });
    expect(run.errors).toEqual([
      'The compose file "compose.yml" cannot be checked: this runner\'s docker has no compose plugin, so install it or leave `compose-file` out.',
    ]);
  });

  it("outside the repository is refused", async () => {
    const run = await compose("services: {}\n", { "compose-file": "../compose.yml" });
    expect(run.errors).toEqual([
      'Input `compose-file` is "../compose.yml", which lies outside the repository: use a path inside it.',
    ]);
  });

  it("that is not there is named", async () => {
    const run = await compose("services: {}\n", { "compose-file": "deploy/compose.yml" });
    expect(run.errors).toEqual(['Input `compose-file` is "deploy/compose.yml": there is no such file.']);
  });
});
