import { codeText, escapeMarkdown } from "../lib/step/escape.ts";
import { formatMarkdownTable } from "../lib/step/summary.ts";
import type { PreparedSigner } from "./prepare-signer.ts";
import type { ImageDigest } from "./read-request.ts";
import type { SignedDigest } from "./sign-digest.ts";

export interface SignResult {
  readonly mode: "keyless" | "key" | "none";
  /** Why nothing was signed, a sentence. */
  readonly why?: string;
  /** Of a keyless signature. */
  readonly identity?: string;
  readonly issuer?: string;
  readonly transparencyLog: boolean;
  readonly images: readonly ImageDigest[];
  readonly signed: readonly SignedDigest[];
}

export function toResult(
  images: readonly ImageDigest[],
  { trust }: PreparedSigner,
  signed: readonly SignedDigest[],
): SignResult {
  return trust.kind === "workflow"
    ? { mode: "keyless", identity: trust.identity, issuer: trust.issuer, transparencyLog: true, images, signed }
    : { mode: "key", transparencyLog: trust.transparencyLog, images, signed };
}

/** Every output of action.yml, by its name. */
export function listOutputs({ images, signed, ...result }: SignResult, publicKey: string): Record<string, string> {
  return {
    repository: images[0]?.repository ?? "",
    digest: images[0]?.digest ?? "",
    signed: signed.map(({ reference }) => reference).join("\n"),
    "verify-commands": signed.map(({ verifyCommand }) => verifyCommand).join("\n"),
    "public-key": publicKey,
    result: JSON.stringify({ ...result, images, signed }),
  };
}

/** The job summary, Markdown. */
export function summariseResult({ mode, transparencyLog, signed }: SignResult, publicKey: string): string {
  const how = mode === "keyless" ? "Keyless, by Sigstore" : "With a key";
  const log = transparencyLog ? "in the public transparency log" : "without a transparency log";
  const retries = signed.flatMap((digest) => digest.retries);
  return [
    `### Image signed and verified\n\n${how}, ${log}.\n\n`,
    formatMarkdownTable({
      header: ["what", "digest", "signature"],
      rows: signed.map(({ reference, platform, alreadySigned }) => [
        platform ?? "image",
        codeText(reference),
        alreadySigned ? "was there already" : "made now",
      ]),
    }),
    retries.length === 0 ? "" : `${retries.map((retry) => `- ${escapeMarkdown(retry)}`).join("\n")}\n\n`,
    publicKey === "" ? "" : `The public key, \`cosign.pub\`:\n\n${codeBlock(publicKey)}\n`,
    // Every part of these was checked: no fence can be in them.
    `To verify it yourself:\n\n\`\`\`sh\n${signed.map(({ verifyCommand }) => verifyCommand).join("\n")}\n\`\`\`\n`,
  ].join("");
}

function codeBlock(text: string): string {
  return `<pre>${text.split("\n").map(escapeMarkdown).join("\n")}</pre>\n`;
}
