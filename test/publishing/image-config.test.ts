import { readImageConfig } from "@longshore/publishing";
import { describe, expect, it } from "vitest";

describe("an image's config tells its platform and labels", () => {
  it.each<[string, unknown, unknown]>([
    [
      "plain",
      { os: "linux", architecture: "amd64", config: { Labels: { a: "b" } } },
      { platform: "linux/amd64", labels: { a: "b" } },
    ],
    ["with a variant", { os: "linux", architecture: "arm", variant: "v7" }, { platform: "linux/arm/v7", labels: {} }],
    [
      "with the default variant",
      { os: "linux", architecture: "arm64", variant: "v8", config: {} },
      { platform: "linux/arm64", labels: {} },
    ],
    ["of another system", { os: "windows", architecture: "amd64" }, { platform: "windows/amd64", labels: {} }],
    [
      "labels that are no text are left out",
      { os: "linux", architecture: "amd64", config: { Labels: { a: 1 } } },
      { platform: "linux/amd64", labels: {} },
    ],
    [
      "null labels",
      { os: "linux", architecture: "amd64", config: { Labels: null } },
      { platform: "linux/amd64", labels: {} },
    ],
    ["not a config", { layers: [] }, undefined],
    ["not an object", [], undefined],
  ])("%s", (_, content, expected) => {
    expect(readImageConfig(JSON.stringify(content))).toEqual(expected);
  });

  it("and text that is not JSON is none", () => {
    expect(readImageConfig("<html>")).toBeUndefined();
  });
});
