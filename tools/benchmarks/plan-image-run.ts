import type { EventContext } from "@longshore/tagging";
import { repository, sha } from "../../doubles/events.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { type BundleRun, runBundle } from "../run-bundle.ts";

export interface PlanRunOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs plan-image for an event against a double of GitHub, with a token that reads the repository. */
export function runPlanImage(
  event: EventContext,
  gitHub: GitHubDouble,
  options: PlanRunOptions = {},
): Promise<BundleRun> {
  return runBundle("plan-image", {
    event: event.payload,
    inputs: { token: gitHub.token(), ...options.inputs },
    env: {
      GITHUB_EVENT_NAME: event.eventName,
      GITHUB_REF: event.ref,
      GITHUB_SHA: event.sha,
      GITHUB_REPOSITORY: event.repository,
      GITHUB_ACTOR: event.actor,
      GITHUB_SERVER_URL: event.serverUrl,
      GITHUB_API_URL: gitHub.url,
      SOURCE_DATE_EPOCH: "1719585022",
      ...options.env,
    },
  });
}

/** A double that holds the repository of the examples: their commit, on main and on a branch, with these git tags. */
export async function startExample(gitTags: readonly string[] = []): Promise<GitHubDouble> {
  const gitHub = await startGitHubDouble();
  const app = gitHub.repository(repository.full_name);
  app.addCommit({ sha, date: "2024-06-28T14:30:22Z" });
  app.setBranch("main", sha);
  app.setBranch("feature/x", sha);
  for (const tag of gitTags) app.setTag(tag, sha);
  return gitHub;
}

/** The paths of the API that were asked for, without the repository. */
export function callsOf(gitHub: GitHubDouble): readonly string[] {
  return gitHub.requests.map(({ path }) => decodeURIComponent(path.replace(/^\/repos\/[^/]+\/[^/]+\//u, ""))).sort();
}
