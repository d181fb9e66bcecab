import { classifyPushError, type PushErrorKind } from "@longshore/publishing";
import { describe, expect, it } from "vitest";

const put = "unexpected status from PUT request to https://ghcr.io/v2/acme/app";

/** What buildx prints before the final line of a push that failed. */
const pushing = `#12 exporting to image
#12 pushing layers 1.5s done
#12 ERROR: failed to push
------
 > exporting to image:
------
`;

const transient: readonly (readonly [PushErrorKind, string])[] = [
  [
    "server-error",
    `ERROR: failed to solve: failed to push ghcr.io/acme/app: ${put}/manifests/sha256:aa: 502 Bad Gateway`,
  ],
  [
    "server-error",
    "ERROR: failed to solve: failed to push ghcr.io/acme/app: unexpected status from POST request to https://ghcr.io/v2/acme/app/blobs/uploads/: 503 Service Unavailable",
  ],
  ["server-error", "error: failed to solve: rpc error: code = Unknown desc = unexpected status: 502 Bad Gateway"],
  ["server-error", `ERROR: failed to solve: ${put}/blobs/upload/7: 504 Gateway Timeout`],
  ["server-error", `ERROR: failed to solve: ${put}/blobs/upload/7: 504 Gateway Time-out`],
  ["server-error", `ERROR: failed to solve: ${put}/blobs/upload/7: 500 Internal Server Error`],
  [
    "server-error",
    "ERROR: failed to solve: failed to push docker.io/acme/app: unexpected status from PUT request to https://registry-1.docker.io/v2/: 522 ",
  ],
  ["server-error", "ERROR: failed to solve: failed to push ghcr.io/acme/app: unexpected status: 499 "],
  [
    "server-error",
    `ERROR: failed to solve: failed to push ghcr.io/acme/app: ${put}/blobs/upload/7: 503 Service Unavailable\n<html>\n<body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>`,
  ],
  [
    "server-error",
    `ERROR: error parsing HTTP 502 response body: invalid character '<' looking for beginning of value: "<html>\\r\\n<head><title>502 Bad Gateway</title></head>"`,
  ],
  [
    "server-error",
    `ERROR: failed to push ghcr.io/acme/app: denied: permission_denied: Error from intermediary with HTTP status code 503 "Service Unavailable"`,
  ],
  [
    "server-error",
    "ERROR: failed to solve: failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Fapp%3Apull%2Cpush&service=ghcr.io: 503 Service Unavailable",
  ],
  [
    "server-error",
    "ERROR: failed to solve: alpine:3: failed to resolve source metadata for docker.io/library/alpine:3: unexpected status from HEAD request to https://registry-1.docker.io/v2/library/alpine/manifests/3: 503 Service Unavailable",
  ],
  [
    "rate-limit",
    `ERROR: failed to push ghcr.io/acme/app: denied: permission_denied: Error from intermediary with HTTP status code 403 "Forbidden" - with-body: {\n  "message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",\n  request ID 9055:2E795C\n}`,
  ],
  [
    "rate-limit",
    "ERROR: failed to solve: failed to push ghcr.io/acme/app: toomanyrequests: retry-after: 76.77µs, allowed: 44000/minute",
  ],
  [
    "rate-limit",
    "ERROR: failed to solve: failed to push ghcr.io/acme/app: unexpected status from POST request to https://ghcr.io/v2/acme/app/blobs/uploads/: 429 Too Many Requests",
  ],
  ["unknown-blob", "ERROR: failed to solve: failed to push ghcr.io/acme/app: unknown blob"],
  [
    "unknown-blob",
    'ERROR: failed to solve: failed to push localhost:5000/app: failed commit on ref "manifest-sha256:aa": blob unknown to registry',
  ],
  ["unknown-blob", "ERROR: failed to solve: failed to push ghcr.io/acme/app: blob upload unknown to registry"],
  [
    "denied",
    "ERROR: failed to push ghcr.io/acme/app: failed to authorize: failed to fetch oauth token: denied: denied",
  ],
  ["denied", "ERROR: failed to build: failed to solve: failed to fetch oauth token: denied: denied"],
  ["denied", "ERROR: failed to solve: failed to push ghcr.io/acme/app: denied: denied"],
  ["denied", "ERROR: failed to solve: failed to push ghcr.io/acme/app: denied"],
  [
    "denied",
    `ERROR: failed to solve: failed to push ghcr.io/acme/app: failed commit on ref "manifest-sha256:90": ${put}/manifests/sha256:90: 403 Forbidden`,
  ],
  [
    "denied",
    'ERROR: failed to push ghcr.io/acme/app: failed commit on ref "manifest-sha256:40": unexpected status: 403 Forbidden',
  ],
  [
    "token",
    "error: failed to solve: rpc error: code = Unknown desc = failed to fetch oauth token: Get https://auth.docker.io/token?scope=repository%3Aacme%2Fapp%3Apull%2Cpush&service=registry.docker.io: EOF",
  ],
  [
    "token",
    'ERROR: failed to solve: failed to authorize: failed to fetch anonymous token: Get "https://ghcr.io/token": net/http: TLS handshake timeout',
  ],
  [
    "connection",
    'ERROR: failed to solve: failed to push ghcr.io/acme/app: failed to copy: failed to do request: Put "https://ghcr.io/v2/acme/app/blobs/upload/1d": write tcp 172.17.0.2:59548->140.82.113.34:443: write: connection reset by peer',
  ],
  [
    "connection",
    'ERROR: failed commit on ref "layer-sha256:7d": failed to do request: Put "https://ghcr.io/v2/acme/app/blobs/upload/e0": read tcp 172.17.0.2:44330->140.82.112.33:443: read: connection timed out',
  ],
  [
    "connection",
    'ERROR: failed to solve: failed to push ghcr.io/acme/app: failed to do request: Head "https://ghcr.io/v2/acme/app/blobs/sha256:aa": dial tcp 140.82.112.33:443: i/o timeout',
  ],
  [
    "connection",
    'ERROR: failed to solve: failed to push ghcr.io/acme/app: failed to copy: failed to do request: Put "https://ghcr.io/v2/": write: broken pipe',
  ],
  [
    "connection",
    'ERROR: failed to solve: failed to push localhost:5000/app: failed to do request: Head "http://localhost:5000/v2/app/blobs/sha256:aa": dial tcp 127.0.0.1:5000: connect: connection refused',
  ],
  [
    "connection",
    'ERROR: failed to solve: failed to push ghcr.io/acme/app: failed to do request: Post "https://ghcr.io/v2/": unexpected EOF',
  ],
  [
    "connection",
    'ERROR: failed to solve: failed to push ghcr.io/acme/app: failed to do request: Head "https://ghcr.io/v2/": net/http: TLS handshake timeout',
  ],
  ["connection", "ERROR: failed to solve: failed to copy: cannot reuse body, request must be retried"],
  [
    "connection",
    'ERROR: failed to solve: failed to do request: Head "https://ghcr.io/v2/": dial tcp: lookup ghcr.io on 127.0.0.53:53: server misbehaving',
  ],
  [
    "connection",
    'ERROR: failed to solve: failed to do request: Head "https://ghcr.io/v2/": dial tcp: lookup ghcr.io: Temporary failure in name resolution',
  ],
  [
    "connection",
    'ERROR: failed to solve: failed to push ghcr.io/acme/app: failed to copy: failed to do request: Put "https://ghcr.io/v2/": http2: server sent GOAWAY and closed the connection',
  ],
];

