import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  createGitHubClient
} from "./chunk-endpoints.js";
import "./chunk-http-request.js";
import "./chunk-retry.js";
import "./chunk-runtime.js";
export {
  createGitHubClient
};
