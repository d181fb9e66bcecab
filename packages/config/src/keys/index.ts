import { group, key, list, part, text, type ValueOf } from "../shape.ts";
import { build, push, test } from "./build.ts";
import { scan, sign, verify } from "./guard.ts";
import { retention } from "./retention.ts";
import { releases, tags } from "./tags.ts";
import { repository } from "./texts.ts";

/** The description of one image. This table is the contract: parser, types, defaults, schema and documentation come of it. */
export const imageKeys = {
  image: key(
    list(repository),
    ["ghcr.io/{owner}/{repo}"],
    "Repositories of the image, without tag.",
    "build-image",
    "prune-images",
    "verify-image",
    "find-image",
  ),
  platforms: key(
    list(text("a Linux platform such as linux/amd64", { pattern: /^linux\/[a-z0-9_-]+(?:\/v?\d)?$/ })),
    ["linux/amd64", "linux/arm64"],
    "Platforms of the image.",
    "build-image",
    "verify-image",
  ),
  build: part(build, "How the image is built."),
  push: part(push, "How the image leaves the build."),
  releases: key(
    releases,
    ["v{version}", "{version}"],
    "Git tags that are releases of this image.",
    "build-image",
    "promote-image",
  ),
  tags: part(tags, "What the image is called."),
  test: part(test, "What is tried before anything gets a name."),
  scan: part(scan, "What may pass."),
  sign: part(sign, "How the image is signed."),
  retention: part(retention, "What is pruned, and when."),
  verify: part(verify, "What is checked of the published images."),
} as const;

export const imageShape = group(imageKeys);

/** The resolved description of one image: every key of the table with its value. Plain JSON. */
export type Description = ValueOf<typeof imageShape>;

/** What a key of `images` must be. */
export const imageKeyName = {
  wanted: "a key of at most 40 lower-case letters and digits, joined by single dashes",
  pattern: /^(?=.{1,40}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
};
