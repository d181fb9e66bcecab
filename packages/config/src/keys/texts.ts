import { type TextShape, text } from "../shape.ts";

/** Placeholders that are known before any event is read. */
export const staticPlaceholders = ["owner", "repo", "key"] as const;

/** Placeholders that the event gives, in arguments and labels. */
export const eventPlaceholders = [
  ...staticPlaceholders,
  "version",
  "major",
  "minor",
  "branch",
  "ref",
  "number",
  "sha7",
  "sha40",
  "tag",
  "revision",
  "created",
] as const;

/** A path inside the repository: whether it leads out of it through a link is seen when it is used. */
export const path = (wanted: string): TextShape =>
  text(wanted, { pattern: /^(?!\/|~)(?!(?:.*\/)?\.\.(?:\/|$)).{1,4096}$/, placeholders: staticPlaceholders });

/** One repository without tag; the grammar itself is normaliseImage's. */
export const repository = text("a repository without tag, such as ghcr.io/acme/app", {
  pattern: /^(?:http:\/\/)?[A-Za-z0-9._:[\]-]+(?:\/[A-Za-z0-9._-]+)*$/,
  placeholders: staticPlaceholders,
});

/** Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export const tag = text(
  "a tag: at most 128 letters, digits, dots, dashes and underscores, neither dot nor dash first",
  {
    pattern: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
  },
);

/** With or without its dash; no part of it may read as a commit or a time, which are parts of other tags. */
export const suffix = text(
  "letters, digits, dots, dashes and underscores, and no part like a commit or a time, such as -alpine",
  {
    pattern: /^(?!(?:.*-)?(?:[0-9a-f]{7}|[0-9a-f]{40}|\d{6})(?:-|$))-?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,56}[A-Za-z0-9])?$/,
    placeholders: staticPlaceholders,
  },
);

export const anyText = text("a text");