const recordedTransient: typeof transient = [
  [
    "server-error",
    "ERROR: failed to solve: failed to push localhost:5000/x: unexpected status from HEAD request to http://localhost:5000/v2/x/blobs/sha256:df080ce719cc: 503 Service Unavailable",
  ],
  [
    "rate-limit",
    "ERROR: failed to solve: failed to push localhost:5000/x: unexpected status from HEAD request to http://localhost:5000/v2/x/blobs/sha256:51936c9205a8: 429 Too Many Requests",
  ],
  [
    "server-error",
    "ERROR: failed to solve: failed to push localhost:5000/x: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to http://localhost:5000/token?scope=repository%3Ax%3Apull%2Cpush&service=x: 500 Internal Server Error",
  ],
  [
    "rate-limit",
    "ERROR: failed to solve: failed to push localhost:5000/x: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to http://localhost:5000/token?scope=repository%3Ax%3Apull%2Cpush&service=x: 429 Too Many Requests",
  ],
  [
    "connection",
    'ERROR: failed to solve: failed to push localhost:5000/x: failed to do request: Head "https://localhost:5000/v2/x/blobs/sha256:e9ef8e35512c": read tcp 127.0.0.1:47138->127.0.0.1:5000: read: connection reset by peer',
  ],
  [
    "connection",
    'ERROR: failed to solve: failed to push registry.invalid/x: failed to do request: Head "https://registry.invalid/v2/x/blobs/sha256:a73c": dial tcp: lookup registry.invalid on 10.255.255.53:53: dial udp 10.255.255.53:53: connect: network is unreachable',
  ],
  [
    "server-error",
    "ERROR: failed to solve: localhost:5000/nope:1: failed to resolve source metadata for localhost:5000/nope:1: unexpected status from HEAD request to http://localhost:5000/v2/nope/manifests/1: 503 Service Unavailable",
  ],
  [
    "rate-limit",
    "ERROR: unexpected status from HEAD request to http://localhost:5000/v2/x/manifests/sha256:ae7a4e657944: 429 Too Many Requests",
  ],
];

