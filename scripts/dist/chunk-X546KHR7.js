import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readDockerCredentials
} from "./chunk-7SI4X2FY.js";
import {
  isLoopbackHost
} from "./chunk-SRI6QTB7.js";

// lib/registry-credentials.ts
function readRegistryCredentials(env, token) {
  const logins = readDockerCredentials(env);
  return async (key) => {
    const login = await logins(key);
    if (login !== void 0 || token === "" || !(key === "ghcr.io" || isLoopbackHost(key))) return login;
    return { kind: "password", username: env.GITHUB_ACTOR || "token", password: token };
  };
}

export {
  readRegistryCredentials
};
