import { type HealthProblem, judgeTagHealth, movingTagsOf, readReferrers, type Trust } from "@longshore/publishing";
import { formatReferrersTag, formatSignatureTags } from "@longshore/tagging";
import { mapParallel } from "../lib/http/parallel.ts";
import { type ReadImage, readImage } from "../lib/registry/read-image.ts";
import { isTransientError, type Registry } from "../lib/registry/registry.ts";
import type { ImageHealth, TagHealth } from "../lib/scans/health-report.ts";
import { checkAttestation, checkSignature, type Patience } from "./check-trust.ts";
import type { VerifySettings } from "./read-settings.ts";

/** What is asked of one repository. */
export type RepositoryChecks = Pick<
  VerifySettings,
  "tags" | "suffixes" | "defaultBranch" | "platforms" | "maximumAge"
> &
  Pick<VerifySettings, "attestation"> & { readonly trust: Trust | undefined };

const together = 4;

/** Digests of one repository whose signatures are verified: at a few seconds each more would not end in time. */
const mostVerified = 256;

/** Looks at the tags of one repository. Never throws: what cannot be read is told like all else. */
export async function verifyRepository(
  registry: Registry,
  settings: RepositoryChecks,
  now: number,
  patience: Patience,
): Promise<ImageHealth> {
  const { image } = registry;
  let tags: readonly string[];
  try {
    tags = settings.tags.length > 0 ? settings.tags : await listMovingTags(registry, settings);
  } catch (error) {
    return { image, tags: [], problems: [describeFailure(error)] };
  }
  const looked = await mapParallel(tags, together, (tag) => lookAtTag(registry, tag, settings, now));
  const trusted = await verifyDigests(registry, looked, settings, patience);
  const problems: readonly HealthProblem[] =
    tags.length > 0 ? trusted.problems : [{ kind: "not-resolving", detail: "No moving tag is published here." }];
  const judged = looked.map(({ health, digests }): TagHealth => {
    const found = digests.flatMap(({ digest }) => trusted.byDigest.get(digest) ?? []);
    return { ...health, problems: [...health.problems, ...found] };
  });
  return { image, problems, tags: judged };
}

async function listMovingTags(registry: Registry, settings: RepositoryChecks): Promise<readonly string[]> {
  return movingTagsOf((await registry.listTags()) ?? [], settings);
}

interface SignedDigest {
  readonly digest: string;
  /** Of a platform's image; undefined for what the tag names itself. */
  readonly platform?: string;
}

interface LookedTag {
  /** Without what cosign and gh say. */
  readonly health: TagHealth;
  /** What sign-image signs of it, as far as it is there: what the tag names, and each platform. */
  readonly digests: readonly SignedDigest[];
}

async function lookAtTag(
  registry: Registry,
  tag: string,
  { platforms, maximumAge }: RepositoryChecks,
  now: number,
): Promise<LookedTag> {
  const nothing = { tag, digest: "", revision: "", created: "", manifests: {} };
  try {
    const seen = await readImage(registry, tag);
    const rules = { platforms, maximumAge, now };
    const problems = judgeTagHealth(seen && { ...seen, platforms: [...seen.platforms.keys()] }, rules);
    if (seen === undefined) return { health: { ...nothing, problems }, digests: [] };
    const { digest, created, facts } = seen;
    const gone = new Set(seen.missing.map((part) => part.digest));
    return {
      health: { tag, digest, created, revision: facts.revision ?? "", manifests: manifestsOf(seen, gone), problems },
      digests: [{ digest }, ...seen.images.filter((image) => !gone.has(image.digest))],
    };
  } catch (error) {
    return { health: { ...nothing, problems: [describeFailure(error)] }, digests: [] };
  }
}

/** Of platforms that a client can ask for. */
function manifestsOf({ platforms }: ReadImage, gone: ReadonlySet<string>): TagHealth["manifests"] {
  return Object.fromEntries([...platforms].filter(([platform, digest]) => platform !== "unknown" && !gone.has(digest)));
}

/** Several tags often name one digest, and several images hold one: each is verified once. */
async function verifyDigests(
  registry: Registry,
  looked: readonly LookedTag[],
  settings: RepositoryChecks,
  patience: Patience,
): Promise<{
  readonly byDigest: ReadonlyMap<string, readonly HealthProblem[]>;
  /** Of the repository as a whole. */
  readonly problems: readonly HealthProblem[];
}> {
  if (settings.trust === undefined && settings.attestation === undefined) return { byDigest: new Map(), problems: [] };
  const all = looked.flatMap(({ digests }) => digests);
  // What a tag names itself counts as that, wherever else it is a part.
  const named = all.filter(({ platform }) => platform === undefined);
  const unique = [...new Map([...all, ...named].map((one) => [one.digest, one])).values()];
  const sorted = [...unique].sort((one, other) => Number("platform" in one) - Number("platform" in other));
  const verified = await mapParallel(sorted.slice(0, mostVerified), together, async (one) => {
    return [one.digest, await verifyDigest(registry, one, settings, patience)] as const;
  });
  const left = sorted.length - verified.length;
  const detail = `The signatures of ${left} of ${sorted.length} digests were not checked, as ${mostVerified} are the most: name the \`tags\` that matter.`;
  return { byDigest: new Map(verified), problems: left > 0 ? [{ kind: "not-checked", detail }] : [] };
}

async function verifyDigest(
  registry: Registry,
  { digest, platform }: SignedDigest,
  { trust, attestation }: RepositoryChecks,
  patience: Patience,
): Promise<readonly HealthProblem[]> {
  const reference = `${registry.image}@${digest}`;
  const about = { platform, isKept: () => keepsCompanions(registry, digest) };
  return [
    ...(trust === undefined ? [] : await checkSignature(reference, trust, about, patience)),
    // GitHub's attestation is of the digest that the tag names.
    ...(attestation === undefined || platform !== undefined
      ? []
      : await checkAttestation(reference, attestation, patience)),
  ];
}

/** Whether anything lies beside a manifest in which cosign could find a signature. Throws RegistryError. */
async function keepsCompanions(registry: Registry, digest: string): Promise<boolean> {
  const told = await registry.getReferrers(digest);
  if (readReferrers(told && { parsed: told }, digest, []).length > 0) return true;
  if (readReferrers(await registry.getManifest(formatReferrersTag(digest)), digest, []).length > 0) return true;
  const [signature = ""] = formatSignatureTags(digest);
  return (await registry.headManifest(signature)) !== undefined;
}

/** A registry that fails for the moment, after all attempts, says nothing about the image; one that refuses does. */
function describeFailure(error: unknown): HealthProblem {
  const detail = error instanceof Error ? error.message : String(error);
  return isTransientError(error)
    ? { kind: "not-checked", detail: `It could not be looked at, which says nothing about the image: ${detail}` }
    : { kind: "not-readable", detail };
}
