import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  runProgram
} from "./chunk-2T4NJN3K.js";

// lib/docker.ts
function docker(args, options = {}) {
  return runProgram("docker", args, options);
}

export {
  docker
};
