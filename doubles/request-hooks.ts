import type { RequestKind } from "./request-kind.ts";

/** One request at one moment: `before` it reads or changes anything, or `after` its work is done and before the reply leaves. */
export type RequestMoment = {
  /** 1 for the first request of the double. */
  readonly number: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly kind: RequestKind;
  /** The token's user, or `anonymous`. */
  readonly who: string;
} & (
  | { readonly when: "before" }
  | { readonly when: "after" /** 0 where a fault broke the connection. */; readonly status: number }
);

/**
 * What happens between two requests: another actor pushes, tags or deletes, or the client is killed. The request waits
 * for it. Requests that a hook makes itself come to the hooks as well.
 */
export type RequestHook = (moment: RequestMoment) => void | Promise<void>;

export interface RequestHooks {
  /** Returns what takes the hook away again. */
  add(hook: RequestHook): () => void;
  call(moment: RequestMoment): Promise<void>;
}

export function requestHooks(): RequestHooks {
  const hooks = new Set<RequestHook>();
  return {
    add: (hook) => {
      hooks.add(hook);
      return () => void hooks.delete(hook);
    },
    call: async (moment) => {
      for (const hook of [...hooks]) await hook(moment);
    },
  };
}
