import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  createGitHubClient
} from "./chunk-endpoints.js";
import {
  problemsOf,
  readHealthReport,
  uncheckedOf
} from "./chunk-health-report.js";
import {
  GitHubError,
  explainFailure
} from "./chunk-error.js";
import "./chunk-parse-json.js";
import "./chunk-request.js";
import "./chunk-refusal.js";
import {
  readApiUrl,
  readRepositoryInput
} from "./chunk-event.js";
import "./chunk-retry.js";
import {
  formatMarkdownTable
} from "./chunk-step-summary.js";
import {
  maskSecret,
  readRequired,
  readText,
  runStep,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  codeText,
  escapeMarkdown,
  linkText,
  quoteValue,
  showText
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import "./chunk-runtime.js";

// report-issue/issues-api.ts
function connectIssues(client, repository, url) {
  const [owner = "", repo = ""] = repository.split("/");
  const place = { owner, repo };
  const told = async (action) => {
    try {
      return await action();
    } catch (error) {
      throw adviseOn(explainFailure(error, repository, url), repository);
    }
  };
  return {
    listOpen: (label) => told(async () => {
      const parameters = {
        ...place,
        labels: label,
        state: "open",
        direction: "asc",
        per_page: 100
      };
      const found = await client.paginate(client.rest.issues.listForRepo, parameters);
      return found.filter((item) => item.pull_request === void 0).map(readIssue);
    }),
    open: (text, label) => told(async () => {
      const request = { retries: 0 };
      return readIssue((await client.rest.issues.create({ ...place, ...text, labels: [label], request })).data);
    }),
    change: (number, change) => told(async () => {
      await client.rest.issues.update({ ...place, issue_number: number, ...change });
    })
  };
}
function readIssue(item) {
  return { number: item.number, url: item.html_url, title: item.title, body: item.body ?? "" };
}
function adviseOn(error, repository) {
  if (!(error instanceof GitHubError)) return error;
  const { status } = error;
  if (status === 410) {
    return new GitHubError(
      `${repository} has its issues switched off: switch them on, or set \`issue: false\`.`,
      status,
      {
        cause: error
      }
    );
  }
  if (status !== 403 && status !== 404) return error;
  return new GitHubError(
    `The token may not write issues of ${repository} (${status}): grant the job \`issues: write\`.`,
    status,
    { cause: error }
  );
}

// report-issue/issue-body.ts
var mostRows = 100;
var mostCharacters = 6e4;
function markerOf(name) {
  return `<!-- longshore-verify: ${name} -->`;
}
function formatBody(report, name) {
  const problems = [...problemsOf(report), ...uncheckedOf(report)];
  const rows = [];
  let length = 0;
  for (const { where, kind, detail } of problems.slice(0, mostRows)) {
    const row = [codeText(where), escapeMarkdown(kind), escapeMarkdown(detail)];
    length += row.join(" | ").length;
    if (length > mostCharacters) break;
    rows.push(row);
  }
  const more = problems.length - rows.length;
  return [
    markerOf(name),
    `Checked ${codeText(report.checkedAt)}${report.run === "" ? "" : ` by ${linkText("this run", report.run)}`}, which keeps the whole report.
`,
    formatMarkdownTable({ header: ["image", "problem", ""], rows }),
    ...more > 0 ? [`${more} more are in the report.
`] : [],
    "This issue is written anew by each check, and closed when all is well."
  ].join("\n");
}

// report-issue/report-issue.ts
async function reportIssue(report, { name, title, label }, issues) {
  const find = async () => (await issues.listOpen(label)).filter(({ body }) => body.includes(markerOf(name)));
  const [issue, ...others] = await find();
  for (const other of others) await issues.change(other.number, { state: "closed" });
  if (problemsOf(report).length === 0) {
    if (issue === void 0 || uncheckedOf(report).length > 0) return { outcome: "none" };
    await issues.change(issue.number, { state: "closed" });
    return { outcome: "closed", issue };
  }
  const text = { title, body: formatBody(report, name) };
  if (issue !== void 0) {
    await issues.change(issue.number, text);
    return { outcome: "updated", issue };
  }
  return { outcome: "opened", issue: await openOnce() };
  async function openOnce() {
    try {
      return await issues.open(text, label);
    } catch (error) {
      if (!(error instanceof GitHubError) || error.status !== 0 && error.status < 500) throw error;
      return (await find())[0] ?? await issues.open(text, label);
    }
  }
}

// report-issue/main.ts
await runStep(async () => {
  const report = readHealthReport(readRequired("report"));
  const token = readText("token");
  maskSecret(token);
  const repository = readRepositoryInput();
  const name = readText("name", "images");
  if (!/^[a-z0-9][a-z0-9-]{0,49}$/u.test(name)) {
    throw new InputError(`Input \`name\` is ${quoteValue(name)}: use lower-case letters, digits and dashes.`);
  }
  const label = readText("label", "image-health");
  if (!/^[^,]{1,50}$/u.test(label)) {
    throw new InputError(
      `Input \`label\` is ${quoteValue(label)}: give one label of at most 50 characters, without a comma.`
    );
  }
  const url = readApiUrl();
  const client = createGitHubClient({ token, url, onRetry: (sentence) => warning(showText(sentence)) });
  const about = {
    name,
    title: readText("title", "Published images need attention"),
    label
  };
  const { outcome, issue } = await reportIssue(report, about, connectIssues(client, repository, url));
  const link = issue?.url ?? "";
  printText(
    issue === void 0 ? uncheckedOf(report).length > 0 ? "Not everything could be checked and no problem was found: no issue is opened, and none is closed." : "All is well, and there is no issue to close." : `Issue ${issue.number} is ${outcome}: ${link}`
  );
  writeOutputs({ outcome, issue: issue === void 0 ? "" : String(issue.number), url: link });
});
