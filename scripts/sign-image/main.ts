import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as core from "@actions/core";
import { readDockerCredentials } from "../lib/docker-credentials.ts";
import { writeOutputs } from "../lib/outputs.ts";
import { printText } from "../lib/print-text.ts";
import { openRegistry } from "../lib/registry.ts";
import { maskSecret, runStep } from "../lib/run-step.ts";
import { writeSummary } from "../lib/summary.ts";
import { listOutputs, summariseResult, toResult } from "./describe-result.ts";
import { findSignable } from "./find-signable.ts";
import { prepareSigner } from "./prepare-signer.ts";
import { readRequest, type SignRequest } from "./read-request.ts";
import { type SignedDigest, signDigest } from "./sign-digest.ts";

await runStep(async () => {
  const request = readRequest();
  const { mode } = request;
  if (mode.kind === "key") for (const line of [mode.password, ...mode.privateKey.split("\n")]) maskSecret(line);
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), "longshore-sign-"));
  try {
    await signAll(request, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function signAll(request: SignRequest, folder: string): Promise<void> {
  const { attempts, retryDelay, wait } = request;
  const prepared = await prepareSigner(request.mode, folder);
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
  writeOutputs(listOutputs(result, prepared.publicKey));
  writeSummary(summariseResult(result, prepared.publicKey));
}
