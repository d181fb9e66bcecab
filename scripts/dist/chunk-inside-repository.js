import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
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

// lib/step/inside-repository.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);
function findInside(workspace, path, what, folder = workspace) {
  const root = (0, import_node_fs.realpathSync)(workspace);
  const asked = (0, import_node_path.resolve)(folder, path);
  const real = followLinks(asked);
  if ((isWithin((0, import_node_path.resolve)(workspace), asked) || isWithin(root, asked)) && isWithin(root, real)) {
    return (0, import_node_fs.existsSync)(real) ? real : void 0;
  }
  throw new InputError(`${what} is ${quoteValue(path)}, which lies outside the repository: use a path inside it.`);
}
function followLinks(path) {
  if ((0, import_node_fs.existsSync)(path)) return (0, import_node_fs.realpathSync)(path);
  const parent = (0, import_node_path.dirname)(path);
  if (parent === path) return path;
  if ((0, import_node_fs.lstatSync)(path, { throwIfNoEntry: false })?.isSymbolicLink()) return import_node_path.sep;
  return (0, import_node_path.resolve)(followLinks(parent), (0, import_node_path.relative)(parent, path));
}
function isWithin(root, path) {
  return path === root || path.startsWith(root.endsWith(import_node_path.sep) ? root : `${root}${import_node_path.sep}`);
}

export {
  findInside
};
