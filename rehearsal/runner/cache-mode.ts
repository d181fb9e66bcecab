/** What a job may do with GitHub's cache: `read` and `write` or one of them, or nothing. */
export const cacheModes = ["none", "read", "write-only", "write"] as const;
export type CacheMode = (typeof cacheModes)[number];

/** May a job with this mode take something out, and put something in? */
export const mayRestore = (mode: CacheMode): boolean => mode === "read" || mode === "write";
export const maySave = (mode: CacheMode): boolean => mode === "write" || mode === "write-only";

/** The mode of a job in a called workflow: it can ask for less than its caller has, never for more. */
export function narrowMode(outer: CacheMode, own: CacheMode | undefined): CacheMode {
  if (own === undefined || own === outer) return outer;
  const restores = mayRestore(outer) && mayRestore(own);
  const saves = maySave(outer) && maySave(own);
  return restores && saves ? "write" : restores ? "read" : saves ? "write-only" : "none";
}
