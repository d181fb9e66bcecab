import { type CacheHits, parseCacheLine } from "./cache-line.ts";

/**
 * What the builds of one job had from the cache, one of each platform, out of the log that GitHub keeps of it: each line is dated
 * (`2026-11-21T10:00:00.0000000Z …`). What builds and smoke tests print stands in groups, where anybody may write anything.
 */
export function readCacheLog(log: string): readonly CacheHits[] {
  const told = new Map<string, CacheHits>();
  let isInGroup = false;
  for (const line of log.split("\n")) {
    const [, said = ""] = /^\ufeff?\d{4}-\d\d-\d\dT[\d:.]{8,20}Z (.{0,200}?)\r?$/u.exec(line) ?? [];
    const [, mark] = /^##\[(group|endgroup)\]/u.exec(said) ?? [];
    if (mark !== undefined) isInGroup = mark === "group";
    const hits = isInGroup ? undefined : parseCacheLine(said);
    if (hits !== undefined) told.set(hits.platform, hits);
  }
  return [...told.values()];
}
