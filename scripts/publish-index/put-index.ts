import { checkIndex, type ExpectedChild } from "@longshore/publishing";
import { readContent } from "../lib/registry/read-content.ts";
import type { Registry } from "../lib/registry/registry.ts";
import type { MadeIndex } from "./make-index.ts";

/**
 * Puts the index under its digest, without any tag, then reads it back and compares it child by child. The registry client
 * checks that what comes back has the digest, so every repository holds the same bytes. Throws when anything differs.
 */
export async function putIndex(
  registry: Registry,
  index: MadeIndex,
  expected: readonly ExpectedChild[],
  annotations: Readonly<Record<string, string>> | undefined,
): Promise<void> {
  const isThere = index.reused && (await registry.headManifest(index.digest)) !== undefined;
  if (!isThere) await registry.putManifest(index.digest, index.bytes, index.mediaType);
  const found = await readContent(registry, index.digest, { expected: true });
  if (found === undefined) {
    throw new Error(`${registry.image} took the index ${index.digest} and does not give it back: run this job again.`);
  }
  requireExact(`${registry.image}@${index.digest}`, found.content, expected, annotations);
}

/** Throws when an index is not exactly what was pushed, before anything names it. */
export function requireExact(
  what: string,
  content: MadeIndex["content"] | { readonly type: "manifest" },
  expected: readonly ExpectedChild[],
  annotations: Readonly<Record<string, string>> | undefined,
): void {
  const problems =
    content.type === "index" ? checkIndex(content, expected, annotations) : ["It is a single image, not an index."];
  if (problems.length > 0) throw new Error(`No tag is put, as ${what} is not what was built: ${problems.join(" ")}`);
}
