import { describe, expect, it } from "vitest";
import { runBundle } from "./run-bundle.ts";

const digest = `sha256:${"a".repeat(64)}`;
const image = `ghcr.io/acme/app@${digest}`;
const oidc = { ACTIONS_ID_TOKEN_REQUEST_URL: "http://localhost:1/token" };

const keyed = { "cosign-key": "a key" };

describe.each([
  ["no image", { image: "" }, oidc, "Input `image` is missing: give it a value."],
  [
    "a tag",
    { image: "ghcr.io/acme/app:latest" },
    oidc,
    'Input `image` holds "ghcr.io/acme/app:latest", which names no digest: write `repository@sha256:…`; a tag may move between signing and use.',
  ],
  ["a digest that is none", { image: "ghcr.io/acme/app", digest: "sha256:abc" }, oidc, /^Input `digest` .*sha256:abc/],
  [
    "a keyless signature without an OIDC token",
    { image },
    {},
    "A keyless signature needs an OIDC token: grant the job `id-token: write`, or give a `cosign-key`.",
  ],
  [
    "a keyless signature without a log",
    { image, "transparency-log": "false" },
    oidc,
    "Input `transparency-log` is false without a `cosign-key`: a keyless signature cannot be verified without the log.",
  ],
  [
    "a password without a key",
    { image, "cosign-password": "x" },
    oidc,
    "Input `cosign-key` is missing: a password or public key is given, but no private key.",
  ],
  [
    "a public key that is none",
    { image, ...keyed, "cosign-public-key": "x" },
    {},
    "Input `cosign-public-key` is no public key: give the whole PEM text of cosign.pub.",
  ],
  [
    "a workflow that is none",
    { image, workflow: "sign-image.yml" },
    oidc,
    'Input `workflow` is "sign-image.yml": write `owner/repository/.github/workflows/file.yml`.',
  ],
  [
    "no cosign",
    { image, ...keyed },
    { PATH: "/usr/bin/none:/bin" },
    "cosign is not on the PATH: install it before this step, as sigstore/cosign-installer does.",
  ],
])("%s", (_, inputs, env, sentence) => {
  it("is told in one sentence, and nothing is asked of a registry", async () => {
    const run = await runBundle("sign-image", { inputs, env });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([typeof sentence === "string" ? sentence : expect.stringMatching(sentence)]);
    expect(run.outputs).toEqual({});
  });
});
