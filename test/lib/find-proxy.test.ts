import { describe, expect, it } from "vitest";
import { findProxy } from "../../scripts/lib/http/find-proxy.ts";

const proxy = "http://proxy.test:3128/";
const find = (url: string, env: Record<string, string>) => findProxy(new URL(url), env)?.href;

describe("the proxy is the one of", () => {
  it.each<readonly [string, Record<string, string>, string | undefined]>([
    ["https://ghcr.io/", { https_proxy: "http://a:1" }, "http://a:1/"],
    ["https://ghcr.io/", { HTTPS_PROXY: "http://a:1" }, "http://a:1/"],
    ["https://ghcr.io/", { HTTPS_PROXY: "http://a:1", https_proxy: "http://b:2" }, "http://b:2/"],
    ["https://ghcr.io/", { HTTPS_PROXY: "http://a:1", https_proxy: "" }, "http://a:1/"],
    ["https://ghcr.io/", { http_proxy: "http://a:1" }, undefined],
    ["http://github.corp/", { http_proxy: "http://a:1" }, "http://a:1/"],
    ["http://github.corp/", { HTTP_PROXY: "http://a:1" }, "http://a:1/"],
    ["http://github.corp/", { https_proxy: "http://a:1" }, undefined],
    ["https://ghcr.io/", { all_proxy: "http://a:1" }, "http://a:1/"],
    ["http://github.corp/", { ALL_PROXY: "http://a:1" }, "http://a:1/"],
    ["https://ghcr.io/", { ALL_PROXY: "http://a:1", HTTPS_PROXY: "http://b:2" }, "http://b:2/"],
    ["https://ghcr.io/", { HTTPS_PROXY: "proxy:3128" }, "http://proxy:3128/"],
    ["https://ghcr.io/", { HTTPS_PROXY: "10.0.0.1:3128" }, "http://10.0.0.1:3128/"],
    ["https://ghcr.io/", { HTTPS_PROXY: "user:secret@proxy:3128" }, "http://user:secret@proxy:3128/"],
    ["https://ghcr.io/", { HTTPS_PROXY: "https://proxy" }, "https://proxy/"],
    ["https://ghcr.io/", { HTTPS_PROXY: " http://a:1 " }, "http://a:1/"],
    ["https://ghcr.io/", {}, undefined],
  ])("%s with %j", (url, env, found) => expect(find(url, env)).toBe(found));
});

describe("NO_PROXY", () => {
  it.each([
    ["example.test", "https://example.test/"],
    ["example.test", "https://a.b.example.test/"],
    ["EXAMPLE.test", "https://a.Example.TEST/"],
    ["example.test.", "https://a.example.test./"],
    [".example.test", "https://a.example.test/"],
    [".example.test", "https://example.test/"],
    ["*.example.test", "https://a.example.test/"],
    ["example.test:443", "https://a.example.test/"],
    ["example.test:8443", "https://example.test:8443/"],
    ["other.test, example.test", "https://example.test/"],
    ["other.test example.test", "https://example.test/"],
    ["*", "https://example.test/"],
    ["other.test,*", "https://example.test/"],
    ["10.1.2.3", "https://10.1.2.3/"],
    ["10.0.0.0/8", "https://10.1.2.3/"],
    ["10.1.2.3:5000", "https://10.1.2.3:5000/"],
    ["2001:db8::1", "https://[2001:db8::1]/"],
    ["[2001:db8::1]", "https://[2001:db8:0::1]/"],
    ["[2001:db8::1]:5000", "https://[2001:db8::1]:5000/"],
    ["2001:db8::/32", "https://[2001:db8:1::1]/"],
  ])("%s lets %s be asked itself", (list, url) => {
    expect(find(url, { https_proxy: proxy, no_proxy: list })).toBeUndefined();
    expect(find(url, { ALL_PROXY: proxy, NO_PROXY: list })).toBeUndefined();
  });

  it.each([
    ["example.test", "https://notexample.test/"],
    ["example.test", "https://example.test.evil.com/"],
    ["a.example.test", "https://example.test/"],
    ["example.test:8443", "https://example.test/"],
    ["10.0.0.0/8", "https://11.1.2.3/"],
    ["10.0.0.0/33", "https://10.1.2.3/"],
    ["10.0.0.0/8", "https://10.evil.com/"],
    ["2001:db8::/32", "https://[2001:db9::1]/"],
    ["2001:db8::/32", "https://10.1.2.3/"],
    [",, ,", "https://example.test/"],
    [":443", "https://example.test/"],
    ["", "https://example.test/"],
  ])("%s does not let %s", (list, url) => {
    expect(find(url, { https_proxy: proxy, no_proxy: list })).toBe(proxy);
  });

  it("in lower case comes before upper case", () => {
    expect(find("https://a.test/", { https_proxy: proxy, no_proxy: "b.test", NO_PROXY: "a.test" })).toBe(proxy);
  });
});

it.each(["http://localhost:5000/", "https://127.0.0.2/", "https://[::1]/", "https://a.localhost/", "https://0x7f.1/"])(
  "%s is this machine and never asked through a proxy",
  (url) => expect(find(url, { ALL_PROXY: proxy, HTTPS_PROXY: proxy, http_proxy: proxy })).toBeUndefined(),
);

it.each(["socks5://proxy:1080", "http://", "http://[", "ftp://proxy", "http://user:secret@:3128"])(
  "%s is refused by the name of its variable, not its value",
  (value) => {
    const refused = () => find("https://ghcr.io/", { HTTPS_PROXY: value });
    expect(refused).toThrow("it is behind a proxy, and the variable HTTPS_PROXY is not like http://host:port");
  },
);
