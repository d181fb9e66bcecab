import { isLoopback } from "@longshore/language";
import { HttpRefusal } from "./refusal.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an address, as curl and Go find it (https://everything.curl.dev/usingcurl/proxies/env.html,
 * https://pkg.go.dev/golang.org/x/net/http/httpproxy): `https_proxy` or `http_proxy` by the address, else `all_proxy`; lower
 * case before upper case; one without a scheme is spoken http to. `no_proxy` lists exceptions. This machine never goes
 * through one. Throws HttpRefusal where the variable names none that can be used.
 *
 * No library of npm does: those that are kept compare whole names only, know no networks, or take the scheme of the address.
 */
export function findProxy(url: URL, env: Environment): URL | undefined {
  const name = url.protocol === "https:" ? "https_proxy" : "http_proxy";
  const setting = [name, name.toUpperCase(), "all_proxy", "ALL_PROXY"].find((variable) => env[variable]?.trim());
  if (setting === undefined || isLoopback(url.host) || isExcepted(url, env.no_proxy || env.NO_PROXY || "")) {
    return undefined;
  }
  const value = env[setting]?.trim() ?? "";
  const text = value.includes("://") ? value : `http://${value}`;
  if (URL.canParse(text)) {
    const proxy = new URL(text);
    if (/^https?:$/u.test(proxy.protocol) && proxy.hostname !== "") return proxy;
  }
  // The value may hold a password.
  throw new HttpRefusal(`it is behind a proxy, and the variable ${setting} is not like http://host:port`);
}

function isExcepted({ protocol, hostname, port }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/gu, "").replace(/\.$/u, "");
  const asked = port || (protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[,\s]/u)
    .filter((entry) => entry !== "")
    .some((entry) => matches(entry, host, asked));
}

/** `*`; a network `10.0.0.0/8`; an address or a name, which stands for all below it too, each with or without a port. */
function matches(entry: string, host: string, asked: string): boolean {
  if (entry === "*") return true;
  const parts = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/u.exec(entry);
  // What is no host with a port, such as an IPv6 address without brackets, stands for itself.
  const [bracketed, bare = "", port = asked] = parts === null ? [undefined, entry] : parts.slice(1);
  const name = (bracketed ?? bare).replace(/^\*?\./u, "").replace(/\.$/u, "");
  if (port !== asked || name === "") return false;
  return name === host || host.endsWith(`.${name}`) || isWithin(name, host);
}

function isWithin(network: string, address: string): boolean {
  const { BlockList, isIP } = process.getBuiltinModule("node:net");
  const [base = "", bits = isIP(network) === 6 ? "128" : "32"] = network.split("/");
  const family = { 4: "ipv4", 6: "ipv6" } as const;
  const ours = isIP(address) as 0 | 4 | 6;
  const theirs = isIP(base) as 0 | 4 | 6;
  if (ours === 0 || theirs === 0 || !/^\d{1,3}$/u.test(bits) || Number(bits) > (theirs === 4 ? 32 : 128)) return false;
  const networks = new BlockList();
  networks.addSubnet(base, Number(bits), family[theirs]);
  return networks.check(address, family[ours]);
}
