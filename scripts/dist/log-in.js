import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  RegistryError,
  askRegistry,
  createRegistryLogin,
  errorOfAnswer,
  parseRegistryAddress
} from "./chunk-login.js";
import {
  require_node_os
} from "./chunk-os.js";
import "./chunk-request.js";
import "./chunk-refusal.js";
import {
  retry
} from "./chunk-retry.js";
import {
  getState,
  maskSecret,
  readLines,
  readText,
  runStep,
  saveState,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  require_node_path
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  require_node_fs,
  showText
} from "./chunk-escape.js";
import {
  InputError,
  describeRefusal,
  isLoopback,
  isRecord,
  normaliseImage
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// log-in/check-login.ts
var anyPath = "longshore/login";
var timeLimit = 3e4;
var maximumBytes = 64 * 1024;
async function checkLogin({ registry, username, password }, onRetry) {
  const address = parseRegistryAddress(`${registry}/${anyPath}`);
  const credential = { kind: "password", username, password };
  const purpose = { host: address.host, image: address.host, action: "log in", what: "the login" };
  const ask = (authorization) => askRegistry(purpose, `${address.url}/v2/`, { authorization, timeout: timeLimit, maximumBytes });
  const attempt = async () => {
    const login = createRegistryLogin(address, async () => credential, timeLimit);
    let answer = await ask(void 0);
    if (answer.status === 401) {
      login.challenge(answer.headers.get("www-authenticate"), "", void 0);
      const authorization = await login.authorize("");
      if (authorization?.startsWith("Bearer ")) return;
      answer = await ask(authorization);
    }
    if (answer.status < 200 || answer.status > 299) {
      throw errorOfAnswer(purpose, answer.status, answer.headers, answer.body.toString(), Date.now());
    }
  };
  await retry(attempt, {
    attempts: 3,
    delay: 2e3,
    isTransient: (error) => error instanceof RegistryError && error.transient,
    onRetry: ({ error }) => onRetry(`${error instanceof Error ? error.message : String(error)} Trying again in 2 s.`)
  });
}

// log-in/choose-logins.ts
function chooseLogins(given, images, { username, password }) {
  if (password === "") return given;
  const hosts = images.map((image) => image.replace(/^http:\/\//, "").split("/")[0] ?? "").filter(isLoopback);
  const own = [.../* @__PURE__ */ new Set(["ghcr.io", ...hosts])].filter((host) => !given.some(({ registry }) => registry === host));
  return [...own.map((registry) => ({ registry, username, password, optional: true })), ...given];
}

// log-in/docker-config.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_os = __toESM(require_node_os(), 1);
var import_node_path = __toESM(require_node_path(), 1);
function dockerConfigPath(env) {
  return (0, import_node_path.join)(env.DOCKER_CONFIG || (0, import_node_path.join)(env.HOME || (0, import_node_os.homedir)(), ".docker"), "config.json");
}
function configKeyOf(registry) {
  return registry === "docker.io" ? "https://index.docker.io/v1/" : registry;
}
function addLogins(path, logins) {
  const config = readConfig(path);
  const auths = recordIn(config, "auths");
  const helpers = recordIn(config, "credHelpers");
  const keys = logins.map(({ registry }) => configKeyOf(registry));
  const stores = typeof config.credsStore === "string" && config.credsStore !== "";
  const hidden = keys.filter((key) => stores || Object.hasOwn(helpers, key));
  const earlier = {
    auths: Object.fromEntries(keys.map((key) => [key, auths[key] ?? null])),
    credHelpers: Object.fromEntries(hidden.map((key) => [key, helpers[key] ?? null]))
  };
  const added = logins.map(({ registry, username, password }) => [
    configKeyOf(registry),
    { auth: Buffer.from(`${username}:${password}`).toString("base64") }
  ]);
  writeConfig(path, {
    ...config,
    auths: { ...auths, ...Object.fromEntries(added) },
    ...hidden.length === 0 ? {} : { credHelpers: { ...helpers, ...Object.fromEntries(hidden.map((key) => [key, ""])) } }
  });
  return earlier;
}
function restoreLogins(path, earlier) {
  if (!(0, import_node_fs.existsSync)(path)) return;
  const config = readConfig(path);
  const auths = replaceIn(recordIn(config, "auths"), earlier.auths);
  const credHelpers = replaceIn(recordIn(config, "credHelpers"), earlier.credHelpers);
  const { credHelpers: _, ...rest } = config;
  writeConfig(path, { ...rest, auths, ...Object.keys(credHelpers).length === 0 ? {} : { credHelpers } });
}
function replaceIn(entries, earlier) {
  const merged = Object.entries({ ...entries, ...earlier });
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}
function recordIn(config, name) {
  const value = config[name];
  return isRecord(value) ? value : {};
}
function readConfig(path) {
  if (!(0, import_node_fs.existsSync)(path)) return {};
  try {
    const parsed = JSON.parse((0, import_node_fs.readFileSync)(path, "utf8"));
    if (isRecord(parsed)) return parsed;
  } catch {
  }
  throw new InputError(`Docker's configuration ${JSON.stringify(path)} is no JSON object: remove it or mend it.`);
}
function writeConfig(path, config) {
  (0, import_node_fs.mkdirSync)((0, import_node_path.dirname)(path), { recursive: true, mode: 448 });
  const next = `${path}.longshore-${process.pid}`;
  (0, import_node_fs.writeFileSync)(next, `${JSON.stringify(config, null, 2)}
`, { mode: 384 });
  (0, import_node_fs.renameSync)(next, path);
}

// log-in/read-logins.ts
var most = 50;
var fields = ["registry", "username", "password", "optional"];
function readLogins(documents) {
  const [list, ...others] = documents;
  if (list === void 0) return [];
  if (others.length > 0 || list.kind !== "list") throw new InputError(`registry-auth is no list: ${howTo}.`);
  if (list.items.length > most)
    throw new InputError(`registry-auth has ${list.items.length} entries: write at most ${most}.`);
  const logins = list.items.map(readLogin);
  const twice = logins.find(({ registry }, at) => logins.findIndex((each) => each.registry === registry) !== at);
  if (twice !== void 0)
    throw new InputError(`registry-auth names ${twice.registry} twice: keep one login for each registry.`);
  return logins;
}
var howTo = "write a YAML or JSON list of { registry, username, password }";
function readLogin(node, index) {
  const at = `registry-auth[${index}]`;
  if (node.kind !== "map") throw new InputError(`${at} is no map: ${howTo}.`);
  const unknown = node.entries.find(({ name }) => !fields.includes(name));
  if (unknown !== void 0) throw new InputError(`${at} has a key that is none of ${fields.join(", ")}: ${howTo}.`);
  const text = (name) => {
    const value = node.entries.find((entry) => entry.name === name)?.node;
    return value?.kind === "text" ? value.text : "";
  };
  const registry = readRegistry(text("registry"), at);
  if (text("username") === "") {
    throw new InputError(`${at}.username of ${registry} is empty: give it a value, or leave the entry out.`);
  }
  const optional = text("optional");
  if (!["", "true", "false"].includes(optional))
    throw new InputError(describeRefusal(`${at}.optional`, optional, "use true or false"));
  return { registry, username: text("username"), password: text("password"), optional: optional === "true" };
}
function readRegistry(given, at) {
  const host = given.replace(/^https:\/\//, "").replace(/\/(?:v[12]\/?)?$/, "");
  if (["docker.io", "index.docker.io", "registry-1.docker.io", "hub.docker.com"].includes(host)) return "docker.io";
  try {
    if (!host.includes("/") && /[.:]|^localhost$/.test(host))
      return normaliseImage(`${host}/a/a`).slice(0, -"/a/a".length);
  } catch {
  }
  throw new InputError(describeRefusal(`${at}.registry`, given, "give a registry's host such as docker.io"));
}
function hasUnsafeLine(secret) {
  return secret.split(/\r\n|\n|\r/).some((line) => {
    const shown = line.trim();
    return shown !== "" && (shown.length < 4 || !/[A-Za-z]/.test(shown) && !/\d/.test(shown));
  });
}

// log-in/main.ts
await runStep(async () => {
  const earlier = getState("earlier");
  if (earlier !== "") return logOut(JSON.parse(earlier));
  const token = readText("token");
  maskSecret(token);
  const given = await readSecret(readText("registry-auth"));
  const logins = chooseLogins(given, readLines("images"), { username: readText("actor", "token"), password: token });
  const taken = await keepGood(logins, given);
  saveState("earlier", JSON.stringify(addLogins(dockerConfigPath(process.env), taken)));
  for (const { registry } of taken) printText(`Logged in to ${registry}.`);
  writeOutputs({ registries: taken.map(({ registry }) => registry).join("\n") });
});
function logOut(earlier) {
  restoreLogins(dockerConfigPath(process.env), earlier);
  printText(`Logged out of ${Object.keys(earlier.auths).join(", ")}.`);
}
async function readSecret(secret) {
  if (secret === "") return [];
  if (hasUnsafeLine(secret)) {
    throw new InputError(
      "registry-auth has a line shorter than 4 characters or without a letter and a digit, such as a bracket alone: GitHub masks each line of a secret, and drops every output that holds it. Write it as one line of JSON; a key in JSON goes in as _json_key_base64."
    );
  }
  const { readYaml } = await import("./chunk-read-yaml.js");
  const reading = readYaml(secret, "registry-auth");
  if ("problems" in reading) {
    throw new InputError(
      `${reading.problems[0].at} is not YAML: write a YAML or JSON list of { registry, username, password }.`
    );
  }
  const logins = readLogins(reading.documents);
  for (const { password } of logins) maskSecret(password);
  const without = logins.filter(({ password }) => password === "").map(({ registry }) => registry);
  if (without.length > 0) {
    warning(
      showText(
        `registry-auth has no password for ${without.join(", ")}, so the job goes on without it: a fork's pull request gets no secrets; elsewhere check that the secret exists.`
      )
    );
  }
  return logins.filter(({ password }) => password !== "");
}
async function keepGood(logins, asked) {
  const kept = await Promise.all(
    logins.map(async (login) => {
      if (!asked.includes(login)) return [login];
      try {
        await checkLogin(login, (sentence) => warning(showText(sentence)));
        return [login];
      } catch (error) {
        if (!login.optional || !(error instanceof Error)) throw error;
        warning(showText(`${error.message} The registry is optional, so the job goes on without it.`));
        return [];
      }
    })
  );
  return kept.flat();
}
