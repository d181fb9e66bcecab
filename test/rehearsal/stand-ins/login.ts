import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StepFailure } from "../runner/refusal.ts";
import type { StandIn, StandInStep } from "../runner/stand-in.ts";

export interface LoginOptions {
  /** Registries of the world, and the loopback registry that plays each here: `ghcr.io` → `localhost:5000`. */
  readonly played: Readonly<Record<string, string>>;
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth: string }>>;
}

/** docker/login-action: asks the registry whether the login is good, and leaves it in the job's Docker configuration. */
export function login({ played }: LoginOptions): StandIn {
  return {
    action: "docker/login-action",
    inputs: { registry: "docker.io", username: "", password: "", logout: "true" },
    async run(step) {
      const registry = step.inputs.registry || "docker.io";
      const host = played[registry] ?? registry;
      if (!/^(localhost|127\.0\.0\.1|\[::1\]):\d+$/.test(host)) {
        step.print(`Nothing plays ${registry} here: no login.`);
        return {};
      }
      const { username = "", password = "" } = step.inputs;
      if (username === "" || password === "") throw new StepFailure("Username and password required");
      step.mask(password);
      await verify(host, username, password);
      const auth = Buffer.from(`${username}:${password}`).toString("base64");
      await changeAuths(step, (auths) => ({ ...auths, [host]: { auth } }));
      step.print(
        host === registry ? `Login at ${host} succeeded` : `Login at ${host}, which plays ${registry}, succeeded`,
      );
      if (step.inputs.logout !== "true") return {};
      return {
        post: () =>
          changeAuths(step, (auths) => Object.fromEntries(Object.entries(auths).filter(([name]) => name !== host))),
      };
    },
  };
}

/** As `docker login` does: https://distribution.github.io/distribution/spec/auth/token/ */
async function verify(host: string, username: string, password: string): Promise<void> {
  const basic = { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
  const first = await fetch(`http://${host}/v2/`);
  if (first.ok) return;
  const challenge = first.headers.get("www-authenticate") ?? "";
  const [, realm] = /realm="([^"]+)"/.exec(challenge) ?? [];
  const [, service = ""] = /service="([^"]+)"/.exec(challenge) ?? [];
  const answer =
    realm === undefined
      ? await fetch(`http://${host}/v2/`, { headers: basic })
      : await fetch(`${realm}?${new URLSearchParams({ service, account: username })}`, { headers: basic });
  if (!answer.ok) {
    throw new StepFailure(
      `Error response from daemon: Get "http://${host}/v2/": ${answer.status} ${(await answer.text()).trim()}`,
    );
  }
}

async function changeAuths(
  step: StandInStep,
  change: (auths: NonNullable<DockerConfig["auths"]>) => DockerConfig["auths"],
): Promise<void> {
  const file = join(step.env.DOCKER_CONFIG ?? "", "config.json");
  const config = JSON.parse(await readFile(file, "utf8").catch(() => "{}")) as DockerConfig;
  await writeFile(file, JSON.stringify({ ...config, auths: change(config.auths ?? {}) }), { mode: 0o600 });
}
