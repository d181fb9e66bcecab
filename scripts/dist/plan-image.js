import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  InputError,
  formatMarkdownTable,
  formatTextTable,
  maskSecret,
  neededFacts,
  notice,
  parseComponent,
  parseExtraTags,
  parseImages,
  parseLatest,
  parsePush,
  parseSuffix,
  planImage,
  readBoolean,
  readBuildFacts,
  readText,
  runStep,
  setOutput,
  warning,
  writeSummary
} from "./chunk-HMRRPC7H.js";
import {
  codeText,
  escapeMarkdown,
  printText,
  quoteValue,
  require_node_fs,
  showText
} from "./chunk-MOZU6JSC.js";
import {
  __toESM
} from "./chunk-VSKSHHTL.js";

// lib/clock.ts
function readClock(env = process.env) {
  const text = env.SOURCE_DATE_EPOCH ?? "";
  if (text === "") return /* @__PURE__ */ new Date();
  if (!/^\d{1,12}$/u.test(text)) {
    throw new InputError(`SOURCE_DATE_EPOCH is ${quoteValue(text)}: use whole seconds since 1970, or leave it unset.`);
  }
  return new Date(Number(text) * 1e3);
}

// lib/github-error.ts
var GitHubError = class extends Error {
  name = "GitHubError";
  /** HTTP status; 0 when no answer came. */
  status;
  constructor(message, status, options) {
    super(message, options);
    this.status = status;
  }
};
function isMissing(error) {
  return error instanceof GitHubError && (error.status === 404 || error.status === 422);
}
function explainFailure(error, repository, url) {
  if (!(error instanceof Error) || error.name !== "HttpError" || !("status" in error)) return error;
  const { response } = error;
  const status = response ? Number(error.status) : 0;
  const said = firstLine(error.message);
  return new GitHubError(`${sentence(status, said, repository, url, response?.headers ?? {})}.`, status, {
    cause: error
  });
}
function sentence(status, said, repository, url, headers) {
  const grant = "grant the job the permission `contents: read`";
  if (status === 0)
    return `GitHub's API at ${url} does not answer (${said}): check GITHUB_API_URL and the network, then run the job again`;
  if (status === 401) return `GitHub refuses the token (401 ${said}): pass a valid one as input \`token\``;
  if ((status === 403 || status === 429) && isLimit(said, headers)) {
    return `GitHub's API limit of this token is used up (${status} ${said}): run the job again ${whenReset(headers)}`;
  }
  if (status === 403) return `The token may not read ${repository} (403 ${said}): ${grant}`;
  if (status === 404)
    return `GitHub shows this token no such thing in ${repository} (404 ${said}): check that it exists, and ${grant}`;
  if (status >= 500 || status === 429) return `GitHub's API keeps failing (${status} ${said}): run the job again later`;
  return `GitHub's API refuses a request about ${repository} (${status} ${said}): check GITHUB_API_URL and the inputs`;
}
function isLimit(said, headers) {
  return /rate limit/iu.test(said) || headers["x-ratelimit-remaining"] === "0";
}
function whenReset(headers) {
  const reset = Number(headers["x-ratelimit-reset"]);
  return reset > 0 && headers["x-ratelimit-remaining"] === "0" ? `after ${new Date(reset * 1e3).toISOString()}` : "later";
}
function firstLine(message) {
  const line = (message.split("\n")[0] ?? "").replace(/ - https:\/\/\S+$/u, "");
  return /^\s*</u.test(line) ? "with a page instead of JSON" : showText(line).slice(0, 200);
}

