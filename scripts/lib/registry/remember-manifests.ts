import { isDigest } from "@longshore/publishing";
import type { Manifest } from "./manifest.ts";

/** Bytes that are kept. What is more is read again where it is asked for again. */
const most = 16 * 1024 * 1024;

/**
 * Content never changes under its digest: each is read once, also by those that ask while it is under way. That there is none
 * may change, and is not kept.
 */
export function rememberManifests(): (
  reference: string,
  read: () => Promise<Manifest | undefined>,
) => Promise<Manifest | undefined> {
  const known = new Map<string, Promise<Manifest | undefined>>();
  let bytes = 0;
  const keep = (manifest: Manifest): boolean => {
    if (bytes + manifest.bytes.length > most) return false;
    bytes += manifest.bytes.length;
    return true;
  };
  return (reference, read) => {
    const before = known.get(reference);
    if (before !== undefined) return before;
    const asked = read();
    if (!isDigest(reference)) {
      return asked.then((found) => {
        if (found !== undefined && !known.has(found.digest) && keep(found)) known.set(found.digest, asked);
        return found;
      });
    }
    known.set(reference, asked);
    const forget = () => known.delete(reference);
    asked.then((found) => (found !== undefined && keep(found) ? undefined : forget()), forget);
    return asked;
  };
}
