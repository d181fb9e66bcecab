import { evaluateText, type Scope } from "./expressions.ts";
import { Refusal } from "./refusal.ts";
import { entries, isMapping, type TemplateToken } from "./tokens.ts";

/** Jobs and runs of one group, one after the other. */
export interface ConcurrencyGroups {
  /** `held` are the groups of the workflows and jobs around this one. */
  enter<Value>(group: string | undefined, held: readonly string[], work: () => Promise<Value>): Promise<Value>;
}

export function startConcurrencyGroups(): ConcurrencyGroups {
  const last = new Map<string, Promise<unknown>>();
  return {
    async enter(group, held, work) {
      if (group === undefined) return work();
      if (held.includes(group)) {
        throw new Refusal(
          `The concurrency group \`${group}\` waits for itself: a caller and what it calls may not share one.`,
        );
      }
      const before = last.get(group) ?? Promise.resolve();
      const mine = before.then(work, work);
      last.set(group, mine);
      return mine;
    },
  };
}

/** The name of the group a `concurrency` gives, in lower case: GitHub does not tell cases apart. */
export function readGroup(token: TemplateToken | undefined, scope: Scope): string | undefined {
  if (token === undefined) return undefined;
  const group = isMapping(token) ? entries(token).find(([key]) => key === "group")?.[1] : token;
  return group === undefined ? undefined : evaluateText(group, scope).toLowerCase();
}
