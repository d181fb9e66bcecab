import { InputError, isRecord } from "@longshore/language";
import { parsePlatform } from "../build/platform.ts";
import { isDigest } from "../digest.ts";

/** A descriptor (OCI image-spec, descriptor.md): what an index or manifest points at. */
export interface OciDescriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface OciIndex {
  readonly type: "index";
  readonly mediaType: string;
  readonly manifests: readonly OciDescriptor[];
  readonly annotations: Readonly<Record<string, string>>;
}

export interface OciManifest {
  readonly type: "manifest";
  readonly mediaType: string;
  readonly config: OciDescriptor;
  readonly layers: readonly OciDescriptor[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** What an index may name: each part is asked for. The largest official images have some forty. */
const mostParts = 1000;

/**
 * Reads an index or manifest, OCI's or Docker's (image-spec image-index.md and manifest.md; Docker's v2.2 list and manifest have
 * the same shape). `what` names it in the InputError for anything else.
 */
export function parseOciContent(text: string, what: string): OciIndex | OciManifest {
  const value = parseJson(text);
  if (!isRecord(value)) throw new InputError(`${what} is no manifest: it is not a JSON object.`);
  const mediaType = typeof value.mediaType === "string" ? value.mediaType : "";
  const annotations = readStrings(value.annotations);
  if (Array.isArray(value.manifests)) {
    const { length } = value.manifests;
    if (length > mostParts)
      throw new InputError(`${what} names ${length} manifests: more than ${mostParts} are no image.`);
    return { type: "index", mediaType, manifests: value.manifests.map((item) => descriptor(item, what)), annotations };
  }
  if (!Array.isArray(value.layers)) throw new InputError(`${what} is neither an image index nor an image manifest.`);
  const layers = value.layers.map((item) => descriptor(item, what));
  return { type: "manifest", mediaType, config: descriptor(value.config, what), layers, annotations };
}

/** BuildKit's attestations are manifests of platform `unknown/unknown` that name the manifest they are about. */
export function isAttestation(descriptor: OciDescriptor): boolean {
  return descriptor.annotations?.["vnd.docker.reference.type"] === "attestation-manifest";
}

/** Normalised platform of a descriptor, such as `linux/arm/v7`; undefined where it names none that is known. */
export function platformOf({ platform }: OciDescriptor): string | undefined {
  if (platform === undefined) return undefined;
  const { os, architecture, variant = "" } = platform;
  try {
    return parsePlatform(variant === "" ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`);
  } catch {
    return undefined;
  }
}

/** Compressed bytes that a pull of this image transfers: config and layers. */
export function imageSize({ config, layers }: OciManifest): number {
  return layers.reduce((sum, layer) => sum + layer.size, config.size);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function descriptor(value: unknown, what: string): OciDescriptor {
  const { mediaType, digest, size, platform, annotations } = isRecord(value) ? value : {};
  if (typeof mediaType !== "string" || typeof digest !== "string" || !isDigest(digest) || typeof size !== "number") {
    throw new InputError(`${what} holds a descriptor without media type, digest or size.`);
  }
  return {
    ...{ mediaType, digest, size },
    ...(isRecord(platform) ? { platform: readPlatform(platform) } : {}),
    ...(annotations === undefined ? {} : { annotations: readStrings(annotations) }),
  };
}

function readPlatform({ os, architecture, variant }: Readonly<Record<string, unknown>>) {
  return { os: String(os), architecture: String(architecture), ...(variant ? { variant: String(variant) } : {}) };
}

function readStrings(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
