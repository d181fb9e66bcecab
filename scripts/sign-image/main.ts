import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as core from "@actions/core";
import { readDockerCredentials } from "../lib/registry/docker-credentials.ts";
import { openRegistry } from "../lib/registry/registry.ts";
import { escapeMarkdown } from "../lib/step/escape.ts";
import { type MaskedInputs, refuseHiddenOutputs, writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { listOutputs, summariseResult, toResult } from "./describe-result.ts";
import { findSignable } from "./find-signable.ts";
import { prepareSigner } from "./prepare-signer.ts";
import { readRequest, type SignRequest, type Unsigned } from "./read-request.ts";
import { type SignedDigest, signDigest } from "./sign-digest.ts";

await runStep(async () => {
  const request = readRequest();
  const { mode } = request;
  if (mode.kind === "key") for (const line of [mode.password, ...mode.privateKey.split("\n")]) maskSecret(line);
  if (request.unsigned !== undefined) return tellUnsigned(request, request.unsigned);
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), "longshore-sign-"));
  try {
    await signAll(request, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function maskedOf({ mode }: SignRequest): MaskedInputs {
  return mode.kind === "key" ? { "cosign-key": [mode.privateKey], "cosign-password": [mode.password] } : {};
}

/** No failure: nothing that comes after waits for this signature. Where it was asked for by name, a warning. */
function tellUnsigned({ images }: SignRequest, { why, asked }: Unsigned): void {
  const sentence = `Nothing was signed: ${why}`;
  if (asked) core.warning(sentence);
  else core.notice(sentence);
  writeOutputs(listOutputs({ mode: "none", why, transparencyLog: false, images, signed: [] }, ""));
  writeSummary(`### Image not signed\n\n${escapeMarkdown(why)}\n`);
}

async function signAll(request: SignRequest, folder: string): Promise<void> {
  const { attempts, retryDelay, wait } = request;
  const prepared = await prepareSigner(request.mode, folder);
  refuseHiddenOutputs(listOutputs(toResult(request.images, prepared, []), prepared.publicKey), maskedOf(request));
  const credentials = readDockerCredentials(process.env);
  const signed: SignedDigest[] = [];
  for (const image of request.images) {
    const registry = openRegistry(image.repository, {
      ...{ credentials, attempts, delay: retryDelay },
      onRetry: (sentence) => core.warning(sentence),
    });
    // Everything is there before the first of it is signed.
    for (const signable of await findSignable(registry, image, {
      wait,
      pause: Math.min(Math.max(retryDelay, 100), 5000),
    })) {
      const digest = await signDigest(signable, prepared, folder, request);
      const done = digest.alreadySigned ? "signed already, verified" : "signed and verified";
      printText(`${done}  ${digest.platform ?? "image"}  ${digest.reference}`);
      signed.push(digest);
    }
  }
  const result = toResult(request.images, prepared, signed);
  printText(`\nTo verify it yourself:\n${signed.map(({ verifyCommand }) => verifyCommand).join("\n")}`);
  writeOutputs(listOutputs(result, prepared.publicKey), maskedOf(request));
  writeSummary(summariseResult(result, prepared.publicKey));
}
