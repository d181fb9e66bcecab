import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  require_promises
} from "./chunk-retry.js";
import {
  __toESM
} from "./chunk-runtime.js";

// lib/step/timing.ts
var import_promises = __toESM(require_promises(), 1);
var realTiming = { now: () => Date.now(), sleep: (milliseconds) => (0, import_promises.setTimeout)(milliseconds) };

export {
  realTiming
};
