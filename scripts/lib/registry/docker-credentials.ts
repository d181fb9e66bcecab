import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { InputError } from "@longshore/language";
import { $ } from "zx/core";
import { quoteValue } from "../step/escape.ts";

/** What a registry's token service takes. Never logged, never an argument of a program. */
export type Credential =
  | { readonly kind: "password"; readonly username: string; readonly password: string }
  | { readonly kind: "identity-token"; readonly token: string };

/** Looks up the login of a registry by its key in Docker's config; undefined when there is none. */
export type CredentialLookup = (configKey: string) => Promise<Credential | undefined>;

interface DockerConfig {
  readonly auths?: Readonly<Record<string, unknown>>;
  readonly credHelpers?: Readonly<Record<string, unknown>>;
  readonly credsStore?: unknown;
}

/**
 * Logins as `docker login` and our step log-in leave them: `$DOCKER_CONFIG/config.json` (default `~/.docker`), with
 * `auths`, `credHelpers` and `credsStore` (https://docs.docker.com/reference/cli/docker/login/#credential-stores).
 * The file is read once, at the first look-up. Throws InputError when it is not JSON or a helper fails.
 */
export function readDockerCredentials(env: NodeJS.ProcessEnv): CredentialLookup {
  let config: DockerConfig | undefined;
  return async (configKey) => {
    config ??= readConfig(env);
    const helper = config.credHelpers?.[configKey] ?? config.credsStore;
    const helped = typeof helper === "string" && helper !== "" ? await askHelper(helper, configKey, env) : undefined;
    return helped ?? readAuth(config.auths ?? {}, configKey);
  };
}

function readConfig(env: NodeJS.ProcessEnv): DockerConfig {
  const path = join(env.DOCKER_CONFIG || join(env.HOME || homedir(), ".docker"), "config.json");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new InputError(`Docker's config ${quoteValue(path, 300)} cannot be read: check its rights.`, {
      cause: error,
    });
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) return parsed as DockerConfig;
  } catch {
    // said below; the parser's own message would quote the file
  }
  throw new InputError(`Docker's config ${quoteValue(path, 300)} is not a JSON object: log in again to write it anew.`);
}

function readAuth(auths: Readonly<Record<string, unknown>>, configKey: string): Credential | undefined {
  const wanted = bareHost(configKey);
  const entry = auths[configKey] ?? Object.entries(auths).find(([key]) => bareHost(key) === wanted)?.[1];
  if (typeof entry !== "object" || entry === null) return undefined;
  const { auth, username, password, identitytoken } = entry as Readonly<Record<string, unknown>>;
  if (typeof identitytoken === "string" && identitytoken !== "")
    return { kind: "identity-token", token: identitytoken };
  if (typeof username === "string" && typeof password === "string") return { kind: "password", username, password };
  if (typeof auth !== "string" || auth === "") return undefined;
  const decoded = Buffer.from(auth, "base64")
    .toString("utf8")
    .replace(/(?<!\0)\0+$/u, "");
  const colon = decoded.indexOf(":");
  if (colon < 1) return undefined;
  return { kind: "password", username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** Docker also finds `https://ghcr.io/v1/` where `ghcr.io` is asked for. */
function bareHost(key: string): string {
  return key.replace(/^https?:\/\//u, "").split("/")[0] ?? "";
}

/** https://github.com/docker/docker-credential-helpers: the key on stdin, JSON on stdout. */
async function askHelper(helper: string, configKey: string, env: NodeJS.ProcessEnv): Promise<Credential | undefined> {
  if (!/^[\w.-]+$/u.test(helper)) {
    throw new InputError(`Docker's config names the credential helper ${quoteValue(helper)}: that is no program name.`);
  }
  const asked = $({ env, quiet: true, nothrow: true, timeout: "30s" })`docker-credential-${helper} get`;
  // A program that ends without reading is told by its exit code; unheard, the error would end the step.
  asked.stdin.on("error", () => {});
  asked.stdin.end(configKey);
  const run = await asked;
  if (run.exitCode !== 0) {
    if (/credentials not found/iu.test(run.stdout + run.stderr)) return undefined;
    throw new InputError(
      `The credential helper docker-credential-${helper} gave no login for ${configKey} (exit code ${run.exitCode}): check that it is installed and logged in.`,
    );
  }
  const answer = parseHelperAnswer(run.stdout);
  if (answer === undefined) {
    throw new InputError(`The credential helper docker-credential-${helper} did not answer with a login.`);
  }
  return answer.username === "<token>"
    ? { kind: "identity-token", token: answer.secret }
    : { kind: "password", username: answer.username, password: answer.secret };
}

function parseHelperAnswer(text: string): { readonly username: string; readonly secret: string } | undefined {
  try {
    const { Username: username, Secret: secret } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof username === "string" && typeof secret === "string") return { username, secret };
  } catch {
    // told by the caller, without the text: it may hold the secret
  }
  return undefined;
}
