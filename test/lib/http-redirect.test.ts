import { describe, expect, it } from "vitest";
import { followRedirect, mayLead } from "../../scripts/lib/http/redirect.ts";

const remote = "https://ghcr.io/v2/";
const here = "http://127.0.0.1:5000/v2/";

describe("a server may send us", () => {
  it.each([
    [remote, "https://ghcr.io/other"],
    [remote, "https://objects.example.com/blob"],
    [remote, "https://10.0.0.7/blob"],
    [here, "https://objects.example.com/blob"],
    [here, "http://localhost:5001/blob"],
    [here, "https://[::1]/blob"],
    ["http://github.corp/api", "http://github.corp/api/2"],
  ])("from %s to %s", (from, to) => expect(mayLead(new URL(from), new URL(to))).toBe(true));
});

describe("a server may not send us", () => {
  it.each([
    ...["http://objects.example.com/blob", "http://localhost:5000/", "https://localhost/", "https://a.localhost/"],
    ...["http://127.0.0.1:9/", "https://127.1/", "https://0x7f000001/", "https://2130706433/", "https://0.0.0.0/"],
    ...["https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://127.255.255.254/"],
    ...["https://169.254.169.254/latest", "http://169.254.169.254/latest", "https://[fe80::1]/"],
    ...["file:///etc/passwd", "ftp://ghcr.io/", "data:,x"],
  ])("from another machine to %s", (to) => {
    expect(mayLead(new URL(remote), new URL(to))).toBe(false);
    const answer = { status: 307, headers: new Map([["location", to]]) };
    expect(() => followRedirect({ url: new URL(remote), headers: {} }, answer, 0)).toThrow(/only https is followed/u);
  });

  it.each(["http://example.com/", "https://169.254.169.254/", "http://localhost@example.com/", "file:///etc/passwd"])(
    "from this machine to %s",
    (to) => expect(mayLead(new URL(here), new URL(to))).toBe(false),
  );
});
