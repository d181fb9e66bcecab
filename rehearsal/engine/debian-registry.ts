import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { succeeds } from "./run-command.ts";

/** A registry on loopback, spoken to by plain http; its address is also what references begin with. */
export interface DebianRegistry {
  readonly host: `localhost:${number}`;
  /** What the registry wrote: one line for each request. */
  readonly logFile: string;
  stop(): Promise<void>;
}

/**
 * Starts Debian's docker-registry (distribution 2.8), empty, with deletion switched on; on a machine's own engine without
 * that program the same in a container. Like GHCR it has no referrers endpoint.
 *
 * @param options.port where to listen; a free port if left out
 */
export async function startDebianRegistry(options: { readonly port?: number } = {}): Promise<DebianRegistry> {
  const port = options.port ?? (await findFreePort());
  const folder = await mkdtemp(join(tmpdir(), "longshore-registry-"));
  const logFile = join(folder, "registry.log");
  const log = openSync(logFile, "w");
  const [program, ...args] = await chooseProgram(folder, port);
  const registry = spawn(program, args, { stdio: ["ignore", log, log] });
  const gone = once(registry, "exit").then(() => {
    throw new Error(`the registry does not start; see ${logFile}`);
  });
  const answers = async (): Promise<void> => {
    while (!(await isUp(port))) await sleep(20);
  };
  await Promise.race([answers(), gone]);
  gone.catch(() => {});
  const stop = async (): Promise<void> => {
    registry.kill("SIGTERM");
    await gone.catch(() => {});
    await rm(folder, { recursive: true, force: true });
  };
  return { host: `localhost:${port}`, logFile, stop };
}

async function chooseProgram(folder: string, port: number): Promise<readonly [string, ...string[]]> {
  if (!(await succeeds("docker-registry", ["--version"]))) {
    const settings = [`REGISTRY_HTTP_ADDR=127.0.0.1:${port}`, "REGISTRY_STORAGE_DELETE_ENABLED=true"];
    return ["docker", "run", "--rm", "--network=host", ...settings.flatMap((it) => ["--env", it]), "registry:2"];
  }
  const config = {
    version: "0.1",
    log: { level: "info" },
    storage: { filesystem: { rootdirectory: join(folder, "storage") }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}` },
  };
  // JSON is YAML too.
  await writeFile(join(folder, "config.yml"), JSON.stringify(config));
  return ["docker-registry", "serve", join(folder, "config.yml")];
}

async function isUp(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/v2/`).then(
    (response) => response.ok,
    () => false,
  );
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port on loopback.");
  return address.port;
}
