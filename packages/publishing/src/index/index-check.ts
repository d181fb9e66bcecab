import { compareFingerprints } from "../build/fingerprint.ts";
import type { PlatformResult } from "../build/platform-result.ts";
import { isAttestation, type OciDescriptor, type OciIndex, type OciManifest, platformOf } from "./oci-content.ts";

/** What lies in a repository under the digest that a build pushed. */
export interface PushedImage {
  readonly pushed: OciIndex | OciManifest;
  /** By the config of its image manifest. */
  readonly platform: string;
}

/** What the new index must hold for one platform. */
export interface ExpectedChild {
  readonly platform: string;
  readonly manifest: string;
  readonly attestations: readonly string[];
}

/** Problems, one sentence each, when the results are not exactly one for each asked platform, all of this revision and built alike. */
export function checkResults(
  platforms: readonly string[],
  results: readonly PlatformResult[],
  revision: string,
): readonly string[] {
  const built = results.map((result) => result.platform);
  const missing = platforms.filter((platform) => !built.includes(platform));
  const extra = [...new Set(built.filter((platform) => !platforms.includes(platform)))];
  const twice = [...new Set(built.filter((platform, index) => built.indexOf(platform) !== index))];
  return [
    ...missing.map((platform) => `${platform} was asked for and no build gave it.`),
    ...extra.map((platform) => `${platform} was built and not asked for.`),
    ...twice.map((platform) => `${platform} was built more than once.`),
    ...results
      .filter((result) => result.revision !== revision)
      .map((result) => `${result.platform} was built of ${result.revision}, not of ${revision}.`),
    ...compareBuilds(results),
  ];
}

function compareBuilds([first, ...others]: readonly PlatformResult[]): readonly string[] {
  if (first === undefined) return [];
  return others.flatMap((other) => {
    const inputs = compareFingerprints(first.fingerprint, other.fingerprint);
    if (inputs.length === 0) return [];
    return [
      `${other.platform} was built otherwise than ${first.platform}: ${inputs.join(", ")} differ. Give both the same, or name in \`volatile\` the build arguments that may differ.`,
    ];
  });
}

/**
 * Problems when what a build pushed is not one image of its platform. The platform is read from the image's config, which no
 * index can get wrong; an index must name the same, hold no second image, and its attestations must be about this one.
 */
export function checkPushed(result: PlatformResult, { pushed, platform }: PushedImage): readonly string[] {
  const problems: string[] = [];
  if (platform !== result.platform) {
    problems.push(`The image ${result.digest} is of ${platform}, not of ${result.platform}.`);
  }
  if (pushed.type === "manifest") {
    if (result.manifest !== result.digest) {
      problems.push(`${result.digest} is no index, so it cannot hold the manifest ${result.manifest}.`);
    }
    return problems;
  }
  const images = imagesOf(pushed);
  const only = images[0];
  if (only === undefined || images.length > 1) {
    return [
      ...problems,
      `The index ${result.digest} holds ${images.length} images, not only that of ${result.platform}.`,
    ];
  }
  if (only.digest !== result.manifest) {
    problems.push(`The index ${result.digest} holds the manifest ${only.digest}, not ${result.manifest}.`);
  }
  if (platformOf(only) !== result.platform) {
    problems.push(`The index ${result.digest} calls its image ${platformOf(only) ?? "no known platform"}.`);
  }
  return [...problems, ...checkAttestations(`The index ${result.digest}`, attestationsOf(pushed), [only.digest])];
}

/** What the new index must hold of one pushed image that passed `checkPushed`. */
export function expectChild(result: PlatformResult, pushed: PushedImage["pushed"]): ExpectedChild {
  const attestations = pushed.type === "index" ? attestationsOf(pushed).map((item) => item.digest) : [];
  return { platform: result.platform, manifest: result.manifest, attestations };
}

