// The part of a private engine that runs in its namespaces; started by run-on-private-engine.ts and nothing else.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync } from "node:fs";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { createServer, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { registerEmulator } from "./binfmt.ts";
import type { EngineEnvironment } from "./engine-environment.ts";
import { leftoverPrefix, removeLeftovers } from "./leftovers.ts";
import { capture, type RunningCommand, runCommand, succeeds } from "./run-command.ts";

const [prefix = "", owner = "", architecture = "", ...command] = process.argv.slice(2);
// Docker and its helpers also write to fixed places below /run. Here it is a memory file system of our own: nothing stays
// on disk after a kill -9, and socket paths are short however deep the checkout is.
const home = "/run/longshore";
const name = `${leftoverPrefix}${owner}`;
const multiarch = architecture === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
const env: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: [`${home}/bin`, `${prefix}/usr/bin`, `${prefix}/usr/sbin`, process.env.PATH, "/usr/sbin", "/sbin"].join(":"),
  // Only libraries which the machine has not installed are here, so no other program is changed by this.
  LD_LIBRARY_PATH: [`${prefix}/usr/lib/${multiarch}`, `${prefix}/lib/${multiarch}`, process.env.LD_LIBRARY_PATH]
    .filter(Boolean)
    .join(":"),
  DOCKER_HOST: `unix://${home}/docker.sock`,
  DOCKER_CONFIG: `${home}/config`,
};

let running: RunningCommand | undefined;
let ended = false;
let dockerd: ChildProcess | undefined;
const lifeline = new Socket({ fd: 3 });
lifeline.setEncoding("utf8");
lifeline.on("data", (signal: string) => {
  ended = true;
  running?.kill(signal.split("\n")[0] as NodeJS.Signals);
});
const parentGone = once(lifeline, "close").then(() => 1);

process.exitCode = await Promise.race([run(), parentGone]);
await removeEngine();
process.exit();

async function run(): Promise<number> {
  try {
    const engine = await startEngine();
    if (ended) return 130;
    process.stderr.write(`engine: ${engine.LONGSHORE_ENGINE_DESCRIPTION}\n`);
    running = runCommand(command, { ...env, ...engine });
    return await running.exitCode;
  } catch (error) {
    process.stderr.write(`engine: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function startEngine(): Promise<EngineEnvironment & { readonly BUILDX_BUILDER: string }> {
  await capture("mount", ["-t", "tmpfs", "tmpfs", "/run"]);
  await mkdir(`${home}/bin`, { recursive: true });
  await capture(`${prefix}/usr/bin/busybox`, ["ip", "link", "set", "lo", "up"]);
  await linkTools();
  const emulated = await registerEmulator(prefix, name, architecture === "amd64" ? "arm64" : "amd64");
  await startDocker();
  await startBuilder();
  const version = (await capture("docker", ["version", "--format", "{{.Server.Version}}"], env)).replace(/\+.*/s, "");
  return {
    LONGSHORE_ENGINE: "private",
    LONGSHORE_ENGINE_DESCRIPTION: `Docker ${version} from Debian packages, private to this command; ${emulated} runs through QEMU`,
    LONGSHORE_EMULATED: emulated,
    LONGSHORE_TOOLS: prefix,
    BUILDX_BUILDER: "longshore",
  };
}

/** The links which installing the packages would have made. */
async function linkTools(): Promise<void> {
  await mkdir(`${home}/config/cli-plugins`, { recursive: true });
  for (const plugin of ["docker-buildx", "docker-compose"]) {
    await symlink(`${prefix}/usr/libexec/docker/cli-plugins/${plugin}`, `${home}/config/cli-plugins/${plugin}`);
  }
  if (!existsSync(`${prefix}/usr/sbin/iptables-nft`)) return;
  env.XTABLES_LIBDIR = `${prefix}/usr/lib/${multiarch}/xtables`;
  const kind = (await succeeds(`${prefix}/usr/sbin/iptables-nft`, ["-L"], env)) ? "nft" : "legacy";
  for (const tool of ["iptables", "ip6tables"]) {
    for (const verb of ["", "-save", "-restore"]) {
      await symlink(`${prefix}/usr/sbin/${tool}-${kind}${verb}`, `${home}/bin/${tool}${verb}`);
    }
  }
}

async function startDocker(): Promise<void> {
  // Attestations and multi-platform images need containerd's image store.
  await writeFile(`${home}/daemon.json`, JSON.stringify({ features: { "containerd-snapshotter": true } }));
  const log = openSync(`${home}/dockerd.log`, "w");
  const options = {
    "config-file": `${home}/daemon.json`,
    "data-root": `${home}/data`,
    "exec-root": `${home}/exec`,
    pidfile: `${home}/dockerd.pid`,
    host: `unix://${home}/docker.sock`,
    "cgroup-parent": `/${name}`,
    "shutdown-timeout": "1",
  };
  const args = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
  const daemon = spawn("dockerd", args, { env, stdio: ["ignore", log, log] });
  dockerd = daemon;
  const gone = once(daemon, "exit").then(async () => {
    const lines = (await readFile(`${home}/dockerd.log`, "utf8")).trim().split("\n");
    throw new Error(`the private Docker engine does not start:\n${lines.slice(-10).join("\n")}`);
  });
  gone.catch(() => {});
  const answers = async (): Promise<void> => {
    while (!(await succeeds("docker", ["version"], env))) await sleep(50);
  };
  await Promise.race([answers(), gone]);
}

/** Push by digest is refused by the `docker` driver, so the engine's own BuildKit is served to the `remote` driver. */
async function startBuilder(): Promise<void> {
  const socket = `${home}/buildkit.sock`;
  const server = createServer({ allowHalfOpen: true }, (connection) => {
    // What `docker buildx dial-stdio` does, without a process for each connection.
    const headers = { Connection: "Upgrade", Upgrade: "h2c" };
    const grpc = request({ socketPath: `${home}/docker.sock`, method: "POST", path: "/grpc", headers });
    connection.on("error", () => grpc.destroy());
    grpc.on("error", () => connection.destroy());
    grpc.on("response", () => connection.destroy());
    grpc.on("upgrade", (_response, stream, head) => {
      connection.write(head);
      stream.on("error", () => connection.destroy());
      connection.pipe(stream).pipe(connection);
    });
    grpc.end();
  });
  await once(server.listen(socket), "listening");
  await capture("docker", ["buildx", "create", "--name", "longshore", "--driver", "remote", `unix://${socket}`], env);
}

async function removeEngine(): Promise<void> {
  running?.kill("SIGKILL");
  if (dockerd !== undefined && dockerd.exitCode === null) {
    const gone = once(dockerd, "exit");
    dockerd.kill("SIGTERM");
    await Promise.race([gone, sleep(10_000, undefined, { ref: false })]);
  }
  await removeLeftovers((leftover) => leftover === name);
}
