/**
 * Whether a host (`host[:port]`, as in an image name or a URL) is this machine: only there is plain http spoken, no proxy is
 * asked, and no other registry may send us there. All ways to write it count: 127.0.0.0/8, `0.0.0.0` and `[::]` (which connect
 * to it), `[::1]`, IPv4 within IPv6, and the names of RFC 6761, section 6.3.
 */
export function isLoopback(host: string): boolean {
  const name = normaliseHost(host);
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  return /^(?:(?:127|0)\.\d+\.\d+\.\d+|\[::1?\]|\[::(?:ffff:)?7f[0-9a-f]{2}:[0-9a-f]{1,4}\]|\[::ffff:0:0\])$/.test(
    name,
  );
}

/** Whether it is an address of the link alone, where clouds tell a machine its own credentials (RFC 3927, RFC 4291). */
export function isLinkLocal(host: string): boolean {
  return /^(?:169\.254\.\d+\.\d+|\[fe[89ab][0-9a-f]:[0-9a-f:]*\]|\[::(?:ffff:)?a9fe:[0-9a-f]{1,4}\])$/.test(
    normaliseHost(host),
  );
}

/** URL knows the short, decimal, octal and hexadecimal forms of IPv4 (https://url.spec.whatwg.org/#host-parsing). */
function normaliseHost(host: string): string {
  const address = `http://${host}/`;
  if (/[/?#@\\\s]/.test(host) || !URL.canParse(address)) return "";
  return new URL(address).hostname.replace(/\.$/, "");
}
