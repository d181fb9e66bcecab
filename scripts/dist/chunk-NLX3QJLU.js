import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  __commonJS
} from "./chunk-VSKSHHTL.js";

// node:node:readline
var require_node_readline = __commonJS({
  "node:node:readline"(exports, module) {
    module.exports = process.getBuiltinModule("node:readline");
  }
});

export {
  require_node_readline
};
