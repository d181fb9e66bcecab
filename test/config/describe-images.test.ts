import { chooseImage, type DescribedImage, describeImages, readDescription } from "@longshore/config";
import { readYaml } from "@longshore/config/yaml";
import { describe, expect, test } from "vitest";

interface Given {
  readonly file?: string;
  readonly defaults?: string;
  readonly set?: string;
  readonly key?: string;
}

const documentsOf = (text: string, name: string) => {
  const reading = readYaml(text, name);
  if ("problems" in reading)
    throw new Error(reading.problems.map(({ at, sentence }) => `${at}: ${sentence}`).join("\n"));
  return reading.documents;
};

function describeAll({ file = "", defaults = "", set = "", key = "" }: Given): readonly DescribedImage[] {
  const [document] = documentsOf(file, ".github/longshore.yml");
  const layers = { file: document, defaults: documentsOf(defaults, "defaults"), set };
  return describeImages(layers, { owner: "Acme", repo: "Shop" }, key);
}

const only = (given: Given) => {
  const [image] = describeAll(given);
  if (image === undefined) throw new Error("no image");
  return image.description;
};

const problemsOf = (given: Given): readonly string[] => {
  try {
    describeAll(given);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n");
  }
};

describe("a repository without a file", () => {
  test("has one image, named after it", () => {
    expect(only({})).toMatchObject({
      image: ["ghcr.io/acme/shop"],
      platforms: ["linux/amd64", "linux/arm64"],
      build: { context: ".", args: {}, provenance: "auto", mediaTypes: "oci", cache: { in: ["gha"] } },
      releases: ["v{version}", "{version}"],
      scan: { mode: "auto", severities: ["CRITICAL", "HIGH"] },
      retention: { minimumKept: 5, pullRequestMaxAge: 86_400_000, featureMaxAge: 604_800_000 },
    });
    expect(only({}).build.file).toBeUndefined();
  });

  test("takes a single wish from set", () => {
    expect(only({ set: "build.file=deploy/Dockerfile" }).build.file).toBe("deploy/Dockerfile");
  });
});

describe("layers", () => {
  test.each<[string, Given, unknown]>([
    ["the file over the house rules", { defaults: "scan: off", file: "scan: report" }, { scan: { mode: "report" } }],
    ["set over the file", { file: "scan: report", set: "scan=block" }, { scan: { mode: "block" } }],
    [
      "a later document of defaults over an earlier",
      { defaults: "scan: off\n---\nscan: block" },
      { scan: { mode: "block" } },
    ],
    [
      "a short form is its long form before they merge",
      { defaults: "scan: { severities: [LOW] }", file: "scan: report" },
      { scan: { mode: "report", severities: ["LOW"] } },
    ],
    ["false where off is a word", { file: "scan: false" }, { scan: { mode: "off" } }],
    [
      "maps merge",
      { defaults: "build: {args: {A: 1}}", file: "build: {args: {B: 2}}" },
      { build: { args: { A: "1", B: "2" } } },
    ],
    [
      "an empty entry of a free map removes the weaker one",
      { defaults: "build: {args: {A: 1, B: 2}}", file: "build: {args: {A: }}" },
      { build: { args: { B: "2" } } },
    ],
    [
      "an empty value elsewhere counts as not written",
      { defaults: "scan: off", file: "scan:" },
      { scan: { mode: "off" } },
    ],
    ["lists replace", { file: "platforms: [linux/s390x]" }, { platforms: ["linux/s390x"] }],
    [
      "… stands for the weaker list",
      { file: "platforms: [linux/s390x, ...]" },
      { platforms: ["linux/s390x", "linux/amd64", "linux/arm64"] },
    ],
    ["one value is a list of one", { file: "image: docker.io/acme/app" }, { image: ["docker.io/acme/app"] }],
    [
      "text stays as it is spelled",
      { file: "build: {args: {A: 3.10, B: 2024-01-01, C: no, D: 0x1F, E: true}}" },
      { build: { args: { A: "3.10", B: "2024-01-01", C: "no", D: "0x1F", E: "true" } } },
    ],
    ["anchors", { file: "build: {args: &a {A: 1}, labels: *a}" }, { build: { args: { A: "1" }, labels: { A: "1" } } }],
  ])("%s", (_, given, expected) => {
    expect(only(given)).toMatchObject(expected as object);
    const removed = (only(given).build.args as Record<string, string>).A;
    if (JSON.stringify(expected) === '{"build":{"args":{"B":"2"}}}') expect(removed).toBeUndefined();
  });
});

