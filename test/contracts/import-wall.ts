/** Which rooms a file of a room may import, by package name; a relative import must stay inside its own room. */
const mayImport: Readonly<Record<string, RegExp>> = {
  "packages/language": /^$/,
  "packages/config": /^(@longshore\/language|leven|yaml)$/,
  "packages/tagging": /^(@longshore\/language|semver(\/.+)?|slugify)$/,
  "packages/publishing": /^@longshore\/(language|tagging)$/,
  "packages/cleanup": /^@longshore\/(language|tagging)$/,
  "packages/guard": /^@longshore\/(language|tagging)$/,
  scripts:
    /^(node:.+|@actions\/core|@octokit\/.+|yaml|zx(\/core)?|@longshore\/(cleanup|config(\/yaml)?|guard|language|publishing|tagging))$/,
};

/** What the core must not reach for: the clock, randomness and the process are arguments. */
const impure =
  /\b(process|globalThis|fetch|setTimeout|setInterval|performance|crypto|console)\b(?=[.([])|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b/g;

const imports =
  /(?:^|\n)\s*(?:import|export)\s[^"'`;()=]*?\bfrom\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g;

/** Rooms of the shell and of what plays it → whom else they may know, by the start of a path. Nothing points back, and nothing at test/. */
const mayKnow: Readonly<Record<string, readonly string[]>> = {
  "scripts/lib/step": [],
  "scripts/lib/http": [],
  "scripts/lib/github": ["scripts/lib/http", "scripts/lib/step"],
  "scripts/lib/programs": ["scripts/lib/step"],
  "scripts/lib/registry": ["scripts/lib/github", "scripts/lib/http", "scripts/lib/step"],
  "scripts/lib/scans": ["scripts/lib/step"],
  doubles: [],
  rehearsal: ["doubles", "scripts/lib/step"],
  tools: ["doubles", "rehearsal", "scripts/lib/step"],
};

/** Room of a path: `packages/<name>`, `scripts/lib/<room>`, `scripts/<step>`, `doubles`, `rehearsal`, `tools`, `test`; undefined elsewhere. */
function roomOf(path: string): string | undefined {
  return /^(packages\/[^/]+|scripts\/lib\/[^/]+|scripts\/[^/]+|doubles|rehearsal|tools|test)\//.exec(path)?.[1];
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

/** Whether a file of a room may import a file of another. A step knows the rooms of lib, and no other step. */
function mayImportFrom(room: string, target: string | undefined): boolean {
  if (target === room) return true;
  if (target === undefined) return false;
  return mayKnow[room]?.includes(target) ?? (room.startsWith("scripts/") && target.startsWith("scripts/lib/"));
}

/** What breaks the import wall in one file: one sentence each. */
export function wallProblems(path: string, text: string): readonly string[] {
  const room = roomOf(path);
  if (room === undefined || room === "test") return [];
  const code = withoutComments(text);
  const allowed = mayImport[room.startsWith("scripts/") ? "scripts" : room];
  const badImports = importsOf(text).filter((specifier) => {
    if (!specifier.startsWith(".")) return allowed !== undefined && !allowed.test(specifier);
    return !mayImportFrom(room, roomOf(resolvedFrom(path, specifier)));
  });
  const reaches = room.startsWith("packages/") ? [...new Set([...code.matchAll(impure)].map((match) => match[0]))] : [];
  return [
    ...badImports.map((specifier) => `${path} imports ${specifier}.`),
    ...reaches.map((name) => `${path} reaches for ${name}: take it as an argument.`),
  ];
}
