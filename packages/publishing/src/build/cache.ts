import { InputError } from "@longshore/language";
import { formatCacheTag, type ImagePlan } from "@longshore/tagging";
import { formatCsv } from "./csv.ts";
import { nameHash } from "./name-hash.ts";
import { platformSlug } from "./platform.ts";

export type CacheStore = "gha" | "registry";

export interface CacheRequest {
  readonly stores: readonly CacheStore[];
  /** Whether the runner gave the access that BuildKit's `type=gha` needs. */
  readonly ghaReachable: boolean;
  /** Repository of the registry cache. */
  readonly repository: string;
  readonly plan: ImagePlan;
  readonly platform: string;
  /** A cold build reads nothing, but what it made is worth keeping. */
  readonly cold: boolean;
  readonly dockerMediaTypes: boolean;
}

export interface CachePlan {
  /** Values of `--cache-from`, in the order they are read. */
  readonly from: readonly string[];
  /** Values of `--cache-to`. */
  readonly to: readonly string[];
  readonly notices: readonly string[];
}

/** Input `cache`: the stores, or none. Throws InputError. */
export function parseCacheStores(items: readonly string[]): readonly CacheStore[] {
  if (items.length === 1 && items[0] === "none") return [];
  const stores = items.map((item) => {
    if (item === "gha" || item === "registry") return item;
    throw new InputError(`Input cache names ${JSON.stringify(item)}: use gha, registry, both (gha,registry) or none.`);
  });
  return [...new Set(stores)];
}

/**
 * Read order: this branch, then the default branch, first from GitHub's cache and then from the registry. Scopes are kept apart
 * by image, component, suffix and platform, so that no build overwrites another's cache.
 */
export function planCache(request: CacheRequest): CachePlan {
  const { plan, ghaReachable } = request;
  const scopes = [...new Set([plan.cache.own, plan.cache.fallback])].filter((scope) => scope !== "");
  const stores = request.stores.filter((store) => store !== "gha" || ghaReachable);
  const locations = stores.flatMap((store) => scopes.map((scope) => location(store, scope, request)));
  const own = plan.cache.own === "" ? [] : stores.map((store) => location(store, plan.cache.own, request));
  const unreachable = request.stores.includes("gha") && !ghaReachable;
  return {
    from: request.cold ? [] : locations.map(formatCsv),
    to: plan.cache.write ? own.map((pairs) => formatCsv([...pairs, ...exportOptions(pairs, request)])) : [],
    notices: unreachable
      ? [
          "GitHub's cache is not used: ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not in this step's environment.",
        ]
      : [],
  };
}

type Pairs = readonly (readonly [key: string, value: string])[];

function location(store: CacheStore, scope: string, { plan, platform, repository }: CacheRequest): Pairs {
  const slug = platformSlug(platform);
  const image = plan.images[0] ?? "";
  if (store === "gha") {
    // Also apart by repository of the image: several images may be built from one branch of one git repository.
    const parts = ["longshore", image, plan.component, slug, scope].filter((part) => part !== "");
    return [["type", "gha"], ["scope", parts.join("-").replaceAll(/[^A-Za-z0-9._-]+/g, "-")]]; // biome-ignore format: one location a line
  }
  // In the image's own repository its components are apart already, unless they share it; a shared cache repository needs more.
  const owner = plan.component || (repository === image ? "" : image.slice(image.lastIndexOf("/") + 1));
  return [["type", "registry"], ["ref", `${repository}:${cacheTag(slug, owner === "" ? scope : `${scope}-${owner}`)}`]]; // biome-ignore format: as above
}

/** Never fails a finished build. `image-manifest` makes the cache a manifest that registries and cleanup can read. */
function exportOptions(pairs: Pairs, { dockerMediaTypes }: CacheRequest): Pairs {
  const common: Pairs = [["mode", "max"], ["ignore-error", "true"]]; // biome-ignore format: short
  if (pairs[0]?.[1] === "gha") return common;
  return dockerMediaTypes
    ? [...common, ["image-manifest", "false"], ["oci-mediatypes", "false"]]
    : [...common, ["image-manifest", "true"], ["oci-mediatypes", "true"]];
}

const LONGEST_TAG = 128; // OCI distribution-spec, "Pulling manifests"

function cacheTag(slug: string, scope: string): string {
  const tag = formatCacheTag(slug, scope);
  if (tag.length <= LONGEST_TAG) return tag;
  const mark = nameHash(scope);
  return formatCacheTag(slug, `${scope.slice(0, scope.length - (tag.length - LONGEST_TAG) - mark.length - 1)}-${mark}`);
}
