/** What went wrong in a build or push, in the words this project acts on. */
export type PushErrorKind =
  | "build" // a RUN step or an input of the build failed
  | "dockerfile"
  | "base-image"
  | "builder" // BuildKit or the Docker engine, not the registry
  | "permission"
  | "credentials"
  | "media-types"
  | "host" // name or certificate of the registry
  | "rate-limit"
  | "server-error"
  | "unknown-blob"
  | "denied" // refused without a reason, after it had been allowed or under load
  | "forbidden" // 403 without a body, so without a reason: only asking the registry tells which of the two it is
  | "token"
  | "connection"
  | "unknown";

export interface PushError {
  readonly kind: PushErrorKind;
  /** Whether the same command may well succeed a little later. */
  readonly transient: boolean;
  /** The error itself in one line of at most 300 characters, digests shortened, cut in the middle. */
  readonly message: string;
  /** Whether the image had been built, so that only its way out failed. */
  readonly built: boolean;
  /** One sentence: what to do. */
  readonly advice: string;
  /** Seconds the registry asked to wait. */
  readonly retryAfter?: number;
}

interface Rule {
  readonly kind: PushErrorKind;
  readonly transient: boolean;
  readonly pattern: RegExp;
  readonly advice: string;
}

const PERMISSION =
  "Give the calling job `permissions: packages: write`; if the package was not made by this repository, its owner adds the repository with the role Write under Package settings, Manage Actions access. For other registries, check that the user of the login may push.";

/**
 * First match wins, so an order: what the build itself did (its text may quote any words), then what the registry said with
 * a reason, then what it said without one, then the line to it.
 *
 * GHCR answers 403 both for a missing permission and for its secondary rate limit. They are told apart by the reason:
 * `permission_denied: write_package`, `installation not allowed to …`, `requested access to the resource is denied` and
 * `insufficient_scope` name a permission and stay; `secondary rate limit` passes; `denied` without any reason was seen to pass
 * on a second try of the same run (docker/build-push-action#463, goreleaser/goreleaser#1977), also from the token endpoint.
 * A 403 without a body (an answer to HEAD, and what older BuildKits make of any) is `forbidden`: it counts as lasting unless the
 * registry, asked again, gives a reason that passes. At the end of an upload (PUT) the token has been allowed to write before,
 * so there it passes (nextstrain/docker-base#131).
 */
