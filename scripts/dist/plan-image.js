import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  nameQueue
} from "./chunk-queue-name.js";
import {
  connectGitHub
} from "./chunk-api.js";
import "./chunk-reads.js";
import {
  GitHubError
} from "./chunk-error.js";
import "./chunk-link-header.js";
import "./chunk-crypto.js";
import {
  readApiUrl,
  readEventContext
} from "./chunk-event.js";
import {
  readClock
} from "./chunk-clock.js";
import {
  formatMarkdownTable,
  formatTextTable,
  writeSummary
} from "./chunk-step-summary.js";
import {
  maskSecret,
  notice,
  readBoolean,
  readText,
  runStep,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  defaultBranchOf,
  looksLikeVersion,
  neededFacts,
  parseComponent,
  parseExtraTags,
  parseImages,
  parseLatest,
  parsePush,
  parseSuffix,
  planImage,
  publishQueue,
  readBuildFacts,
  vouchedCommits
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  codeText,
  escapeMarkdown,
  showText
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import "./chunk-runtime.js";

// plan-image/collect-facts.ts
function foreignCommit(sha, { eventName, repository }) {
  return new InputError(
    `Input \`ref\` is "${sha}", which is on no branch's head, nor in the default branch, nor a tag of ${repository}, nor what this event is of: it may be a fork's, and Longshore never builds a fork's code with a token that can write (event ${eventName}). Build it on pull_request; for a commit of your own give its branch, or push a tag at it and give that.`
  );
}
async function collectFacts(event, { component, ref, options }, gitHub, onMissingDate) {
  const { repository } = event;
  if (ref !== "") {
    const isUnknown = /^[0-9a-f]{40}$/iu.test(ref) && !vouchedCommits(event).includes(ref.toLowerCase());
    const [commit, isOwn] = await Promise.all([
      gitHub.resolveRef(repository, ref),
      isUnknown ? gitHub.isOwnCommit(repository, ref.toLowerCase(), defaultBranchOf(event)) : true
    ]);
    const facts2 = readBuildFacts({ ...event, override: { ref: commit.ref, revision: commit.sha } }, component);
    if (!isOwn && facts2.kind !== "none" && facts2.origin !== "fork") throw foreignCommit(commit.sha, event);
    const versions2 = neededFacts(facts2, options).versions ? await gitHub.listTagNames(repository) : [];
    return { facts: facts2, versions: versions2, commitDate: commit.date };
  }
  const facts = readBuildFacts(event, component);
  if (facts.kind === "none") return { facts, versions: [], commitDate: "" };
  const { revision } = facts;
  const needed = neededFacts(facts, options);
  const [versions, commitDate] = await Promise.all([
    needed.versions ? gitHub.listTagNames(repository, component) : [],
    needed.commitDate ? readCommitDate() : ""
  ]);
  return { facts, versions, commitDate };
  async function readCommitDate() {
    try {
      return await gitHub.readCommitDate(repository, revision);
    } catch (error) {
      const isTokenAtFault = error instanceof GitHubError && (error.status === 401 || error.status === 403);
      if (!(error instanceof GitHubError) || isTokenAtFault) throw error;
      onMissingDate(`The image's date of creation is left out, as the commit's is not known. ${error.message}`);
      return "";
    }
  }
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
    queue: nameQueue(publishQueue(plan)),
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
  const { facts, versions, commitDate } = await collectFacts(event, request, gitHub, warning);
  const plan = planImage(facts, { ...request.options, versions, commitDate, now });
  tellPlan(plan);
  if (request.options.push === "always" && plan.delivery === "artifact") warning(showText(plan.reason));
  if (facts.kind === "tag" && looksLikeVersion(facts.gitTag)) {
    warning(showText(tellNoVersion(facts.gitTag, plan.primaryTag, facts.component)));
  }
});
function tellNoVersion(gitTag, name, component) {
  const advice = component === "" ? "v1.2.3, or give the input `component` if it is one's" : `${component}/v1.2.3`;
  return `Git tag ${gitTag} is no semantic version, so its image is called ${name} and no \`1.2\`, \`1\` or \`latest\` moves: tag releases as ${advice}.`;
}
function tellPlan(plan) {
  if (plan.kind === "none") notice(showText(`No image: ${plan.reason}`));
  else printText(describePlan(plan));
  writeOutputs(listOutputs(plan));
  writeSummary(summarisePlan(plan));
}
