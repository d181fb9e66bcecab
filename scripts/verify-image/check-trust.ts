import { setTimeout as wait } from "node:timers/promises";
import {
  type Attester,
  attestationArguments,
  type HealthProblem,
  hasReleasingTrigger,
  judgeVerification,
  RELEASING_TRIGGERS,
  type Trust,
  type Verification,
  verifyArguments,
} from "@longshore/publishing";
import { runProgram } from "../lib/programs/run-program.ts";
import { showText } from "../lib/step/escape.ts";

export type AttestationCheck = Attester & { readonly token: string };

/** How often it is looked while a service fails for the moment. */
export interface Patience {
  /** Of the next digest: once a service has failed throughout, the digests that follow are looked at once. */
  readonly attempts: () => number;
  readonly giveUp: () => void;
  /** Milliseconds between two looks. */
  readonly delay: number;
  readonly onRetry: (sentence: string) => void;
}

export function createPatience(attempts: number, delay: number, onRetry: (sentence: string) => void): Patience {
  let left = attempts;
  const giveUp = (): void => {
    left = 1;
  };
  return { attempts: () => left, giveUp, delay, onRetry };
}

/** A look, and whether another one a little later may see something else. */
interface Look {
  readonly seen: Verification;
  readonly passes: boolean;
}

/**
 * Verifies the signature of `repository@sha256:…` with cosign.
 * @param about.platform of whose image the signature is, where not of the index itself
 * @param about.isKept whether the registry keeps anything that cosign could find: cosign says that there is nothing also where a
 *   registry failed while it looked. Throws where the registry fails again
 */
export async function checkSignature(
  reference: string,
  trust: Trust,
  about: { readonly platform?: string | undefined; readonly isKept: () => Promise<boolean> },
  patience: Patience,
): Promise<readonly HealthProblem[]> {
  const look = async (): Promise<Look> => {
    const seen = await verifySignature(reference, trust);
    if (seen.verdict !== "refused" || !seen.absent) return { seen, passes: isPassing(seen) };
    try {
      return { seen, passes: await about.isKept() };
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      return { seen: { verdict: "not-checked", said, transient: true }, passes: true };
    }
  };
  const what = about.platform === undefined ? "signature" : `signature of ${about.platform}`;
  return describe("signature", what, await keepLooking(reference, look, patience));
}

/** A certificate says by which event its run was started, and cosign asks for one of them at a time: the first that it has is enough. */
async function verifySignature(reference: string, trust: Trust): Promise<Verification> {
  const verify = async (of: Trust) =>
    judgeVerification("cosign", await runProgram("cosign", verifyArguments(reference, of)));
  if (trust.kind === "key") return verify(trust);
  const [first, ...others] = RELEASING_TRIGGERS;
  let seen = await verify({ ...trust, ...(first === undefined ? {} : { trigger: first }) });
  for (const trigger of others) {
    if (seen.verdict !== "refused" || !seen.otherTrigger) return seen;
    seen = await verify({ ...trust, trigger });
  }
  return seen;
}

/** Verifies GitHub's attestation of `repository@sha256:…`. */
export async function checkAttestation(
  reference: string,
  { token, ...attester }: AttestationCheck,
  patience: Patience,
): Promise<readonly HealthProblem[]> {
  const args = [...attestationArguments(reference, attester), "--format", "json"];
  const look = async (): Promise<Look> => {
    const run = await runProgram("gh", args, { env: { GH_TOKEN: token, NO_COLOR: "1" } });
    const seen = judgeVerification("gh", run);
    if (seen.verdict !== "verified" || hasReleasingTrigger(run.stdout)) return { seen, passes: isPassing(seen) };
    const said = "it was made by a run that no release comes from, such as one of a pull request";
    return { seen: { verdict: "refused", said, absent: false, otherTrigger: true }, passes: false };
  };
  return describe("attestation", "attestation", await keepLooking(reference, look, patience));
}

function isPassing(seen: Verification): boolean {
  return seen.verdict === "not-checked" && seen.transient;
}

async function keepLooking(
  reference: string,
  look: () => Promise<Look>,
  { attempts, giveUp, delay, onRetry }: Patience,
): Promise<Verification> {
  for (let attempt = 1; ; attempt += 1) {
    const { seen, passes } = await look();
    if (!passes || seen.verdict === "verified") return seen;
    const most = attempts();
    if (attempt >= most) {
      giveUp();
      return seen;
    }
    onRetry(`${reference}: ${seen.said} Looking again in ${delay / 1000} s (attempt ${attempt + 1} of ${most}).`);
    await wait(delay);
  }
}

function describe(
  kind: "signature" | "attestation",
  what: string,
  verification: Verification,
): readonly HealthProblem[] {
  if (verification.verdict === "verified") return [];
  const said = showText(verification.said).replace(/\.$/u, "");
  return verification.verdict === "refused"
    ? [{ kind, detail: `The ${what} does not verify: ${said}.` }]
    : [
        {
          kind: "not-checked",
          detail: `The ${what} could not be checked, which says nothing about the image: ${said}.`,
        },
      ];
}
