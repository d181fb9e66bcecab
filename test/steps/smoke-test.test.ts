import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";
import { type BundleOptions, runBundle } from "../../tools/run-bundle.ts";

// With a docker that notes what it is asked, and plays the container by the text in DOCKER_RUN.
let bin: string;

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), "longshore-docker-"));
  const script = `#!/bin/sh
echo "$*" >> ${bin}/calls
test "$1" = run || exit 0
eval "$(cat ${bin}/container)"
`;
  writeFileSync(join(bin, "docker"), script, { mode: 0o755 });
});

afterEach(() => rmSync(bin, { recursive: true, force: true }));

const readIfThere = (name: string): string =>
  existsSync(join(bin, name)) ? readFileSync(join(bin, name), "utf8").trim() : "";

const calls = (): readonly string[] => readIfThere("calls").split("\n");

async function until<Value>(look: () => Value | undefined): Promise<Value> {
  for (let times = 0; times < 200; times += 1) {
    const found = look();
    if (found !== undefined) return found;
    await pause(50);
  }
  throw new Error(`It did not come to that: ${calls().join("; ")}`);
}

function smoke(container: string, options: BundleOptions = {}) {
  writeFileSync(join(bin, "container"), container);
  const manifest = `sha256:${"a".repeat(64)}`;
  const result = {
    platform: "linux/amd64",
    delivery: "registry",
    manifest,
    digest: manifest,
    seconds: 1,
    retries: [],
    size: 1,
  };
  return runBundle("smoke-test", {
    ...options,
    inputs: {
      plan: JSON.stringify(examplePlan({ images: ["ghcr.io/acme/app"] })),
      results: JSON.stringify([{ ...result, reused: false, revision: "" }]),
      "smoke-test": "app",
      ...options.inputs,
    },
    env: { PATH: `${bin}:${process.env.PATH}`, ...options.env },
  });
}

const nameOfRun = () => calls().flatMap((call) => /^run .*--name (\S+)/u.exec(call)?.[1] ?? [])[0];

describe("what a container prints", () => {
  it("without a break, and more than fits into a text, is printed in part", async () => {
    const run = await smoke("head -c 600000000 /dev/zero | tr '\\0' a", {
      env: { NODE_OPTIONS: "--max-old-space-size=64" },
    });
    expect([run.errors, run.exitCode]).toEqual([[], 0]);
    expect(run.stdout.length).toBeLessThan(100_000);
    expect(run.stdout).toMatch(/a…\n::endgroup::\n/u);
  });

  it("in lines without end is printed up to a limit, which is said", async () => {
    const run = await smoke("yes line | head -c 40000000");
    expect([run.errors, run.exitCode]).toEqual([[], 0]);
    expect(run.stdout.length).toBeLessThan(17 * 1024 * 1024);
    expect(run.stdout).toContain("line\n(It says more than is shown here.)\n::endgroup::");
  });
});

describe("the container", () => {
  it("is removed with what it left when its command has ended, and watched no more", async () => {
    await smoke("exit 0");
    const name = nameOfRun();
    expect(calls().filter((call) => call.startsWith("rm "))).toEqual([`rm --force --volumes ${name}`]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("is removed when %s ends the step", async (signal) => {
    let end: (() => void) | undefined;
    const running = smoke(`echo $$ > ${bin}/pid; exec sleep 600`, {
      onStart: (child) => {
        end = () => child.kill(signal);
      },
    });
    const pid = await until(() => Number(readIfThere("pid")) || undefined);
    const name = nameOfRun();
    end?.();
    const { exitCode } = await running;
    expect(exitCode).not.toBe(0);
    await until(() => calls().find((call) => call === `rm --force --volumes ${name}`));
    // A docker that was told by a signal has ended too; a real one also ends when its container is gone.
    if (signal === "SIGKILL") process.kill(pid, "SIGKILL");
    await until(() => (isRunning(pid) ? undefined : true));
  });

  it("has no more rights than an image needs, and limits", async () => {
    await smoke("exit 0");
    const run = calls().find((call) => call.startsWith("run "));
    for (const option of [
      "--cap-drop=ALL",
      "--security-opt=no-new-privileges",
      "--network none",
      "--log-driver=none",
    ]) {
      expect(run).toContain(option);
    }
    expect(run).toMatch(/--pids-limit=\d+ --memory=\d{8,} /u);
  });
});

it("a container that is killed may have needed more memory, which is said", async () => {
  expect((await smoke("exit 137")).errors[0]).toMatch(/was killed \(exit code 137\): .* memory/u);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
