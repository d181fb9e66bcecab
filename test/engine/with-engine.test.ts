import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";

/** Starts with-engine.ts as a user does. An engine inside this engine is as good as one on the machine. */
function withEngine(args: readonly string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const script = join(import.meta.dirname, "..", "..", "rehearsal", "engine", "with-engine.ts");
  return spawn("tsx", [script, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
}

async function end(child: ChildProcess): Promise<{ readonly code: number | null; readonly stderr: string }> {
  let stderr = "";
  child.stderr?.on("data", (data) => {
    stderr += String(data);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stderr };
}

const { LONGSHORE_ENGINE: engine, ...outside } = process.env;

describe("with-engine", () => {
  test("inside an engine runs the command in this one and passes its exit code", async () => {
    expect((await end(withEngine(["--", "sh", "-c", "exit 7"]))).code).toBe(7);
  });

  test("says in one sentence what to install where no engine can be had", async () => {
    const env = { ...outside, DOCKER_HOST: "unix:///nonexistent.sock" };
    const { code, stderr } = await end(withEngine(["--engine", "host", "--", "true"], env));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^engine: no Docker engine with buildx answers: .*\n$/);
  });
});

describe.runIf(engine === "private")("a private engine", () => {
  test("passes the command's exit code and leaves nothing behind", async () => {
    const child = withEngine(["--engine", "private", "--", "sh", "-c", "docker version >&2 && exit 7"], outside);
    expect((await end(child)).code).toBe(7);
    expect(leftoversOf(child)).toEqual([]);
  }, 60_000);

  test.each(["SIGTERM", "SIGKILL"] as const)(
    "ended by %s leaves nothing behind",
    async (signal) => {
      const child = withEngine(["--engine", "private", "--", "sh", "-c", "echo up; sleep 600"], outside);
      await once(child.stdout ?? child, "data");
      expect(leftoversOf(child)).not.toEqual([]);
      child.kill(signal);
      for (let tries = 0; tries < 100 && leftoversOf(child).length > 0; tries++) await sleep(100);
      expect(leftoversOf(child)).toEqual([]);
    },
    60_000,
  );
});

/** The processes, cgroups and emulation handlers which carry the name of the engine that a command started. */
function leftoversOf(started: ChildProcess): readonly string[] {
  // Of this process namespace only: cgroups and handlers are the whole machine's, and other engines may come and go on it.
  const namespace = readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
  const ours = (name: string): boolean => name.startsWith(`longshore-${namespace}-`) && !before.has(name);
  const folders = ["/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/proc/sys/fs/binfmt_misc"];
  const named = folders.flatMap((folder) =>
    list(folder)
      .filter(ours)
      .map((name) => join(folder, name)),
  );
  const processes = list("/proc").filter((pid) => {
    const args = commandLine(pid);
    return args.includes("inside-private-engine.ts") && !before.has(pid) && pid !== String(started.pid);
  });
  return [...named, ...processes];
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

/** The engine that these tests themselves run in. */
const before: ReadonlySet<string> = new Set(
  ["/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/proc/sys/fs/binfmt_misc", "/proc"].flatMap(list),
);
