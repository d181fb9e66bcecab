import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  __commonJS
} from "./chunk-VSKSHHTL.js";

// node:node:zlib
var require_node_zlib = __commonJS({
  "node:node:zlib"(exports, module) {
    module.exports = process.getBuiltinModule("node:zlib");
  }
});
export default require_node_zlib();
