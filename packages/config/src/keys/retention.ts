import { count, duration, flag, group, key, list } from "../shape.ts";
import { suffix } from "./texts.ts";

/** `retention`: how long what stays. */
export const retention = group({
  "minimum-kept": key(count(0, 100_000), 5, "Never fewer tagged images of a package than this.", "prune-images"),
  untagged: key(duration, "24h", "Grace of what no tag, index or subject names.", "prune-images"),
  "pull-request-max-age": key(duration, "24h", "How long pull requests' images stay.", "prune-images"),
  "feature-max-age": key(duration, "7d", "How long feature branches' images stay.", "prune-images"),
  "keep-default-branch": key(
    count(0, 100_000, "all"),
    "all",
    "How many images of the default branch stay, newest first.",
    "prune-images",
  ),
  suffixes: key(
    list(suffix),
    [],
    "Suffixes of variants that the file has no image of any more.",
    "prune-images",
    "verify-image",
  ),
  "trust-tag-names": key(
    flag,
    false,
    "Takes a tag of our form for ours, though the image does not say so.",
    "prune-images",
  ),
});
