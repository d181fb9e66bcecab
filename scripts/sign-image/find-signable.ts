import { setTimeout as sleep } from "node:timers/promises";
import { imagesOf, platformOf } from "@longshore/publishing";
import { printText } from "../lib/print-text.ts";
import { readContent } from "../lib/read-content.ts";
import type { Registry } from "../lib/registry.ts";
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
  readonly pause: number;
}

/**
 * The image's digest and those of its platforms, once the registry shows all of them. Attestation manifests have no signature of
 * their own: the index that names them by digest has one. Throws one sentence when something stays away.
 */
export async function findSignable(
  registry: Registry,
  { repository, digest }: ImageDigest,
  patience: Patience,
): Promise<readonly Signable[]> {
  const deadline = performance.now() + patience.wait;
  const until = async <T>(what: string, read: () => Promise<T | undefined>): Promise<T> => {
    for (let told = false; ; told = true) {
      const found = await read();
      if (found !== undefined) return found;
      if (performance.now() >= deadline) {
        throw new Error(
          `${repository} does not show ${what} within ${patience.wait / 1000} s: check that the digest was pushed there, or give the registry more time by \`wait\`.`,
        );
      }
      if (!told) printText(`Waiting until ${repository} shows ${what}.`);
      await sleep(patience.pause);
    }
  };
  const { content } = await until(digest, () => readContent(registry, digest, { expected: true }));
  const platforms = content.type === "index" ? imagesOf(content) : [];
  for (const child of platforms) {
    await until(child.digest, () => registry.headManifest(child.digest, { expected: true }));
  }
  return [
    { reference: `${repository}@${digest}` },
    ...platforms.map((child) => ({
      reference: `${repository}@${child.digest}`,
      platform: platformOf(child) ?? "unknown",
    })),
  ];
}
