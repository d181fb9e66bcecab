import { InputError } from "@longshore/language";
import { mayLead } from "../http/redirect.ts";
import type { HttpRequest } from "../http/request.ts";
import { quoteValue } from "../step/escape.ts";
import type { RegistryAddress } from "./address.ts";
import type { Credential } from "./docker-credentials.ts";
import { errorOfAnswer, RegistryError, type RequestPurpose, TOKEN } from "./error.ts";
import { askRegistry } from "./request.ts";

/** What a registry's 401 asks for (https://distribution.github.io/distribution/spec/auth/token/). */
type Challenge =
  | { readonly scheme: "basic" }
  | { readonly scheme: "bearer"; readonly realm: URL; readonly service: string };

/** Tokens are a few kilobytes; no registry takes a header of this size. */
const MAXIMUM_TOKEN = 128 * 1024;

export interface RegistryLogin {
  /** Value of the Authorization header for these actions; undefined until the registry has asked for one. */
  readonly authorize: (scope: string) => Promise<string | undefined>;
  /** Takes the registry's 401 in. `used` is the header that was refused; a token got meanwhile is kept. */
  readonly challenge: (header: string | undefined, scope: string, used: string | undefined) => void;
}

/** Answers token challenges. A token is kept per scope, asked for once however many requests wait for it. */
export function createRegistryLogin(
  address: RegistryAddress,
  lookUp: () => Promise<Credential | undefined>,
  timeLimit: number,
): RegistryLogin {
  let challenge: Challenge | undefined;
  const headers = new Map<string, { readonly value: Promise<string>; settled?: string }>();
  const obtain = async (scope: string, asked: Challenge): Promise<string> => {
    const credential = await lookUp();
    if (asked.scheme === "bearer") return `Bearer ${await fetchToken(address, asked, scope, credential, timeLimit)}`;
    if (credential?.kind === "password") return basicHeader(credential);
    throw new RegistryError(
      `${address.host} asks for a user and a password and Docker's config has none: log in to it before this step.`,
      { status: 401, transient: false },
    );
  };
  return {
    authorize: (scope) => {
      if (challenge === undefined) return Promise.resolve(undefined);
      const known = headers.get(scope);
      if (known !== undefined) return known.value;
      const entry: { readonly value: Promise<string>; settled?: string } = { value: obtain(scope, challenge) };
      headers.set(scope, entry);
      entry.value.then(
        (value) => {
          entry.settled = value;
        },
        () => {
          if (headers.get(scope) === entry) headers.delete(scope); // the next attempt asks again
        },
      );
      return entry.value;
    },
    challenge: (header, scope, used) => {
      challenge = parseChallenge(address, header) ?? challenge;
      // One refused without a login says nothing about the token that others are fetching meanwhile.
      if (used !== undefined && headers.get(scope)?.settled === used) headers.delete(scope);
    },
  };
}

function parseChallenge({ host, url }: RegistryAddress, header: string | undefined): Challenge | undefined {
  if (header === undefined) return undefined;
  if (/^basic\b/iu.test(header)) return { scheme: "basic" };
  if (!/^bearer\b/iu.test(header)) return undefined;
  const parameter = (name: string) => new RegExp(`\\b${name}="([^"]*)"`, "iu").exec(header)?.[1];
  const realm = parameter("realm") ?? "";
  if (!URL.canParse(realm) || !mayLead(new URL(url), new URL(realm))) {
    throw new InputError(
      `${host} names the token service ${quoteValue(realm)}: only https is used for logins, and no other registry leads to this machine.`,
    );
  }
  return { scheme: "bearer", realm: new URL(realm), service: parameter("service") ?? "" };
}

async function fetchToken(
  address: RegistryAddress,
  { realm, service }: Extract<Challenge, { scheme: "bearer" }>,
  scope: string,
  credential: Credential | undefined,
  timeLimit: number,
): Promise<string> {
  const purpose: RequestPurpose = {
    host: address.host,
    image: `${address.host}/${address.path}`,
    action: scope.includes("push") ? "write" : "read",
    what: TOKEN,
  };
  const { url, request } = askForToken(realm, service, scope, credential);
  const answer = await askRegistry(purpose, url.href, { ...request, timeout: timeLimit, maximumBytes: MAXIMUM_TOKEN });
  const body = answer.body.toString();
  if (answer.status < 200 || answer.status > 299) {
    throw errorOfAnswer(purpose, answer.status, answer.headers, body, Date.now());
  }
  const token = tokenOf(body);
  if (token !== undefined) return token;
  throw new RegistryError(`The token service ${realm.host} answered ${answer.status} without a token.`, {
    status: answer.status,
    transient: true,
  });
}

function askForToken(
  realm: URL,
  service: string,
  scope: string,
  credential: Credential | undefined,
): { readonly url: URL; readonly request: HttpRequest & { readonly authorization?: string } } {
  const url = new URL(realm);
  if (credential?.kind === "identity-token") {
    const form = {
      grant_type: "refresh_token",
      refresh_token: credential.token,
      service,
      scope,
      client_id: "longshore",
    };
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return { url, request: { method: "POST", headers, body: new URLSearchParams(form).toString() } };
  }
  if (service !== "") url.searchParams.set("service", service);
  // One parameter for each scope: a mount needs two repositories.
  for (const each of scope === "" ? [] : scope.split(" ")) url.searchParams.append("scope", each);
  return { url, request: credential === undefined ? {} : { authorization: basicHeader(credential) } };
}

function tokenOf(body: string): string | undefined {
  try {
    const { token, access_token } = JSON.parse(body) as Readonly<Record<string, unknown>>;
    // It goes into a header as it is.
    return [token, access_token].find(
      (text): text is string => typeof text === "string" && /^[\x21-\x7e]+$/u.test(text),
    );
  } catch {
    return undefined;
  }
}

function basicHeader({ username, password }: Extract<Credential, { kind: "password" }>): string {
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}
