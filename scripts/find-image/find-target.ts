import { InputError } from "@longshore/language";
import { formatTag, parseTag, planImage, readBuildFacts, type Tag } from "@longshore/tagging";
import type { GitHubApi } from "../lib/github/api.ts";
import { readEventContext, readRepositoryName } from "../lib/github/event.ts";
import type { FindRequest } from "./read-request.ts";

/** Which image is wanted, and under which names it would be. */
export interface Target {
  /** Commit SHA, 40 lower-case hexadecimal digits. */
  readonly revision: string;
  /** For sentences: `pull request 12 at abc1234`. */
  readonly what: string;
  /** Tags to ask for, the likeliest first. */
  readonly tags: readonly string[];
  /** Where only a commit is known, branches and pull requests may have named it too: the repository's tags are listed. */
  readonly lists: boolean;
}

/** From the inputs, else from the event. At most two API calls, for a full SHA or an event none. Throws InputError. */
export async function findTarget(request: FindRequest, gitHub: GitHubApi): Promise<Target> {
  const { suffix, pullRequest } = request;
  const repository = readRepositoryName();
  const given = request.revision === "" ? "" : await resolveRevision(request.revision, repository, gitHub);
  if (pullRequest > 0) {
    const revision = given || (await readHead(pullRequest, repository, gitHub));
    const sha7 = revision.slice(0, 7);
    const tag = nameOf({ class: "pull-request", number: pullRequest, sha7, suffix });
    return { revision, what: `pull request ${pullRequest} at ${sha7}`, tags: [tag], lists: false };
  }
  if (given !== "") {
    const tags = [given, given.slice(0, 7)].map((sha) => nameOf({ class: "commit", sha, suffix }));
    return { revision: given, what: `commit ${given.slice(0, 7)}`, tags, lists: true };
  }
  return targetOfEvent(request);
}

/** Of the tags a build of this very event puts, those that never move and tell the commit. */
function targetOfEvent({ image, component, suffix }: FindRequest): Target {
  const facts = readBuildFacts(readEventContext(), component);
  if (facts.kind === "none") {
    throw new InputError(
      `This event tells no image to find (${facts.reason}): give the input \`revision\` or \`pull-request\`.`,
    );
  }
  const plan = planImage(facts, {
    ...{ images: [image], suffix, latest: "none", push: "auto", extraTags: [], versionPrefix: false, versions: [] },
    ...{ commitDate: "", now: new Date(0) },
  });
  const tags = plan.tags.filter((tag) => tag.mutability === "immutable" && tag.class !== "date-time");
  const what = facts.kind === "pull-request" ? `pull request ${facts.number} at` : `${facts.kind} image of`;
  return {
    revision: facts.revision,
    what: `${what} ${facts.revision.slice(0, 7)}`,
    tags: tags.map(({ name }) => name),
    lists: false,
  };
}

async function resolveRevision(text: string, repository: string, gitHub: GitHubApi): Promise<string> {
  if (/^[0-9a-f]{40}$/iu.test(text)) return text.toLowerCase();
  return (await gitHub.resolveRef(repository, text)).sha;
}

/** The event tells the head of its own pull request; of another one GitHub is asked. */
async function readHead(number: number, repository: string, gitHub: GitHubApi): Promise<string> {
  if (process.env.GITHUB_EVENT_NAME === "pull_request") {
    const facts = readBuildFacts(readEventContext(), "");
    if (facts.kind === "pull-request" && facts.number === number) return facts.revision;
  }
  return (await gitHub.readPullRequest(repository, number)).sha;
}

function nameOf(tag: Tag): string {
  return formatTag(tag, { defaultBranch: "main" });
}

const named = ["pull-request", "merge-queue", "feature", "default-branch"] as const;
const mostCandidates = 20;

/** Of a repository's tags those that end in this commit's seven digits (and the suffix). */
export function tagsOfRevision(names: readonly string[], revision: string, suffix: string): readonly string[] {
  const context = { defaultBranch: "main", suffixes: suffix === "" ? [] : [suffix] };
  const isOfRevision = (name: string): boolean => {
    const tag = parseTag(name, context);
    const isNamed = named.some((tagClass) => tagClass === tag.class);
    return isNamed && "sha7" in tag && revision.startsWith(tag.sha7) && tag.suffix === suffix;
  };
  return names.filter(isOfRevision).slice(0, mostCandidates);
}

/** Whether a build of this version has this very name. */
export function isOfVersion(name: string, version: string, suffix: string): boolean {
  return [false, true].some((prefixed) => name === nameOf({ class: "version", version, prefixed, suffix }));
}
