export interface FlawIds {
  /** What it is called: the CVE where there is exactly one, as scanners agree on CVEs only, else the scanner's own id. */
  readonly id: string;
  /** Each of these names all of it: the id, its aliases, advisories that hold it. */
  readonly ids: readonly string[];
  /** The flaws of an advisory that bundles several, which name it only together; none where it is one flaw. */
  readonly parts: readonly string[];
}

/**
 * Tells aliases of one flaw from an advisory that bundles several (ALAS, RHSA, ELSA). A `GHSA-…` with one CVE is that CVE; an
 * advisory with three is none of the three. All ids in upper case, in any order but the first.
 * @param own the scanner's own id of what it found
 * @param related other ids that it gives it
 * @param advisories ids of advisories that hold all of it
 */
export function readFlawIds(own: string, related: readonly string[], advisories: readonly string[] = []): FlawIds {
  const named = own.trim().toUpperCase();
  const clean = (ids: readonly string[]): readonly string[] => [
    ...new Set(ids.map((id) => id.trim().toUpperCase()).filter((id) => id !== "" && id !== named)),
  ];
  const others = clean(related);
  const cves = others.filter(isCve);
  const holders = clean(advisories);
  if (isCve(named)) {
    // Another CVE is another flaw; what is none is an alias of this one, or an advisory that holds it.
    return { id: named, ids: [...new Set([named, ...others.filter((id) => !isCve(id)), ...holders])], parts: [] };
  }
  const flaws = cves.length > 0 ? cves : others;
  const [only, ...more] = flaws;
  if (only === undefined || more.length === 0) {
    const id = only !== undefined && isCve(only) ? only : named;
    return { id, ids: [...new Set([id, named, ...flaws, ...holders])], parts: [] };
  }
  return { id: named, ids: [...new Set([named, ...holders])], parts: flaws };
}

function isCve(id: string): boolean {
  return id.startsWith("CVE-");
}
