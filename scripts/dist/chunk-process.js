import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  __commonJS
} from "./chunk-runtime.js";

// node:buffer
var require_buffer = __commonJS({
  "node:buffer"(exports, module) {
    module.exports = process.getBuiltinModule("buffer");
  }
});

// node:process
var require_process = __commonJS({
  "node:process"(exports, module) {
    module.exports = process.getBuiltinModule("process");
  }
});

export {
  require_buffer,
  require_process
};
