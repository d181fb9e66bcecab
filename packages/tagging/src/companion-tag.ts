/** A tag that is no image's name: made of the digest of what it belongs to. */
interface CompanionTag {
  /** `sha256:…` */
  readonly subject: string;
  /** Empty: the list of referrers. Cosign's are `.sig`, `.att` and `.sbom`. */
  readonly ending: string;
}

/** Where cosign keeps what it has signed (https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md). */
const endings = [".sig", ".att", ".sbom"];

/**
 * `sha256-…`: the tag of the list of referrers where a registry keeps none itself
 * (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema).
 */
export function formatReferrersTag(digest: string): string {
  return digest.replace(":", "-");
}

/** The tags of what cosign keeps beside a manifest. */
export function formatSignatureTags(digest: string): readonly string[] {
  return endings.map((ending) => `${formatReferrersTag(digest)}${ending}`);
}

/** Reads what the two above write, and what other tools make in their manner; undefined for every other tag. */
export function parseCompanionTag(tag: string): CompanionTag | undefined {
  const [, hex, ending = ""] = /^sha256-([0-9a-f]{64})(?![0-9a-f])(.*)$/.exec(tag) ?? [];
  return hex === undefined ? undefined : { subject: `sha256:${hex}`, ending };
}
