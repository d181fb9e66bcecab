import { isDigest } from "../digest.ts";

/** A descriptor as it stands in a list of referrers, artifact type and annotations included. */
export type ReferrerEntry = Readonly<Record<string, unknown>> & { readonly digest: string };

/** What a registry gave as the list of what refers to a manifest, by its own list or under the fallback tag. */
export interface ToldReferrers {
  /** Of what lies under the fallback tag. */
  readonly digest?: string;
  /** Parsed JSON. */
  readonly parsed: Readonly<Record<string, unknown>>;
}

/**
 * What the list names, each once. Nothing where it is no list of referrers: some registries answer `sha256-…` with the manifest of that
 * digest itself, so a list that is its own subject, or names its subject or a part of it, is an image.
 * @param parts digests that the subject names, where it is an index
 */
export function readReferrers(
  told: ToldReferrers | undefined,
  subject: string,
  parts: readonly string[],
): readonly ReferrerEntry[] {
  if (told === undefined || told.digest === subject) return [];
  const { manifests } = told.parsed;
  const entries = (Array.isArray(manifests) ? manifests : []).filter(isEntry);
  if (entries.some(({ digest }) => digest === subject || parts.includes(digest))) return [];
  return [...new Map(entries.map((entry) => [entry.digest, entry])).values()];
}

/** Whether a manifest says itself that it is about this one (image-spec, `subject`); a list is only somebody's word for it. */
export function refersTo(manifest: Readonly<Record<string, unknown>>, subject: string): boolean {
  const said: unknown = manifest.subject;
  return typeof said === "object" && said !== null && "digest" in said && said.digest === subject;
}

function isEntry(item: unknown): item is ReferrerEntry {
  return (
    typeof item === "object" &&
    item !== null &&
    "digest" in item &&
    typeof item.digest === "string" &&
    isDigest(item.digest)
  );
}
