import {
  formatCommandLine,
  GITHUB_ISSUER,
  identityOf,
  lookArguments,
  signArguments,
  verifyArguments,
} from "@longshore/publishing";
import { describe, expect, it, test } from "vitest";

const reference = `ghcr.io/acme/app@sha256:${"a".repeat(64)}`;
const workflow = "longshore-ci/longshore/.github/workflows/sign-image.yml";
const identity = identityOf(workflow, "https://github.com");

describe("the identity of a keyless signature", () => {
  it.each(["refs/tags/v1", "refs/heads/main", "0123456789abcdef0123456789abcdef01234567"])(
    "is the workflow file at any ref, such as %s",
    (ref) => {
      expect(`https://github.com/${workflow}@${ref}`).toMatch(new RegExp(identity));
    },
  );

  it.each([
    `https://github.com/mallory/longshore/.github/workflows/sign-image.yml@refs/tags/v1`,
    `https://github.com/longshore-ci/longshore/.github/workflows/sign-imageXyml@refs/tags/v1`,
    `https://github.com/longshore-ci/longshore/.github/workflows/sign-image.yml.evil@refs/tags/v1`,
    `https://evil.example/https://github.com/${workflow}@refs/tags/v1`,
    `https://githubXcom/${workflow}@refs/tags/v1`,
  ])("is not %s", (foreign) => {
    expect(foreign).not.toMatch(new RegExp(identity));
  });
});

const trust = { kind: "workflow", identity, issuer: GITHUB_ISSUER, repository: "acme/app" } as const;

test("the keyless verify command can be pasted into a shell", () => {
  expect(formatCommandLine(["cosign", ...verifyArguments(reference, trust)])).toBe(
    `cosign verify --certificate-identity-regexp '^https://github\\.com/longshore-ci/longshore/\\.github/workflows/sign-image\\.yml@' --certificate-oidc-issuer https://token.actions.githubusercontent.com ${reference}`,
  );
});

test("a keyless signature need not be made again where it was made for the same repository", () => {
  const verifying = verifyArguments(reference, trust);
  expect(lookArguments(reference, trust)).toEqual([
    ...verifying.slice(0, -1),
    "--certificate-github-workflow-repository",
    "acme/app",
    reference,
  ]);
  const byKey = { kind: "key", publicKey: "cosign.pub", transparencyLog: true } as const;
  expect(lookArguments(reference, byKey)).toEqual(verifyArguments(reference, byKey));
});

test.each([
  ["keyless", { kind: "keyless" } as const, false, ["sign", "--yes"]],
  [
    "a key, in the log",
    { kind: "key", transparencyLog: true } as const,
    true,
    ["sign", "--yes", "--key", "env://COSIGN_PRIVATE_KEY"],
  ],
  [
    "a key without a log, cosign 2",
    { kind: "key", transparencyLog: false } as const,
    false,
    ["sign", "--yes", "--key", "env://COSIGN_PRIVATE_KEY", "--tlog-upload=false"],
  ],
  [
    "a key without a log, cosign 3",
    { kind: "key", transparencyLog: false } as const,
    true,
    ["sign", "--yes", "--key", "env://COSIGN_PRIVATE_KEY", "--use-signing-config=false", "--tlog-upload=false"],
  ],
])("%s signs with %j", (_, signer, usesSigningConfig, args) => {
  expect(signArguments(reference, signer, usesSigningConfig)).toEqual([...args, reference]);
});
