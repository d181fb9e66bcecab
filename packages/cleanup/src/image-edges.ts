import type { ViewedVersion } from "./package-view.ts";

/** Who keeps whom: places of versions, as in the view. */
export interface ImageEdges {
  /** What an index holds, as far as it is in the package */
  readonly children: readonly (readonly number[])[];
  /** What is about a version: by `subject`, by fallback tag, by cosign's tags */
  readonly referrers: readonly (readonly number[])[];
}

const none: readonly number[] = [];

export function readEdges(versions: readonly ViewedVersion[]): ImageEdges {
  const places = new Map(versions.map(({ version, at }) => [version.digest, at]));
  const referrers: (readonly number[])[] = versions.map(() => none);
  const addReferrer = (subject: string, at: number): void => {
    const place = places.get(subject);
    if (place === undefined || place === at) return;
    const known = referrers[place] ?? none;
    if (!known.includes(at)) referrers[place] = [...known, at];
  };
  const children = versions.map(({ at, manifest, tags }) => {
    if (manifest?.subject !== undefined) addReferrer(manifest.subject, at);
    for (const tag of tags) if (tag.as === "referrer") addReferrer(tag.subject, at);
    if (manifest === undefined || manifest.children.length === 0) return none;
    return manifest.children.flatMap((child) => places.get(child) ?? []);
  });
  return { children, referrers };
}
