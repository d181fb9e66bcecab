import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  connectGitHub
} from "./chunk-FIOPO3DO.js";
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
  warning,
  writeOutputs,
  writeSummary
} from "./chunk-DMQEXC77.js";
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
    onRetry: (sentence) => warning(sentence)
  });
  const { facts, versions, commitDate } = await collectFacts(event, request, gitHub);
  tellPlan(planImage(facts, { ...request.options, versions, commitDate, now }));
});
function tellPlan(plan) {
  if (plan.kind === "none") notice(showText(`No image: ${plan.reason}`));
  else printText(describePlan(plan));
  writeOutputs(listOutputs(plan));
  writeSummary(summarisePlan(plan));
}
