import { setTimeout as sleep } from "node:timers/promises";
import { imagesOf, platformOf } from "@longshore/publishing";
import { readContent } from "../lib/registry/read-content.ts";
import type { Registry } from "../lib/registry/registry.ts";
import { printText } from "../lib/step/print-text.ts";
import { createProgress } from "../lib/step/progress.ts";
import type { ImageDigest } from "./read-request.ts";

/** One digest to sign. */
export interface Signable {
  /** `repository@sha256:…` */
  readonly reference: string;
  /** Of a platform's manifest; undefined for the image itself. */
  readonly platform?: string;
}

/** What is waited for a registry to show what was pushed, milliseconds. */
export interface Patience {
  readonly wait: number;
  /** The longest pause between two looks. */
  readonly pause: number;
}

/** The first pause between two looks, milliseconds; each is twice the one before. */
const FIRST_PAUSE = 500;

/** While nothing changes, one line in so many milliseconds. */
const TOLD_EVERY = 10_000;

/**
 * The image's digest and those of its platforms, once the registry shows all of them. Attestation manifests have no signature of
 * their own: the index that names them by digest has one. Throws one sentence when something stays away.
 */
export async function findSignable(
  registry: Registry,
  { repository, digest }: ImageDigest,
  patience: Patience,
): Promise<readonly Signable[]> {
  const started = performance.now();
  const progress = createProgress(printText, () => performance.now(), TOLD_EVERY);
  const until = async <T>(what: string, read: () => Promise<T | undefined>): Promise<T> => {
    for (let look = 0; ; look += 1) {
      const found = await read();
      if (found !== undefined) return found;
      const waited = performance.now() - started;
      if (waited >= patience.wait) {
        throw new Error(
          `${repository} does not show ${what} within ${patience.wait / 1000} s: check that the digest was pushed there, or give the registry more time by \`wait\`.`,
        );
      }
      if (look === 0) printText(`Waiting until ${repository} shows ${what}.`);
      else progress.tell(() => `Still waiting, ${Math.round(waited / 1000)} of ${patience.wait / 1000} s.`);
      await sleep(Math.min(FIRST_PAUSE * 2 ** look, patience.pause, patience.wait - waited));
    }
  };
  const { content } = await until(digest, () => readContent(registry, digest));
  const named = content.type === "index" ? imagesOf(content) : [];
  const platforms = [...new Map(named.map((child) => [child.digest, child])).values()];
  for (const child of platforms) {
    await until(child.digest, () => registry.headManifest(child.digest));
  }
  return [
    { reference: `${repository}@${digest}` },
    ...platforms.map((child) => ({
      reference: `${repository}@${child.digest}`,
      platform: platformOf(child) ?? "unknown",
    })),
  ];
}
