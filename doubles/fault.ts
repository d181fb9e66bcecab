import type { RequestKind } from "./request-kind.ts";

/** Which requests a fault strikes; what is left out matches all. */
export interface FaultMatch {
  readonly method?: string | readonly string[];
  /** Matched against the path with its query; a text matches where it is contained. */
  readonly path?: RegExp | string;
  /** A kind, or all kinds of one side. */
  readonly kind?: RequestKind | "api" | "registry";
}

export type FaultAction =
  /** Answered instead of the real answer; nothing is changed. An object body is sent as JSON. */
  | {
      readonly type: "answer";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | object;
    }
  /** The connection breaks and nothing was changed. */
  | { readonly type: "reset-before" }
  /** The request does all its work, then the connection breaks instead of the reply: a lost reply. */
  | { readonly type: "reset-after-effect" }
  /** Answered late, by this many milliseconds; other faults still apply. */
  | { readonly type: "delay"; readonly ms: number }
  /** Reads see the state as it was: so many writes ago, or so many milliseconds ago; other faults still apply. */
  | { readonly type: "stale"; readonly writesAgo: number }
  | { readonly type: "stale"; readonly msAgo: number }
  /** The headers promise the whole body; the connection breaks after this many bytes (default: half of it). */
  | { readonly type: "truncate"; readonly afterBytes?: number }
  /** The token of this request (the registry's short-lived one, or the GitHub token) expires now, for good. */
  | { readonly type: "expire-token" };

export interface Fault {
  readonly match?: FaultMatch;
  /** How many requests it strikes; default 1. `Infinity` strikes for ever. */
  readonly times?: number;
  /** How many matching requests pass before it strikes; default 0. */
  readonly skip?: number;
  readonly action: FaultAction;
}

/** What `inject` gives back: how often the fault struck, and a way to end it. */
export interface InjectedFault {
  readonly struck: number;
  remove(): void;
}
