import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  GitHubError
} from "./chunk-error.js";
import {
  parseJson
} from "./chunk-parse-json.js";
import {
  sendRequest
} from "./chunk-request.js";
import {
  HttpRefusal,
  TooLate
} from "./chunk-refusal.js";
import {
  parseRetryAfter
} from "./chunk-retry.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  quoteValue,
  require_node_fs,
  showText
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// lib/step/terminal-flags.ts
var import_node_fs = __toESM(require_node_fs(), 1);
function parseFlags(step, args, env) {
  const asAction = env.GITHUB_ACTIONS === "true" || Object.keys(env).some((name) => name.startsWith("INPUT_"));
  if (args.length === 0 && asAction) return env;
  const flags = flagsOf(step);
  const names = new Set(flags.map(({ name }) => name));
  const switches = new Set(flags.filter(isSwitch).map(({ name }) => name));
  const given = {};
  for (let index = 0; index < args.length; index += 1) {
    const [, name = "", inline] = /^--([a-z][a-z-]*)(?:=(.*))?$/su.exec(args[index] ?? "") ?? [];
    if (name === "token") {
      throw new InputError("The token is no argument, which other processes could read: set GITHUB_TOKEN or GH_TOKEN.");
    }
    if (name === "apply" && inline === void 0 && names.has("dry-run")) {
      given["dry-run"] = "false";
      continue;
    }
    if (!names.has(name)) {
      throw new InputError(`The argument ${quoteValue(args[index] ?? "")} is none of this step: see \`--help\`.`);
    }
    const next = args[index + 1];
    const value = inline ?? (next === void 0 || next.startsWith("--") ? void 0 : next);
    if (value === void 0 && !switches.has(name)) {
      throw new InputError(`The argument \`--${name}\` has no value: write \`--${name} …\`.`);
    }
    if (inline === void 0 && value !== void 0) index += 1;
    given[name] = given[name] === void 0 || switches.has(name) ? value ?? "true" : `${given[name]}
${value}`;
  }
  return {
    ...env,
    INPUT_TOKEN: env.INPUT_TOKEN || env.GITHUB_TOKEN || env.GH_TOKEN,
    "INPUT_DRY-RUN": env["INPUT_DRY-RUN"] || "true",
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
  };
}
async function printFlagHelp(step) {
  const { description, flags } = contractOf(step);
  const acts = flags.some(({ name }) => name === "dry-run");
  const example = acts ? "--owner acme --package app [--apply]" : "--image ghcr.io/acme/app --repository acme/app";
  printText(`${description}

node scripts/dist/${step}.js ${example}
`);
  if (acts) printText("  --apply\n      Does it. Without it the plan is printed and nothing is changed.");
  for (const flag of flags) {
    const { name, description: what, fallback } = flag;
    const told = fallback === "" || fallback.includes("${{") ? "" : ` Default \`${fallback}\`.`;
    if (name === "token") printText("  GITHUB_TOKEN or GH_TOKEN, in the environment");
    else printText(`  --${name}${isSwitch(flag) ? "" : " …"}`);
    printText(`      ${what}${name === "dry-run" ? "" : told}`);
  }
}
function isSwitch({ fallback }) {
  return fallback === "true" || fallback === "false";
}
function flagsOf(step) {
  return contractOf(step).flags;
}
function contractOf(step) {
  const place = new URL(`../${step}/action.yml`, import.meta.url);
  if (!(0, import_node_fs.existsSync)(place)) throw new InputError(`The contract of ${step} is missing: ${place.pathname}.`);
  const text = (0, import_node_fs.readFileSync)(place, "utf8");
  const inputs = /^inputs:\n(?<block>(?: .*\n)*)/mu.exec(text)?.groups?.block ?? "";
  const flags = inputs.split(/^ {2}(?=\S)/mu).flatMap((entry) => {
    const name = /^([a-z-]+):/u.exec(entry)?.[1];
    const scalar = (key) => unquote(new RegExp(`^ {4}${key}: (.*)$`, "mu").exec(entry)?.[1] ?? "");
    return name === void 0 ? [] : [{ name, description: scalar("description"), fallback: scalar("default") }];
  });
  const description = unquote(/^description: (.*)$/mu.exec(text)?.[1] ?? "");
  return { description, flags };
}
function unquote(text) {
  return /^".*"$/u.test(text) ? JSON.parse(text) : text;
}

