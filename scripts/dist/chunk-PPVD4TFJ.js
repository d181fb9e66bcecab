import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  require_promises
} from "./chunk-PT2757AA.js";
import {
  __toESM
} from "./chunk-VSKSHHTL.js";

// lib/timing.ts
var import_promises = __toESM(require_promises(), 1);
var realTiming = { now: () => Date.now(), sleep: (milliseconds) => (0, import_promises.setTimeout)(milliseconds) };

export {
  realTiming
};
