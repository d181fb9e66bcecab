import type { ImageFacts } from "@longshore/tagging";

/** What one manifest says, as far as cleanup needs it. Plain JSON; true for ever, since a digest never changes its content. */
export interface ManifestFacts {
  readonly digest: string;
  readonly kind: "index" | "manifest";
  /** Digests below an index, of any media type */
  readonly children: readonly string[];
  /** Those children that may have children of their own and must be read, too */
  readonly nested: readonly string[];
  /** Those children that may name a subject of their own, with the digest the index says they are about */
  readonly artifacts: readonly { readonly digest: string; readonly about?: string }[];
  /** The digest this manifest refers to: what a signature or an SBOM is about */
  readonly subject?: string;
  /** What its annotations say */
  readonly image: ImageFacts;
  /** Config and layers with their compressed sizes in bytes; none of an index */
  readonly blobs: readonly { readonly digest: string; readonly size: number }[];
  /** Bytes of the manifest itself */
  readonly size: number;
}

/** A manifest that could not be read: why, in a clause. `missing`: the registry says that it has none (404). */
export interface UnreadManifest {
  readonly digest: string;
  readonly unreadable: string;
  readonly missing?: boolean;
}

export type ManifestEntry = ManifestFacts | UnreadManifest;

/** What is known of a package's manifests, by digest. */
export type ImageGraph = ReadonlyMap<string, ManifestEntry>;

/**
 * Reads an index or a manifest, OCI's or Docker's.
 * @param digest where it was found @param text its bytes @throws InputError for anything else
 */
export function parseManifestFacts(digest: string, text: string): ManifestFacts {
  throw new Error(`not yet: ${digest} ${text}`);
}
