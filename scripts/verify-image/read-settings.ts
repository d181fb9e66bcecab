import { tmpdir } from "node:os";
import { InputError } from "@longshore/language";
import { GITHUB_ISSUER, identityOf, parsePlatforms, type Trust } from "@longshore/publishing";
import { parseImages, parseSuffix } from "@longshore/tagging";
import { readDefaultBranch } from "../lib/github/default-branch.ts";
import { readRepositoryInput } from "../lib/github/event.ts";
import { readGateInputs } from "../lib/scans/gate-inputs.ts";
import { quoteValue } from "../lib/step/escape.ts";
import {
  readBoolean,
  readChoice,
  readDuration,
  readInteger,
  readLines,
  readList,
  readText,
} from "../lib/step/inputs.ts";
import { readWorkflowInput } from "../lib/step/workflow-input.ts";
import type { AttestationCheck } from "./check-trust.ts";

/** What a signature is checked against; `key` is put in a file for cosign. */
export type SignatureCheck =
  | { readonly mode: "key"; readonly key: string; readonly transparencyLog: boolean }
  | { readonly mode: "keyless"; readonly trust: Trust };

/** The step's inputs, read once. */
export interface VerifySettings {
  readonly images: readonly string[];
  /** Empty: those that move. */
  readonly tags: readonly string[];
  readonly suffixes: readonly string[];
  readonly defaultBranch: string;
  readonly platforms: readonly string[];
  /** Milliseconds; undefined: any. */
  readonly maximumAge: number | undefined;
  readonly signature: SignatureCheck | undefined;
  readonly attestation: AttestationCheck | undefined;
  /** How often it is looked while a service fails for the moment. */
  readonly attempts: number;
  /** Milliseconds. */
  readonly retryDelay: number;
  readonly failOnProblems: boolean;
  readonly reportFolder: string;
  readonly token: string;
}

/** Throws InputError before anything is asked, also of what add-scans is told, as it would be refused there after minutes of scanning. */
export function readSettings(repository: string): VerifySettings {
  readGateInputs();
  const tags = readList("tags");
  const wrong = tags.find((tag) => !/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/u.test(tag));
  if (wrong !== undefined) throw new InputError(`Input \`tags\` holds ${quoteValue(wrong)}, which is no tag.`);
  const age = readText("max-age");
  const workflow = readWorkflowInput();
  const signer = readRepositoryInput();
  const token = readText("token");
  const attestation = readBoolean("attestation", false);
  return {
    ...{ tags, token },
    images: parseImages(readText("image"), repository),
    suffixes: readLines("suffixes").map(parseSuffix),
    defaultBranch: tags.length > 0 ? "" : readDefaultBranch(readText("default-branch")),
    platforms: parsePlatforms(readText("platforms", "linux/amd64,linux/arm64")),
    maximumAge: age === "" ? undefined : readDuration("max-age", age),
    signature: readSignatureCheck(workflow, signer),
    attestation: attestation ? { workflow, token, repository: signer } : undefined,
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s"),
    failOnProblems: readBoolean("fail-on-problems", true),
    reportFolder: readText("report-folder", process.env.RUNNER_TEMP || tmpdir()),
  };
}

function readSignatureCheck(workflow: string, repository: string): SignatureCheck | undefined {
  const mode = readChoice("signature", ["none", "key", "keyless"], "none");
  const key = readText("cosign-public-key");
  const transparencyLog = readBoolean("transparency-log", true);
  if (mode === "none") return undefined;
  if (mode === "keyless") {
    const identity = identityOf(workflow, process.env.GITHUB_SERVER_URL || "https://github.com");
    return { mode, trust: { kind: "workflow", identity, issuer: GITHUB_ISSUER, repository } };
  }
  if (!key.includes("-----BEGIN PUBLIC KEY-----")) {
    throw new InputError("Input `cosign-public-key` is no public key in PEM, which `signature: key` needs.");
  }
  return { mode, key, transparencyLog };
}
