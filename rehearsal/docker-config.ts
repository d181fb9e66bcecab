import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A job has Docker's configuration to itself, so that a login ends with it; builders and plugins are the engine's. */
export async function prepareMachine(home: string): Promise<Readonly<Record<string, string>>> {
  const config = join(home, "docker");
  const engines = process.env.DOCKER_CONFIG ?? "";
  const isLogin = (path: string): boolean => path === join(engines, "config.json");
  await cp(engines, config, { recursive: true, verbatimSymlinks: true, filter: (path) => !isLogin(path) });
  const passed = ["PATH", "LD_LIBRARY_PATH", "DOCKER_HOST", "BUILDX_BUILDER"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(passed), DOCKER_CONFIG: config, HOME: home, LANG: "C.UTF-8" };
}

/** Docker's configuration for this process: a copy of the engine's with one login more, so that nobody else is logged in. */
export async function logIn(config: string, host: string, token: string): Promise<void> {
  await cp(process.env.DOCKER_CONFIG ?? "", config, { recursive: true, verbatimSymlinks: true });
  const auth = Buffer.from(`ada:${token}`).toString("base64");
  await writeFile(join(config, "config.json"), JSON.stringify({ auths: { [host]: { auth } } }), { mode: 0o600 });
  process.env.DOCKER_CONFIG = config;
}
