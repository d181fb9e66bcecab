import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  createGitHubClient
} from "./chunk-USJBGVID.js";
import "./chunk-NHA5QRID.js";
import "./chunk-PT2757AA.js";
import "./chunk-VSKSHHTL.js";
export {
  createGitHubClient
};
