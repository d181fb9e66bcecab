import { GitHubError } from "../lib/github/error.ts";
import { listPackageNames, type OwnerKind } from "../lib/github/packages-api.ts";
import type { GitHubRest } from "../lib/github/rest.ts";
import { showText } from "../lib/step/escape.ts";

/** The names as they are, and of patterns the owner's packages that match. Throws GitHubError where a pattern finds none. */
export async function findPackages(
  rest: GitHubRest,
  kind: OwnerKind,
  owner: string,
  wanted: readonly string[],
): Promise<readonly string[]> {
  if (!wanted.some(isPattern)) return wanted;
  const all = await listPackageNames(rest, kind, owner);
  const found = wanted.flatMap((name) => {
    if (!isPattern(name)) return [name];
    const parts = name.split("*").map((part) => part.replace(/[.\\+?^${}()|[\]]/gu, "\\$&"));
    const pattern = new RegExp(`^${parts.join(".*")}$`, "iu");
    const matching = all.filter((known) => pattern.test(known));
    if (matching.length === 0) {
      throw new GitHubError(
        `No container package of ${showText(owner)} matches ${name}: check the input \`package\`, and that the token sees the packages.`,
        404,
      );
    }
    return matching;
  });
  return [...new Set(found)];
}

function isPattern(name: string): boolean {
  return name.includes("*");
}
