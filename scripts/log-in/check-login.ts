import { retry } from "../lib/http/retry.ts";
import { parseRegistryAddress } from "../lib/registry/address.ts";
import type { Credential } from "../lib/registry/docker-credentials.ts";
import { errorOfAnswer, RegistryError, type RequestPurpose } from "../lib/registry/error.ts";
import { createRegistryLogin } from "../lib/registry/login.ts";
import { askRegistry } from "../lib/registry/request.ts";
import type { Login } from "./read-logins.ts";

/** Any repository: a login is asked about, not what it may do. */
const anyPath = "longshore/login";
const timeLimit = 30_000;
const maximumBytes = 64 * 1024;

/**
 * Asks the registry whether it takes the login, as `docker login` does
 * (https://distribution.github.io/distribution/spec/auth/token/). Throws RegistryError, one sentence, where it does not.
 */
export async function checkLogin(
  { registry, username, password }: Login,
  onRetry: (sentence: string) => void,
): Promise<void> {
  const address = parseRegistryAddress(`${registry}/${anyPath}`);
  const credential: Credential = { kind: "password", username, password };
  const purpose: RequestPurpose = { host: address.host, image: address.host, action: "log in", what: "the login" };
  const ask = (authorization: string | undefined) =>
    askRegistry(purpose, `${address.url}/v2/`, { authorization, timeout: timeLimit, maximumBytes });
  const attempt = async (): Promise<void> => {
    const login = createRegistryLogin(address, async () => credential, timeLimit);
    let answer = await ask(undefined);
    if (answer.status === 401) {
      login.challenge(answer.headers.get("www-authenticate"), "", undefined);
      const authorization = await login.authorize("");
      // A token was given for this very login: nobody has to show it.
      if (authorization?.startsWith("Bearer ")) return;
      answer = await ask(authorization);
    }
    if (answer.status < 200 || answer.status > 299) {
      throw errorOfAnswer(purpose, answer.status, answer.headers, answer.body.toString(), Date.now());
    }
  };
  await retry(attempt, {
    attempts: 3,
    delay: 2000,
    isTransient: (error) => error instanceof RegistryError && error.transient,
    onRetry: ({ error }) => onRetry(`${error instanceof Error ? error.message : String(error)} Trying again in 2 s.`),
  });
}
