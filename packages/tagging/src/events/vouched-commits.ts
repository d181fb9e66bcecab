import type { EventContext } from "../build-facts.ts";
import { asPayload, parseSha, readText } from "../payload.ts";
import { isOfPullRequest } from "./token-origin.ts";

/**
 * The commits of which the event itself says that they are the repository's own, whatever became of their branch since. What GitHub
 * did not put there for the repository's own refs vouches for nothing: a run on a bare commit, such as a deployment's, may be of a
 * fork's. @throws InputError where the payload is none of GitHub's
 */
export function vouchedCommits(event: EventContext): readonly string[] {
  const payload = asPayload(event.payload);
  const isOwn = (path: string): boolean =>
    readText(payload, path).toLowerCase() === event.repository.toLowerCase() && event.repository !== "";
  const isOwnPullRequest = isOfPullRequest(event) && isOwn("pull_request.head.repo.full_name");
  const isOwnRun = event.eventName === "workflow_run" && isOwn("workflow_run.head_repository.full_name");
  const commits = [
    /^refs\/(?:heads|tags)\//.test(event.ref) || isOwnPullRequest ? event.sha : "",
    isOwnPullRequest ? readText(payload, "pull_request.head.sha") : "",
    event.eventName === "merge_group" ? readText(payload, "merge_group.head_sha") : "",
    isOwnRun ? readText(payload, "workflow_run.head_sha") : "",
  ];
  return commits.flatMap((sha) => parseSha(sha) ?? []);
}
