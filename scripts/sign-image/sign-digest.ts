import * as core from "@actions/core";
import { formatCommandLine, signArguments, verifyArguments } from "@longshore/publishing";
import { retry } from "../lib/http/retry.ts";
import { CosignError, cosign } from "./cosign.ts";
import type { Signable } from "./find-signable.ts";
import type { PreparedSigner } from "./prepare-signer.ts";
import type { SignRequest } from "./read-request.ts";

/** One digest that is signed, and whose signature was verified. */
export interface SignedDigest extends Signable {
  /** Whether a signature was there that need not be made again, so that none was added. */
  readonly alreadySigned: boolean;
  /** The command that verified it. */
  readonly verifyCommand: string;
  /** One sentence each. */
  readonly retries: readonly string[];
}

/**
 * Signs one digest and verifies the signature with the command that is put out. Where it verifies before, nothing is signed, as
 * cosign would add one more signature each time. A service that fails for the moment is tried again; a signature that is not seen
 * yet is waited for. One digest at a time: processes of cosign share a cache that only one of them may open
 * (https://github.com/sigstore/cosign/issues/2576).
 * @param folder where the public key lies
 */
export async function signDigest(
  signable: Signable,
  prepared: PreparedSigner,
  folder: string,
  request: Pick<SignRequest, "attempts" | "retryDelay" | "wait">,
): Promise<SignedDigest> {
  const { reference } = signable;
  const verifying = verifyArguments(reference, prepared.trust);
  const verifyCommand = formatCommandLine(["cosign", ...verifying]);
  if (await isSigned(verifying, folder)) {
    return { ...signable, alreadySigned: true, verifyCommand, retries: [] };
  }

  const retries: string[] = [];
  const { attempts, retryDelay: delay } = request;
  const keepTrying = (what: string, action: () => Promise<string>, isTransient: (error: CosignError) => boolean) =>
    retry(action, {
      attempts,
      delay,
      isTransient: (error) => error instanceof CosignError && isTransient(error),
      onRetry: ({ error, attempt }) => {
        const sentence = `${what} ${reference}: ${error instanceof Error ? error.message : error}`;
        retries.push(sentence);
        core.warning(`${sentence} Trying again in ${delay / 1000} s (attempt ${attempt + 1} of ${attempts}).`);
      },
    }).catch((error: unknown) => {
      if (!(error instanceof CosignError)) throw error;
      throw new Error(`${what} ${reference} failed: ${error.message}`, { cause: error });
    });

  const signing = signArguments(reference, prepared.signer, prepared.usesSigningConfig);
  await keepTrying(
    "Signing",
    () => cosign(signing, { env: prepared.env }),
    (error) => error.transient || error.lagging,
  );

  // A signature that is not seen yet is waited for by time; anything else that passes, by attempts.
  const deadline = performance.now() + request.wait;
  const verify = (): Promise<string> =>
    retry(() => cosign(verifying, { cwd: folder }), {
      attempts: Number.POSITIVE_INFINITY,
      delay: Math.min(delay, 5000),
      isTransient: (error) => error instanceof CosignError && error.lagging && performance.now() < deadline,
    });
  await keepTrying("Verifying", verify, (error) => error.transient);
  return { ...signable, alreadySigned: false, verifyCommand, retries };
}

/**
 * One look, with no word about a failure: mostly there is no signature yet. Where cosign fails otherwise, a second signature does
 * less harm than none, and what does not pass is told by the signing.
 */
async function isSigned(looking: readonly string[], cwd: string): Promise<boolean> {
  try {
    await cosign(looking, { cwd });
    return true;
  } catch (error) {
    if (error instanceof CosignError) return false;
    throw error;
  }
}
