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

// node:node:string_decoder
var require_node_string_decoder = __commonJS({
  "node:node:string_decoder"(exports, module) {
    module.exports = process.getBuiltinModule("node:string_decoder");
  }
});

// lib/programs/end-with-step.ts
var running = /* @__PURE__ */ new Set();
var signals = ["SIGINT", "SIGTERM", "SIGHUP"];
function endWithStep(group) {
  if (group === void 0) return () => {
  };
  if (running.size === 0) for (const signal of signals) process.on(signal, endAll);
  running.add(group);
  return () => {
    running.delete(group);
    if (running.size === 0) for (const signal of signals) process.off(signal, endAll);
  };
}
function endAll(signal) {
  for (const group of running) endGroup(group, "SIGTERM");
  running.clear();
  for (const name of signals) process.off(name, endAll);
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
function endGroup(group, signal) {
  try {
    if (group !== void 0) process.kill(-group, signal);
  } catch {
  }
}

// lib/programs/split-lines.ts
var import_node_string_decoder = __toESM(require_node_string_decoder(), 1);
var LONGEST_LINE = 64 * 1024;
function splitLines(tell, breaks) {
  const decoder = new import_node_string_decoder.StringDecoder("utf8");
  let begun = "";
  let isBegun = false;
  let isCut = false;
  const add = (part) => {
    isBegun ||= part !== "";
    isCut ||= begun.length + part.length > LONGEST_LINE;
    if (begun.length < LONGEST_LINE) begun += part.slice(0, LONGEST_LINE - begun.length);
  };
  const give = () => {
    tell(isCut ? `${begun}…` : begun);
    begun = "";
    isBegun = false;
    isCut = false;
  };
  const take = (text) => {
    const [first = "", ...more] = text.split(breaks);
    add(first);
    for (const line of more) {
      give();
      add(line);
    }
  };
  let held = "";
  return {
    write: (chunk) => {
      const text = held + (typeof chunk === "string" ? chunk : decoder.write(chunk));
      held = text.endsWith("\r") ? "\r" : "";
      take(held === "" ? text : text.slice(0, -1));
    },
    end: () => {
      take(held + decoder.end());
      if (isBegun) give();
    }
  };
}

// lib/programs/run-program.ts
var KEPT = 64 * 1024;
var MOST_KEPT = 16 * 1024 * 1024;
var MOST_PRINTED = 16 * 1024 * 1024;
async function runProgram(program, args, options = {}) {
  const { cwd = process.cwd(), env = {}, bare = false, print = false, onLine, input } = options;
  const surroundings = bare ? {} : withoutInputs(process.env);
  const settings = {
    ...{ cwd, env: { ...surroundings, ...env }, nothrow: true, quiet: true, stdio: "pipe" },
    ...{ detached: true, store: { stdout: forget(), stderr: forget(), stdall: forget() } }
  };
  const running2 = $(input === void 0 ? settings : { ...settings, input })`${program} ${[...args]}`;
  const release = endWithStep(running2.pid);
  running2.child?.stdin?.on("error", () => {
  });
  if (input === void 0) running2.stdin.end();
  const printers = print ? [printer(), printer()] : [];
  const lines = onLine === void 0 ? void 0 : splitLines(onLine, /\n/gu);
  const kept = [];
  let size = 0;
  let stderr = "";
  const hold = () => waitForReaders(running2.child);
  running2.stdout.on("data", (chunk) => {
    if (print) {
      printers[0]?.write(chunk);
      return hold();
    }
    size += chunk.length;
    if (size <= MOST_KEPT) kept.push(chunk);
    else endGroup(running2.pid, "SIGKILL");
  });
  running2.stderr.on("data", (chunk) => {
    printers[1]?.write(chunk);
    if (print) hold();
    lines?.write(chunk);
    stderr = `${stderr}${chunk}`.slice(-KEPT);
  });
  const { exitCode } = await running2.finally(release);
  for (const part of [...printers, lines]) part?.end();
  if (size > MOST_KEPT) throw new Error(`${program} says more than ${MOST_KEPT} bytes, which is no answer to be read.`);
  return { exitCode: exitCode ?? 1, stdout: Buffer.concat(kept).toString("utf8"), stderr };
}
function forget() {
  return Object.assign([], { push: () => 0 });
}
function printer() {
  let printed = 0;
  let waiting = [];
  const { write, end } = splitLines((line) => {
    if (printed > MOST_PRINTED) return;
    printed += line.length + 1;
    waiting.push(printed > MOST_PRINTED ? "(It says more than is shown here.)" : line);
  }, /\r\n|\n|\r/gu);
  const print = () => {
    if (waiting.length > 0) printText(`${waiting.join("\n")}
`);
    waiting = [];
  };
  return {
    write: (chunk) => {
      write(chunk);
      print();
    },
    end: () => {
      end();
      print();
    }
  };
}
function waitForReaders(child) {
  if (child === void 0 || !process.stdout.writableNeedDrain || child.stdout?.isPaused() === true) return;
  const streams = [child.stdout, child.stderr];
  for (const stream of streams) stream?.pause();
  const goOn = () => {
    for (const event of ["drain", "close", "error"]) process.stdout.off(event, goOn);
    for (const stream of streams) stream?.resume();
  };
  for (const event of ["drain", "close", "error"]) process.stdout.once(event, goOn);
}
function withoutInputs(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("INPUT_")));
}

export {
  runProgram
};
