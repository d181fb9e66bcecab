import { createPublicKey } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@longshore/language";
import { GITHUB_ISSUER, identityOf, type Signer, type Trust } from "@longshore/publishing";
import type { Environment } from "../lib/step/inputs.ts";
import { CosignError, cosign } from "./cosign.ts";
import type { SigningMode } from "./read-request.ts";

export interface PreparedSigner {
  readonly signer: Signer;
  readonly trust: Trust;
  /** What cosign needs to sign, beside its arguments. */
  readonly env: Environment;
  /** PEM; empty where it is keyless. */
  readonly publicKey: string;
  /** Whether this cosign takes its services from a signing config (3 and newer). */
  readonly usesSigningConfig: boolean;
}

/** As consumers have it: the verify commands name it so. */
const PUBLIC_KEY_FILE = "cosign.pub";

/**
 * Makes ready what signatures are made with and checked against, and finds a wrong password or a wrong public key before anything is
 * written.
 * @param folder where the public key is put for the verify commands, which are run there
 */
export async function prepareSigner(mode: SigningMode, folder: string): Promise<PreparedSigner> {
  if (mode.kind === "keyless") {
    const identity = identityOf(mode.workflow, mode.serverUrl);
    const { repository, ref, trigger } = mode;
    const trust = { kind: "workflow", identity, issuer: GITHUB_ISSUER, repository, ref, trigger } as const;
    return { signer: { kind: "keyless" }, trust, env: {}, publicKey: "", usesSigningConfig: false };
  }
  const { transparencyLog } = mode;
  const env = { COSIGN_PRIVATE_KEY: mode.privateKey, COSIGN_PASSWORD: mode.password };
  const derived = await derivePublicKey(env);
  const publicKey = mode.publicKey || derived;
  if (bytesOf(publicKey) !== bytesOf(derived)) {
    throw new InputError("Input `cosign-public-key` does not belong to `cosign-key`: nothing was signed.");
  }
  writeFileSync(join(folder, PUBLIC_KEY_FILE), publicKey);
  return {
    signer: { kind: "key", transparencyLog },
    trust: { kind: "key", publicKey: PUBLIC_KEY_FILE, transparencyLog },
    env,
    publicKey: publicKey.trim(),
    // Debian's cosign does not know its own version; its help knows its options.
    usesSigningConfig: !transparencyLog && (await cosign(["sign", "--help"])).includes("--use-signing-config"),
  };
}

async function derivePublicKey(env: Environment): Promise<string> {
  try {
    return await cosign(["public-key", "--key", "env://COSIGN_PRIVATE_KEY"], { env });
  } catch (cause) {
    if (!(cause instanceof CosignError) || cause.message.startsWith("cosign is not")) throw cause;
    throw new InputError(
      "Input `cosign-key` cannot be opened: give the whole PEM text of cosign.key, and its password as `cosign-password`.",
      { cause },
    );
  }
}

/** One key is written in more than one way (line ends, blanks around it). */
function bytesOf(pem: string): string {
  return createPublicKey(pem).export({ type: "spki", format: "der" }).toString("base64");
}
