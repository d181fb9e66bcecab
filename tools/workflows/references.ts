/** Where product repositories find us: `uses: longshore-ci/longshore/.github/workflows/build-image.yml@v1`. */
export const publishedAs = "longshore-ci/longshore";

const published = new RegExp(`^${publishedAs}/(.+)@v1$`);

/** Is it a step or workflow of this repository, by `$/` or (in examples) by its released name? */
export function isSelfReference(uses: string): boolean {
  return uses.startsWith("$/") || published.test(uses);
}

/** Path in this repository: `$/scripts/x` → `scripts/x`. */
export function selfPath(uses: string): string {
  return uses.startsWith("$/") ? uses.slice(2) : (published.exec(uses)?.[1] ?? uses);
}
