import leven from "leven";

/** The known name that a misspelt one is nearest to; none where all are far. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  if (given.length > 60) return undefined;
  const distances = known.map((name) => ({ name, distance: leven(given.toLowerCase(), name) }));
  const [nearest] = distances.sort((left, right) => left.distance - right.distance);
  return nearest !== undefined && nearest.distance <= Math.max(2, Math.floor(given.length / 3))
    ? nearest.name
    : undefined;
}
