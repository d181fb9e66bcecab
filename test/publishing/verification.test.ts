import { judgeVerification, type Verification, type Verifier } from "@longshore/publishing";
import { describe, expect, it } from "vitest";

const issuer = "https://token.actions.githubusercontent.com";
const digest = `sha256:${"a".repeat(64)}`;

/** What an exit code and the program's own words mean; `passes` and `stays`: it could not look, for the moment or for good. */
type Meaning = "refused" | "absent" | "passes" | "stays";

/** As reported for these programs, or written in their sources; hosts and names replaced. */
const said: readonly (readonly [Verifier, number, string, Meaning])[] = [
  // Of the image.
  ["cosign", 10, "no signatures found", "absent"],
  ["cosign", 11, `image tag not found: GET https://ghcr.io/v2/acme/app/manifests/x: MANIFEST_UNKNOWN`, "absent"],
  ["cosign", 12, "no matching signatures: invalid signature when validating ASN.1 encoded signature", "refused"],
  [
    "cosign",
    12,
    `no matching signatures: none of the expected identities matched what was in the certificate, got subjects [https://github.com/mallory/x/.github/workflows/a.yml@refs/heads/main] with issuer ${issuer}`,
    "refused",
  ],
  ["cosign", 12, "no matching signatures: expected GitHub Workflow Trigger not found in certificate", "refused"],
  [
    "cosign",
    1,
    'no matching attestations: failed to verify certificate identity: no matching CertificateIdentity found, last error: expected GithubWorkflowTrigger to be "push", got "pull_request"',
    "refused",
  ],
  ["cosign", 13, "no certificate found on signature", "refused"],
  ["cosign", 12, "no matching signatures: something new", "refused"],
  ["gh", 1, "no attestations found for digest sha256:a in acme/app", "absent"],
  ["gh", 1, "HTTP 404: Not Found (https://api.github.com/repos/acme/app/attestations/sha256:a)", "absent"],
  ["gh", 1, "no matching predicate found", "absent"],
  ["gh", 1, 'verifying with issuer "sigstore.dev"', "refused"],
  [
    "gh",
    1,
    "expected SourceRepositoryURI to be https://github.com/acme/app, got https://github.com/mallory/app",
    "refused",
  ],
  // Of a service that does not answer.
  [
    "cosign",
    12,
    'no matching signatures:\nunable to verify bundle: retrieving rekor public key: updating local metadata and targets: error updating to TUF remote mirror: tuf: failed to download 8.root.json: Get "https://tuf-repo-cdn.sigstore.dev/8.root.json": EOF\nremote status:{\n\t"mirror": "https://tuf-repo-cdn.sigstore.dev"\n}',
    "passes",
  ],
  ["cosign", 12, "no matching signatures: [GET /api/v1/log/entries][503] getLogEntry default", "passes"],
  ["cosign", 1, "trusted root is required when using new bundle format", "passes"],
  [
    "cosign",
    1,
    "getting trusted root from TUF for new bundle verification: failed to download timestamp metadata",
    "passes",
  ],
  ["cosign", 1, "GET https://ghcr.io/v2/: unexpected status code 503 Service Unavailable", "passes"],
  ["cosign", 1, 'Get "https://ghcr.io/v2/": dial tcp 192.0.2.7:443: i/o timeout', "passes"],
  ["cosign", 1, 'Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io: no such host', "passes"],
  ["cosign", 1, "GET https://ghcr.io/token?scope=x: TOOMANYREQUESTS: too many requests", "passes"],
  ["cosign", 1, "context deadline exceeded", "passes"],
  ["cosign", 1, "updating local metadata: creating cached local store: resource temporarily unavailable", "passes"],
  ["gh", 1, "failed to fetch attestations from acme/app: HTTP 502: Bad Gateway (https://api.github.com/…)", "passes"],
  ["gh", 1, "HTTP 403: API rate limit exceeded for installation ID 1. (https://api.github.com/…)", "passes"],
  ["gh", 1, "error connecting to api.github.com\ncheck your internet connection or https://githubstatus.com", "passes"],
  ["gh", 1, "error creating Sigstore verifier: failed to create TUF client: 500", "passes"],
  // Of the login, or of nobody we know.
  ["cosign", 1, "GET https://ghcr.io/token?scope=x: DENIED: requested access to the resource is denied", "stays"],
  ["gh", 1, "HTTP 401: Bad credentials (https://api.github.com/…)", "stays"],
  ["gh", 4, "gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable.", "stays"],
  ["cosign", 1, "unknown flag: --certificate-identity-regexp", "stays"],
  ["cosign", 2, "", "stays"],
  ["gh", 1, "::error::no match", "stays"],
];

const again = "2026/11/28 10:00:00 error during command execution:";

function meaningOf(verification: Verification): Meaning | "verified" {
  if (verification.verdict === "verified") return "verified";
  if (verification.verdict === "refused") return verification.absent ? "absent" : "refused";
  return verification.transient ? "passes" : "stays";
}

describe("what a verifier says when it fails", () => {
  it.each(said)("%s %i %s", (verifier, exitCode, words, meaning) => {
    const stderr = `WARNING: 502 Bad Gateway once\n${words === "" ? "" : `Error: ${words}\n${again} ${words}\n`}`;
    const read = judgeVerification(verifier, { exitCode, stderr });
    expect(meaningOf(read)).toBe(meaning);
    expect(read.verdict === "verified" ? "" : read.said).not.toContain(verifier === "cosign" ? again : "WARNING");
  });

  it("is short, and in one line", () => {
    const read = judgeVerification("cosign", {
      exitCode: 12,
      stderr: `Error: no matching signatures:\n${"x ".repeat(900)}`,
    });
    expect(read).toMatchObject({
      verdict: "refused",
      said: expect.stringMatching(/^no matching signatures: x .{0,290}$/),
    });
  });
});

describe("nobody makes a refusal look like a bad day of a service", () => {
  it.each([
    `https://github.com/mallory/x/.github/workflows/returned 503 Service Unavailable.yml@refs/heads/main`,
    `https://github.com/mallory/x/.github/workflows/i/o timeout.yml@refs/heads/EOF`,
  ])("by the name of a workflow: %s", (subject) => {
    const words = `none of the expected identities matched what was in the certificate, got subjects [${subject}]`;
    const read = judgeVerification("cosign", { exitCode: 12, stderr: `Error: no matching signatures: ${words}\n` });
    expect(read.verdict).toBe("refused");
  });

  it("and only a program that ends well has verified", () => {
    for (const exitCode of [1, 2, 10, 126, 127, 137]) {
      const stderr = `Verification for ghcr.io/acme/app@${digest} --\nThe cosign claims were validated`;
      expect(judgeVerification("cosign", { exitCode, stderr }).verdict).not.toBe("verified");
    }
    expect(judgeVerification("gh", { exitCode: 0, stderr: "Error: HTTP 503" })).toEqual({ verdict: "verified" });
  });
});
