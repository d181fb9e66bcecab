import { readFileSync } from "node:fs";
import { InputError } from "@longshore/language";
import type { EventContext } from "@longshore/tagging";
import { quoteValue } from "../step/escape.ts";
import { type Environment, readText } from "../step/inputs.ts";

/** What the runner tells about the event: variables and the event file. Nothing is interpreted here. Throws InputError. */
export function readEventContext(env: Environment = process.env): EventContext {
  return {
    eventName: requireVariable("GITHUB_EVENT_NAME", env),
    payload: readPayload(requireVariable("GITHUB_EVENT_PATH", env)),
    ref: env.GITHUB_REF ?? "",
    sha: env.GITHUB_SHA ?? "",
    repository: readRepositoryName(env),
    actor: env.GITHUB_ACTOR ?? "",
    serverUrl: env.GITHUB_SERVER_URL || "https://github.com",
  };
}

/** Whether the event tells that everybody sees the repository; what does not tell is private. Never throws. */
export function isPublicRepository(env: Environment = process.env): boolean {
  try {
    const { repository } = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8"));
    return repository.private === false && (repository.visibility ?? "public") === "public";
  } catch {
    return false;
  }
}

/** By which event the run was started; of a `workflow_run` also by which event the run before it was. Throws InputError. */
export function readTrigger(env: Environment = process.env): { readonly event: string; readonly cause: string } {
  const event = requireVariable("GITHUB_EVENT_NAME", env);
  if (event !== "workflow_run") return { event, cause: "" };
  const payload = readPayload(requireVariable("GITHUB_EVENT_PATH", env));
  const { workflow_run: run } = payload as { readonly workflow_run?: { readonly event?: unknown } };
  return { event, cause: typeof run?.event === "string" ? run.event : "" };
}

/** `owner/name` of the repository the event is of. Throws InputError. */
export function readRepositoryName(env: Environment = process.env): string {
  return checkRepositoryName(requireVariable("GITHUB_REPOSITORY", env), "GITHUB_REPOSITORY");
}

/** Input `repository`, else the repository the event is of. Throws InputError, which names the one that is wrong. */
export function readRepositoryInput(env: Environment = process.env): string {
  const given = readText("repository", "", env);
  return given === "" ? readRepositoryName(env) : checkRepositoryName(given, "Input `repository`");
}

/** Git ref of the run, as certificates for it say it. Throws InputError where there is none. */
export function readRunRef(env: Environment = process.env): string {
  const ref = requireVariable("GITHUB_REF", env);
  if (/^refs\/[^\s\p{Cc}]+$/u.test(ref)) return ref;
  throw new InputError(`GITHUB_REF is ${quoteValue(ref)}: it must be a whole ref such as \`refs/heads/main\`.`);
}

function checkRepositoryName(name: string, what: string): string {
  if (/^[\w.-]+\/[\w.-]+$/u.test(name)) return name;
  throw new InputError(`${what} is ${quoteValue(name)}: it must be \`owner/name\`.`);
}

/** Base of GitHub's REST API, without a slash at its end. Throws InputError. */
export function readApiUrl(env: Environment = process.env): string {
  const url = env.GITHUB_API_URL || "https://api.github.com";
  if (!/^https?:\/\//u.test(url) || !URL.canParse(url)) {
    throw new InputError(
      `GITHUB_API_URL is ${quoteValue(url)}: it must be an address such as \`https://api.github.com\`.`,
    );
  }
  return url.replace(/(?<!\/)\/+$/u, "");
}

function requireVariable(name: string, env: Environment): string {
  const value = env[name];
  if (!value)
    throw new InputError(`The variable ${name} is missing: run this step in a GitHub Actions job, or set it.`);
  return value;
}

function readPayload(path: string): object {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(
      `The event file ${quoteValue(path, 300)} (GITHUB_EVENT_PATH) cannot be read: check that it exists.`,
      { cause },
    );
  }
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      `The event file ${quoteValue(path, 300)} (GITHUB_EVENT_PATH) is not JSON: it starts ${quoteValue(text, 40)}.`,
      { cause },
    );
  }
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) {
    throw new InputError(`The event file ${quoteValue(path, 300)} (GITHUB_EVENT_PATH) does not hold a JSON object.`);
  }
  return payload;
}
