import { defaultImage, InputError, normaliseImage } from "@longshore/language";
import { parseImages } from "@longshore/tagging";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("an image name is normalised", () => {
  it.each([
    ["ghcr.io/acme/app", "ghcr.io/acme/app"],
    [" ghcr.io/Acme/App ", "ghcr.io/acme/app"],
    ["GHCR.io/Acme/App", "ghcr.io/acme/app"],
    ["ghcr.io/acme/app/api", "ghcr.io/acme/app/api"],
    ["acme/app", "docker.io/acme/app"],
    ["Acme/App", "docker.io/acme/app"],
    ["app", "docker.io/library/app"],
    ["docker.io/app", "docker.io/library/app"],
    ["index.docker.io/acme/app", "docker.io/acme/app"],
    ["localhost:5000/app", "localhost:5000/app"],
    ["localhost/app", "localhost/app"],
    ["127.0.0.1:5000/acme/app", "127.0.0.1:5000/acme/app"],
    ["[::1]:5000/acme/app", "[::1]:5000/acme/app"],
    ["http://localhost:5000/acme/app", "localhost:5000/acme/app"],
    ["http://127.0.0.2:5000/acme/app", "127.0.0.2:5000/acme/app"],
    ["http://registry.localhost:5000/acme/app", "registry.localhost:5000/acme/app"],
    ["http://[::1]:5000/acme/app", "[::1]:5000/acme/app"],
    ["registry.example.com:8443/a/b__c.d-e", "registry.example.com:8443/a/b__c.d-e"],
  ])("%s → %s", (text, name) => {
    expect(normaliseImage(text)).toBe(name);
    expect(normaliseImage(name)).toBe(name);
  });

  it.each([
    ["ghcr.io/acme/app:latest", /holds a tag \("latest"\)/],
    ["localhost:5000/app:1.2.3", /holds a tag \("1\.2\.3"\)/],
    ["app:latest", /holds a tag/],
    [`ghcr.io/acme/app@sha256:${"0".repeat(64)}`, /holds a digest/],
    [`ghcr.io/acme/app:latest@sha256:${"0".repeat(64)}`, /holds a digest/],
    ["https://ghcr.io/acme/app", /starts with https:\/\//],
    ["docker://ghcr.io/acme/app", /starts with docker:\/\//],
    ["http://registry.example.com/app", /spoken to loopback registries only/],
    ["http://localhost.example.com/app", /spoken to loopback registries only/],
    ["ghcr.io/acme", /lacks the owner/],
    ["ghcr.io/", /names no repository/],
    ["localhost:5000/", /names no repository/],
    ["", /names no repository/],
    ["ghcr.io//app", /not a legal/],
    ["ghcr.io/acme/app/", /not a legal/],
    ["/acme/app", /not a legal/],
    ["ghcr.io/acme/-app", /not a legal/],
    ["ghcr.io/acme/a..b", /not a legal/],
    ["ghcr.io/acme/a___b", /not a legal/],
    ["ghcr.io/acme/a b", /not a legal/],
    ["ghcr.io/acme/äpp", /not a legal/],
    ["ghcr.io/acme/$(touch x)", /not a legal/],
    ["-ghcr.io/acme/app", /where its registry should be/],
    ["ghcr.io:port/acme/app", /where its registry should be/],
    ["ghcr.io:99999/acme/app", /no port 99999/],
    [`ghcr.io/acme/${"a".repeat(250)}`, /longer than 255/],
  ])("%j is refused by name", (text, message) => {
    expect(() => normaliseImage(text)).toThrow(InputError);
    expect(() => normaliseImage(text)).toThrow(message);
  });

  it("and nothing but a legal name or an InputError of one line comes of any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z.:/@[\]-]{0,30}$/)), (text) => {
        try {
          expect(normaliseImage(text)).toMatch(
            /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/,
          );
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.message).not.toMatch(/[\n\r]/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the images of a build", () => {
  it("are separated by lines or commas and counted once", () => {
    const text = "\nghcr.io/Acme/App, acme/app\r\n\n docker.io/acme/app ,\n";
    expect(parseImages(text, "Acme/App")).toEqual(["ghcr.io/acme/app", "docker.io/acme/app"]);
  });

  it("default to GHCR's repository of the same name", () => {
    expect(parseImages(" \n,", "Acme/My.App")).toEqual(["ghcr.io/acme/my.app"]);
    expect(defaultImage("Acme/App")).toBe("ghcr.io/acme/app");
  });
});
