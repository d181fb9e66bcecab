import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  createGitHubClient
} from "./chunk-47XW2BY7.js";
import "./chunk-ED7C54ZY.js";
import "./chunk-PT2757AA.js";
import "./chunk-VSKSHHTL.js";
export {
  createGitHubClient
};
