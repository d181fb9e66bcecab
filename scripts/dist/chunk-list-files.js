import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  findInside
} from "./chunk-inside-repository.js";
import {
  parseIgnoreList
} from "./chunk-decide-gate.js";
import {
  parsePlatform,
  require_node_path
} from "./chunk-semver.js";
import {
  quoteValue,
  require_node_fs
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// lib/scans/list-files.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);
function listFiles(patterns) {
  const found = patterns.flatMap(
    (pattern) => (0, import_node_fs.existsSync)(pattern) ? [pattern] : expandBraces(pattern).flatMap((one) => matchFiles(one))
  );
  return [...new Set(found)].sort();
}
function expandBraces(pattern) {
  const braces = /\{([^{},]*,[^{}]*)\}/u.exec(pattern);
  if (braces === null) return [pattern];
  const [whole, choices = ""] = braces;
  const before = pattern.slice(0, braces.index);
  const after = pattern.slice(braces.index + whole.length);
  return choices.split(",").flatMap((choice) => expandBraces(`${before}${choice}${after}`));
}
function matchFiles(pattern) {
  const segments = pattern.split("/").filter((segment) => segment !== "" && segment !== ".");
  return walk((0, import_node_path.isAbsolute)(pattern) ? "/" : "", segments);
}
function walk(folder, [segment, ...rest]) {
  if (segment === void 0) return [];
  if (segment === "**") {
    const inside = entriesOf(folder).filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
    const next = rest.length === 0 ? ["*"] : rest;
    return [...walk(folder, next), ...inside.flatMap(({ name }) => walk((0, import_node_path.join)(folder, name), ["**", ...next]))];
  }
  const names = /[*?[]/u.test(segment) ? entriesOf(folder).filter((entry) => rest.length === 0 || entry.isDirectory()).map(({ name }) => name).filter(matcherOf(segment)) : [segment];
  const paths = names.map((name) => (0, import_node_path.join)(folder, name)).filter((path) => (0, import_node_fs.existsSync)(path));
  return rest.length === 0 ? paths.filter((path) => (0, import_node_fs.statSync)(path).isFile()) : paths.flatMap((path) => walk(path, rest));
}
function entriesOf(folder) {
  try {
    return (0, import_node_fs.readdirSync)(folder === "" ? "." : folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
function matcherOf(segment) {
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
    return () => false;
  }
}

// lib/scans/scan-files.ts
var import_node_fs2 = __toESM(require_node_fs(), 1);
var placing = {
  source: "source",
  normalise: (platform) => {
    try {
      return parsePlatform(platform);
    } catch {
      return void 0;
    }
  }
};
var MOST_BYTES = 128 * 1024 * 1024;
function readInputFile(input, path) {
  let size;
  try {
    size = (0, import_node_fs2.statSync)(path).size;
    if (size <= MOST_BYTES) return (0, import_node_fs2.readFileSync)(path, "utf8");
  } catch (cause) {
    throw new InputError(`Input \`${input}\` names ${quoteValue(path, 300)}, which cannot be read: check the path.`, {
      cause
    });
  }
  throw new InputError(
    `Input \`${input}\` names ${quoteValue(path, 300)}, which holds ${size} bytes: at most ${MOST_BYTES} are read.`
  );
}
function readIgnoreFile(path) {
  if (path === "") return { entries: [], malformed: [] };
  findInside(process.env.GITHUB_WORKSPACE || process.cwd(), path, "Input `ignore-file`");
  return parseIgnoreList(readInputFile("ignore-file", path));
}

export {
  listFiles,
  placing,
  readInputFile,
  readIgnoreFile
};
