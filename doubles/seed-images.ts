import { createHash } from "node:crypto";
import type { PackageStore, SeededManifest } from "./package-state.ts";
import { mediaTypes } from "./registry/manifest-content.ts";
import type { SeededImage, StoredManifest } from "./registry-view.ts";

const inToto = "application/vnd.in-toto+json";
const usualPlatforms = ["linux/amd64", "linux/arm64"];

/** Puts images in BuildKit's shape: per platform a manifest and an attestation, then the index over all. Returns the digests of the indexes. */
export function seedImages(
  packages: PackageStore,
  repository: string,
  seed: string,
  count: number,
  image: (index: number) => SeededImage,
  now: Date,
): readonly string[] {
  const indexes: string[] = [];
  packages.putAll(repository, rows(seed, count, image, now, indexes));
  return indexes;
}

function* rows(
  seed: string,
  count: number,
  image: (index: number) => SeededImage,
  now: Date,
  indexes: string[],
): Generator<SeededManifest> {
  for (let number = 0; number < count; number += 1) {
    const asked = image(number);
    const at = asked.createdAt ?? now;
    const parts = partsOf(`${seed}/${number}`, asked);
    for (const [place, part] of parts.entries()) {
      // Kept as its place only; its bytes are made again by who reads them.
      const manifest = () => stored(partsOf(`${seed}/${number}`, image(number))[place] as Part);
      const isIndex = place === parts.length - 1;
      if (isIndex) indexes.push(part.digest);
      const platformTag = part.platform === undefined ? undefined : asked.platformTags?.[part.platform];
      const tags = isIndex ? asked.tags : platformTag === undefined ? none : [platformTag];
      yield { digest: part.digest, manifest, tags, at };
    }
  }
}

const none: readonly string[] = [];

interface Part {
  readonly digest: string;
  readonly text: string;
  readonly mediaType: string;
  /** Of a platform's manifest. */
  readonly platform?: string;
}

/** The manifests of one image, children first. */
function partsOf(seed: string, image: SeededImage): readonly Part[] {
  const platforms = (image.platforms ?? usualPlatforms).map((platform) => platformManifest(seed, platform));
  const attestations = image.attestations === false ? [] : platforms.map((part) => attestationOf(seed, part));
  const entries = [
    ...platforms.map((part) => {
      const [os, architecture, variant] = (part.platform ?? "").split("/");
      return { ...descriptor(part), platform: { architecture, os, ...(variant === undefined ? {} : { variant }) } };
    }),
    ...attestations.map((part, place) => ({
      ...descriptor(part),
      annotations: {
        "vnd.docker.reference.digest": platforms[place]?.digest,
        "vnd.docker.reference.type": "attestation-manifest",
      },
      platform: { architecture: "unknown", os: "unknown" },
    })),
  ];
  const { annotations } = image;
  const more = annotations === undefined ? {} : { annotations };
  const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: entries, ...more };
  return [...platforms, ...attestations, part(index, mediaTypes.ociIndex)];
}

function platformManifest(seed: string, platform: string): Part {
  const config = blob("application/vnd.oci.image.config.v1+json", `${seed}/${platform}/config`, 4_000);
  const layer = "application/vnd.oci.image.layer.v1.tar+gzip";
  const layers = [blob(layer, `base/${platform}`, 30_000_000), blob(layer, `${seed}/${platform}/app`, 5_000_000)];
  const manifest = { schemaVersion: 2, mediaType: mediaTypes.ociManifest, config, layers };
  return { ...part(manifest, mediaTypes.ociManifest), platform };
}

function attestationOf(seed: string, { platform }: Part): Part {
  const config = blob("application/vnd.oci.image.config.v1+json", `${seed}/${platform}/statements`, 241);
  const layers = [
    {
      ...blob(inToto, `${seed}/${platform}/provenance`, 2_000),
      annotations: { "in-toto.io/predicate-type": "https://slsa.dev/provenance/v1" },
    },
  ];
  return part({ schemaVersion: 2, mediaType: mediaTypes.ociManifest, config, layers }, mediaTypes.ociManifest);
}

function blob(mediaType: string, name: string, size: number) {
  return { mediaType, digest: digestOfText(name), size };
}

function descriptor({ mediaType, digest, text }: Part) {
  return { mediaType, digest, size: Buffer.byteLength(text) };
}

function part(content: object, mediaType: string): Part {
  const text = JSON.stringify(content);
  return { digest: digestOfText(text), text, mediaType };
}

function stored({ digest, text, mediaType }: Part): StoredManifest {
  return { digest, mediaType, bytes: Buffer.from(text), content: JSON.parse(text) };
}

function digestOfText(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
