import { InputError, quote } from "@longshore/language";
import type { BuildFacts, EventContext, NoFacts, RepositoryFacts, TokenOrigin } from "../build-facts.ts";
import { type Payload, parseSha, readText } from "../payload.ts";

/** An event on its way to facts: what every reader of events needs. */
export interface EventReading {
  readonly event: EventContext;
  readonly payload: Payload;
  readonly component: string;
  readonly repository: RepositoryFacts;
  readonly origin: TokenOrigin;
}

/** One reader per event: what the event means. @throws InputError */
export type EventReader = (reading: EventReading) => BuildFacts;

/** An event that names nothing; `why` completes "Nothing is built: …". */
export function nothing({ repository, component }: EventReading, why: string): NoFacts {
  return { kind: "none", repository, component, reason: `Nothing is built: ${why}.` };
}

/** What every commit's facts share. */
export function commitOf(reading: EventReading, revision: string, created: string) {
  const { repository, component, origin } = reading;
  return { repository, component, origin, revision, created };
}

/** `GITHUB_SHA`. @throws InputError when it is no commit */
export function eventSha({ event }: EventReading): string {
  const sha = parseSha(event.sha);
  if (sha !== undefined) return sha;
  throw new InputError(
    `GITHUB_SHA is ${quote(event.sha)}, not a commit sha of 40 hexadecimal digits; run this for an event with a commit.`,
  );
}

/** What the payload tells of the repository; without one, what the environment tells. @throws InputError */
export function readRepository(event: EventContext, payload: Payload): RepositoryFacts {
  const fullName = event.repository || readText(payload, "repository.full_name");
  if (!/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/.test(fullName)) {
    throw new InputError(`GITHUB_REPOSITORY is ${quote(fullName)}; give owner/name.`);
  }
  const license = readText(payload, "repository.license.spdx_id");
  const defaultBranch =
    readText(payload, "repository.default_branch") ||
    readText(payload, "repository.master_branch") ||
    // Scheduled and dispatched runs start on the default branch; their payloads may lack the repository.
    (["schedule", "repository_dispatch"].includes(event.eventName) ? event.ref.replace(/^refs\/heads\//, "") : "");
  return {
    fullName,
    url: `${(event.serverUrl || "https://github.com").replace(/(?<!\/)\/+$/, "")}/${fullName}`,
    description: readText(payload, "repository.description"),
    license: license === "NOASSERTION" ? "" : license,
    defaultBranch,
  };
}
