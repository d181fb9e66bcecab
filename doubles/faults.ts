import type { Fault, FaultAction, FaultMatch, InjectedFault } from "./fault.ts";
import type { RequestKind } from "./request-kind.ts";

export interface FaultBench {
  inject(fault: Fault): InjectedFault;
  /** The actions that strike this request, in the order they were injected. After the first that decides the answer, none follows. */
  strike(method: string, path: string, kind: RequestKind, side: "api" | "registry"): readonly FaultAction[];
}

export function faultBench(): FaultBench {
  const active = new Set<{ readonly fault: Fault; left: number; toSkip: number; struck: number }>();
  return {
    inject: (fault) => {
      const entry = { fault, left: fault.times ?? 1, toSkip: fault.skip ?? 0, struck: 0 };
      active.add(entry);
      return {
        get struck() {
          return entry.struck;
        },
        remove: () => {
          active.delete(entry);
        },
      };
    },
    strike: (method, path, kind, side) => {
      const actions: FaultAction[] = [];
      for (const entry of active) {
        if (!matches(entry.fault.match ?? {}, method, path, kind, side)) continue;
        if (entry.toSkip > 0) {
          entry.toSkip -= 1;
          continue;
        }
        entry.struck += 1;
        entry.left -= 1;
        if (entry.left <= 0) active.delete(entry);
        actions.push(entry.fault.action);
        if (decidesAnswer(entry.fault.action)) break;
      }
      return actions;
    },
  };
}

function decidesAnswer(action: FaultAction): boolean {
  return action.type !== "delay" && action.type !== "stale" && action.type !== "expire-token";
}

function matches(
  match: FaultMatch,
  method: string,
  path: string,
  kind: RequestKind,
  side: "api" | "registry",
): boolean {
  const methods = typeof match.method === "string" ? [match.method] : match.method;
  if (methods !== undefined && !methods.includes(method)) return false;
  if (match.kind !== undefined && match.kind !== kind && match.kind !== side) return false;
  if (match.path === undefined) return true;
  return typeof match.path === "string" ? path.includes(match.path) : path.search(match.path) !== -1;
}