describe("set", () => {
  test.each<[string, string, unknown]>([
    ["the value is the literal rest of the line", "build.args.BASE=a=b # c", { build: { args: { BASE: "a=b # c" } } }],
    [
      "dots belong to the name below a free map",
      "build.labels.com.acme.team=x",
      { build: { labels: { "com.acme.team": "x" } } },
    ],
    ["several lines make a list", "tags.extra=edge\ntags.extra=canary", { tags: { extra: ["edge", "canary"] } }],
    [
      "+= appends to the weaker list",
      "platforms+=linux/s390x",
      { platforms: ["linux/amd64", "linux/arm64", "linux/s390x"] },
    ],
    ["the last of several wins for one value", "scan=off\nscan=report", { scan: { mode: "report" } }],
    ["no value is no line", "scan=\nbuild.file=", { scan: { mode: "auto" } }],
    ["but an empty text below a free map", "build.args.A=", { build: { args: { A: "" } } }],
    [
      "JSON holds line breaks",
      '{"build.labels.note": "a\\nb", "platforms": ["linux/amd64"]}',
      { build: { labels: { note: "a\nb" } }, platforms: ["linux/amd64"] },
    ],
    ["JSON may empty a list", '{"build.cache.in": []}', { build: { cache: { in: [] } } }],
    ["line feeds of Windows", "scan=off\r\nsign=key\r\n", { scan: { mode: "off" }, sign: { with: "key" } }],
  ])("%s", (_, set, expected) => {
    expect(only({ set })).toMatchObject(expected as object);
  });

  test("goes to the image of the run, or to the one that is named", () => {
    const images = describeAll({ file: "images: [api, web]", key: "api", set: "scan=off\nimages.web.scan=report" });
    expect(images.map(({ key, description }) => [key, description.scan.mode])).toEqual([
      ["api", "off"],
      ["web", "report"],
    ]);
  });
});

describe("several images", () => {
  test("by list: named by their key, what is at the top holds for each", () => {
    const images = describeAll({ file: 'build: {file: "{key}/Dockerfile"}\nimages: [api, web]' });
    expect(images.map(({ description }) => [description.image, description.build.file])).toEqual([
      [["ghcr.io/acme/shop/api"], "api/Dockerfile"],
      [["ghcr.io/acme/shop/web"], "web/Dockerfile"],
    ]);
  });

  test("by map: each has what it says itself", () => {
    const images = describeAll({
      file: "image: ghcr.io/acme/{repo}\nimages:\n  default:\n  alpine: {tags: {suffix: alpine}}",
    });
    expect(images.map(({ description }) => [description.image, description.tags.suffix])).toEqual([
      [["ghcr.io/acme/shop"], undefined],
      [["ghcr.io/acme/shop"], "alpine"],
    ]);
  });

  test("are chosen by their key; the error lists the keys", () => {
    const images = describeAll({ file: "images: [api, web]" }) as readonly [DescribedImage, ...DescribedImage[]];
    expect(chooseImage(images, "web").key).toBe("web");
    expect(() => chooseImage(images, "")).toThrow('key is "": use one of api, web.');
    expect(() => chooseImage(images, "wep")).toThrow('key is "wep": use one of api, web.');
  });
});

