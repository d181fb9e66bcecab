import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  printText
} from "./chunk-print-text.js";
import {
  require_node_fs
} from "./chunk-escape.js";
import {
  __toESM
} from "./chunk-runtime.js";

// lib/step/print-help.ts
var import_node_fs = __toESM(require_node_fs(), 1);
async function printHelp(step) {
  const contract = new URL(`../${step}/action.yml`, import.meta.url);
  const text = (0, import_node_fs.existsSync)(contract) ? (0, import_node_fs.readFileSync)(contract, "utf8").split(/^runs:/mu)[0] : void 0;
  printText(
    `node scripts/dist/${step}.js: inputs are read from INPUT_<NAME>, outputs are written to the file GITHUB_OUTPUT.`
  );
  printText(text ?? `There is no contract of a step called ${step}.`);
}
export {
  printHelp
};
