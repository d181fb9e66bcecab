import {
  attemptOfArchive,
  findDockerfile,
  formatCsvField,
  localContextOf,
  nameArchive,
  nameArchives,
  type PlatformSelection,
  parsePairs,
  parsePlatformSelection,
  parseSecrets,
  parseVolatile,
  selectPlatforms,
  splitPair,
} from "@longshore/publishing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";

describe("secrets", () => {
  it("are one id=value a line, told apart at the first =", () => {
    expect(parseSecrets('token=a=b\n\n  npm="x"  \n')).toEqual([
      { id: "token", value: "a=b" },
      { id: "npm", value: '"x"' },
    ]);
  });
  it("may have several lines between double quotes", () => {
    expect(parseSecrets('"key=one\n""two"""\nother=3')).toEqual([
      { id: "key", value: 'one\n"two"' },
      { id: "other", value: "3" },
    ]);
  });
  it("without an id are refused and never shown", () => {
    expect(() => parseSecrets("ok=1\nhunter2")).toThrow(/^Input secrets: entry 2 is not of the form id=value/);
    expect(() => parseSecrets("a,src=/etc/passwd=hunter2")).toThrow(/^(?!.*hunter2)Input secrets: entry 1/);
  });
  it("are given once each", () => {
    expect(() => parseSecrets("a=1\na=2")).toThrow("the id a twice");
  });
});

describe("pairs", () => {
  it("keep what follows the first =", () => {
    expect(parsePairs("labels", ["a=b=c", "d="], "key=value")).toEqual(["a=b=c", "d="]);
  });
  it.each([
    ["labels", "novalue", "it gives no value"],
    ["labels", "=x", "write NAME=value, one a line"],
    ["labels", "two words=x", "write NAME=value, one a line"],
    ["labels", '"a=b"', "write it without quotes"],
    ["labels", "#a=b", "there are no comments"],
    ["build-contexts", "'base=docker-image://alpine'", "write it without quotes"],
    ["build-contexts", "# base=docker-image://alpine", "there are no comments"],
    ["build-args", '"VERSION=24.10"', "write it without quotes"],
    ["build-args", '"A=x', "write it without quotes, as NAME=value, with a value of one line"],
    ["build-args", 'y"', "it gives no value"],
    ["build-args", "#B=2", "there are no comments"],
    ["build-args", "HOME", "none is taken from the environment"],
    ["build-args", "my-arg=1", "a name is letters, digits and _"],
    ["build-args", "1A=1", "a name is letters, digits and _"],
    ["build-args", "A =1", "a name is letters, digits and _"],
  ])("of %s that are %j are refused, with what to write", (input, line, advice) => {
    const refusal = `Input ${input} holds the line ${JSON.stringify(line)}: `;
    expect(() => parsePairs(input, ["A=1", line], "NAME=value")).toThrow(refusal);
    expect(() => parsePairs(input, ["A=1", line], "NAME=value")).toThrow(advice);
  });

  it("are taken with every name that a Dockerfile can use, and the value as it is", () => {
    const pair = fc.tuple(fc.stringMatching(/^[A-Za-z_]\w{0,10}$/), fc.string());
    fc.assert(
      fc.property(pair, ([name, value]) => {
        expect(parsePairs("build-args", [`${name}=${value}`], "NAME=value").map(splitPair)).toEqual([{ name, value }]);
      }),
    );
  });

  it.each([
    ["docker-image://alpine:3", undefined],
    ["target:base", undefined],
    ["https://github.com/acme/lib.git#main", undefined],
    ["git@github.com:acme/lib.git", undefined],
    ["./lib", "./lib"],
    ["/etc", "/etc"],
    ["file:///etc", "file:///etc"],
    ["oci-layout://layouts/base:v1", "layouts/base"],
    [`oci-layout:///x@sha256:${"a".repeat(64)}`, "/x"],
    ["oci-layout://plain", "plain"],
  ])("of a build context %s lead to the folder %s", (value, folder) => {
    expect(localContextOf(value)).toBe(folder);
  });
});

describe("volatile build arguments and labels", () => {
  it("are named as they are", () => {
    expect(parseVolatile(["BUILD_NUMBER", "org.example.run/id"])).toEqual(["BUILD_NUMBER", "org.example.run/id"]);
    expect(() => parseVolatile(["A=1"])).toThrow('Input volatile names "A=1": give names of build arguments or labels');
  });
});