describe("what is wrong is told with its place, all at once", () => {
  test.each<[string, Given, readonly string[]]>([
    [
      "a value, an unknown key, a map where text is wanted",
      { file: "retention:\n  untagged: soon\nbuidl: {}\nbuild: {args: {V: {version}}}" },
      [
        '.github/longshore.yml:2:13: retention.untagged is "soon": use a duration such as 10s, 90m, 24h, 7d or 2w.',
        ".github/longshore.yml:3:1: buidl is no key: did you mean build?",
        '.github/longshore.yml:4:19: build.args.V is {"version":null}: a text is wanted here, write it in quotes.',
      ],
    ],
    [
      "in another image's part, too",
      { file: "images: {api: {scan: of}, web: {platforms: windows/amd64}}", key: "api" },
      [
        '.github/longshore.yml:1:22: images.api.scan.mode is "of": use one of auto, block, report, off.',
        '.github/longshore.yml:1:44: images.web.platforms is "windows/amd64": use a Linux platform such as linux/amd64.',
      ],
    ],
    [
      "a path out of the repository",
      { file: "build: {context: ../x}" },
      ['.github/longshore.yml:1:18: build.context is "../x": use a folder inside the repository.'],
    ],
    [
      "an unknown placeholder",
      { file: 'build: {file: "{nope}"}' },
      [
        '.github/longshore.yml:1:15: build.file is "{nope}": there is no placeholder {nope} here, use {owner}, {repo}, {key}, or {{ for a brace.',
      ],
    ],
    [
      "{key} without images",
      { file: 'build: {file: "{key}"}' },
      ['.github/longshore.yml:1:15: build.file is "{key}": there is no {key} without images, leave it out.'],
    ],
    [
      "releases without their version",
      { file: "releases: [v1]" },
      [
        '.github/longshore.yml:1:12: releases[0] is "v1": use a template that holds {version} once, such as api/v{version}.',
      ],
    ],
    [
      "a tag in an image's name",
      { file: "image: ghcr.io/acme/app:1" },
      [
        '.github/longshore.yml:1:8: image is "ghcr.io/acme/app:1": use a repository without tag, such as ghcr.io/acme/app.',
      ],
    ],
    [
      "a bad line of set",
      { set: "scan=off\nscna=off\ntest" },
      ["set:2: scna is no key: did you mean scan?", "set:3: test has no value: write test=value."],
    ],
    [
      "images in defaults",
      { defaults: "images: [a]" },
      ["defaults:1:1: images stands in defaults: write it in the repository's own file."],
    ],
    [
      "one name twice without a suffix",
      { file: "image: ghcr.io/acme/app\nimages: [a, b]" },
      ["images.b: ghcr.io/acme/app is the image of a, too: give each its own image or tags.suffix."],
    ],
    [
      "what the build says of itself is not for callers",
      { set: "build.labels.org.opencontainers.image.revision=x" },
      [
        'set:1: build.labels has the name "org.opencontainers.image.revision": use a label that says nothing of what the image was built from.',
      ],
    ],
    [
      "nor is what it is known by",
      { set: "build.labels.org.opencontainers.image.ref.name=x" },
      [
        'set:1: build.labels has the name "org.opencontainers.image.ref.name": use a label that says nothing of what the image was built from.',
      ],
    ],
  ])("%s", (_, given, expected) => {
    const problems = problemsOf(given);
    expect(problems.length).toBe(expected.length);
    expected.forEach((sentence, index) => {
      expect(problems[index]).toContain(sentence);
    });
  });

  test.each<[string, string, string]>([
    ["a key given twice", "scan: off\nscan: on", ".github/longshore.yml:2:1: a key is given twice"],
    ["a leading @", "image: @x", "write the text in quotes"],
    ["a leading *", "image: *x", "write the text in quotes"],
    ["an anchor in itself", "build: &a {args: *a}", "levels deep"],
    [
      "anchors that explode",
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
        .split("")
        .map((name, at) => `${name}: &${name} [${Array(10).fill(`*${"abcdefg"[at]}`).join(",")}]`)
        .join("\n")}`,
      "more than 20000 entries",
    ],
  ])("%s", (_, text, said) => {
    const reading = readYaml(text, ".github/longshore.yml");
    expect(
      "problems" in reading ? reading.problems.map(({ at, sentence }) => `${at}: ${sentence}`).join("\n") : "nothing",
    ).toContain(said);
  });
});

describe("the description in a plan", () => {
  test("is read back as it was", () => {
    const [image] = describeAll({ file: "scan: off\nretention: {untagged: 2w}\nbuild: {media-types: docker}" });
    expect(readDescription(JSON.parse(JSON.stringify(image?.written)))).toEqual(image?.description);
  });

  test("is refused where it is none", () => {
    expect(() => readDescription({ scan: { mode: 5 } })).toThrow('scan.mode is "5"');
  });
});
