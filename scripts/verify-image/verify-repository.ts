import { type HealthProblem, judgeTagHealth, movingTagsOf } from "@longshore/publishing";
import type { ImageHealth, TagHealth } from "../lib/health-report.ts";
import { mapParallel } from "../lib/parallel.ts";
import { type ReadImage, readImage } from "../lib/read-image.ts";
import type { Registry } from "../lib/registry.ts";
import { checkAttestation, checkSignature } from "./check-signature.ts";
import type { VerifySettings } from "./read-settings.ts";

const together = 4;

/** Looks at the tags of one repository. Never throws: what cannot be read is a problem like others. */
export async function verifyRepository(
  registry: Registry,
  settings: VerifySettings,
  now: number,
): Promise<ImageHealth> {
  const { image } = registry;
  const verified = new Map<string, Promise<readonly HealthProblem[]>>();
  /** Several tags often name one digest, which is verified once. */
  const checkOnce = (digest: string): Promise<readonly HealthProblem[]> => {
    const known = verified.get(digest) ?? checkTrust(`${image}@${digest}`, settings);
    verified.set(digest, known);
    return known;
  };
  let tags: readonly string[];
  try {
    tags = settings.tags.length > 0 ? settings.tags : await listMovingTags(registry, settings);
  } catch (error) {
    return { image, tags: [], problems: [{ kind: "not-readable", detail: sentence(error) }] };
  }
  const problems: readonly HealthProblem[] =
    tags.length > 0 ? [] : [{ kind: "not-resolving", detail: "No moving tag is published here." }];
  const looked = await mapParallel(tags, together, (tag) => verifyTag(registry, tag, settings, now, checkOnce));
  return { image, problems, tags: looked };
}

async function listMovingTags(registry: Registry, settings: VerifySettings): Promise<readonly string[]> {
  return movingTagsOf((await registry.listTags()) ?? [], settings);
}

async function verifyTag(
  registry: Registry,
  tag: string,
  { platforms, maximumAge }: VerifySettings,
  now: number,
  checkOnce: (digest: string) => Promise<readonly HealthProblem[]>,
): Promise<TagHealth> {
  const nothing = { digest: "", revision: "", created: "", manifests: {} };
  try {
    const seen = await readImage(registry, tag);
    const judged = judgeTagHealth(seen && { ...seen, platforms: [...seen.platforms.keys()] }, {
      ...{ platforms, maximumAge, now },
    });
    if (seen === undefined) return { tag, ...nothing, problems: judged };
    return {
      ...{ tag, digest: seen.digest, created: seen.created, revision: seen.facts.revision ?? "" },
      manifests: manifestsOf(seen),
      problems: [...judged, ...(await checkOnce(seen.digest))],
    };
  } catch (error) {
    return { tag, ...nothing, problems: [{ kind: "not-readable", detail: sentence(error) }] };
  }
}

/** Of platforms that a client can ask for. */
function manifestsOf({ platforms, missing }: ReadImage): TagHealth["manifests"] {
  const gone = new Set(missing.map(({ digest }) => digest));
  return Object.fromEntries([...platforms].filter(([platform, digest]) => platform !== "unknown" && !gone.has(digest)));
}

async function checkTrust(
  reference: string,
  { signature, attestation }: VerifySettings,
): Promise<readonly HealthProblem[]> {
  return [
    ...(signature === undefined ? [] : await checkSignature(reference, signature)),
    ...(attestation === undefined ? [] : await checkAttestation(reference, attestation)),
  ];
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
