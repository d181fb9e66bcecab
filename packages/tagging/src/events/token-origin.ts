import type { EventContext, TokenOrigin } from "../build-facts.ts";
import { hasObject, isNull, type Payload, readText } from "../payload.ts";

const pullRequestEvents = ["pull_request", "pull_request_review", "pull_request_review_comment"];

/**
 * Whose run it is. GitHub gives runs of forks' pull requests, and runs that Dependabot starts by its pull requests
 * and pushes, a token that can only read. Sources:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
 * https://docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
 */
export function readTokenOrigin(event: EventContext, payload: Payload): TokenOrigin {
  const isPullRequest = isOfPullRequest(event);
  if (isPullRequest && hasObject(payload, "pull_request") && isForked(event, payload)) return "fork";
  const limitsDependabot = isPullRequest || event.eventName === "push";
  return limitsDependabot && event.actor === "dependabot[bot]" ? "dependabot" : "repository";
}

/** Whether the event's run is of a pull request, on its merge commit and with the rights of its head repository. */
export function isOfPullRequest({ eventName }: EventContext): boolean {
  return pullRequestEvents.includes(eventName);
}

/** A head repository that is gone (null) was a fork: this repository is here. */
function isForked(event: EventContext, payload: Payload): boolean {
  if (isNull(payload, "pull_request.head.repo")) return true;
  const base = readText(payload, "repository.full_name") || event.repository;
  const head = readText(payload, "pull_request.head.repo.full_name") || base;
  return head.toLowerCase() !== base.toLowerCase();
}
