import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  messageIn,
  parseFlags,
  printFlagHelp
} from "./chunk-rest.js";
import {
  readRegistryCredentials
} from "./chunk-credentials.js";
import {
  mapParallel
} from "./chunk-parallel.js";
import {
  field
} from "./chunk-reads.js";
import "./chunk-error.js";
import "./chunk-docker-credentials.js";
import {
  openRegistry
} from "./chunk-registry.js";
import "./chunk-stream.js";
import {
  RegistryError,
  parseRegistryAddress
} from "./chunk-login.js";
import "./chunk-os.js";
import "./chunk-link-header.js";
import "./chunk-crypto.js";
import {
  parseJson
} from "./chunk-parse-json.js";
import {
  sendRequest
} from "./chunk-request.js";
import {
  HttpRefusal,
  TooLarge,
  TooLate
} from "./chunk-refusal.js";
import {
  runProgram
} from "./chunk-run-program.js";
import "./chunk-vendor-core.js";
import "./chunk-process.js";
import {
  readApiUrl,
  readRepositoryName
} from "./chunk-event.js";
import {
  retry
} from "./chunk-retry.js";
import {
  formatMarkdownTable,
  writeSummary
} from "./chunk-step-summary.js";
import {
  maskSecret,
  readBoolean,
  readChoice,
  readText,
  runStep,
  setFailed,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  formatSize,
  groupBy,
  parseImages,
  readCacheLog,
  require_node_path
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  escapeMarkdown,
  require_node_fs,
  showText
} from "./chunk-escape.js";
import {
  InputError,
  isLoopback
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// diagnose/ask-github.ts
var attempts = 3;
var pause = 1e3;
var maximumBytes = 32 * 2 ** 20;
function connectAsk(url, token) {
  const headers = {
    accept: "application/vnd.github+json",
    "user-agent": "longshore",
    ...token === "" ? {} : { authorization: `Bearer ${token}` }
  };
  return async (path) => {
    try {
      const answer = await retry(
        async () => {
          const given = await sendRequest(`${url}${path}`, { headers, timeout: 2e4, maximumBytes });
          if (given.status >= 500) throw new Error(`it answered ${given.status}`);
          return given;
        },
        {
          attempts,
          delay: pause,
          isTransient: (error, attempt) => !(error instanceof HttpRefusal) && !(attempt > 1 && error instanceof TooLate)
        }
      );
      const text = answer.body.toString();
      const data = parse(answer.body);
      return { status: answer.status, headers: answer.headers, text, data, said: messageIn(data) };
    } catch (error) {
      const said = showText(error instanceof Error ? error.message : String(error)).slice(0, 200);
      return { status: error instanceof TooLarge ? 413 : 0, headers: /* @__PURE__ */ new Map(), text: "", data: void 0, said };
    }
  };
}
function parse(body) {
  try {
    return parseJson(body);
  } catch {
    return void 0;
  }
}

// diagnose/finding.ts
function ok(check, detail) {
  return { check, status: "ok", detail, fix: "" };
}
function warn(check, detail, fix) {
  return { check, status: "warn", detail, fix };
}
function fail(check, detail, fix) {
  return { check, status: "fail", detail, fix };
}

// diagnose/tell-hidden.ts
function tellHidden(check, what, reply) {
  if (!isRefusal(reply)) return tellUnknown(check, what, reply);
  const fix = "Grant the job `actions: read` to see it; builds do not need that.";
  return warn(check, `${what} is not shown to this token (${reply.status} ${reply.said}).`, fix);
}
function tellUnknown(check, what, { status, said }) {
  const why = status === 0 ? said : `${status} ${said}`.trim();
  const fix = status === 401 ? "See what is said of the token." : "Run this again later.";
  return warn(check, `${what} is not known (${why}).`, fix);
}
function isRefusal({ status, headers, said }) {
  const isLimit = headers.get("x-ratelimit-remaining") === "0" || /\brate limit\b/iu.test(said);
  return (status === 403 || status === 404) && !isLimit;
}

// diagnose/check-cache.ts
var usualLimit = 1e10;
async function checkCache({ repository }, ask) {
  if (repository === "") return [];
  const reply = await ask(`/repos/${repository}/actions/cache/usage`);
  const { status, data } = reply;
  const size = field(data, "active_caches_size_in_bytes");
  const count2 = field(data, "active_caches_count");
  if (status !== 200 || typeof size !== "number" || typeof count2 !== "number") {
    return [tellHidden("cache", "The use of the cache", reply)];
  }
  const told = `The cache of GitHub Actions holds ${formatSize(size)} in ${count2} entries; GitHub keeps ${formatSize(usualLimit)} of a repository without pay.`;
  if (size < usualLimit * 0.9) return [ok("cache", told)];
  const fix = "GitHub drops what was used longest ago, so builds start cold: set `cache: registry` in builds, or build fewer variants with `cache: gha`.";
  return [warn("cache", told, fix)];
}

// diagnose/check-docker.ts
async function checkDocker() {
  const engine = await runProgram("docker", ["version", "--format", "{{.Server.Version}}"]);
  if (engine.exitCode !== 0) {
    const why = engine.exitCode === 127 ? "There is no docker here" : "No Docker engine answers here";
    return [warn("docker", `${why}: nothing can be built.`, "Build on a runner with Docker, such as ubuntu-24.04.")];
  }
  const found = ok("docker", `Docker ${showText(engine.stdout.trim())} answers.`);
  const inspected = await runProgram("docker", ["buildx", "inspect"]);
  if (inspected.exitCode !== 0) {
    const fix2 = "Install buildx: on a runner by docker/setup-buildx-action, which Longshore's workflows do themselves.";
    return [found, warn("buildx", "There is no buildx, or it has no builder.", fix2)];
  }
  const driver = showText(/^Driver:\s+(\S+)/mu.exec(inspected.stdout)?.[1] ?? "unknown");
  if (driver !== "docker") return [found, ok("buildx", `The builder has the driver ${driver}.`)];
  const fix = "That driver cannot push by digest: use docker/setup-buildx-action, or `docker buildx create --use`. Longshore's workflows do it themselves.";
  return [found, warn("buildx", "The builder has the driver docker.", fix)];
}

// diagnose/read-hits.ts
var buildStep = "Build and push by digest";
var mostRuns = 30;
var mostBuilds = 20;
var mostLogs = 40;
var atOnce = 4;
async function readHits(repository, ask) {
  const actions = `/repos/${repository}/actions`;
  const listed = await ask(`${actions}/runs?status=completed&per_page=${mostRuns}`);
  const runs = field(listed.data, "workflow_runs");
  if (listed.status !== 200 || !Array.isArray(runs)) return { builds: [], runs: 0, failure: listed };
  const left = runs.slice(0, mostRuns).filter(hasJobs).flatMap(idOf);
  const builds = [];
  let logs = 0;
  let failure;
  while (left.length > 0 && builds.length < mostBuilds && logs < mostLogs && failure === void 0) {
    const lists = await mapParallel(
      left.splice(0, atOnce),
      atOnce,
      (id) => ask(`${actions}/runs/${id}/jobs?filter=latest&per_page=100`)
    );
    const jobs = lists.flatMap(({ data }) => jobsThatBuilt(data)).slice(0, mostLogs - logs);
    logs += jobs.length;
    const read = await mapParallel(jobs, atOnce, (id) => readLog(`${actions}/jobs/${id}/logs`, ask));
    builds.push(...read.flatMap((log) => log.builds));
    failure = lists.find(({ status }) => status !== 200) ?? read.find((log) => log.failure !== void 0)?.failure;
  }
  return { builds: builds.slice(0, mostBuilds), runs: runs.length, ...failure === void 0 ? {} : { failure } };
}
async function readLog(path, ask) {
  const reply = await ask(path);
  if (reply.status === 200) return { builds: readCacheLog(reply.text) };
  return { builds: [], ...[404, 410, 413].includes(reply.status) ? {} : { failure: reply } };
}
function hasJobs(run) {
  return !["skipped", "startup_failure"].includes(String(field(run, "conclusion")));
}
function jobsThatBuilt(data) {
  const jobs = field(data, "jobs");
  return Array.isArray(jobs) ? jobs.filter(hasBuilt).flatMap(idOf) : [];
}
function hasBuilt(job) {
  const steps = field(job, "steps");
  return Array.isArray(steps) && steps.some((step) => field(step, "name") === buildStep && field(step, "conclusion") === "success");
}
function idOf(item) {
  const id = field(item, "id");
  return typeof id === "number" && Number.isSafeInteger(id) ? [id] : [];
}

// diagnose/check-hits.ts
async function checkHits({ repository }, ask) {
  if (repository === "") return [];
  const { builds, runs, failure } = await readHits(repository, ask);
  if (builds.length > 0 || failure === void 0) return [judgeHits(builds, runs)];
  return [tellHidden("cache-hits", "How much of the last builds came from the cache", failure)];
}
function judgeHits(builds, runs) {
  if (runs === 0) return ok("cache-hits", "No workflow has run yet that could tell how much comes from the cache.");
  if (builds.length === 0) {
    const why = "no image was built with Longshore, none had to be, it was built cold, or the log is gone";
    return ok("cache-hits", `None of the last ${runs} runs tells how much came from the cache: ${why}.`);
  }
  const platforms = [...groupBy(builds, ({ platform }) => platform)].sort();
  const parts = platforms.map(([platform, own]) => `${platform} ${tellShare(sum(own))}`);
  const { cached, total } = sum(builds);
  const which = builds.length === 1 ? "platform build" : `${builds.length} platform builds`;
  const told = `${cached} of ${total} steps of the last ${which} came from the cache (${parts.join(", ")}).`;
  if (cached * 2 >= total) return ok("cache-hits", told);
  const fix = "In the Dockerfile, copy lock files and install before the sources are copied, and let an ARG or ENV that each build changes come after the expensive steps. Let the input `cache` name a store, and see whether the cache is full. docs/troubleshooting.md of Longshore says more under “Slow or cold builds”.";
  return warn("cache-hits", told, fix);
}
function sum(builds) {
  return {
    cached: builds.reduce((all, { cached }) => all + cached, 0),
    total: builds.reduce((all, { total }) => all + total, 0)
  };
}
function tellShare({ cached, total }) {
  return `${Math.floor(cached / total * 100)} %`;
}

// diagnose/check-registry.ts
async function checkRegistry({ image, access }, registry) {
  const findings = [];
  try {
    const tags = await registry.listTags();
    findings.push(
      tags === void 0 ? warn(
        "pull",
        `There is no ${image} yet, or it is not shown to this login.`,
        "Push an image, or check its name."
      ) : ok("pull", `${image} can be read; it has ${tags.length} tags.`)
    );
  } catch (error) {
    findings.push(explain("pull", image, error));
  }
  if (access === "pull") return findings;
  try {
    await registry.checkPush();
    findings.push(ok("push", `${image} can be written to.`));
  } catch (error) {
    findings.push(explain("push", image, error));
  }
  return findings;
}
function explain(check, image, error) {
  const detail = error instanceof Error ? error.message : String(error);
  const status = error instanceof RegistryError ? error.status : -1;
  if (status === 401) {
    return fail(check, detail, "Log in by the step log-in before, or pass a token that is valid as input `token`.");
  }
  if (status === 403) {
    const level = check === "push" ? "write" : "read";
    const role = check === "push" ? "Write" : "Read";
    const fix = isOnGitHub(image) ? `Grant the job \`packages: ${level}\`; if the package was not made by this repository, give the repository the ${role} role in the package's settings (Manage Actions access). Forks and Dependabot have read-only tokens whatever is granted.` : `Use a login that may ${check} there.`;
    return fail(check, detail, fix);
  }
  if (status === 0) return fail(check, detail, "Check the registry's name, the network and its proxy.");
  return fail(check, detail, "If the registry fails for the moment, run this again later.");
}
function isOnGitHub(image) {
  const { host } = parseRegistryAddress(image);
  return host === "ghcr.io" || isLoopback(host);
}

// diagnose/check-package.ts
async function checkPackage(request, ask) {
  const { image, repository } = request;
  if (!isOnGitHub(image)) return [];
  const [owner = "", ...rest] = parseRegistryAddress(image).path.split("/");
  const account = await ask(`/users/${encodeURIComponent(owner)}`);
  const what = `Whether there is a package ${rest.join("/")} of ${owner}`;
  if (account.status !== 200 && !isRefusal(account)) return [tellUnknown("package", what, account)];
  const root = field(account.data, "type") === "Organization" ? "orgs" : "users";
  const name = encodeURIComponent(rest.join("/"));
  const reply = await ask(`/${root}/${encodeURIComponent(owner)}/packages/container/${name}`);
  const { status, data, said } = reply;
  if (status !== 200 && !isRefusal(reply)) return [tellUnknown("package", what, reply)];
  if (status !== 200) {
    return [
      warn(
        "package",
        `GitHub shows this token no package ${rest.join("/")} of ${owner} (${status} ${said}).`,
        "It is made by the first push. If it is there: grant `packages: read`, or use a classic token with `read:packages`."
      )
    ];
  }
  return [judgeVisibility(data, image), judgeLink(data, image, repository)];
}
function judgeVisibility(data, image) {
  const visibility = showText(String(field(data, "visibility")));
  if (visibility === "public") return ok("visibility", `${image} is public: everybody can pull it.`);
  return warn(
    "visibility",
    `${image} is ${visibility}: who pulls it must log in.`,
    "Where everybody should pull it, make it public in the package's settings (Danger Zone); else log in to ghcr.io in clusters and other repositories too."
  );
}
function judgeLink(data, image, repository) {
  const linked = field(field(data, "repository"), "full_name");
  if (typeof linked !== "string") {
    return warn(
      "linked-repository",
      `${image} is linked to no repository, so none has rights by itself.`,
      "Connect it in the package's settings, or push an image with the label `org.opencontainers.image.source`, as Longshore's have it."
    );
  }
  if (repository === "" || linked.toLowerCase() === repository.toLowerCase()) {
    return ok("linked-repository", `${image} is linked to ${showText(linked)}.`);
  }
  return warn(
    "linked-repository",
    `${image} is linked to ${showText(linked)}, not to ${repository}.`,
    `Give ${repository} a role in the package's settings (Manage Actions access).`
  );
}

// diagnose/check-runner.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);
var oldest = "2.336.0";
async function checkRunner(env) {
  if (env.GITHUB_ACTIONS !== "true") return [];
  const what = [env.RUNNER_ENVIRONMENT, env.RUNNER_OS, env.RUNNER_ARCH].filter(Boolean).join(" ");
  return [judgeRunner(what, await readRunnerVersion(process.execPath))];
}
function judgeRunner(what, version) {
  const fix = `Longshore's workflows need ${oldest} or newer: let the runner update itself, or install a newer one.`;
  if (version === "") return warn("runner", `The version of this runner (${what}) cannot be told.`, fix);
  const told = `This runner (${what}) has version ${version}.`;
  return isOlder(version, oldest) ? fail("runner", told, fix) : ok("runner", told);
}
function isOlder(version, other) {
  const [left, right] = [version, other].map((text) => text.split(".").map(Number));
  for (const [place, number] of (right ?? []).entries()) {
    const difference = (left?.[place] ?? 0) - number;
    if (difference !== 0) return difference < 0;
  }
  return false;
}
async function readRunnerVersion(node) {
  const [, root] = /^(.+)\/externals[^/]*\/[^/]+\/bin\/node$/u.exec(node) ?? [];
  if (root === void 0) return "";
  const listener = (0, import_node_path.join)(root, "bin", "Runner.Listener");
  if (!(0, import_node_fs.existsSync)(listener)) return "";
  const { exitCode, stdout } = await runProgram(listener, ["--version"]);
  return exitCode === 0 ? /(?<!\d)\d+\.\d+\.\d+/u.exec(stdout)?.[0] ?? "" : "";
}

// diagnose/check-token.ts
var kinds = [
  ["ghs_", "a workflow's or an app's token"],
  ["ghp_", "a classic personal token"],
  ["github_pat_", "a fine-grained personal token"],
  ["gho_", "a token of an OAuth app, such as the gh command"],
  ["ghu_", "a user's token of an app"]
];
async function checkToken({ token, access }, ask) {
  if (token === "") {
    const fix = "Pass one as the input `token`, or from a terminal as GITHUB_TOKEN or GH_TOKEN.";
    return [fail("token", "There is no token.", fix)];
  }
  const { status, headers, data, said } = await ask("/rate_limit");
  if (status === 0) {
    const fix = "Check GITHUB_API_URL, the network and its proxy.";
    return [fail("token", `GitHub's API cannot be asked (${said}).`, fix)];
  }
  if (status === 401) {
    const fix = "A workflow's token ends with its job; make a new personal token where one has expired.";
    return [fail("token", `GitHub refuses the token (401 ${said}).`, fix)];
  }
  if (status !== 200) {
    return [warn("token", `GitHub did not tell about the token (${status} ${said}).`, "Run this again later.")];
  }
  const kind = kinds.find(([prefix]) => token.startsWith(prefix))?.[1] ?? "a token of a kind not known here";
  return [judgeKind(kind, headers.get("x-oauth-scopes"), access), ...judgeLimit(data)];
}
function judgeKind(kind, scopes, access) {
  const told = `GitHub takes the token: it is ${kind}`;
  if (kind.includes("fine-grained")) {
    const fix = "Use the workflow's own token, or a classic personal token.";
    return fail("token", `${told}, which does not work with packages.`, fix);
  }
  if (scopes === void 0) return ok("token", `${told}.`);
  const has = scopes.split(/,\s*/u);
  const needed = access === "push" ? ["write:packages"] : ["read:packages", "write:packages"];
  const listed = scopes.trim() === "" ? "no scope" : `the scopes ${scopes}`;
  if (needed.some((scope) => has.includes(scope))) return ok("token", `${told} with ${listed}.`);
  return fail("token", `${told} with ${listed}.`, `Give it the scope \`${needed[0]}\`.`);
}
function judgeLimit(data) {
  const { limit, remaining, reset } = data.rate ?? {};
  if (limit === void 0 || remaining === void 0 || reset === void 0) return [];
  const told = `${remaining} of ${limit} requests to the API are left in this hour.`;
  if (remaining > limit / 10) return [ok("api-limit", told)];
  const until = new Date(reset * 1e3).toISOString();
  return [warn("api-limit", told, `More are given at ${until}; use fewer jobs at once or another token.`)];
}

// diagnose/describe-findings.ts
function describeFindings(findings) {
  return findings.flatMap(({ check, status, detail, fix }) => [
    `${status.padEnd(4)}  ${check}: ${showText(detail)}`,
    ...fix === "" ? [] : [`      ${showText(fix)}`]
  ]).join("\n");
}
function summariseFindings(findings) {
  const rows = findings.map(({ check, status, detail, fix }) => [
    status === "ok" ? status : `**${status}**`,
    check,
    escapeMarkdown(detail),
    escapeMarkdown(fix)
  ]);
  return `### Diagnosis

${formatMarkdownTable({ header: ["", "what", "found", "fix"], rows })}`;
}

// diagnose/read-request.ts
function readRequest(env) {
  const named = readText("repository", env.GITHUB_REPOSITORY, env);
  const repository = named === "" ? "" : readRepositoryName({ GITHUB_REPOSITORY: named });
  const given = readText("image", "", env);
  if (given === "" && repository === "") {
    throw new InputError("There is nothing to look at: give the input `image` or `repository`.");
  }
  const images = parseImages(given, repository);
  const [image = ""] = images;
  if (images.length > 1) throw new InputError(`Input \`image\` names ${images.length} repositories: give one.`);
  return {
    ...{ image, repository },
    access: readChoice("access", ["push", "pull"], "push", env),
    json: readBoolean("json", false, env),
    failOnProblems: readBoolean("fail-on-problems", true, env),
    token: readText("token", "", env),
    apiUrl: readApiUrl(env)
  };
}

// diagnose/main.ts
await runStep(async () => {
  const env = parseFlags("diagnose", process.argv.slice(2), process.env);
  const request = readRequest(env);
  maskSecret(request.token);
  const ask = connectAsk(request.apiUrl, request.token);
  const registry = openRegistry(request.image, {
    credentials: readRegistryCredentials(process.env, request.token),
    attempts: 2,
    delay: 1e3
  });
  const groups = await Promise.all([
    checkToken(request, ask),
    checkRegistry(request, registry),
    checkPackage(request, ask),
    checkCache(request, ask),
    checkHits(request, ask),
    checkRunner(env),
    checkDocker()
  ]);
  const findings = groups.flat();
  printText(request.json ? JSON.stringify(findings, void 0, 1) : describeFindings(findings));
  writeSummary(summariseFindings(findings));
  const failed = findings.filter(({ status }) => status === "fail");
  writeOutputs({
    findings: JSON.stringify(findings),
    warnings: count(findings, "warn"),
    failures: String(failed.length)
  });
  if (!request.failOnProblems || failed.length === 0) return;
  if (process.env.GITHUB_ACTIONS !== "true") process.exitCode = 1;
  else setFailed(showText(failed.map(({ detail, fix }) => `${detail} ${fix}`).join(" ")));
}, printFlagHelp);
function count(findings, status) {
  return String(findings.filter((finding) => finding.status === status).length);
}
