/** What a signature is made with. */
export type Signer =
  /** A certificate of Sigstore for the identity of the running workflow. */
  | { readonly kind: "keyless" }
  /** The private key in COSIGN_PRIVATE_KEY, its password in COSIGN_PASSWORD. */
  | { readonly kind: "key"; readonly transparencyLog: boolean };

/** What a signature is checked against. */
export type Trust =
  | {
      readonly kind: "workflow";
      readonly identity: string;
      readonly issuer: string;
      /** `owner/name` of the repository whose run signed: the same workflow signs for everybody who calls it. */
      readonly repository: string;
      /** Git ref of that run, such as `refs/heads/main`; any where it is left out. */
      readonly ref?: string;
      /** Event that started that run, such as `push`; any where it is left out. */
      readonly trigger?: string;
    }
  /** Path of the public key. */
  | { readonly kind: "key"; readonly publicKey: string; readonly transparencyLog: boolean };

/**
 * Events whose runs are of what the repository has taken in: what a release, the default branch or any moving tag is built from. The
 * commonest first, as cosign asks a certificate for one of them at a time.
 */
export const RELEASING_TRIGGERS = [
  "push",
  "workflow_dispatch",
  "schedule",
  "release",
  "repository_dispatch",
  "workflow_run",
];

/** What becomes of an event's image when it is asked to be signed. */
export type SigningRight =
  | { readonly right: "signs" }
  /** An image of what nobody has taken in yet, signed only where that is asked for. */
  | { readonly right: "on-request"; readonly what: "a pull request" | "a merge queue" }
  /** Never: the certificate would say the default branch's ref, as that of a release does. */
  | { readonly right: "never"; readonly event: string };

/**
 * Whether the image of this event may get the identity that a release has. A certificate says the ref and the event of the *run*
 * (https://github.com/sigstore/fulcio/blob/main/docs/oidc.md), so those of a pull request's own events can be told apart by who
 * verifies, and those of events that run on the default branch on a pull request's behalf cannot.
 * @param cause `workflow_run.event`, where the event is a workflow_run
 */
export function decideSigning(event: string, ref: string, cause: string): SigningRight {
  if (event === "pull_request_target" || event === "issue_comment") return { right: "never", event };
  if (event === "workflow_run" && (cause.startsWith("pull_request") || cause === "merge_group" || cause === "")) {
    return { right: "never", event };
  }
  if (event.startsWith("pull_request") || ref.startsWith("refs/pull/")) {
    return { right: "on-request", what: "a pull request" };
  }
  if (event === "merge_group" || ref.startsWith("refs/heads/gh-readonly-queue/")) {
    return { right: "on-request", what: "a merge queue" };
  }
  return { right: "signs" };
}

/** Who GitHub's OIDC tokens are from: https://docs.github.com/en/actions/reference/security/oidc */
export const GITHUB_ISSUER = "https://token.actions.githubusercontent.com";

/**
 * Regular expression (Go's) of the identity in a keyless certificate: the workflow file that signed, at any ref. Sigstore writes the
 * *called* workflow there (`job_workflow_ref`: https://github.com/sigstore/fulcio/blob/main/docs/oidc.md).
 * @param workflow `owner/repository/.github/workflows/file.yml`
 */
export function identityOf(workflow: string, serverUrl: string): string {
  return `^${`${serverUrl}/${workflow}`.replaceAll(/[.+*?()[\]{}|^$\\]/g, "\\$&")}@`;
}

/**
 * Arguments of `cosign` that sign one digest. Nothing secret is among them.
 * @param usesSigningConfig whether this cosign (3 and newer) takes its services from a signing config unless told otherwise
 */
export function signArguments(reference: string, signer: Signer, usesSigningConfig: boolean): readonly string[] {
  const key = signer.kind === "key" ? ["--key", "env://COSIGN_PRIVATE_KEY"] : [];
  const withoutLog = [...(usesSigningConfig ? ["--use-signing-config=false"] : []), "--tlog-upload=false"];
  const log = signer.kind === "key" && !signer.transparencyLog ? withoutLog : [];
  return ["sign", "--yes", ...key, ...log, reference];
}

/** Arguments of `cosign` that verify one digest: what a consumer types too. */
export function verifyArguments(reference: string, trust: Trust): readonly string[] {
  switch (trust.kind) {
    case "workflow": {
      const identity = ["--certificate-identity-regexp", trust.identity, "--certificate-oidc-issuer", trust.issuer];
      const whose = ["--certificate-github-workflow-repository", trust.repository];
      const ref = trust.ref === undefined ? [] : ["--certificate-github-workflow-ref", trust.ref];
      const trigger = trust.trigger === undefined ? [] : ["--certificate-github-workflow-trigger", trust.trigger];
      return ["verify", ...identity, ...whose, ...ref, ...trigger, reference];
    }
    case "key": {
      const log = trust.transparencyLog ? [] : ["--insecure-ignore-tlog=true"];
      return ["verify", "--key", trust.publicKey, ...log, reference];
    }
  }
}

/**
 * Arguments of `gh` that verify GitHub's attestation of one digest: https://cli.github.com/manual/gh_attestation_verify
 */
export function attestationArguments(reference: string, attester: Attester): readonly string[] {
  const { repository, workflow, ref, predicateType } = attester;
  const signer = ["--repo", repository, "--signer-workflow", workflow];
  const source = ref === undefined ? [] : ["--source-ref", ref];
  const what = predicateType === undefined ? [] : ["--predicate-type", predicateType];
  return ["attestation", "verify", `oci://${reference}`, ...signer, ...source, ...what];
}

/** Whose attestation counts. */
export interface Attester {
  /** Whose run attested it, `owner/name`. */
  readonly repository: string;
  /** The file that attested, `owner/repository/.github/workflows/file.yml`. */
  readonly workflow: string;
  /** Git ref of that run; any where it is left out. */
  readonly ref?: string;
  /** Of what is attested; without one gh takes provenance only. */
  readonly predicateType?: string | undefined;
}

/**
 * Whether one of the attestations that `gh attestation verify --format json` has verified was made by a run that may name a release: gh
 * cannot be told so. Only the certificate counts, which no workflow can write. False for anything else than that JSON.
 */
export function hasReleasingTrigger(output: string): boolean {
  let verified: unknown;
  try {
    verified = JSON.parse(output);
  } catch {
    return false;
  }
  return Array.isArray(verified) && verified.some((one) => RELEASING_TRIGGERS.includes(readTrigger(one)));
}

function readTrigger(verified: unknown): string {
  let value = verified;
  for (const key of ["verificationResult", "signature", "certificate", "buildTrigger"]) {
    if (typeof value !== "object" || value === null) return "";
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return typeof value === "string" ? value : "";
}

/**
 * The predicate type under which actions/attest attests an SBOM: https://github.com/in-toto/attestation/tree/main/spec/predicates.
 * Undefined where it would not take the file.
 */
export function sbomPredicateType(sbom: unknown): string | undefined {
  const { spdxVersion, SPDXID, bomFormat, serialNumber, specVersion } = (sbom ?? {}) as Readonly<
    Record<string, unknown>
  >;
  if (SPDXID && typeof spdxVersion === "string" && /^SPDX-\d+\.\d+$/.test(spdxVersion)) {
    return `https://spdx.dev/Document/v${spdxVersion.slice("SPDX-".length)}`;
  }
  return bomFormat && serialNumber && specVersion ? "https://cyclonedx.org/bom" : undefined;
}
