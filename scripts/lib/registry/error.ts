import { classifyPushError } from "@longshore/publishing";
import { parseRetryAfter } from "../http/retry.ts";
import { showText } from "../step/escape.ts";

/** A registry's refusal or failure, as one sentence that says what to do. */
export class RegistryError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Whether asking again can help. */
  readonly transient: boolean;
  /** The pause the registry asked for, milliseconds. */
  readonly retryAfter: number | undefined;
  constructor(
    message: string,
    facts: {
      readonly status?: number;
      readonly transient: boolean;
      readonly retryAfter?: number | undefined;
      readonly cause?: unknown;
    },
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = "RegistryError";
    this.status = facts.status ?? 0;
    this.transient = facts.transient;
    this.retryAfter = facts.retryAfter;
  }
}

/** What a request was for: the words of its errors. */
export interface RequestPurpose {
  /** `ghcr.io` */
  readonly host: string;
  /** `ghcr.io/acme/app`, or the host for what concerns no repository. */
  readonly image: string;
  readonly action: "read" | "write" | "log in";
  /** Such as "the manifest 1.2.3". */
  readonly what: string;
}

/** What a token request is for. */
export const TOKEN = "the token";

/** The error for an answer that is neither success nor "absent". `body` may be anything: JSON, HTML, empty. */
export function errorOfAnswer(
  purpose: RequestPurpose,
  status: number,
  headers: ReadonlyMap<string, string>,
  body: string,
  now: number,
): RegistryError {
  const told = describeBody(body);
  const answer = `${status}${told === "" ? "" : ` ${told}`}`;
  const facts = { status, retryAfter: parseRetryAfter(headers.get("retry-after"), now) };
  const { host, image, action, what } = purpose;
  if (status === 401) {
    return new RegistryError(
      `${host} refused the login for ${image} (${answer}): log in with a user and a token that are valid there before this step.`,
      { ...facts, transient: false },
    );
  }
  if (status === 403) {
    const transient = isSecondaryLimit(headers, body);
    const advice =
      what === TOKEN ? "log in with a user and a token that are valid there." : permissionAdvice(host, action);
    const sentence = transient
      ? `${host} refused ${what} of ${image} without a reason (${answer}), as it does under load; if it stays: ${advice}`
      : `${host} does not let this login ${action === "write" ? "write to" : "read"} ${image} (${answer}): ${advice}`;
    return new RegistryError(sentence, { ...facts, transient });
  }
  const known = classifyPushError(told);
  const transient = isTransientStatus(status) || known.transient;
  const advice = action === "write" && (status === 415 || known.kind === "media-types") ? ` ${known.advice}` : "";
  const verb = action === "write" ? "did not take" : action === "read" ? "did not give" : "gave no token for";
  return new RegistryError(`${host} ${verb} ${what} of ${image} (${answer}).${advice}`, { ...facts, transient });
}

/** The error for a request that got no whole answer. Resets, time-outs and names that do not resolve may pass. */
export function errorOfConnection(purpose: RequestPurpose, cause: unknown): RegistryError {
  return new RegistryError(
    `${purpose.host} could not be reached for ${purpose.what} of ${purpose.image} (${describeCause(cause)}).`,
    { transient: true, cause },
  );
}

function isTransientStatus(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/**
 * GHCR answers its secondary rate limit with 403 and a bare `denied`, and so it does a login it does not accept; a missing
 * permission comes with words, such as `permission_denied: write_package` or `installation not allowed to …`.
 */
function isSecondaryLimit(headers: ReadonlyMap<string, string>, body: string): boolean {
  if (headers.has("retry-after")) return true;
  return classifyPushError(describeBody(body)).transient;
}

function permissionAdvice(host: string, action: RequestPurpose["action"]): string {
  if (host === "docker.io")
    return "use an access token with the right to read and write, of a user of that repository.";
  const scope = action === "write" ? "packages: write" : "packages: read";
  return `grant \`${scope}\` in the \`permissions\` of the calling job, and give this repository the ${action === "write" ? "Write" : "Read"} role in the package's settings (Manage Actions access).`;
}

/** `{"errors":[{code,message}]}` as `denied: message`; of anything else the first words. */
function describeBody(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const errors = (parsed as { errors?: unknown }).errors;
    if (Array.isArray(errors)) {
      const parts = errors.map((item: { code?: unknown; message?: unknown }) =>
        [item?.code, item?.message]
          .filter((part) => typeof part === "string" && part !== "")
          .map(String)
          .map((part, index) => (index === 0 ? part.toLowerCase() : part))
          .join(": "),
      );
      return shorten(parts.join("; "));
    }
  } catch {
    // HTML of a proxy, or nothing
  }
  return shorten(body.replace(/<[^<>]*>/gu, " "));
}

function shorten(text: string): string {
  const line = showText(text.slice(0, 10_000).replace(/\s+/gu, " ").trim());
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return shorten(String(cause));
  const inner = cause.cause instanceof Error ? cause.cause : cause;
  const code = (inner as { code?: unknown }).code;
  return shorten(typeof code === "string" ? code : inner.message);
}
