import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readDockerCredentials
} from "./chunk-docker-credentials.js";
import {
  isLoopback
} from "./chunk-image-name.js";

// lib/registry/credentials.ts
function readRegistryCredentials(env, token) {
  const logins = readDockerCredentials(env);
  return async (key) => {
    const login = await logins(key);
    if (login !== void 0 || token === "" || !(key === "ghcr.io" || isLoopback(key))) return login;
    return { kind: "password", username: env.GITHUB_ACTOR || "token", password: token };
  };
}

export {
  readRegistryCredentials
};
