import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  runProgram
} from "./chunk-run-program.js";

// lib/programs/docker.ts
function docker(args, options = {}) {
  return runProgram("docker", args, options);
}

export {
  docker
};
