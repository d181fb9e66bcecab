import { isLinkLocal, isLoopback } from "@longshore/language";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("this machine", () => {
  it.each([
    ...["localhost", "localhost:5000", "LOCALHOST", "localhost.", "registry.localhost", "a.b.localhost:80"],
    ...["127.0.0.1", "127.0.0.1:80", "127.255.0.9", "127.1", "0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1"],
    ...["0.0.0.0", "0", "0.0.0.0:5000", "[::1]", "[::1]:5000", "[0:0:0:0:0:0:0:1]", "[::]", "[::]:80"],
    ...["[::ffff:127.0.0.1]", "[::ffff:7f00:1]:5000", "[::ffff:127.9.8.7]", "[::127.0.0.1]", "[::ffff:0.0.0.0]"],
  ])("is %s", (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(isLinkLocal(host)).toBe(false);
  });

  it.each([
    ...["localhost.evil.com", "localhost.com:80", "notlocalhost", "127.0.0.1.evil.com", "127.0.0.1.nip.io"],
    ...["10.0.0.1:5000", "128.0.0.1", "ghcr.io", "[::2]", "[fe80::1]", "[::ffff:10.0.0.1]", "[2001:db8::7f00:1]"],
    ...["", ":80", "evil.com@127.0.0.1", "evil.com/127.0.0.1", "127.0.0.1/", "evil.com\\@localhost", "127.0.0.256"],
  ])("is not %j", (host) => {
    expect(isLoopback(host)).toBe(false);
  });

  it("is every address of 127.0.0.0/8, however it is written", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 24 - 1), fc.constantFrom(10, 16, 8), (rest, base) => {
        const address = 127 * 2 ** 24 + rest;
        const prefix = { 10: "", 16: "0x", 8: "0" }[base] ?? "";
        expect(isLoopback(`${prefix}${address.toString(base)}`)).toBe(true);
        const dotted = [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
        expect(isLoopback(dotted) && isLoopback(`[::ffff:${dotted}]:443`)).toBe(true);
      }),
    );
  });
});

describe("the link alone", () => {
  it.each(["169.254.169.254", "169.254.0.1:80", "[fe80::1]", "[febf::1]:80", "[::ffff:169.254.169.254]", "0xa9fea9fe"])(
    "is %s",
    (host) => expect(isLinkLocal(host)).toBe(true),
  );
  it.each(["169.255.0.1", "10.0.0.1", "[fec0::1]", "[fe7f::1]", "169.254.169.254.example.com", "ghcr.io"])(
    "is not %s",
    (host) => expect(isLinkLocal(host)).toBe(false),
  );
});