// lib/github/rest.ts
var attempts = 5;
var unauthorizedAttempts = 3;
var secondaryAttempts = 20;
var usualSecondaryPause = 6e4;
function connectRest(options) {
  const { url, token, pacing, timing, onRetry } = options;
  const calls = {};
  const headers = {
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
    "user-agent": "longshore",
    ...token === "" ? {} : { authorization: `Bearer ${token}` }
  };
  const ask = async (method, path) => {
    let failures = 0;
    let refusals = 0;
    let limits = 0;
    const pause = async (what, count, most) => {
      const delay = 1e3 * 2 ** (count - 1);
      onRetry(`GitHub's API ${what}; attempt ${count + 1} of ${most} in ${delay / 1e3} s.`);
      await timing.sleep(delay);
    };
    for (; ; ) {
      await pacing.turn(method === "GET" ? "read" : "change");
      options.beforeRequest?.();
      calls[method] = (calls[method] ?? 0) + 1;
      let answer;
      try {
        answer = await sendRequest(`${url}${path}`, { method, headers });
      } catch (cause) {
        failures += cause instanceof TooLate ? attempts / 2 : cause instanceof HttpRefusal ? attempts : 1;
        const told = `did not answer (${showText(cause instanceof Error ? cause.message : String(cause)).slice(0, 200)})`;
        if (failures >= attempts) {
          throw new GitHubError(
            `GitHub's API at ${url} ${told}: check GITHUB_API_URL and the network, then run the job again.`,
            0,
            { cause }
          );
        }
        await pause(told, Math.floor(failures), attempts);
        continue;
      }
      const { status } = answer;
      if (status >= 200 && status < 300 || status === 400 || status === 404 || status === 422) {
        return readAnswer(answer);
      }
      const said = messageOf(answer);
      const limit = limitOf(answer, said, timing.now());
      if (limit !== void 0) {
        limits += 1;
        if (limits >= secondaryAttempts) {
          throw new GitHubError(
            `GitHub's API keeps answering with a limit (${status} ${said}): run the job later.`,
            status
          );
        }
        if (limit.kind === "secondary") pacing.slowDown();
        pacing.holdUntil(limit.until, `GitHub's ${limit.kind} rate limit is reached (${status})`);
      } else if (status === 401) {
        refusals += 1;
        if (refusals >= unauthorizedAttempts) {
          throw new GitHubError(`GitHub refuses the token (401 ${said}): pass a valid one as input \`token\`.`, 401);
        }
        await pause("answered 401", refusals, unauthorizedAttempts);
      } else if (status >= 500 || status === 408) {
        failures += 1;
        if (failures >= attempts) {
          throw new GitHubError(`GitHub's API keeps failing (${status} ${said}): run the job again later.`, status);
        }
        await pause(`answered ${status}`, failures, attempts);
      } else {
        throw new GitHubError(`GitHub's API refuses ${method} ${showText(path)} (${status} ${said}).`, status);
      }
    }
  };
  return { ask, calls };
}
function limitOf({ status, headers }, said, now) {
  if (status !== 403 && status !== 429) return void 0;
  const asked = parseRetryAfter(headers.get("retry-after"), now);
  if (asked !== void 0) return { kind: "secondary", until: now + asked };
  if (headers.get("x-ratelimit-remaining") === "0") {
    const reset = Number(headers.get("x-ratelimit-reset")) * 1e3;
    return { kind: "primary", until: Number.isFinite(reset) && reset > 0 ? reset + 1e3 : now + usualSecondaryPause };
  }
  const named = status === 429 || /\brate limit\b|\babuse\b/iu.test(said);
  return named ? { kind: "secondary", until: now + usualSecondaryPause } : void 0;
}
function readAnswer(answer) {
  const { status, headers } = answer;
  return { status, data: parseBody(answer), link: headers.get("link") ?? "" };
}
function parseBody({ body }) {
  if (body.length === 0) return void 0;
  try {
    return parseJson(body);
  } catch {
    return void 0;
  }
}
function messageOf(answer) {
  return messageIn(parseBody(answer));
}
function messageIn(data) {
  const message = typeof data === "object" && data !== null && "message" in data ? data.message : void 0;
  return typeof message === "string" ? showText(message.split("\n")[0] ?? "").slice(0, 200) : "without a message";
}

export {
  parseFlags,
  printFlagHelp,
  connectRest,
  messageIn
};
