import { duration, flag, group, key, list, optional, text, word } from "../shape.ts";
import { path, tag } from "./texts.ts";

const severities = word("UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL");
const scanners = ["scan-image"] as const;

/** `scan`: what may pass. */
export const scan = group(
  {
    mode: key(
      word("auto", "block", "report", "off"),
      "auto",
      "`auto` blocks pull requests and releases and reports elsewhere.",
      ...scanners,
    ),
    severities: key(list(severities), ["CRITICAL", "HIGH"], "Findings that block.", ...scanners, "verify-image"),
    "ignore-unfixed": key(flag, false, "Findings without a fix do not block.", ...scanners, "verify-image"),
    "ignore-file": optional(
      path("a path inside the repository"),
      "List of findings that are accepted.",
      ...scanners,
      "verify-image",
    ),
    "new-only": key(flag, false, "Only what the baseline does not have blocks.", ...scanners),
    baseline: optional(
      text("a reference, repository:tag or by digest"),
      "What `new-only` compares with; without it the default branch's image.",
      ...scanners,
    ),
    "second-scanner": key(word("off", "grype"), "off", "A second opinion.", ...scanners, "verify-image"),
    filesystem: key(flag, false, "Scans the source tree, too.", ...scanners),
    sbom: key(flag, true, "Writes SBOMs in SPDX and CycloneDX.", ...scanners),
    "upload-sarif": key(flag, true, "Sends the findings to the Security tab.", ...scanners),
    "end-of-life": key(word("warn", "block"), "warn", "An operating system that is no longer supported.", ...scanners),
    unrecognised: key(word("warn", "block"), "warn", "An image in which the scanner recognises nothing.", ...scanners),
  },
  "mode",
);

/** `sign`: what the signature says. */
export const sign = group(
  {
    with: key(
      word("keyless", "key", "off"),
      "keyless",
      "By the workflow's own identity, or by the key that is a secret.",
      "sign-image",
      "verify-image",
    ),
    "pull-requests": key(flag, false, "Signs images of pull requests, too.", "sign-image"),
    attestations: key(flag, true, "Attests provenance at GitHub.", "sign-image", "verify-image"),
    "transparency-log": key(flag, true, "Writes the signature into the public log.", "sign-image", "verify-image"),
    "public-key": optional(
      text("a public key in PEM"),
      "What a signature by key is verified with.",
      "sign-image",
      "verify-image",
    ),
  },
  "with",
);

/** `verify`: what is checked of the published images. */
export const verify = group({
  tags: key(
    list(tag),
    [],
    "Tags to check; without it every `latest`, default branch's tag and version line.",
    "verify-image",
  ),
  "max-age": optional(duration, "Images that are older are reported.", "verify-image"),
  issue: key(flag, true, "Keeps one issue about what is wrong.", "verify-image"),
});
