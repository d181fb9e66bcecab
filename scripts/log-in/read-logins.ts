import type { Node } from "@longshore/config";
import { describeRefusal, InputError, normaliseImage } from "@longshore/language";

/** One login, as a caller writes it. */
export interface Login {
  /** `ghcr.io`, `docker.io`, `localhost:5000` */
  readonly registry: string;
  readonly username: string;
  /** Empty where there is none, as in a fork's run, which gets no secrets */
  readonly password: string;
  /** Whether a registry that refuses it is only a warning */
  readonly optional: boolean;
}

const most = 50;
const fields = ["registry", "username", "password", "optional"];

/**
 * The secret `registry-auth`: a list of logins, text as it is spelled. @throws InputError that never holds a value of it
 * but a registry's name
 */
export function readLogins(documents: readonly Node[]): readonly Login[] {
  const [list, ...others] = documents;
  if (list === undefined) return [];
  if (others.length > 0 || list.kind !== "list") throw new InputError(`registry-auth is no list: ${howTo}.`);
  if (list.items.length > most)
    throw new InputError(`registry-auth has ${list.items.length} entries: write at most ${most}.`);
  const logins = list.items.map(readLogin);
  const twice = logins.find(({ registry }, at) => logins.findIndex((each) => each.registry === registry) !== at);
  if (twice !== undefined)
    throw new InputError(`registry-auth names ${twice.registry} twice: keep one login for each registry.`);
  return logins;
}

const howTo = "write a YAML or JSON list of { registry, username, password }";

function readLogin(node: Node, index: number): Login {
  const at = `registry-auth[${index}]`;
  if (node.kind !== "map") throw new InputError(`${at} is no map: ${howTo}.`);
  const unknown = node.entries.find(({ name }) => !fields.includes(name));
  if (unknown !== undefined) throw new InputError(`${at} has a key that is none of ${fields.join(", ")}: ${howTo}.`);
  const text = (name: string): string => {
    const value = node.entries.find((entry) => entry.name === name)?.node;
    return value?.kind === "text" ? value.text : "";
  };
  const registry = readRegistry(text("registry"), at);
  if (text("username") === "") {
    throw new InputError(`${at}.username of ${registry} is empty: give it a value, or leave the entry out.`);
  }
  const optional = text("optional");
  if (!["", "true", "false"].includes(optional))
    throw new InputError(describeRefusal(`${at}.optional`, optional, "use true or false"));
  return { registry, username: text("username"), password: text("password"), optional: optional === "true" };
}

/** A host, with its port where it has one. Docker Hub's other names are `docker.io`. */
function readRegistry(given: string, at: string): string {
  const host = given.replace(/^https:\/\//, "").replace(/\/(?:v[12]\/?)?$/, "");
  if (["docker.io", "index.docker.io", "registry-1.docker.io", "hub.docker.com"].includes(host)) return "docker.io";
  try {
    // A host and nothing else: what makes a repository with one path is one.
    if (!host.includes("/") && /[.:]|^localhost$/.test(host))
      return normaliseImage(`${host}/a/a`).slice(0, -"/a/a".length);
  } catch {
    // said below
  }
  throw new InputError(describeRefusal(`${at}.registry`, given, "give a registry's host such as docker.io"));
}

/**
 * A line of a secret that GitHub would mask nearly everywhere, and drop every output that holds it: it masks each trimmed
 * line. The line itself is never told.
 */
export function hasUnsafeLine(secret: string): boolean {
  return secret.split(/\r\n|\n|\r/).some((line) => {
    const shown = line.trim();
    return shown !== "" && (shown.length < 4 || (!/[A-Za-z]/.test(shown) && !/\d/.test(shown)));
  });
}
