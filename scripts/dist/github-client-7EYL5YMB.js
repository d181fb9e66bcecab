import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  createGitHubClient
} from "./chunk-BTPQU3Y2.js";
import "./chunk-SEH2J5EG.js";
import "./chunk-PT2757AA.js";
import "./chunk-VSKSHHTL.js";
export {
  createGitHubClient
};
