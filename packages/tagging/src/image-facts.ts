import { type BuildKind, buildKinds } from "./build-facts.ts";
import { fingerprintKey, ociPrefix, ownPrefix } from "./labels.ts";
import { decodeLine } from "./one-line.ts";
import { formatVersion, parseVersion } from "./version.ts";

/** What an image says about itself. Of an image that is not ours the kind is `unknown`. */
export interface ImageFacts {
  readonly kind: Exclude<BuildKind, "none"> | "unknown";
  /** Empty where it names none */
  readonly component: string;
  readonly pullRequest?: number;
  readonly branch?: string;
  /** 40 lower-case hexadecimal digits */
  readonly revision?: string;
  /** Semantic version, of releases and prereleases only */
  readonly version?: string;
  /** Of what its build was told, such as `file=1a2b3c4d,args=5e6f7a8b` */
  readonly fingerprint?: string;
  /** Address of the repository it was built from */
  readonly source?: string;
}

/** Reads labels or annotations back; never throws, since other people's images are read too. */
export function readImageFacts(labelsOrAnnotations: Readonly<Record<string, string>>): ImageFacts {
  const read = (key: string): string => {
    const value: unknown = Object.hasOwn(labelsOrAnnotations, key) ? labelsOrAnnotations[key] : undefined;
    return typeof value === "string" ? value : "";
  };
  const kind = buildKinds.find((each) => each === read(`${ownPrefix}kind`));
  const number = read(`${ownPrefix}pull-request`);
  const branch = read(`${ownPrefix}branch`);
  const revision = read(`${ociPrefix}revision`).toLowerCase();
  const source = read(`${ociPrefix}source`);
  const version = parseVersion(read(`${ownPrefix}version`));
  const fingerprint = read(fingerprintKey);
  return {
    kind: kind === undefined || kind === "none" ? "unknown" : kind,
    component: read(`${ownPrefix}component`),
    ...(/^[1-9]\d{0,14}$/.test(number) && { pullRequest: Number(number) }),
    ...(branch !== "" && { branch: decodeLine(branch) }),
    ...(/^[0-9a-f]{40}$/.test(revision) && { revision }),
    ...(source !== "" && { source }),
    ...(version !== undefined && { version: formatVersion(version) }),
    ...(isFingerprint(fingerprint) && { fingerprint }),
  };
}

/** Whether a text is a fingerprint: short hashes by word. */
export function isFingerprint(text: string): boolean {
  return text.length <= 500 && /^[a-z-]+=[0-9a-f]{8}(?:,[a-z-]+=[0-9a-f]{8})*$/.test(text);
}
