import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readPredicateType
} from "./chunk-read-predicate-type.js";
import {
  writeSummary
} from "./chunk-step-summary.js";
import {
  readLines,
  runStep,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  formatSize,
  require_node_path
} from "./chunk-semver.js";
import "./chunk-print-text.js";
import {
  codeText,
  escapeMarkdown,
  require_node_fs,
  showText
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// check-sboms/main.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);
var mostBytes = 16 * 1024 * 1024;
await runStep(async () => {
  const paths = readLines("sboms");
  if (paths.length === 0) throw new InputError("Input `sboms` is missing: give the path of one SBOM at least.");
  const found = { spdx: "", cyclonedx: "" };
  for (const path of paths) {
    const format = readPredicateType("sboms", path).startsWith("https://spdx.dev/") ? "spdx" : "cyclonedx";
    const { size } = (0, import_node_fs.statSync)(path);
    if (size <= mostBytes) {
      found[format] = path;
      continue;
    }
    const why = `has ${formatSize(size)}, and GitHub attests at most 16 MiB: it stays an artifact of this run, without an attestation. Make it smaller, or switch SBOMs off.`;
    warning(showText(`${(0, import_node_path.basename)(path)} ${why}`));
    writeSummary(`${codeText((0, import_node_path.basename)(path))} ${escapeMarkdown(why)}
`);
  }
  writeOutputs(found);
});