// lib/github-api.ts
function connectGitHub(options) {
  const get = connectGet(options);
  const tagLists = /* @__PURE__ */ new Map();
  const listTags = (repository, prefix) => {
    const key = `${repository}:${prefix}`;
    const list = tagLists.get(key) ?? fetchTags(get, repository, prefix);
    tagLists.set(key, list);
    return list;
  };
  return {
    listTagNames: async (repository, prefix = "") => (await listTags(repository, prefix)).map(({ name }) => name),
    readCommitDate: async (repository, sha) => (await readGitCommit(get, repository, sha)).date,
    resolveRef: (repository, ref) => resolveRef(get, () => listTags(repository, ""), repository, ref),
    compareCommits: async (repository, base, head) => {
      try {
        const { data } = await get(repository, "compare/{basehead}", { basehead: `${base}...${head}`, per_page: 1 });
        return readRelation(field(data, "status"));
      } catch (error) {
        if (isMissing(error)) return "unknown";
        throw error;
      }
    }
  };
}
function connectGet(options) {
  let client;
  return async (repository, route, parameters) => {
    client ??= import("./github-client-CKDFYP4L.js").then(({ createGitHubClient }) => createGitHubClient(options));
    const [owner, repo] = repository.split("/");
    try {
      const answer = await (await client).request(`GET /repos/{owner}/{repo}/${route}`, { owner, repo, ...parameters });
      return { data: answer.data, link: answer.headers.link ?? "" };
    } catch (error) {
      throw explainFailure(error, repository, options.url);
    }
  };
}
async function fetchTags(get, repository, prefix) {
  const found = [];
  for (let page = 1; ; page += 1) {
    const parameters = { prefix, ...page > 1 ? { page } : {} };
    const { data, link } = await get(repository, "git/matching-refs/tags/{+prefix}", parameters);
    if (!Array.isArray(data)) throw unreadable(repository);
    for (const item of data) {
      const ref = textField(item, "ref", repository);
      const object = field(item, "object");
      const isCommit = field(object, "type") === "commit";
      if (ref.startsWith("refs/tags/"))
        found.push({ name: ref.slice(10), sha: textField(object, "sha", repository), isCommit });
    }
    if (!/rel="next"/u.test(link)) return found;
  }
}
async function readGitCommit(get, repository, sha) {
  const { data } = await get(repository, "git/commits/{sha}", { sha });
  return { sha: textField(data, "sha", repository), date: textField(field(data, "committer"), "date", repository) };
}
async function resolveRef(get, listAllTags, repository, ref) {
  if (!isRefName(ref))
    throw new InputError(`Input \`ref\` is ${quoteValue(ref)}: use a branch, a tag or a full commit SHA.`);
  try {
    if (/^[0-9a-f]{40}$/iu.test(ref)) {
      const commit2 = await readGitCommit(get, repository, ref.toLowerCase());
      return { ref: commit2.sha, ...commit2 };
    }
    const full = /^refs\/(?<kind>heads|tags)\/./u.test(ref);
    const asked = full ? ref.slice("refs/".length) : ref;
    const [commit, tags] = await Promise.all([readCommit(get, repository, asked), full ? [] : listAllTags()]);
    if (full) return { ref, ...commit };
    const tag = tags.find(({ name }) => name === ref);
    if (!tag && ref.length >= 4 && commit.sha.startsWith(ref.toLowerCase())) {
      throw new InputError(`Input \`ref\` is ${quoteValue(ref)}: give all 40 digits of the commit SHA.`);
    }
    if (tag?.isCommit && tag.sha !== commit.sha) {
      throw new InputError(
        `Input \`ref\` is ${quoteValue(ref)}, which is a branch and a tag: say \`refs/heads/…\` or \`refs/tags/…\`.`
      );
    }
    return { ref: `refs/${tag ? "tags" : "heads"}/${ref}`, ...commit };
  } catch (error) {
    if (!isMissing(error)) throw error;
    const advice = "check the name, and that the token may read the repository (permission `contents: read`)";
    throw new InputError(
      `Input \`ref\` is ${quoteValue(ref)}, which GitHub does not find in ${repository}: ${advice}.`,
      { cause: error }
    );
  }
}
async function readCommit(get, repository, ref) {
  const { data } = await get(repository, "commits/{ref}", { ref, per_page: 1 });
  const date = textField(field(field(data, "commit"), "committer"), "date", repository);
  return { sha: textField(data, "sha", repository), date };
}
function isRefName(ref) {
  const refused = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[./]$|(?:^|\/)\.|\.lock(?:\/|$)|^(?:@|HEAD)$/u;
  return ref !== "" && !refused.test(ref);
}
function readRelation(status) {
  return status === "ahead" || status === "behind" || status === "identical" || status === "diverged" ? status : "unknown";
}
function field(value, name) {
  return typeof value === "object" && value !== null ? value[name] : void 0;
}
function textField(value, name, repository) {
  const text = field(value, name);
  if (typeof text !== "string") throw unreadable(repository);
  return text;
}
function unreadable(repository) {
  return new GitHubError(
    `GitHub's API gave an answer about ${repository} that is not what its documentation says: check GITHUB_API_URL, then run the job again.`,
    200
  );
}

