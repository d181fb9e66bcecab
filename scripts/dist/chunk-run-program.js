import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  $
} from "./chunk-vendor-core.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  __commonJS,
  __toESM
} from "./chunk-runtime.js";

// node:node:readline
var require_node_readline = __commonJS({
  "node:node:readline"(exports, module) {
    module.exports = process.getBuiltinModule("node:readline");
  }
});

// lib/run-program.ts
var import_node_readline = __toESM(require_node_readline(), 1);
var KEPT = 64 * 1024;
async function runProgram(program, args, options = {}) {
  const { cwd = process.cwd(), env = {}, bare = false, print = false, onLine, input } = options;
  const surroundings = bare ? {} : withoutInputs(process.env);
  const settings = { cwd, env: { ...surroundings, ...env }, nothrow: true, quiet: true, stdio: "pipe" };
  const command = $(input === void 0 ? settings : { ...settings, input });
  const running = command`${program} ${[...args]}`;
  if (input === void 0) running.stdin.end();
  let stderr = "";
  const printed = print ? [running.stdout, running.stderr].map((stream) => {
    const lines = (0, import_node_readline.createInterface)({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on("line", printText);
    return new Promise((resolve) => lines.on("close", resolve));
  }) : [];
  let begun = "";
  running.stderr.on("data", (chunk) => {
    stderr = `${stderr}${chunk}`.slice(-KEPT);
    if (onLine === void 0) return;
    const lines = `${begun}${chunk}`.split("\n");
    begun = (lines.pop() ?? "").slice(0, KEPT);
    lines.forEach(onLine);
  });
  const { exitCode, stdout } = await running;
  await Promise.all(printed);
  return { exitCode: exitCode ?? 1, stdout, stderr };
}
function withoutInputs(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("INPUT_")));
}

export {
  runProgram
};