describe("the Dockerfile", () => {
  it.each([
    ["", ["Dockerfile", "docker/Dockerfile"], "Dockerfile"],
    ["", ["docker/Dockerfile", "build/Dockerfile"], "docker/Dockerfile"],
    ["", ["build/Dockerfile"], "build/Dockerfile"],
    ["ci.Dockerfile", ["Dockerfile", "ci.Dockerfile"], "ci.Dockerfile"],
  ])("with input %j among %j is %s", (file, existing, found) => {
    expect(findDockerfile(file, ".", (path) => existing.includes(path))).toBe(found);
  });
  it("that is nowhere is an error that lists the places", () => {
    expect(() => findDockerfile("", "api", () => false)).toThrow(
      'No Dockerfile in context "api": looked for Dockerfile, docker/Dockerfile, build/Dockerfile.',
    );
    expect(() => findDockerfile("x", ".", (path) => path === "Dockerfile")).toThrow('Input file is "x"');
  });
});

describe("a job", () => {
  const all = [
    "linux/arm/v7",
    "linux/amd64",
    "linux/386",
    "linux/arm64",
    "linux/riscv64",
    "linux/amd64/v3",
    "linux/arm/v6",
  ];
  const selections: readonly PlatformSelection[] = ["linux/amd64", "linux/arm64", "other-amd64", "other-arm64"];
  it("builds its platforms, and each platform has one job", () => {
    expect(selections.map((selection) => selectPlatforms(all, selection))).toEqual([
      ["linux/amd64"],
      ["linux/arm64"],
      ["linux/386", "linux/riscv64", "linux/amd64/v3"],
      ["linux/arm/v7", "linux/arm/v6"],
    ]);
  });
  it("is one of four", () => {
    expect(() => parsePlatformSelection("linux/arm/v7")).toThrow('Input select is "linux/arm/v7"');
  });
  it("names its archives after the image, apart from other jobs'", () => {
    const plan = examplePlan({ component: "api", suffix: "-alpine" });
    expect(nameArchive(plan, "linux/arm/v7", 2)).toMatch(/^image-app-api-alpine-[0-9a-f]{8}-linux-arm-v7-2\.oci\.tar$/);
    expect(nameArchives(plan, "other-arm64", 1)).toMatch(/^image-app-api-alpine-[0-9a-f]{8}-other-arm64-1$/);
    expect(nameArchive(examplePlan(), "linux/amd64", 1)).toMatch(/^image-app-[0-9a-f]{8}-linux-amd64-1\.oci\.tar$/);
  });
  it("gives no two images of a run one name, nor two attempts, and none that an artifact may not have", () => {
    const images = [
      "ghcr.io/acme/app",
      "ghcr.io/acme/app-ui",
      "ghcr.io/acme/app/ui",
      "ghcr.io/acme/app_ui",
      "quay.io/acme/app",
    ];
    const long = `ghcr.io/acme/${"a".repeat(220)}`;
    const names = [...images, `${long}1`, `${long}2`, "localhost:5000/app"].flatMap((image) =>
      ["", "ui", "a".repeat(100)].flatMap((component) =>
        ["", "-ui", "-alpine"].flatMap((suffix) =>
          [1, 12].flatMap((attempt) => {
            const plan = examplePlan({ images: [image], component, suffix });
            return (["linux/amd64", "other-amd64"] as const).map((one) => nameArchives(plan, one, attempt));
          }),
        ),
      ),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9._-]{1,150}$/);
  });
  it.each([
    ["image-app-0123abcd-linux-amd64-1.oci.tar", 1],
    ["a/b/image-app-0123abcd-linux-386-12.oci.tar", 12],
    ["image.oci.tar", 0],
    ["image-99999999999.oci.tar", 0],
  ])("tells the attempt of %s", (name, attempt) => expect(attemptOfArchive(name)).toBe(attempt));
});

describe("a field of buildx's lists", () => {
  it.each([
    ["a", "a"],
    ["a,b", '"a,b"'],
    ['a"b', '"a""b"'],
    ["a\nb", '"a\nb"'],
    ["", '""'],
  ])("%j is written %s", (field, text) => {
    expect(formatCsvField(field)).toBe(text);
  });
});
