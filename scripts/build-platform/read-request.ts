import { InputError, normaliseImage } from "@longshore/language";
import {
  type BuildSecret,
  type CacheStore,
  type PlatformSelection,
  type Provenance,
  parseCacheStores,
  parsePairs,
  parsePlatformSelection,
  parsePlatforms,
  parseSecrets,
  parseVolatile,
  selectPlatforms,
} from "@longshore/publishing";
import { type ImagePlan, parseImagePlan } from "@longshore/tagging";
import { quoteValue } from "../lib/step/escape.ts";
import {
  readBoolean,
  readChoice,
  readDuration,
  readInteger,
  readLines,
  readList,
  readRequired,
  readText,
} from "../lib/step/inputs.ts";

/** What the step is asked for, all of it checked. */
export interface StepRequest {
  readonly plan: ImagePlan;
  /** Platforms of the whole image. */
  readonly platforms: readonly string[];
  readonly selection: PlatformSelection;
  /** Platforms this job builds. */
  readonly selected: readonly string[];
  readonly workspace: string;
  readonly target: string;
  readonly buildArgs: readonly string[];
  readonly buildContexts: readonly string[];
  readonly labels: readonly string[];
  readonly secrets: readonly BuildSecret[];
  readonly sshKey: string;
  /** Names of build arguments and labels that do not make it another build. */
  readonly volatile: readonly string[];
  /** Whether nothing is taken from the cache. */
  readonly noCache: boolean;
  readonly pull: boolean;
  /** Whether an image of before will do. */
  readonly reuse: boolean;
  readonly reproducible: boolean;
  /** What of them was checked out. */
  readonly submodules: "false" | "true" | "recursive";
  readonly provenance: Provenance;
  readonly sbom: boolean;
  readonly dockerMediaTypes: boolean;
  readonly cacheStores: readonly CacheStore[];
  readonly cacheImage: string;
  readonly attempts: number;
  /** Milliseconds. */
  readonly retryDelay: number;
}

/** Reads the inputs; throws InputError at the first that is wrong. Nothing is changed before all are right. */
export function readRequest(): StepRequest {
  const plan = parseImagePlan(readRequired("plan"));
  const platforms = parsePlatforms(readRequired("platforms"));
  const selection = parsePlatformSelection(readRequired("select"));
  const cacheImage = readText("cache-image");
  const reproducible = readBoolean("reproducible", false);
  const noCache = readBoolean("no-cache", false);
  const pull = readBoolean("pull", false);
  return {
    plan,
    platforms,
    selection,
    selected: selectPlatforms(platforms, selection),
    workspace: process.env.GITHUB_WORKSPACE || process.cwd(),
    target: readText("target"),
    buildArgs: parsePairs("build-args", readLines("build-args"), "NAME=value"),
    buildContexts: parsePairs("build-contexts", readLines("build-contexts"), "name=path-or-image"),
    labels: checkLabels(parsePairs("labels", readLines("labels"), "key=value")),
    secrets: parseSecrets(readText("secrets")),
    sshKey: readText("ssh-key"),
    volatile: parseVolatile(readList("volatile")),
    // What an earlier build left in the cache has the times of that build.
    noCache: noCache || reproducible,
    pull,
    // An image of before was built neither cold nor on the bases of now.
    reuse: readBoolean("reuse", true) && !noCache && !pull,
    reproducible,
    submodules: readChoice("submodules", ["false", "true", "recursive"], "false"),
    provenance: readChoice("provenance", ["auto", "max", "min", "none"], "auto"),
    sbom: readBoolean("sbom", false),
    dockerMediaTypes: readBoolean("docker-media-types", false),
    cacheStores: parseCacheStores(readList("cache")),
    cacheImage: cacheImage === "" ? (plan.images[0] ?? "") : normaliseImage(cacheImage),
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s"),
  };
}

/** By what an image is told from others. */
const identity =
  /^(?:dev\.longshore\.|org\.opencontainers\.image\.(?:source|url|revision|version|created|ref\.name)=)/u;

/** What cleanup and freshness checks read is not for callers to write. */
function checkLabels(labels: readonly string[]): readonly string[] {
  const own = labels.find((label) => identity.test(label));
  if (own === undefined) return labels;
  const key = own.slice(0, own.indexOf("="));
  throw new InputError(`Input labels sets ${quoteValue(key)}, which says what the image was built from: leave it out.`);
}
