import { InputError, isLoopback } from "@longshore/language";
import { quoteValue } from "../step/escape.ts";

/** Where a repository lies. */
export interface RegistryAddress {
  /** As people write it: `ghcr.io`, `docker.io`, `localhost:5000`. */
  readonly host: string;
  /** Base of the distribution API, such as `https://ghcr.io`. */
  readonly url: string;
  /** Path of the repository, such as `acme/app`. */
  readonly path: string;
  /** Key of the registry in Docker's config. */
  readonly configKey: string;
}

/**
 * Splits a normalised repository (`host[:port]/path`). Docker Hub's API has a host of its own, and Docker keeps its login
 * under an address of 2013. Plain http is spoken to loopback hosts only. Throws InputError when there is no host.
 */
export function parseRegistryAddress(image: string): RegistryAddress {
  const slash = image.indexOf("/");
  const host = image.slice(0, slash);
  const path = image.slice(slash + 1);
  if (slash < 1 || path === "" || !/^(?:\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/iu.test(host)) {
    throw new InputError(`The image ${quoteValue(image)} names no registry: write it as \`host/path\`.`);
  }
  if (host === "docker.io" || host === "index.docker.io") {
    return {
      host: "docker.io",
      url: "https://registry-1.docker.io",
      path,
      configKey: "https://index.docker.io/v1/",
    };
  }
  return { host, url: `${isLoopback(host) ? "http" : "https"}://${host}`, path, configKey: host };
}
