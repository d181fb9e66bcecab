import { isLoopback } from "@longshore/language";
import { type CredentialLookup, readDockerCredentials } from "./docker-credentials.ts";

/**
 * Logins of Docker's config; where GHCR has none there, the step's own token. So a job that only reads needs no login before it.
 * No other registry is shown the token, but one on this machine.
 */
export function readRegistryCredentials(env: NodeJS.ProcessEnv, token: string): CredentialLookup {
  const logins = readDockerCredentials(env);
  return async (key) => {
    const login = await logins(key);
    if (login !== undefined || token === "" || !(key === "ghcr.io" || isLoopback(key))) return login;
    return { kind: "password", username: env.GITHUB_ACTOR || "token", password: token };
  };
}
