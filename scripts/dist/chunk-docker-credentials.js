import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  require_node_os
} from "./chunk-os.js";
import {
  $
} from "./chunk-vendor-core.js";
import {
  require_node_path
} from "./chunk-semver.js";
import {
  quoteValue,
  require_node_fs
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// lib/registry/docker-credentials.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_os = __toESM(require_node_os(), 1);
var import_node_path = __toESM(require_node_path(), 1);
function readDockerCredentials(env) {
  let config;
  return async (configKey) => {
    config ??= readConfig(env);
    const helper = config.credHelpers?.[configKey] ?? config.credsStore;
    const helped = typeof helper === "string" && helper !== "" ? await askHelper(helper, configKey, env) : void 0;
    return helped ?? readAuth(config.auths ?? {}, configKey);
  };
}
function readConfig(env) {
  const path = (0, import_node_path.join)(env.DOCKER_CONFIG || (0, import_node_path.join)(env.HOME || (0, import_node_os.homedir)(), ".docker"), "config.json");
  let text;
  try {
    text = (0, import_node_fs.readFileSync)(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw new InputError(`Docker's config ${quoteValue(path, 300)} cannot be read: check its rights.`, {
      cause: error
    });
  }
  try {
    const parsed = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {
  }
  throw new InputError(`Docker's config ${quoteValue(path, 300)} is not a JSON object: log in again to write it anew.`);
}
function readAuth(auths, configKey) {
  const wanted = bareHost(configKey);
  const entry = auths[configKey] ?? Object.entries(auths).find(([key]) => bareHost(key) === wanted)?.[1];
  if (typeof entry !== "object" || entry === null) return void 0;
  const { auth, username, password, identitytoken } = entry;
  if (typeof identitytoken === "string" && identitytoken !== "")
    return { kind: "identity-token", token: identitytoken };
  if (typeof username === "string" && typeof password === "string") return { kind: "password", username, password };
  if (typeof auth !== "string" || auth === "") return void 0;
  const decoded = Buffer.from(auth, "base64").toString("utf8").replace(/(?<!\0)\0+$/u, "");
  const colon = decoded.indexOf(":");
  if (colon < 1) return void 0;
  return { kind: "password", username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
function bareHost(key) {
  return key.replace(/^https?:\/\//u, "").split("/")[0] ?? "";
}
async function askHelper(helper, configKey, env) {
  if (!/^[\w.-]+$/u.test(helper)) {
    throw new InputError(`Docker's config names the credential helper ${quoteValue(helper)}: that is no program name.`);
  }
  const asked = $({ env, quiet: true, nothrow: true, timeout: "30s" })`docker-credential-${helper} get`;
  asked.stdin.on("error", () => {
  });
  asked.stdin.end(configKey);
  const run = await asked;
  if (run.exitCode !== 0) {
    if (/credentials not found/iu.test(run.stdout + run.stderr)) return void 0;
    throw new InputError(
      `The credential helper docker-credential-${helper} gave no login for ${configKey} (exit code ${run.exitCode}): check that it is installed and logged in.`
    );
  }
  const answer = parseHelperAnswer(run.stdout);
  if (answer === void 0) {
    throw new InputError(`The credential helper docker-credential-${helper} did not answer with a login.`);
  }
  return answer.username === "<token>" ? { kind: "identity-token", token: answer.secret } : { kind: "password", username: answer.username, password: answer.secret };
}
function parseHelperAnswer(text) {
  try {
    const { Username: username, Secret: secret } = JSON.parse(text);
    if (typeof username === "string" && typeof secret === "string") return { username, secret };
  } catch {
  }
  return void 0;
}

export {
  readDockerCredentials
};
