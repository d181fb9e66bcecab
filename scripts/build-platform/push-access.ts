import type { CredentialLookup } from "../lib/registry/docker-credentials.ts";
import { RegistryError } from "../lib/registry/error.ts";
import { openRegistry } from "../lib/registry/registry.ts";

/** `refused` with the sentence to fail with; `unknown` where the registry had no clear answer. */
export type PushAccess =
  | { readonly type: "allowed" | "unknown" }
  | { readonly type: "refused"; readonly sentence: string };

/**
 * Asks each registry once whether this login may push. Before a build it spares the time of building what cannot be pushed; after
 * one it tells what a bare 403 meant.
 */
export async function askPushAccess(images: readonly string[], credentials: CredentialLookup): Promise<PushAccess> {
  const answers = await Promise.all(images.map((image) => askOne(image, credentials)));
  const refusal = answers.find(({ type }) => type === "refused");
  return refusal ?? { type: answers.every(({ type }) => type === "allowed") ? "allowed" : "unknown" };
}

async function askOne(image: string, credentials: CredentialLookup): Promise<PushAccess> {
  try {
    await openRegistry(image, { credentials, attempts: 1 }).checkPush();
    return { type: "allowed" };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const refused = !error.transient && (error.status === 401 || error.status === 403);
    return refused ? { type: "refused", sentence: error.message } : { type: "unknown" };
  }
}
