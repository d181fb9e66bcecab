import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/**
 * Files of these paths and globs, each once, in a fixed order. Globs know `*`, `?`, `[a-z]`, `{a,b}` and `**`; they do not go
 * through links to folders, and names that begin with a dot must be written with it. `globSync` of Node would do, but Node 20,
 * which commands for people run on, has none.
 */
export function listFiles(patterns: readonly string[]): readonly string[] {
  const found = patterns.flatMap((pattern) =>
    existsSync(pattern) ? [pattern] : expandBraces(pattern).flatMap((one) => matchFiles(one)),
  );
  return [...new Set(found)].sort();
}

/** `{a,b}.json` is two patterns. */
function expandBraces(pattern: string): readonly string[] {
  const braces = /\{([^{},]*,[^{}]*)\}/u.exec(pattern);
  if (braces === null) return [pattern];
  const [whole, choices = ""] = braces;
  const before = pattern.slice(0, braces.index);
  const after = pattern.slice(braces.index + whole.length);
  return choices.split(",").flatMap((choice) => expandBraces(`${before}${choice}${after}`));
}

function matchFiles(pattern: string): readonly string[] {
  const segments = pattern.split("/").filter((segment) => segment !== "" && segment !== ".");
  return walk(isAbsolute(pattern) ? "/" : "", segments);
}

/** What of `folder` (empty for the working directory) these segments of a pattern match. */
function walk(folder: string, [segment, ...rest]: readonly string[]): readonly string[] {
  if (segment === undefined) return [];
  if (segment === "**") {
    const inside = entriesOf(folder).filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
    const next = rest.length === 0 ? ["*"] : rest;
    return [...walk(folder, next), ...inside.flatMap(({ name }) => walk(join(folder, name), ["**", ...next]))];
  }
  const names = /[*?[]/u.test(segment)
    ? entriesOf(folder)
        .filter((entry) => rest.length === 0 || entry.isDirectory())
        .map(({ name }) => name)
        .filter(matcherOf(segment))
    : [segment];
  const paths = names.map((name) => join(folder, name)).filter((path) => existsSync(path));
  return rest.length === 0
    ? paths.filter((path) => statSync(path).isFile())
    : paths.flatMap((path) => walk(path, rest));
}

/** Nothing where it is no folder, or may not be read. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function matcherOf(segment: string): (name: string) => boolean {
  const source = segment.replace(/\[!?[^\]]+\]|[*?]|[^*?]/gsu, (part) => {
    if (part === "*") return ".*";
    if (part === "?") return ".";
    if (part.length > 1 && part.startsWith("[")) {
      const isNot = part.startsWith("[!");
      return `[${isNot ? "^" : ""}${part.slice(isNot ? 2 : 1, -1).replace(/[\\^[]/gu, "\\$&")}]`;
    }
    return part.replace(/[\\^$.|+()[\]{}/]/u, "\\$&");
  });
  try {
    const expression = new RegExp(`^${source}$`, "su");
    return (name) => (!name.startsWith(".") || segment.startsWith(".")) && expression.test(name);
  } catch {
    // A class such as `[z-a]` matches nothing.
    return () => false;
  }
}
