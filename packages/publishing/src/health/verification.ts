/** Who verifies: cosign a signature, gh an attestation at GitHub. */
export type Verifier = "cosign" | "gh";

/** What one run of a verifier tells. Only `verified` is good; of the others it matters whom they speak of. */
export type Verification =
  | { readonly verdict: "verified" }
  /** It looked, and what it saw does not verify. */
  | {
      readonly verdict: "refused";
      readonly said: string;
      /** It saw nothing at all, which is also what cosign says where a registry kept what there is to itself. */
      readonly absent: boolean;
      /** The event that it was told to ask for was another one. */
      readonly otherTrigger: boolean;
    }
  /** It could not look, so this says nothing about the image. */
  | {
      readonly verdict: "not-checked";
      readonly said: string;
      /** Whether looking again a little later may help. */
      readonly transient: boolean;
    };

/** What a program that ran said; `exitCode` 127 where there is no such program. */
interface Said {
  readonly exitCode: number;
  readonly stderr: string;
}

/**
 * Reads how `cosign verify` or `gh attestation verify` ended. A refusal is looked for first: certificates and bundles are other
 * people's, and their text must not make a refusal look like a bad day of a service. What is not known is `not-checked`, which is
 * never taken for good.
 */
export function judgeVerification(verifier: Verifier, { exitCode, stderr }: Said): Verification {
  if (exitCode === 0) return { verdict: "verified" };
  if (exitCode === 127) {
    return { verdict: "not-checked", said: `there is no ${verifier} on this runner`, transient: false };
  }
  const error = verifier === "cosign" ? finalCosignError(stderr) : finalGhError(stderr);
  const said = oneLine(error);
  const { absent, refused, refusedUnlessFailing } = words[verifier];
  const isAbsent = absent.test(error);
  const otherTrigger = /Workflow ?Trigger/i.test(error);
  const refusal = { verdict: "refused", said, absent: isAbsent, otherTrigger } as const;
  if (isAbsent || refused.test(error)) return refusal;
  if (isPassing(error)) return { verdict: "not-checked", said, transient: true };
  if (shut.test(error)) return { verdict: "not-checked", said, transient: false };
  if (refusedUnlessFailing.test(error)) return refusal;
  return { verdict: "not-checked", said, transient: false };
}

/**
 * Sentences of cosign 2 and 3 (pkg/cosign/verify.go, and sigstore-go for bundles) and of gh (pkg/cmd/attestation). `refusedUnlessFailing`:
 * what cosign puts in front of the reason of each signature, which may be that a service did not answer.
 */
const words: Readonly<Record<Verifier, Readonly<Record<"absent" | "refused" | "refusedUnlessFailing", RegExp>>>> = {
  cosign: {
    absent: /no signatures found|image tag not found|no valid bundles exist|MANIFEST_UNKNOWN|manifest unknown/i,
    refused:
      /none of the expected identities matched|no matching CertificateIdentity found|expected GitHub Workflow \w+ not found in certificate|invalid signature|failed to verify signature|could not verify (?:envelope|message)|no certificate found on signature|signature in bundle does not match|comparing public key PEMs|certificate (?:expired|was issued) |certificate signed by unknown authority|cert verification failed|unable to verify SET|log public key not found/i,
    refusedUnlessFailing: /no matching (?:signatures|attestations)/i,
  },
  gh: {
    absent: /no attestations found|no matching predicate found|\bHTTP 404\b/i,
    refused:
      /no attestations were verified|verifying with issuer|expected \w+ to be |no matching CertificateIdentity found|does not match|leaf certificate issuer is not recognized/i,
    refusedUnlessFailing: /failed to find recognized issuer|verification failed/i,
  },
};

/** How Sigstore, GitHub, registries and the line to them say, through these programs' clients, that it may pass. */
const passing: readonly RegExp[] = [
  /\]\[(?:408|429|5\d\d)\]/, // Rekor: `[GET /api/v1/log/entries][502] …`
  /\b(?:returned|status(?: code)?|HTTP|unexpected status code):? ?"?(?:408|425|429|5\d\d)\b/i,
  /\b(?:429 Too Many Requests|toomanyrequests|500 Internal Server Error|50[234] [A-Z])/i,
  /rate limit/i,
  /resource temporarily unavailable/, // two processes open cosign's store of trusted keys at once
  /\btuf: failed to download|error updating to TUF remote mirror|failed to (?:download|refresh|persist) (?:root|timestamp|snapshot|targets|metadata)|getting trusted root from TUF|trusted root is required|failed to create TUF client|failed to get trusted root|error creating Sigstore verifier/i,
  /connection re(?:set|fused)|broken pipe|\bEOF\b|i\/o timeout|handshake timeout|timed out|Client\.Timeout exceeded|(?:context )?deadline exceeded|no route to host|network is unreachable|no such host|server misbehaving|temporary failure in name resolution|http2: |error connecting to /i,
  /invalid character '<' looking for beginning of value/, // a proxy's page in place of an answer
];

/** A door that stays shut: the login, not the image, has to be mended. */
const shut =
  /\b(?:HTTP|status code) (?:401|403)\b|\b(?:401 Unauthorized|403 Forbidden)\b|UNAUTHORIZED|DENIED|denied|authorization failed|not logged in|GH_TOKEN/;

/** Whether the words of cosign or gh mean that the same command may well succeed a little later. */
export function isPassing(error: string): boolean {
  return passing.some((pattern) => pattern.test(error));
}

/** cosign ends with `Error: …`, which may go on over more lines, and says all of it again as it leaves. */
export function finalCosignError(stderr: string): string {
  const lines = stderr.trim().split("\n");
  const from = lines.findLastIndex((line) => line.startsWith("Error: "));
  if (from < 0) return lines.findLast((line) => !line.startsWith("WARNING")) ?? "";
  const rest = lines.slice(from);
  const again = rest.findIndex((line) => /^(?:\S+ \S+ |main\.go:\d+: )?error during command execution: /.test(line));
  return rest
    .slice(0, again < 0 ? undefined : again)
    .join("\n")
    .replace(/^Error: /, "");
}

function finalGhError(stderr: string): string {
  const lines = stderr.trim().split("\n");
  const from = lines.findLastIndex((line) => line.startsWith("Error: "));
  return lines
    .slice(from < 0 ? -5 : from)
    .join("\n")
    .replace(/^Error: /, "");
}

/** At most 300 characters, cut in the middle. */
function oneLine(error: string): string {
  const line = error.replaceAll(/\s+/g, " ").trim() || "no reason given";
  return line.length > 300 ? `${line.slice(0, 149)}…${line.slice(-150)}` : line;
}