// lib/github-event.ts
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
function readRepositoryName(env = process.env) {
  const name = requireVariable("GITHUB_REPOSITORY", env);
  if (!/^[\w.-]+\/[\w.-]+$/u.test(name)) {
    throw new InputError(`GITHUB_REPOSITORY is ${quoteValue(name)}: it must be \`owner/name\`.`);
  }
  return name;
}
function readApiUrl(env = process.env) {
  const url = env.GITHUB_API_URL || "https://api.github.com";
  if (!/^https?:\/\//u.test(url) || !URL.canParse(url)) {
    throw new InputError(
      `GITHUB_API_URL is ${quoteValue(url)}: it must be an address such as \`https://api.github.com\`.`
    );
  }
  return url.replace(/\/+$/u, "");
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

// lib/outputs.ts
function writeOutputs(outputs, env = process.env) {
  if (!env.GITHUB_OUTPUT) return;
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
}

// plan-image/collect-facts.ts
async function collectFacts(event, { component, ref, options }, gitHub) {
  const { repository } = event;
  if (ref !== "") {
    const commit = await gitHub.resolveRef(repository, ref);
    const facts2 = readBuildFacts({ ...event, override: { ref: commit.ref, revision: commit.sha } }, component);
    const versions2 = neededFacts(facts2, options).versions ? await gitHub.listTagNames(repository) : [];
    return { facts: facts2, versions: versions2, commitDate: commit.date };
  }
  const facts = readBuildFacts(event, component);
  if (facts.kind === "none") return { facts, versions: [], commitDate: "" };
  const needed = neededFacts(facts, options);
  const [versions, commitDate] = await Promise.all([
    needed.versions ? gitHub.listTagNames(repository, component) : [],
    needed.commitDate ? gitHub.readCommitDate(repository, facts.revision) : ""
  ]);
  return { facts, versions, commitDate };
}

// plan-image/describe-plan.ts
function describePlan(plan) {
  const facts = [
    ["kind", plan.kind],
    ["revision", plan.revision],
    ...plan.images.map((image, index) => [index === 0 ? "images" : "", image]),
    ["delivery", `${plan.delivery}: ${plan.reason}`]
  ];
  const tags = plan.tags.map(({ name, mutability, reason }) => [name, mutability, reason]);
  const left = plan.notMoved.map(({ name, reason }) => [name, "not moved", reason]);
  return `${formatTextTable(facts)}

${formatTextTable([...tags, ...left])}`;
}
function summarisePlan(plan) {
  if (plan.kind === "none") return `No image: ${escapeMarkdown(plan.reason)}
`;
  const table = formatMarkdownTable({
    header: ["Tag", "", "Why"],
    rows: [
      ...plan.tags.map(({ name, mutability, reason }) => [codeText(name), mutability, escapeMarkdown(reason)]),
      ...plan.notMoved.map(({ name, reason }) => [codeText(name), "not moved", escapeMarkdown(reason)])
    ]
  });
  const title = `Plan: ${plan.kind} image ${escapeMarkdown(`${plan.images[0]}:${plan.primaryTag}`)}`;
  return `<details><summary>${title}</summary>

${table}Delivery ${plan.delivery}: ${escapeMarkdown(plan.reason)}

</details>
`;
}

// plan-image/list-outputs.ts
function listOutputs(plan) {
  const names = (mutability) => plan.tags.filter((tag) => mutability === void 0 || tag.mutability === mutability).map(({ name }) => name);
  return {
    kind: plan.kind,
    images: plan.images.join("\n"),
    tags: names().join("\n"),
    "immutable-tags": names("immutable").join("\n"),
    "moving-tags": names("moving").join("\n"),
    references: plan.images.flatMap((image) => names().map((name) => `${image}:${name}`)).join("\n"),
    "primary-tag": plan.primaryTag,
    revision: plan.revision,
    delivery: plan.delivery,
    reason: plan.reason,
    labels: formatPairs(plan.labels),
    annotations: formatPairs(plan.annotations),
    plan: JSON.stringify(plan)
  };
}
function formatPairs(pairs) {
  return Object.entries(pairs).map(([key, value]) => `${key}=${value}`).join("\n");
}

// plan-image/read-request.ts
function readRequest(repository) {
  return {
    component: parseComponent(readText("component")),
    ref: readText("ref"),
    token: readText("token"),
    apiUrl: readApiUrl(),
    options: {
      images: parseImages(readText("image"), repository),
      latest: parseLatest(readText("latest", "auto")),
      push: parsePush(readText("push", "auto")),
      suffix: parseSuffix(readText("suffix")),
      extraTags: parseExtraTags(readText("extra-tags")),
      versionPrefix: readBoolean("version-prefix", false)
    }
  };
}

// plan-image/main.ts
await runStep(async () => {
  const event = readEventContext();
  const request = readRequest(event.repository);
  maskSecret(request.token);
  const now = readClock();
  const gitHub = connectGitHub({
    token: request.token,
    url: request.apiUrl,
    onRetry: (sentence2) => warning(sentence2)
  });
  const { facts, versions, commitDate } = await collectFacts(event, request, gitHub);
  tellPlan(planImage(facts, { ...request.options, versions, commitDate, now }));
});
function tellPlan(plan) {
  if (plan.kind === "none") notice(`No image: ${plan.reason}`);
  else printText(describePlan(plan));
  writeOutputs(listOutputs(plan));
  writeSummary(summarisePlan(plan));
}
