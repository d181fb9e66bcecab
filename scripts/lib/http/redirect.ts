import { isLinkLocal, isLoopback } from "@longshore/language";
import { HttpRefusal } from "./refusal.ts";

const maximumHops = 5;

export interface Place {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Whether a server may send us to an address, by a redirect, a token realm or the place of an upload: to https. What listens
 * on this machine, and on its link alone, is for those that are asked here themselves; they may use plain http.
 */
export function mayLead(from: URL, to: URL): boolean {
  if (to.origin === from.origin) return true;
  if (isLoopback(from.host) && isLoopback(to.host)) return /^https?:$/u.test(to.protocol);
  return to.protocol === "https:" && !isLoopback(to.host) && !isLinkLocal(to.host);
}

/**
 * Where a redirect leads, with the credentials only where it stays at its origin; undefined where the answer is none.
 * Throws HttpRefusal where it may not lead there, or has led on too often.
 */
export function followRedirect(
  { url, headers }: Place,
  answer: { readonly status: number; readonly headers: ReadonlyMap<string, string> },
  hops: number,
): Place | undefined {
  const location = answer.headers.get("location");
  if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return undefined;
  if (!URL.canParse(location, url.href)) return undefined;
  const target = new URL(location, url.href);
  if (hops === maximumHops) throw new HttpRefusal("it redirects without end");
  if (!mayLead(url, target)) throw new HttpRefusal(`it sends us to ${describePlace(target)}`);
  return { url: target, headers: target.origin === url.origin ? headers : withoutCredentials(headers) };
}

/** A place that may not be led to, and why, as the end of a sentence. */
export function describePlace(target: URL): string {
  return `${target.protocol}//${target.host}: only https is followed, and no other registry leads to this machine`;
}

function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:authorization|cookie)$/iu.test(name)));
}
