import { type RecordedEvent, refName } from "./event.ts";
import type { PlainMap } from "./expressions.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Workflow } from "./workflow.ts";

/** The `github` context of a run; `github.*` is always the caller's, also in a called workflow. */
export function githubContext(event: RecordedEvent, entry: Workflow, surroundings: Surroundings): PlainMap {
  const { repository, apiUrl, serverUrl } = surroundings;
  const isTag = event.ref.startsWith("refs/tags/");
  return {
    event: event.payload,
    event_name: event.name,
    ref: event.ref,
    ref_name: refName(event.ref),
    ref_type: isTag ? "tag" : "branch",
    ref_protected: false,
    sha: event.sha,
    head_ref: event.headRef,
    base_ref: event.baseRef,
    actor: event.actor,
    actor_id: "1",
    triggering_actor: event.actor,
    repository,
    repository_id: "1",
    repository_owner: repository.split("/")[0] ?? "",
    repository_owner_id: "1",
    repositoryUrl: `${serverUrl.replace(/^https?/, "git")}/${repository}.git`,
    run_id: String(surroundings.runId),
    run_number: String(surroundings.runId),
    run_attempt: String(surroundings.runAttempt),
    retention_days: "90",
    api_url: apiUrl,
    graphql_url: `${apiUrl}/graphql`,
    server_url: serverUrl,
    workflow: entry.name,
    workflow_ref: `${repository}/${entry.origin.path}@${event.ref}`,
    workflow_sha: event.sha,
  };
}

/** The variables that say to a step what the `github` context says to an expression. */
export function githubVariables(github: PlainMap): Record<string, string> {
  const hidden = ["event", "token", "repositoryUrl"];
  return Object.fromEntries(
    Object.entries(github)
      .filter(([name]) => !hidden.includes(name))
      .map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)]),
  );
}
