import {
  labelsToRead,
  type ManifestEntry,
  manifestsToRead,
  type PrunePlan,
  type PruneRules,
  parseManifestFacts,
  planPrune,
} from "@longshore/cleanup";
import type { World } from "./history.ts";

/** Manifests that cannot be read, by digest, and whether the registry says that it has none. */
export type Weather = ReadonlyMap<string, { readonly missing: boolean }>;

export interface Reading {
  readonly graph: Map<string, ManifestEntry>;
  /** In the order they were read */
  readonly reads: readonly string[];
}

/** Reads what a plan needs, as a step would. */
export function readWorld(world: World, weather: Weather = new Map()): Reading {
  const graph = new Map<string, ManifestEntry>();
  const reads: string[] = [];
  for (const wave of manifestsToRead(world.versions, graph)) {
    for (const digest of wave) graph.set(digest, readOne(world, digest, weather));
    reads.push(...wave);
  }
  for (const { manifests, configs } of labelsToRead(world.versions, graph)) {
    for (const digest of [...manifests, ...configs]) graph.set(digest, readOne(world, digest, weather));
    reads.push(...manifests);
  }
  return { graph, reads };
}

export function readOne(world: World, digest: string, weather: Weather): ManifestEntry {
  const trouble = weather.get(digest);
  if (trouble !== undefined) return { digest, unreadable: trouble.missing ? "404" : "502", missing: trouble.missing };
  return parseManifestFacts(digest, world.manifests.get(digest) ?? "");
}

/** Reads and plans until nothing is undecided. */
export function planWorld(world: World, rules: PruneRules, weather: Weather = new Map()): PrunePlan {
  const { graph } = readWorld(world, weather);
  for (let plan = planPrune(world.versions, graph, world.facts, rules); ; ) {
    const unread = plan.undecided;
    if (unread.length === 0) return plan;
    for (const digest of unread) graph.set(digest, readOne(world, digest, weather));
    plan = planPrune(world.versions, graph, world.facts, rules);
  }
}

/** The world after these digests are gone. */
export function without(world: World, digests: Iterable<string>): World {
  const gone = new Set(digests);
  return {
    ...world,
    versions: world.versions.filter(({ digest }) => !gone.has(digest)),
    facts: { ...world.facts, deleted: new Set([...(world.facts.deleted ?? []), ...gone]) },
  };
}
