import { existsSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEnvironment } from "./engine-environment.ts";
import { capture, endingSignals, runCommand, succeeds } from "./run-command.ts";

/** Whether a Docker engine with buildx answers on this machine. */
export async function hostEngineAnswers(): Promise<boolean> {
  return (await succeeds("docker", ["version"])) && (await succeeds("docker", ["buildx", "version"]));
}

/** Runs a command on the machine's Docker engine, with a builder and a Docker configuration of its own, both removed at the end. */
export async function runOnHostEngine(command: readonly string[]): Promise<number> {
  if (!(await hostEngineAnswers()))
    throw new Error("no Docker engine with buildx answers: start Docker, or install it with buildx.");
  const config = await mkdtemp(join(tmpdir(), "longshore-docker-"));
  const builder = `longshore-${process.pid}`;
  const env = { ...process.env, DOCKER_HOST: await findDockerHost(), DOCKER_CONFIG: config, BUILDX_BUILDER: builder };
  let running: ReturnType<typeof runCommand> | undefined;
  // The command gets a Ctrl-C from the terminal itself; whatever signal comes, we stay to tidy up.
  for (const signal of endingSignals) process.on(signal, () => signal !== "SIGINT" && running?.kill(signal));
  try {
    await linkPlugins(config);
    // The host's network: only there a registry on loopback is reached.
    const create = [
      "buildx",
      "create",
      "--name",
      builder,
      "--driver",
      "docker-container",
      "--driver-opt",
      "network=host",
    ];
    await capture("docker", create, env);
    const engine = await describeEngine(
      await capture("docker", ["buildx", "inspect", "--bootstrap", builder], env),
      env,
    );
    running = runCommand(command, { ...env, ...engine });
    return await running.exitCode;
  } finally {
    await capture("docker", ["buildx", "rm", "--force", builder], env).catch(() => "");
    await rm(config, { recursive: true, force: true });
  }
}

async function describeEngine(inspected: string, env: NodeJS.ProcessEnv): Promise<EngineEnvironment> {
  const platforms = /^Platforms:\s*(.*)$/m.exec(inspected)?.[1]?.split(/[\s*,]+/) ?? [];
  const missing = ["linux/amd64", "linux/arm64"].filter((platform) => !platforms.includes(platform));
  if (missing.length > 0) {
    throw new Error(
      `this Docker engine does not build for ${missing.join(", ")}: install QEMU with \`docker run --privileged --rm tonistiigi/binfmt --install ${missing.map((platform) => platform.replace("linux/", "")).join(",")}\`.`,
    );
  }
  const version = (await capture("docker", ["version", "--format", "{{.Server.Version}}"], env)).trim();
  const native = (await capture("docker", ["version", "--format", "{{.Server.Arch}}"], env)).trim();
  const emulated = native === "arm64" ? "linux/amd64" : "linux/arm64";
  return {
    LONGSHORE_ENGINE: "host",
    LONGSHORE_ENGINE_DESCRIPTION: `Docker ${version} of this machine; ${emulated} runs through emulation`,
    LONGSHORE_EMULATED: emulated,
    LONGSHORE_TOOLS: "",
  };
}

/** Contexts live in the user's configuration, which we leave for our own: what they point to is carried over. */
async function findDockerHost(): Promise<string> {
  return (await capture("docker", ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"])).trim();
}

async function linkPlugins(config: string): Promise<void> {
  const plugins = join(process.env.DOCKER_CONFIG ?? join(homedir(), ".docker"), "cli-plugins");
  if (existsSync(plugins)) await symlink(plugins, join(config, "cli-plugins"));
}
