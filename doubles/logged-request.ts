import type { RequestKind } from "./request-kind.ts";

/** One request that was answered. */
export interface LoggedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly kind: RequestKind;
  /** 0 where the connection was broken before the status. */
  readonly status: number;
  readonly ms: number;
  /** The token's user, or `anonymous`. */
  readonly who: string;
  /** The types of the faults that struck. */
  readonly faults: readonly string[];
}
