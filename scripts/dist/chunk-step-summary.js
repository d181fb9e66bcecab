import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  require_node_fs
} from "./chunk-escape.js";
import {
  __toESM
} from "./chunk-runtime.js";

// lib/step/summary.ts
var import_node_fs = __toESM(require_node_fs(), 1);
function formatMarkdownTable({ header, rows }) {
  const lines = [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${lines.join("\n")}

`;
}
function writeSummary(markdown, path = process.env.GITHUB_STEP_SUMMARY) {
  if (path) (0, import_node_fs.appendFileSync)(path, markdown.endsWith("\n") ? markdown : `${markdown}
`);
}
function formatTextTable(rows) {
  const widths = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  return rows.map(
    (row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()
  ).join("\n");
}

export {
  formatMarkdownTable,
  writeSummary,
  formatTextTable
};
