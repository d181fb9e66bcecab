import { flag, group, key, list, optional, text, word } from "../shape.ts";
import { suffix, tag } from "./texts.ts";

/** `tags`: what the image is called. */
export const tags = group({
  latest: key(
    word("auto", "default-branch", "release", "both", "none"),
    "auto",
    "Who owns `latest`; `auto` gives it to releases once there is a stable version, until then to the default branch.",
    "build-image",
    "promote-image",
  ),
  suffix: optional(suffix, "Put behind every tag, such as `alpine`.", "build-image", "promote-image", "find-image"),
  "version-prefix": key(flag, false, "Adds the `v` forms of the version tags.", "build-image", "promote-image"),
  move: key(word("now", "defer"), "now", "`defer` leaves the moving tags to promote-image.yml.", "build-image"),
  adopt: key(flag, false, "Lets a moving tag leave an image that carries no revision.", "build-image", "promote-image"),
  extra: key(list(tag), [], "More moving tags.", "build-image", "promote-image"),
});

/** A git tag of the image's releases: literal text around the version. */
export const releases = list(
  text("a template that holds {version} once, such as api/v{version}", {
    pattern: /^[^{}]*\{version\}[^{}]*$/,
  }),
);
