/** Which rooms a file of a room may import, by package name; a relative import must stay inside its own room. */
const mayImport: Readonly<Record<string, RegExp>> = {
  "packages/language": /^$/,
  "packages/config": /^(@longshore\/language|leven|yaml)$/,
  "packages/tagging": /^(@longshore\/language|semver(\/.+)?|slugify)$/,
  "packages/publishing": /^@longshore\/(language|tagging)$/,
  "packages/cleanup": /^@longshore\/(language|tagging)$/,
  "packages/guard": /^@longshore\/(language|tagging)$/,
  "scripts/lib":
    /^(node:.+|@actions\/core|@octokit\/.+|zx(\/core)?|@longshore\/(cleanup|config(\/yaml)?|guard|language|publishing|tagging))$/,
  scripts:
    /^(node:.+|@actions\/core|@octokit\/.+|yaml|zx(\/core)?|@longshore\/(cleanup|config(\/yaml)?|guard|language|publishing|tagging))$/,
};

/** What the core must not reach for: the clock, randomness and the process are arguments. */
const impure =
  /\b(process|globalThis|fetch|setTimeout|setInterval|performance|crypto|console)\b(?=[.([])|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b/g;

const imports =
  /(?:^|\n)\s*(?:import|export)\s[^"'`;()=]*?\bfrom\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g;

/** Room of a path of this repository: `packages/<name>`, `scripts/lib` or `scripts/<step>`; undefined elsewhere. */
function roomOf(path: string): string | undefined {
  return /^(packages\/[^/]+|scripts\/[^/]+)\//.exec(path)?.[1];
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

function resolvedFrom(path: string, specifier: string): string {
  return new URL(specifier, `file:///${path}`).pathname.slice(1);
}

/** What a file imports, as it is written there. */
export function importsOf(text: string): readonly string[] {
  return [...withoutComments(text).matchAll(imports)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** What breaks the import wall in one file of `packages` or `scripts`: one sentence each. */
export function wallProblems(path: string, text: string): readonly string[] {
  const room = roomOf(path);
  if (room === undefined) return [];
  const code = withoutComments(text);
  const allowed = mayImport[room] ?? mayImport.scripts;
  const badImports = importsOf(text).filter((specifier) => {
    if (!specifier.startsWith(".")) return !allowed?.test(specifier);
    const target = roomOf(resolvedFrom(path, specifier));
    return !(target === room || (target === "scripts/lib" && room.startsWith("scripts/")));
  });
  const reaches = room.startsWith("packages/") ? [...new Set([...code.matchAll(impure)].map((match) => match[0]))] : [];
  return [
    ...badImports.map((specifier) => `${path} imports ${specifier}.`),
    ...reaches.map((name) => `${path} reaches for ${name}: take it as an argument.`),
  ];
}
