import { InputError } from "@longshore/language";
import { parsePlatform, parsePlatforms, platformSlug } from "@longshore/publishing";
import { describe, expect, it } from "vitest";

describe("a platform is written as registries store it", () => {
  it.each([
    ["linux/amd64", "linux/amd64"],
    ["Linux/AMD64", "linux/amd64"],
    ["linux/x86_64", "linux/amd64"],
    ["linux/amd64/v1", "linux/amd64"],
    ["linux/amd64/v3", "linux/amd64/v3"],
    ["linux/arm64/v8", "linux/arm64"],
    ["linux/aarch64", "linux/arm64"],
    ["linux/arm", "linux/arm/v7"],
    ["linux/arm/v6", "linux/arm/v6"],
    ["linux/armhf", "linux/arm/v7"],
    ["linux/i386", "linux/386"],
    ["linux/riscv64", "linux/riscv64"],
    ["linux/s390x", "linux/s390x"],
  ])("%s is %s", (text, platform) => {
    expect(parsePlatform(text)).toBe(platform);
    expect(parsePlatform(platform)).toBe(platform);
  });

  it.each([
    "",
    "linux",
    "amd64",
    "windows/amd64",
    "linux/arm/v9",
    "linux/amd64/v8/x",
    "linux/amd46",
    "--linux/amd64",
    "linux//amd64",
  ])("%j is refused", (text) => {
    expect(() => parsePlatform(text)).toThrow(InputError);
  });
});

describe("the platforms of an image", () => {
  it("are separated by commas or lines and keep their order", () => {
    expect(parsePlatforms("linux/arm64, linux/amd64\nlinux/arm\n")).toEqual([
      "linux/arm64",
      "linux/amd64",
      "linux/arm/v7",
    ]);
  });
  it("are refused when one is named twice, in whatever spelling", () => {
    expect(() => parsePlatforms("linux/arm64,linux/arm64/v8")).toThrow("names linux/arm64 twice");
  });
  it("are refused when there is none", () => {
    expect(() => parsePlatforms(" , ")).toThrow("Input platforms is empty");
  });
  it("have slugs for files and tags", () => {
    expect(platformSlug("linux/arm/v7")).toBe("linux-arm-v7");
  });
});