const RULES: readonly Rule[] = [
  {
    kind: "build",
    transient: false,
    pattern:
      /did not complete successfully: |executor failed running \[|: secret \S+: not found|unset ssh forward key|exporter .* could not be found/,
    advice: "A step of the Dockerfile failed: its output is in the log above.",
  },
  {
    kind: "dockerfile",
    transient: false,
    pattern:
      /dockerfile parse error|failed to read dockerfile|target stage .* could not be found|failed to calculate checksum of ref|failed to compute cache key|failed to parse stage name|should not be blank|circular dependency|invalid reference format|unknown instruction|failed to process "|unable to prepare context|path .* not found/i,
    advice: "Mend the Dockerfile or the input it names.",
  },
  {
    kind: "base-image",
    transient: false,
    pattern: /you have reached your (?:unauthenticated |anonymous )?pull rate limit/i,
    advice: "Log in to the registry of the base image: its limit for pulls without a login is used up for hours.",
  },
  {
    kind: "base-image",
    transient: false,
    pattern:
      /failed to resolve source metadata for .*(?:not found|pull access denied|no match for platform|insufficient_scope|401 Unauthorized|403 Forbidden|unauthorized: )|no match for platform in manifest|pull access denied, repository does not exist/s,
    advice:
      "Check the name of the base image, that it exists for this platform, and that the job is logged in where it is private.",
  },
  {
    kind: "builder",
    transient: false,
    pattern:
      /command not found|not a docker command|unknown command: docker|push-by-digest|driver does not support|not supported for the docker driver|not currently supported|is not supported by the current|no builder .* found|cannot connect to the docker daemon|failed to find driver/i,
    advice:
      "Docker with buildx and a builder that pushes by digest (docker-container driver) must be set up before this step, as docker/setup-buildx-action does.",
  },
  {
    kind: "builder",
    transient: false,
    pattern:
      /code = Unavailable|failed to receive status|error reading from server|no space left on device|exec format error/i,
    advice: "The builder stopped: look for memory, disk space, or a platform this machine cannot run.",
  },
  {
    kind: "rate-limit",
    transient: true,
    pattern: /secondary rate limit/i,
    advice: "GitHub's secondary rate limit was reached: spread the pushes, or run again in some minutes.",
  },
  {
    kind: "rate-limit",
    transient: true,
    pattern: /\b429\b[: ]|toomanyrequests|too many requests/i,
    advice: "The registry's rate limit was reached: spread the pushes, or run again in some minutes.",
  },
  {
    kind: "server-error",
    transient: true,
    pattern:
      /(?:status|status code|HTTP status code|HTTP)[ :]+"?(?:499|50[0234]|52\d)\b|: (?:499|50[0234]|52\d) ?(?:$|[A-Z])|\b50[0234] (?:internal server error|bad gateway|service unavailable|gateway time-?out)|invalid character '<' looking for beginning of value/im,
    advice: "The registry had a failure of its own: run again when it is well.",
  },
  {
    kind: "permission",
    transient: false,
    pattern:
      /permission_denied|installation not allowed|insufficient_scope|requested access to the resource is denied|push access denied|expected scopes|write_package/i,
    advice: PERMISSION,
  },
  {
    kind: "unknown-blob",
    transient: true,
    pattern:
      /unknown blob|blob unknown|blob upload (?:unknown|invalid)|BLOB_UNKNOWN|BLOB_UPLOAD_UNKNOWN|BLOB_UPLOAD_INVALID/i,
    advice: "The registry lost sight of a layer it had taken: run again.",
  },
  {
    kind: "credentials",
    transient: false,
    pattern:
      /\b401 Unauthorized|unauthorized: |authentication required|incorrect username or password|no basic auth credentials/i,
    advice: "The registry does not accept the login: check the user and the password of its entry in registry-auth.",
  },
  {
    kind: "media-types",
    transient: false,
    pattern: /manifest invalid|MANIFEST_INVALID|\b400 Bad Request|\b415 Unsupported Media Type|unsupported media type/i,
    advice: "A registry that refuses OCI indexes needs the input `docker-media-types: true`.",
  },
  {
    kind: "denied",
    transient: true,
    pattern: /(?:failed commit on ref .*unexpected status: |PUT request to \S+: )403 Forbidden/s,
    advice: `The registry refused at the end of the upload what it allowed before: run again. If it stays: ${PERMISSION}`,
  },
  {
    kind: "denied",
    transient: true,
    pattern: /(?:^|: |\n)denied(?:: denied)?\s*$/i,
    advice: `The registry refused without a reason, as GHCR does under load: run again. If it stays: ${PERMISSION}`,
  },
  {
    kind: "permission",
    transient: false,
    pattern: /(?:^|: |\n)denied: /i,
    advice: PERMISSION,
  },
  { kind: "forbidden", transient: false, pattern: /\b403 Forbidden/i, advice: PERMISSION },
  {
    kind: "host",
    transient: false,
    pattern:
      /no such host|x509: |certificate signed by|remote error: tls: handshake failure|server gave HTTP response to HTTPS client|unsupported protocol scheme/i,
    advice: "Check the name of the registry in input `image`, and that it speaks https with a trusted certificate.",
  },
  {
    kind: "token",
    transient: true,
    pattern: /failed to fetch (?:oauth|anonymous) token|failed to authorize/i,
    advice: "The registry did not give out a token: run again when it is well.",
  },
  {
    kind: "connection",
    transient: true,
    pattern:
      /connection reset|broken pipe|\bEOF\b|i\/o timeout|TLS handshake timeout|timed out|connection refused|Client\.Timeout exceeded|context deadline exceeded|no route to host|network is unreachable|server misbehaving|temporary failure in name resolution|http2: |stream error|GOAWAY|closed network connection|request must be retried|\b408 Request Time-?out|socket hang up|ECONNRESET|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN/i,
    advice: "The line to the registry broke: run again.",
  },
];

/**
 * Reads the output of `docker buildx build` or `docker buildx imagetools` (a plain error text will do) and says whether to try
 * again. Only the final error counts, never the build's own log, which may contain anything.
 */
export function classifyPushError(output: string): PushError {
  const error = finalError(output);
  const message = shorten(error);
  const rule = RULES.find(({ pattern }) => pattern.test(error));
  const built = !/^(?:build|dockerfile|base-image)$/.test(rule?.kind ?? "") && failedAtExport(output, error);
  if (rule === undefined) {
    return { kind: "unknown", transient: false, message, built, advice: "The log above says more." };
  }
  const retryAfter = rule.transient ? readRetryAfter(error) : undefined;
  const { kind, transient, advice } = rule;
  return { kind, transient, message, built, advice, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/**
 * buildx ends with `ERROR: …`, which a body of the registry may continue over more lines. Before it come the log (`#7 0.123 …`)
 * and an excerpt of the failed step, with or without time stamps; so the last such line is the one.
 */
function finalError(output: string): string {
  const lines = output.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "").split(/\r?\n/);
  const start = lines.findLastIndex((line) => /^(?:ERROR|error): /.test(line));
  const rest =
    start >= 0 ? lines.slice(start) : lines.filter((line) => !/^#\d+ /.test(line) && line.trim() !== "").slice(-5);
  return rest.join("\n").trim();
}

/** buildx names the step that failed before the final error; the word `pushing` is that of imagetools and of older BuildKits. */
function failedAtExport(output: string, error: string): boolean {
  return (
    /^ > (?:exporting to|\[internal\] pushing)/m.test(output) ||
    /^\w+: failed to (?:solve: |build: )*failed to push/.test(error)
  );
}

function shorten(error: string): string {
  const line = error
    .replace(/^(?:ERROR|error): /, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/(sha256(?::|%3A)[0-9a-f]{12})[0-9a-f]{52}/gi, "$1…");
  return line.length > 300 ? `${line.slice(0, 149)}…${line.slice(-150)}` : line;
}

const GO_UNITS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** `retry-after: 76.77µs` (GHCR), `Retry-After: 30`, `retry-after: 1m30s`, in seconds. GitHub asks for a minute at its secondary limit. */
function readRetryAfter(error: string): number | undefined {
  const [, value = ""] = /retry-after["']?[:=]? *"?((?:[\d.]+(?:ns|us|µs|μs|ms|s|m|h)?)+)/i.exec(error) ?? [];
  if (value === "") return /secondary rate limit/i.test(error) ? 60 : undefined;
  const parts = [...value.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)?/g)];
  const seconds = parts.reduce((sum, [, amount, unit = "s"]) => sum + Number(amount) * (GO_UNITS[unit] ?? 1), 0);
  return Number.isFinite(seconds) ? seconds : undefined;
}
