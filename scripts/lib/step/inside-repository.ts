import { existsSync, lstatSync, realpathSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { InputError } from "@longshore/language";
import { quoteValue } from "./escape.ts";

/**
 * Follows a path that the repository or its caller gives. A link that the repository holds must not lead to files of the runner: they
 * would end in an image or a log. Gives the real path, or undefined where there is nothing; `path` counts from `folder`.
 * Throws InputError, one sentence that begins with `what`, where the path leaves `workspace`, as it is written or by a link.
 */
export function findInside(workspace: string, path: string, what: string, folder = workspace): string | undefined {
  const root = realpathSync(workspace);
  const asked = resolve(folder, path);
  const real = followLinks(asked);
  if ((isWithin(resolve(workspace), asked) || isWithin(root, asked)) && isWithin(root, real)) {
    return existsSync(real) ? real : undefined;
  }
  throw new InputError(`${what} is ${quoteValue(path)}, which lies outside the repository: use a path inside it.`);
}

/** Where the path leads; of one that does not exist, where its nearest folder leads. A link to nothing is taken for one that leaves. */
function followLinks(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  if (parent === path) return path;
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return sep;
  return resolve(followLinks(parent), relative(parent, path));
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
}
