import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readRunAttempt
} from "./chunk-run-attempt.js";
import {
  readRequired,
  runStep,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  groupBy,
  require_node_path
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  quoteValue,
  require_node_fs,
  showText
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// pick-newest/pick-newest.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);
function pickNewest(path, attempt) {
  const folders = readFolders(path).flatMap((name) => {
    const [, stem, number] = /^(.+)-([1-9]\d{0,5})$/u.exec(name) ?? [];
    return stem === void 0 ? [] : [{ name, stem, attempt: Number(number) }];
  });
  const possible = folders.filter((each) => each.attempt <= attempt);
  const newest = [...groupBy(possible, ({ stem }) => stem).values()].flatMap(
    (group) => group.toSorted((one, other) => other.attempt - one.attempt).slice(0, 1)
  );
  for (const { name } of newest) {
    for (const file of (0, import_node_fs.readdirSync)((0, import_node_path.join)(path, name))) {
      if ((0, import_node_fs.existsSync)((0, import_node_path.join)(path, file))) {
        throw new InputError(
          `Input \`path\` is ${quoteValue(path, 300)}, where the artifact ${quoteValue(name)} and another hold a file ${quoteValue(file)}: give each its own.`
        );
      }
      (0, import_node_fs.renameSync)((0, import_node_path.join)(path, name, file), (0, import_node_path.join)(path, file));
    }
  }
  const left = folders.filter((each) => each.attempt > attempt);
  return { picked: newest.map(({ name }) => name), left: left.map(({ name }) => name) };
}
function readFolders(path) {
  try {
    return (0, import_node_fs.readdirSync)(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  } catch (cause) {
    if (cause.code === "ENOENT") return [];
    throw new InputError(
      `Input \`path\` is ${quoteValue(path, 300)}, which is no folder that can be read: give where the artifacts were downloaded.`,
      { cause }
    );
  }
}

// pick-newest/main.ts
await runStep(async () => {
  const { picked, left } = pickNewest(readRequired("path"), readRunAttempt());
  for (const name of picked) printText(`Took ${name}.`);
  for (const name of left)
    warning(showText(`The artifact ${name} is of no attempt that this run has had: it is not taken.`));
  writeOutputs({ artifacts: picked.join("\n") });
});