/**
 * Problems when an index is not exactly the expected children: each platform once with the very digest that was pushed, every
 * attestation of theirs and no other, and the planned annotations (a Docker manifest list has none).
 * `annotations` undefined: any will do.
 */
export function checkIndex(
  index: OciIndex,
  expected: readonly ExpectedChild[],
  annotations: Readonly<Record<string, string>> | undefined,
): readonly string[] {
  const problems: string[] = [];
  for (const { platform, manifest } of expected) {
    const found = imagesOf(index).filter((child) => platformOf(child) === platform);
    if (found.length !== 1) problems.push(`The index holds ${found.length} images of ${platform}.`);
    else if (found[0]?.digest !== manifest) {
      problems.push(`The index holds ${found[0]?.digest} for ${platform}, not ${manifest}.`);
    }
  }
  for (const child of imagesOf(index)) {
    const platform = platformOf(child);
    if (!expected.some((wanted) => wanted.platform === platform)) {
      problems.push(`The index holds ${child.digest} of ${platform ?? "no known platform"}, which was not asked for.`);
    }
  }
  problems.push(...compareAttestations(index, expected));
  if (annotations !== undefined && !isDockerList(index)) {
    problems.push(...compareAnnotations(index.annotations, annotations));
  }
  return problems;
}

function compareAttestations(index: OciIndex, expected: readonly ExpectedChild[]): readonly string[] {
  const wanted = expected.flatMap((child) => child.attestations);
  const found = attestationsOf(index).map((item) => item.digest);
  return [
    ...wanted.filter((digest) => !found.includes(digest)).map((digest) => `The index lost the attestation ${digest}.`),
    ...found
      .filter((digest, position) => !wanted.includes(digest) || found.indexOf(digest) !== position)
      .map((digest) => `The index holds the attestation ${digest}, which no build pushed.`),
    ...checkAttestations(
      "The index",
      attestationsOf(index),
      expected.map((child) => child.manifest),
    ),
  ];
}

function checkAttestations(
  where: string,
  attestations: readonly OciDescriptor[],
  images: readonly string[],
): readonly string[] {
  return attestations
    .filter((item) => !images.includes(subjectOf(item) ?? ""))
    .map(
      (item) => `${where} holds the attestation ${item.digest} about ${subjectOf(item) ?? "nothing"}, no image of it.`,
    );
}

function compareAnnotations(
  found: Readonly<Record<string, string>>,
  planned: Readonly<Record<string, string>>,
): readonly string[] {
  const keys = [...new Set([...Object.keys(planned), ...Object.keys(found)])];
  return keys
    .filter((key) => found[key] !== planned[key])
    .map((key) => `The annotation ${key} is ${quote(found[key])}, planned is ${quote(planned[key])}.`);
}

function quote(text: string | undefined): string {
  return text === undefined ? "missing" : JSON.stringify(text);
}

/** What an index must hold when these manifests were taken from it: its attestations about them, too. */
export function claimAttestations(
  index: OciIndex,
  children: readonly Pick<ExpectedChild, "platform" | "manifest">[],
): readonly ExpectedChild[] {
  return children.map(({ platform, manifest }) => ({
    ...{ platform, manifest },
    attestations: attestationsOf(index)
      .filter((item) => subjectOf(item) === manifest)
      .map((item) => item.digest),
  }));
}

/** A Docker manifest list, which has no place for annotations. */
export function isDockerList(index: OciIndex): boolean {
  return index.mediaType === "application/vnd.docker.distribution.manifest.list.v2+json";
}

/** What platforms pull of an index. */
export function imagesOf(index: OciIndex): readonly OciDescriptor[] {
  return index.manifests.filter((child) => !isAttestation(child));
}

function attestationsOf(index: OciIndex): readonly OciDescriptor[] {
  return index.manifests.filter(isAttestation);
}

/** https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md */
function subjectOf(attestation: OciDescriptor): string | undefined {
  return attestation.annotations?.["vnd.docker.reference.digest"];
}
