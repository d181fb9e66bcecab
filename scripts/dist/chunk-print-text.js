import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  neutraliseLine
} from "./chunk-escape.js";

// lib/step/print-text.ts
function printText(text) {
  const lines = text.replace(/\r?\n$/u, "").split(/\r\n|\n|\r/u);
  process.stdout.write(`${lines.map(neutraliseLine).join("\n")}
`);
}

export {
  printText
};
