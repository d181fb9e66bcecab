import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readText
} from "./chunk-actions-core-summary.js";
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

// lib/github/event.ts
var import_node_fs = __toESM(require_node_fs(), 1);
function readEventContext(env = process.env) {
  return {
    eventName: requireVariable("GITHUB_EVENT_NAME", env),
    payload: readPayload(requireVariable("GITHUB_EVENT_PATH", env)),
    ref: env.GITHUB_REF ?? "",
    sha: env.GITHUB_SHA ?? "",
    repository: readRepositoryName(env),
    actor: env.GITHUB_ACTOR ?? "",
    serverUrl: env.GITHUB_SERVER_URL || "https://github.com"
  };
}
function isPublicRepository(env = process.env) {
  try {
    const { repository } = JSON.parse((0, import_node_fs.readFileSync)(env.GITHUB_EVENT_PATH ?? "", "utf8"));
    return repository.private === false && (repository.visibility ?? "public") === "public";
  } catch {
    return false;
  }
}
function readTrigger(env = process.env) {
  const event = requireVariable("GITHUB_EVENT_NAME", env);
  if (event !== "workflow_run") return { event, cause: "" };
  const payload = readPayload(requireVariable("GITHUB_EVENT_PATH", env));
  const { workflow_run: run } = payload;
  return { event, cause: typeof run?.event === "string" ? run.event : "" };
}
function readRepositoryName(env = process.env) {
  return checkRepositoryName(requireVariable("GITHUB_REPOSITORY", env), "GITHUB_REPOSITORY");
}
function readRepositoryInput(env = process.env) {
  const given = readText("repository", "", env);
  return given === "" ? readRepositoryName(env) : checkRepositoryName(given, "Input `repository`");
}
function readRunRef(env = process.env) {
  const ref = requireVariable("GITHUB_REF", env);
  if (/^refs\/[^\s\p{Cc}]+$/u.test(ref)) return ref;
  throw new InputError(`GITHUB_REF is ${quoteValue(ref)}: it must be a whole ref such as \`refs/heads/main\`.`);
}
function checkRepositoryName(name, what) {
  if (/^[\w.-]+\/[\w.-]+$/u.test(name)) return name;
  throw new InputError(`${what} is ${quoteValue(name)}: it must be \`owner/name\`.`);
}
function readApiUrl(env = process.env) {
  const url = env.GITHUB_API_URL || "https://api.github.com";
  if (!/^https?:\/\//u.test(url) || !URL.canParse(url)) {
    throw new InputError(
      `GITHUB_API_URL is ${quoteValue(url)}: it must be an address such as \`https://api.github.com\`.`
    );
  }
  return url.replace(/(?<!\/)\/+$/u, "");
}
function requireVariable(name, env) {
  const value = env[name];
  if (!value)
    throw new InputError(`The variable ${name} is missing: run this step in a GitHub Actions job, or set it.`);
  return value;
}
function readPayload(path) {
  let text;
  try {
    text = (0, import_node_fs.readFileSync)(path, "utf8");
  } catch (cause) {
    throw new InputError(
      `The event file ${quoteValue(path, 300)} (GITHUB_EVENT_PATH) cannot be read: check that it exists.`,
      { cause }
    );
  }
  let payload;
  try {
    payload = JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      `The event file ${quoteValue(path, 300)} (GITHUB_EVENT_PATH) is not JSON: it starts ${quoteValue(text, 40)}.`,
      { cause }
    );
  }
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) {
    throw new InputError(`The event file ${quoteValue(path, 300)} (GITHUB_EVENT_PATH) does not hold a JSON object.`);
  }
  return payload;
}

export {
  readEventContext,
  isPublicRepository,
  readTrigger,
  readRepositoryName,
  readRepositoryInput,
  readRunRef,
  readApiUrl
};
