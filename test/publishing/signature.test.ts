import {
  attestationArguments,
  decideSigning,
  formatCommandLine,
  GITHUB_ISSUER,
  identityOf,
  sbomPredicateType,
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
    `cosign verify --certificate-identity-regexp '^https://github\\.com/longshore-ci/longshore/\\.github/workflows/sign-image\\.yml@' --certificate-oidc-issuer https://token.actions.githubusercontent.com --certificate-github-workflow-repository acme/app ${reference}`,
  );
});

test("an attestation is verified by who built the image and which workflow attested it, an SBOM by its type too", () => {
  const args = ["attestation", "verify", `oci://${reference}`];
  const signer = ["--signer-workflow", workflow];
  const provenance = [...args, "--repo", "acme/app", ...signer];
  expect(attestationArguments(reference, { repository: "acme/app", workflow })).toEqual(provenance);
  const type = "https://cyclonedx.org/bom";
  expect(attestationArguments(reference, { repository: "acme/app", workflow, predicateType: type })).toEqual([
    ...provenance,
    "--predicate-type",
    type,
  ]);
});

test.each([
  [{ spdxVersion: "SPDX-2.3", SPDXID: "SPDXRef-DOCUMENT" }, "https://spdx.dev/Document/v2.3"],
  [{ bomFormat: "CycloneDX", serialNumber: "urn:uuid:1", specVersion: "1.6" }, "https://cyclonedx.org/bom"],
  [{ spdxVersion: "SPDX-2.3" }, undefined],
  [{ bomFormat: "CycloneDX", specVersion: "1.6" }, undefined],
  [{}, undefined],
  [null, undefined],
  ["SPDX-2.3", undefined],
])("the predicate type of the SBOM %j is %s", (sbom, type) => {
  expect(sbomPredicateType(sbom)).toBe(type);
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

test.each([
  ["push", "refs/heads/main", "", "signs"],
  ["push", "refs/tags/v1.2.3", "", "signs"],
  ["push", "refs/heads/feature/x", "", "signs"],
  ["release", "refs/tags/v1.2.3", "", "signs"],
  ["workflow_dispatch", "refs/heads/main", "", "signs"],
  ["schedule", "refs/heads/main", "", "signs"],
  ["workflow_run", "refs/heads/main", "push", "signs"],
  ["pull_request", "refs/pull/12/merge", "", "on-request"],
  ["pull_request_review", "refs/pull/12/merge", "", "on-request"],
  ["workflow_dispatch", "refs/pull/12/head", "", "on-request"],
  ["merge_group", "refs/heads/gh-readonly-queue/main/pr-12-abc", "", "on-request"],
  ["push", "refs/heads/gh-readonly-queue/main/pr-12-abc", "", "on-request"],
  ["pull_request_target", "refs/heads/main", "", "never"],
  ["issue_comment", "refs/heads/main", "", "never"],
  ["workflow_run", "refs/heads/main", "pull_request", "never"],
  ["workflow_run", "refs/heads/main", "merge_group", "never"],
  ["workflow_run", "refs/heads/main", "", "never"],
])("%s on %s (%s) %s", (event, ref, cause, right) => {
  expect(decideSigning(event, ref, cause).right).toBe(right);
});
