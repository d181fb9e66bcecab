import { describe, expect, it } from "vitest";
import { parseRegistryAddress } from "../../scripts/lib/registry/address.ts";

describe("a repository tells where its registry is", () => {
  it.each([
    ["ghcr.io/acme/app", "https://ghcr.io", "acme/app", "ghcr.io"],
    ["docker.io/acme/app", "https://registry-1.docker.io", "acme/app", "https://index.docker.io/v1/"],
    ["docker.io/library/busybox", "https://registry-1.docker.io", "library/busybox", "https://index.docker.io/v1/"],
    ["localhost:5000/app", "http://localhost:5000", "app", "localhost:5000"],
    ["127.0.0.1/app", "http://127.0.0.1", "app", "127.0.0.1"],
    ["[::1]:5000/app", "http://[::1]:5000", "app", "[::1]:5000"],
    ["127.0.0.2:5000/app", "http://127.0.0.2:5000", "app", "127.0.0.2:5000"],
    ["localhost.example.com/app", "https://localhost.example.com", "app", "localhost.example.com"],
    ["127.0.0.1.example.com:80/app", "https://127.0.0.1.example.com:80", "app", "127.0.0.1.example.com:80"],
  ])("%s", (image, url, path, configKey) => {
    expect(parseRegistryAddress(image)).toMatchObject({ url, path, configKey });
  });

  it.each(["app", "/app", "ghcr.io/", "user@evil.io/app", "gh cr.io/app", ""])("not from %j", (image) => {
    expect(() => parseRegistryAddress(image)).toThrow(/names no registry/);
  });
});
