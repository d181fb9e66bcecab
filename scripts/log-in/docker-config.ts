import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { InputError, isRecord } from "@longshore/language";
import type { Login } from "./read-logins.ts";

/**
 * What stood in Docker's configuration for some registries, so that it can be put back: JSON of `auths` and `credHelpers`,
 * null where there was nothing.
 */
export interface EarlierLogins {
  readonly auths: Readonly<Record<string, unknown>>;
  readonly credHelpers: Readonly<Record<string, unknown>>;
}

/** `$DOCKER_CONFIG/config.json`, by default in `~/.docker`. */
export function dockerConfigPath(env: NodeJS.ProcessEnv): string {
  return join(env.DOCKER_CONFIG || join(env.HOME || homedir(), ".docker"), "config.json");
}

/** Docker keeps its own registry's login under an address of 2013. */
export function configKeyOf(registry: string): string {
  return registry === "docker.io" ? "https://index.docker.io/v1/" : registry;
}

/**
 * Adds the logins to Docker's configuration, which nobody else may read. An entry in `credHelpers` keeps Docker from asking
 * a credential store of the machine's instead (https://docs.docker.com/reference/cli/docker/login/#credential-stores).
 * Gives what stood there before.
 */
export function addLogins(path: string, logins: readonly Login[]): EarlierLogins {
  const config = readConfig(path);
  const auths = recordIn(config, "auths");
  const helpers = recordIn(config, "credHelpers");
  const keys = logins.map(({ registry }) => configKeyOf(registry));
  const stores = typeof config.credsStore === "string" && config.credsStore !== "";
  const hidden = keys.filter((key) => stores || Object.hasOwn(helpers, key));
  const earlier = {
    auths: Object.fromEntries(keys.map((key) => [key, auths[key] ?? null])),
    credHelpers: Object.fromEntries(hidden.map((key) => [key, helpers[key] ?? null])),
  };
  const added = logins.map(({ registry, username, password }) => [
    configKeyOf(registry),
    { auth: Buffer.from(`${username}:${password}`).toString("base64") },
  ]);
  writeConfig(path, {
    ...config,
    auths: { ...auths, ...Object.fromEntries(added) },
    ...(hidden.length === 0
      ? {}
      : { credHelpers: { ...helpers, ...Object.fromEntries(hidden.map((key) => [key, ""])) } }),
  });
  return earlier;
}

/** Puts back what stood there before. What others have added meanwhile stays. */
export function restoreLogins(path: string, earlier: EarlierLogins): void {
  if (!existsSync(path)) return;
  const config = readConfig(path);
  const auths = replaceIn(recordIn(config, "auths"), earlier.auths);
  const credHelpers = replaceIn(recordIn(config, "credHelpers"), earlier.credHelpers);
  const { credHelpers: _, ...rest } = config;
  writeConfig(path, { ...rest, auths, ...(Object.keys(credHelpers).length === 0 ? {} : { credHelpers }) });
}

type Config = Readonly<Record<string, unknown>>;

function replaceIn(entries: Config, earlier: Config): Config {
  const merged = Object.entries({ ...entries, ...earlier });
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}

function recordIn(config: Config, name: string): Config {
  const value = config[name];
  return isRecord(value) ? value : {};
}

function readConfig(path: string): Config {
  if (!existsSync(path)) return {};
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (isRecord(parsed)) return parsed;
  } catch {
    // Said below: the parser's own message would quote the file.
  }
  throw new InputError(`Docker's configuration ${JSON.stringify(path)} is no JSON object: remove it or mend it.`);
}

/** Whole or not at all. */
function writeConfig(path: string, config: Config): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.longshore-${process.pid}`;
  writeFileSync(next, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, path);
}
