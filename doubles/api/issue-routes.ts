import { createHash } from "node:crypto";
import { gitHubDate } from "../git-object.ts";
import { type Answer, json, readBody } from "../http-exchange.ts";
import type { Issue, RepositoryState } from "../repository-state.ts";
import type { ApiRequest, ApiRoute } from "./api-context.ts";
import { apiError } from "./api-error.ts";
import { listAnswer } from "./page.ts";
import { nodeId, userBody } from "./user-body.ts";

const issues = "/repos/{owner}/{repo}/issues";
const issue = `${issues}/{issue_number}`;
const longestBody = 65_536;

/** https://docs.github.com/en/rest/issues/issues, without pull requests, comments and milestones. */
export const issueRoutes: readonly ApiRoute[] = [
  {
    path: issues,
    kind: "issues",
    documentation: "rest/issues/issues#list-repository-issues",
    permission: "issues",
    ofRepository: listIssues,
  },
  {
    method: "POST",
    path: issues,
    kind: "issue-create",
    documentation: "rest/issues/issues#create-an-issue",
    permission: "issues",
    ofRepository: createIssue,
  },
  {
    path: issue,
    kind: "issue",
    documentation: "rest/issues/issues#get-an-issue",
    permission: "issues",
    ofRepository: (repository, request) => withIssue(repository, request, (found) => found),
  },
  {
    method: "PATCH",
    path: issue,
    kind: "issue-update",
    documentation: "rest/issues/issues#update-an-issue",
    permission: "issues",
    ofRepository: updateIssue,
  },
];

function listIssues(repository: RepositoryState, { url }: ApiRequest): Answer {
  const query = url.searchParams;
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter((label) => label !== "");
  const creator = query.get("creator");
  const found = repository.issues
    .filter((item) => state === "all" || item.state === state)
    .filter((item) => labels.every((label) => item.labels.includes(label)))
    .filter((item) => creator === null || item.user === creator);
  const ordered = query.get("direction") === "asc" ? found : found.toReversed();
  return listAnswer(ordered, url, (item) => issueBody(url.origin, repository, item));
}

async function createIssue(repository: RepositoryState, request: ApiRequest): Promise<Answer> {
  const { title, body = "", labels = [] } = await readChange(request);
  if (title === undefined || title === "") return apiError(422, "Validation Failed", request.documentation);
  if (body.length > longestBody) return apiError(422, "Validation Failed", request.documentation);
  const numbers = [
    ...repository.issues.map((item) => item.number),
    ...repository.pullRequests.entries().map(([n]) => n),
  ];
  const number = Math.max(0, ...numbers) + 1;
  const at = repository.journal.now();
  const user = request.token?.user ?? "ghost";
  const opened: Issue = {
    ...{ id: repository.id * 100_000 + number, number, user, title, body, labels },
    ...{ state: "open", createdAt: at, updatedAt: at },
  };
  repository.issues.push(opened);
  return json(201, issueBody(request.url.origin, repository, opened));
}

async function updateIssue(repository: RepositoryState, request: ApiRequest): Promise<Answer> {
  const change = await readChange(request);
  if ((change.body ?? "").length > longestBody) return apiError(422, "Validation Failed", request.documentation);
  return withIssue(repository, request, (found) =>
    Object.assign(found, change, { updatedAt: repository.journal.now() }),
  );
}

interface IssueChange {
  readonly title?: string;
  readonly body?: string;
  readonly labels?: readonly string[];
  readonly state?: "open" | "closed";
}

async function readChange(request: ApiRequest): Promise<IssueChange> {
  const { title, body, labels, state } = JSON.parse((await readBody(request.body)).toString()) as IssueChange;
  return Object.fromEntries(Object.entries({ title, body, labels, state }).filter(([, value]) => value !== undefined));
}

function withIssue(repository: RepositoryState, request: ApiRequest, change: (found: Issue) => Issue): Answer {
  const number = Number(request.parameters.issue_number);
  const found = repository.issues.find((item) => item.number === number);
  if (found === undefined) return apiError(404, "Not Found", request.documentation);
  return json(200, issueBody(request.url.origin, repository, change(found)));
}

/** GitHub's `issue`. */
function issueBody(origin: string, repository: RepositoryState, item: Issue) {
  const address = `${origin}/repos/${repository.fullName}/issues/${item.number}`;
  const labels = item.labels.map((name) => {
    const id = createHash("sha1").update(name).digest().readUInt32BE() >>> 4;
    const url = `${origin}/repos/${repository.fullName}/labels/${encodeURIComponent(name)}`;
    return { id, node_id: nodeId("LA", id), url, name, description: "", color: "ededed", default: false };
  });
  return {
    url: address,
    repository_url: `${origin}/repos/${repository.fullName}`,
    labels_url: `${address}/labels{/name}`,
    comments_url: `${address}/comments`,
    events_url: `${address}/events`,
    html_url: `${origin}/${repository.fullName}/issues/${item.number}`,
    id: item.id,
    node_id: nodeId("I", item.id),
    number: item.number,
    title: item.title,
    user: userBody(origin, item.user),
    labels,
    state: item.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: 0,
    created_at: gitHubDate(item.createdAt),
    updated_at: gitHubDate(item.updatedAt),
    closed_at: item.state === "closed" ? gitHubDate(item.updatedAt) : null,
    author_association: "NONE",
    active_lock_reason: null,
    body: item.body,
    timeline_url: `${address}/timeline`,
    performed_via_github_app: null,
    state_reason: item.state === "closed" ? "completed" : null,
  };
}