const permanent: readonly (readonly [PushErrorKind, string])[] = [
  ["build", 'ERROR: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2'],
  [
    "build",
    "ERROR: failed to build: failed to solve: process \"/bin/sh -c echo '503 Service Unavailable'; exit 1\" did not complete successfully: exit code: 1",
  ],
  [
    "build",
    "error: failed to solve: rpc error: code = Unknown desc = executor failed running [/bin/sh -c curl 429 Too Many Requests]: exit code: 22",
  ],
  [
    "build",
    'ERROR: failed to solve: process "/bin/sh -c cargo build" did not complete successfully: cannot allocate memory',
  ],
  [
    "dockerfile",
    "ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)",
  ],
  ["dockerfile", "ERROR: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory"],
  ["dockerfile", 'ERROR: failed to solve: target stage "prod" could not be found'],
  [
    "dockerfile",
    'ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref k5::8y: "/503": not found',
  ],
  [
    "base-image",
    "ERROR: failed to solve: ghcr.io/acme/base:1: failed to resolve source metadata for ghcr.io/acme/base:1: ghcr.io/acme/base:1: not found",
  ],
  [
    "base-image",
    "ERROR: failed to solve: acme/base: failed to resolve source metadata for docker.io/acme/base:latest: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
  ],
  [
    "base-image",
    "ERROR: failed to solve: ghcr.io/acme/private: failed to resolve source metadata for ghcr.io/acme/private:latest: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Fprivate%3Apull&service=ghcr.io: 401 Unauthorized",
  ],
  [
    "base-image",
    "ERROR: failed to solve: acme/amd-only: failed to resolve source metadata for docker.io/acme/amd-only:latest: no match for platform in manifest: not found",
  ],
  [
    "base-image",
    "ERROR: failed to solve: alpine: failed to resolve source metadata: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
  ],
  ["permission", "ERROR: failed to solve: failed to push ghcr.io/acme/app: denied: permission_denied: write_package"],
  ["permission", "ERROR: denied: installation not allowed to Create organization package"],
  [
    "permission",
    "ERROR: failed to solve: failed to push ghcr.io/acme/app: denied: installation not allowed to Write organization package",
  ],
  [
    "permission",
    "ERROR: failed to push ghcr.io/acme/app: denied: permission_denied: The token provided does not match expected scopes.",
  ],
  [
    "permission",
    "ERROR: failed to solve: failed to push acme/app: push access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
  ],
  [
    "permission",
    "ERROR: failed to solve: failed to push localhost:5000/app: denied: requested access to the resource is denied",
  ],
  [
    "forbidden",
    "ERROR: failed to solve: failed to push ghcr.io/acme/app: unexpected status from POST request to https://ghcr.io/v2/acme/app/blobs/uploads/: 403 Forbidden",
  ],
  [
    "forbidden",
    "ERROR: failed to solve: failed to push ghcr.io/acme/app: unexpected status from HEAD request to https://ghcr.io/v2/acme/app/blobs/sha256:aa: 403 Forbidden",
  ],
  [
    "permission",
    "ERROR: failed to solve: failed to push registry.digitalocean.com/acme/app: denied: registry contains 1 repositories, limit is 1",
  ],
  [
    "credentials",
    "ERROR: failed to solve: failed to push ghcr.io/acme/app: unauthorized: unauthenticated: User cannot be authenticated with the token provided.",
  ],
  [
    "credentials",
    "ERROR: failed to solve: failed to authorize: failed to fetch oauth token: unexpected status from POST request to https://auth.docker.io/token: 401 Unauthorized",
  ],
  [
    "credentials",
    "ERROR: failed to solve: failed to push registry.acme.dev/app: unauthorized: authentication required",
  ],
  [
    "media-types",
    'ERROR: failed to solve: failed to push registry.acme.dev/app: failed commit on ref "index-sha256:aa": unexpected status from PUT request to https://registry.acme.dev/v2/app/manifests/sha256:aa: 400 Bad Request',
  ],
  ["media-types", "ERROR: failed to push registry.acme.dev/app: manifest invalid: manifest invalid"],
  [
    "host",
    'ERROR: failed to solve: failed to push ghrc.example/acme/app: failed to do request: Head "https://ghrc.example/v2/": dial tcp: lookup ghrc.example on 127.0.0.53:53: no such host',
  ],
  [
    "host",
    'ERROR: failed to solve: failed to do request: Head "https://registry.acme.dev/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  [
    "builder",
    "ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
  ],
  ["builder", "ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF"],
  ["builder", "ERROR: failed to solve: failed to copy: write /var/lib/buildkit/x: no space left on device"],
  // Recorded from buildx 0.13.1 with BuildKit 0.13 and 0.14.
  [
    "forbidden",
    "ERROR: failed to solve: failed to push localhost:5000/x: unexpected status from HEAD request to http://localhost:5000/v2/x/blobs/sha256:ef24c059d4325a4c2b2f26f01a72a711a416dab64b6b9928a3842e52df87fa3a: 403 Forbidden",
  ],
  [
    "credentials",
    "ERROR: failed to solve: failed to push localhost:5000/x: unexpected status from HEAD request to http://localhost:5000/v2/x/blobs/sha256:28c5: 401 Unauthorized",
  ],
  [
    "credentials",
    "ERROR: failed to solve: failed to push localhost:5000/x: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to http://localhost:5000/token?scope=repository%3Ax%3Apull%2Cpush&service=x: 401 Unauthorized",
  ],
  [
    "unknown",
    'ERROR: failed to solve: failed to push localhost:5000/x: failed commit on ref "config-sha256:51": unexpected status from PUT request to http://localhost:5000/v2/x/blobs/uploads/1?digest=sha256%3A51: 413 Payload Too Large',
  ],
  ["dockerfile", 'ERROR: unable to prepare context: path "/run/nothere" not found'],
  ["dockerfile", "ERROR: failed to solve: failed to read dockerfile: open nothere: no such file or directory"],
  [
    "base-image",
    "ERROR: failed to solve: localhost:5000/nope:1: failed to resolve source metadata for localhost:5000/nope:1: localhost:5000/nope:1: not found",
  ],
  [
    "base-image",
    "ERROR: failed to solve: localhost:5000/base/busybox:1: failed to resolve source metadata for localhost:5000/base/busybox:1: no match for platform in manifest: not found",
  ],
  ["builder", 'ERROR: no builder "nobuilder" found'],
  ["unknown", "ERROR: something nobody has seen"],
  ["unknown", ""],
];

