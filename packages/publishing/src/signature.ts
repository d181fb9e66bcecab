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
    }
  /** Path of the public key. */
  | { readonly kind: "key"; readonly publicKey: string; readonly transparencyLog: boolean };

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
      return ["verify", ...identity, ...whose, reference];
    }
    case "key": {
      const log = trust.transparencyLog ? [] : ["--insecure-ignore-tlog=true"];
      return ["verify", "--key", trust.publicKey, ...log, reference];
    }
  }
}

/**
 * Arguments of `gh` that verify GitHub's attestation of one digest: https://cli.github.com/manual/gh_attestation_verify
 * @param repository whose run attested it, `owner/name`
 * @param workflow the file that attested, `owner/repository/.github/workflows/file.yml`
 * @param predicateType of what is attested; without one gh takes provenance only
 */
export function attestationArguments(
  reference: string,
  repository: string,
  workflow: string,
  predicateType?: string,
): readonly string[] {
  const what = predicateType === undefined ? [] : ["--predicate-type", predicateType];
  return ["attestation", "verify", `oci://${reference}`, "--repo", repository, "--signer-workflow", workflow, ...what];
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
