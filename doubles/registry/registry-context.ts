import type { BlobStore } from "../blob-store.ts";
import type { Answer, Received } from "../http-exchange.ts";
import type { PackageStore } from "../package-state.ts";
import type { RegistryKind } from "../request-kind.ts";
import type { TokenStore } from "../tokens.ts";

/** What the registry's handlers work on. */
export interface RegistryContext {
  readonly packages: PackageStore;
  readonly blobs: BlobStore;
  readonly tokens: TokenStore;
  readonly tokenSeconds: number;
}

/** One route of the registry. `name` is the repository in the path, `reference` what follows it. */
export interface RegistryRoute {
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly kind: RegistryKind;
  /** The access that is asked before the handler is called; `undefined` where it looks for itself. */
  readonly access?: "pull" | "push";
  readonly handle: (
    context: RegistryContext,
    request: Received,
    name: string,
    reference: string,
  ) => Answer | Promise<Answer>;
}