describe("a failed push", () => {
  it.each([...transient, ...recordedTransient])("is tried again: %s: %s", (kind, message) => {
    expect(classifyPushError(`${pushing}${message}\n`)).toMatchObject({ kind, transient: true });
  });

  it.each(permanent)("fails at once: %s: %s", (kind, message) => {
    expect(classifyPushError(`${pushing}${message}\n`)).toMatchObject({ kind, transient: false });
  });
});

describe("only the final error counts", () => {
  it("not what the build itself printed", () => {
    const log = `#7 [2/2] RUN ./fetch
#7 0.201 curl: (22) The requested URL returned error: 503 Service Unavailable
#7 0.202 ERROR: failed to solve: failed to push ghcr.io/acme/app: denied: denied
#7 ERROR: process "/bin/sh -c ./fetch" did not complete successfully: exit code: 22
------
 > [2/2] RUN ./fetch:
0.201 curl: (22) The requested URL returned error: 503 Service Unavailable
ERROR: toomanyrequests: retry-after: 1h
------
Dockerfile:2
--------------------
   2 | >>> RUN ./fetch
--------------------
ERROR: failed to solve: process "/bin/sh -c ./fetch" did not complete successfully: exit code: 22
`;
    expect(classifyPushError(log)).toMatchObject({ kind: "build", transient: false });
  });

  it("not the name of a base image", () => {
    const message =
      "ERROR: failed to solve: acme/503:eof: failed to resolve source metadata for docker.io/acme/503:eof: docker.io/acme/503:eof: not found";
    expect(classifyPushError(message)).toMatchObject({ kind: "base-image", transient: false });
  });

  it("and it is told in one line without colours", () => {
    expect(classifyPushError("\u001b[31mERROR: failed to\n solve\u001b[0m: denied: denied").message).toBe(
      "failed to solve: denied: denied",
    );
  });
});

