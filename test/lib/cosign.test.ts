import { describe, expect, test } from "vitest";
import { readCosignError } from "../../scripts/sign-image/cosign.ts";

const again = "main.go:74: error during command execution";

describe("what cosign says last", () => {
  test.each<readonly [string, { readonly transient?: boolean; readonly lagging?: boolean }]>([
    ['Error: signing bundle: Fulcio returned 503: {"code":14}', { transient: true }],
    ["Error: signing bundle: timestamp authority returned 502: bad gateway", { transient: true }],
    [
      "Error: getting signer: retrieving cert:\n POST /api/v2/signingCert returned 504 Gateway Timeout",
      { transient: true },
    ],
    ["Error: [POST /api/v1/log/entries][502] createLogEntryDefault", { transient: true }],
    [
      "Error: updating local metadata: creating cached local store: resource temporarily unavailable",
      { transient: true },
    ],
    [
      "Error: getting trusted root from TUF for new bundle verification: failed to download timestamp",
      { transient: true },
    ],
    ["Error: trusted root is required when using new bundle format", { transient: true }],
    ["Error: signing bundle: Fulcio returned 400: the token is of another audience", {}],
    ["Error: no signatures found", { lagging: true }],
    ["Error: GET https://ghcr.io/v2/acme/app/manifests/x: MANIFEST_UNKNOWN: manifest unknown", { lagging: true }],
    ["Error: no matching signatures: invalid signature when validating ASN.1 encoded signature", {}],
    ["Error: returned 5000 signatures", {}],
    ["it only warns that Fulcio returned 503 once\nError: no matching signatures", {}],
  ])("%s", (stderr, { transient = false, lagging = false }) => {
    const error = readCosignError({ stderr: `WARNING: 502\n${stderr}\n${again}: ${stderr.split("\n").at(-1)}\n` });
    expect({ transient: error.transient, lagging: error.lagging }).toEqual({ transient, lagging });
    expect(error.message).not.toContain("main.go");
  });
});
