import { InputError, quote } from "@longshore/language";
import type { BuildFacts, EventContext } from "./build-facts.ts";
import { readChosenRef } from "./events/chosen-ref.ts";
import { type EventReader, type EventReading, nothing, readRepository } from "./events/event-reading.ts";
import { readMergeGroup } from "./events/merge-group.ts";
import { readPullRequest } from "./events/pull-request.ts";
import { readPush } from "./events/push.ts";
import { readRef } from "./events/read-ref.ts";
import { readRelease } from "./events/release.ts";
import { readTokenOrigin } from "./events/token-origin.ts";
import { readWorkflowRun, refuseForkRun } from "./events/workflow-run.ts";
import { parseComponent } from "./parse-options.ts";
import { asPayload, parseSha } from "./payload.ts";

/** Events that can name an image. Every other event names nothing. */
const readers: ReadonlyMap<string, EventReader> = new Map([
  ["pull_request", readPullRequest],
  ["pull_request_review", readPullRequest],
  ["pull_request_review_comment", readPullRequest],
  ["push", readPush],
  ["merge_group", readMergeGroup],
  ["release", readRelease],
  ["workflow_dispatch", readChosenRef],
  ["schedule", readChosenRef],
  ["repository_dispatch", readChosenRef],
  ["workflow_run", readWorkflowRun],
]);

/** Name of the default branch as the event tells it, or empty. @throws InputError where the payload is none of GitHub's */
export function defaultBranchOf(event: EventContext): string {
  return readRepository(event, asPayload(event.payload)).defaultBranch;
}

/**
 * What an event means for one component (empty: the whole repository). Events:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 * @throws InputError where the event is refused or a field it needs is missing or of another type
 */
export function readBuildFacts(event: EventContext, component: string): BuildFacts {
  if (event.eventName === "pull_request_target") {
    throw new InputError(
      "Event pull_request_target is refused, because it runs a stranger's code with a token that can write; build on pull_request instead.",
    );
  }
  const payload = asPayload(event.payload);
  const reading: EventReading = {
    event,
    payload,
    component: parseComponent(component),
    repository: readRepository(event, payload),
    origin: readTokenOrigin(event, payload),
  };
  const reader = readers.get(event.eventName);
  if (event.override === undefined) {
    return reader === undefined ? nothing(reading, `event ${event.eventName} names no image`) : reader(reading);
  }
  // A fork's run is refused whatever it asks for.
  if (event.eventName === "workflow_run") refuseForkRun(reading);
  return readOverride(reading, event.override);
}

function readOverride(reading: EventReading, override: NonNullable<EventContext["override"]>): BuildFacts {
  const revision = parseSha(override.revision);
  if (revision !== undefined) return readRef(reading, override.ref, { revision, created: "" });
  throw new InputError(
    `Input ref leads to ${quote(override.revision)}, which is no commit sha of 40 hexadecimal digits.`,
  );
}
