import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  createGitHubClient
} from "./chunk-endpoints.js";
import "./chunk-parse-json.js";
import "./chunk-request.js";
import "./chunk-refusal.js";
import "./chunk-retry.js";
import "./chunk-image-name.js";
import "./chunk-runtime.js";
export {
  createGitHubClient
};
