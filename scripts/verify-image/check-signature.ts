import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  attestationArguments,
  GITHUB_ISSUER,
  type HealthProblem,
  identityOf,
  type Trust,
  verifyArguments,
} from "@longshore/publishing";
import { showText } from "../lib/escape.ts";
import { type ProgramRun, runProgram } from "../lib/run-program.ts";

export type SignatureCheck =
  | { readonly mode: "key"; readonly key: string; readonly transparencyLog: boolean }
  | { readonly mode: "keyless"; readonly workflow: string; readonly repository: string };

export interface AttestationCheck {
  readonly workflow: string;
  /** `owner/name` of the repository whose attestations count. */
  readonly repository: string;
  readonly token: string;
}

/** Verifies the signature of `repository@sha256:…` with cosign. A check that cannot be made is a problem of its own, never silence. */
export async function checkSignature(reference: string, check: SignatureCheck): Promise<readonly HealthProblem[]> {
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), "longshore-key-"));
  try {
    return judgeRun(
      "signature",
      "cosign",
      await runProgram("cosign", verifyArguments(reference, trustOf(check, folder))),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function trustOf(check: SignatureCheck, folder: string): Trust {
  if (check.mode === "keyless") {
    const serverUrl = process.env.GITHUB_SERVER_URL || "https://github.com";
    const { workflow, repository } = check;
    return { kind: "workflow", identity: identityOf(workflow, serverUrl), issuer: GITHUB_ISSUER, repository };
  }
  const publicKey = join(folder, "cosign.pub");
  writeFileSync(publicKey, check.key);
  return { kind: "key", publicKey, transparencyLog: check.transparencyLog };
}

/** Verifies GitHub's attestation of `repository@sha256:…`. */
export async function checkAttestation(
  reference: string,
  { repository, workflow, token }: AttestationCheck,
): Promise<readonly HealthProblem[]> {
  const args = attestationArguments(reference, repository, workflow);
  return judgeRun("attestation", "gh", await runProgram("gh", args, { env: { GH_TOKEN: token } }));
}

function judgeRun(
  kind: "signature" | "attestation",
  program: string,
  { exitCode, stderr }: ProgramRun,
): readonly HealthProblem[] {
  if (exitCode === 0) return [];
  if (exitCode === 127) {
    return [{ kind: "not-checked", detail: `The ${kind} was not verified: there is no ${program} on this runner.` }];
  }
  const said = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("WARNING"));
  return [
    { kind, detail: `The ${kind} does not verify: ${showText(said.at(-1) ?? "no reason given").slice(0, 300)}.` },
  ];
}
