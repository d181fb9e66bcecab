import { InputError } from "./input-error.ts";
import { isLoopback } from "./loopback.ts";
import { quote } from "./quote.ts";

/** Source of the grammar: https://github.com/distribution/reference/blob/main/reference.go */
const pathComponent = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const path = new RegExp(`^${pathComponent}(?:/${pathComponent})*$`);
const label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
const host = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-f:.]+\\])(?::([0-9]{1,5}))?$`);

/**
 * One repository, `host[:port]/path`, lower-cased. A name without a host is Docker Hub's (`acme/app` →
 * `docker.io/acme/app`, `app` → `docker.io/library/app`); `http://` is taken off loopback registries.
 * @throws InputError that names the value: a tag, a digest, a scheme or anything else that is no repository
 */
export function normaliseImage(text: string): string {
  const given = text.trim();
  const refuse = (why: string): never => {
    throw new InputError(`Image name ${quote(given)} ${why}; give a repository such as ghcr.io/acme/app.`);
  };
  const name = withoutScheme(given.toLowerCase(), refuse);
  if (name.includes("@")) return refuse("holds a digest");
  const { registry, rest } = splitHost(name);
  const colon = rest.lastIndexOf(":");
  if (colon > rest.lastIndexOf("/")) return refuse(`holds a tag (${quote(rest.slice(colon + 1))})`);
  const [, port] = host.exec(registry) ?? refuse(`has ${quote(registry)} where its registry should be`);
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535)) return refuse(`has no port ${port}`);
  if (!path.test(rest)) return refuse(rest === "" ? "names no repository" : "is not a legal repository name");
  const repository = `${registry}/${rest}`;
  if (repository.length > 255) return refuse("is longer than 255 characters");
  if (registry === "docker.io" && !rest.includes("/")) return `docker.io/library/${rest}`;
  if (registry === "ghcr.io" && !rest.includes("/")) return refuse("lacks the owner that GHCR's repositories have");
  return repository;
}

function withoutScheme(name: string, refuse: (why: string) => never): string {
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/s.exec(name) ?? [];
  if (scheme === undefined) return name;
  if (scheme === "http" && isLoopback(rest.split("/")[0] ?? "")) return rest;
  if (scheme === "http") return refuse("asks for http, which is spoken to loopback registries only");
  return refuse(`starts with ${scheme}://`);
}

/** The first part is a host when it has a dot or a colon, or is `localhost`; as Docker reads it. */
function splitHost(name: string): { readonly registry: string; readonly rest: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(0, slash));
  if (!/[.:]/.test(first) && first !== "localhost") return { registry: "docker.io", rest: name };
  return { registry: first === "index.docker.io" ? "docker.io" : first, rest: name.slice(slash + 1) };
}

/** `ghcr.io/<owner>/<repo>`, lower-cased. */
export function defaultImage(repository: string): string {
  return normaliseImage(`ghcr.io/${repository}`);
}