describe("what went before", () => {
  it.each([
    ["a push", `${pushing}ERROR: failed to solve: failed to push ghcr.io/acme/app: denied: denied`, true],
    ["an export without words", `${pushing}ERROR: failed to solve: denied: denied`, true],
    [
      "a RUN step that says so",
      '------\n > [2/2] RUN echo failed to push:\n------\nERROR: failed to solve: process "/bin/sh -c echo failed to push; false" did not complete successfully: exit code: 1',
      false,
    ],
    [
      "a base image",
      "------\n > [internal] load metadata for a:1:\n------\nERROR: failed to solve: a:1: failed to resolve source metadata for a:1: unexpected status: 503 Service Unavailable",
      false,
    ],
  ])("%s tells whether the image was built", (_, output, built) => {
    expect(classifyPushError(output).built).toBe(built);
  });

  it("is told in at most 300 characters, both ends of it", () => {
    const { message } = classifyPushError(
      `ERROR: failed to push ${"x".repeat(400)} at sha256:${"a".repeat(64)}: 403 Forbidden`,
    );
    expect(message).toHaveLength(300);
    expect(message).toMatch(/^failed to push x.*…x.* at sha256:a{12}…: 403 Forbidden$/);
  });
});

describe("the wait a registry asks for", () => {
  it.each([
    ["toomanyrequests: retry-after: 76.77µs, allowed: 44000/minute", 0.000_076_77],
    ["toomanyrequests: retry-after: 1.889377ms, allowed: 2000/minute", 0.001_889_377],
    ["429 Too Many Requests: retry-after: 1m30.5s", 90.5],
    ["429 Too Many Requests (Retry-After: 30)", 30],
    ["You have exceeded a secondary rate limit. Please wait a few minutes", 60],
    ["429 Too Many Requests", undefined],
  ])("of %j is %s seconds", (text, seconds) => {
    const { retryAfter } = classifyPushError(`ERROR: ${text}`);
    if (seconds === undefined) expect(retryAfter).toBeUndefined();
    else expect(retryAfter).toBeCloseTo(seconds, 9);
  });
});

it("a missing permission is named with the place to grant it", () => {
  expect(classifyPushError("ERROR: denied: permission_denied: write_package").advice).toMatch(
    /`permissions: packages: write`.*Manage Actions access/,
  );
});
