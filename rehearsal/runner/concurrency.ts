import { evaluateText, type Scope } from "./expressions.ts";
import { Refusal } from "./refusal.ts";
import { entries, isMapping, type TemplateToken } from "./tokens.ts";

/** A group and how it queues: without `queue: max` a newer one takes the place of the one that waits. */
export interface Group {
  readonly name: string;
  readonly keepsAll: boolean;
}

/** Jobs and runs of one group, one after the other. */
export interface ConcurrencyGroups {
  /** `held` are the groups of the workflows and jobs around this one. `dropped` is done in its place where a newer one came. */
  enter<Value>(
    group: Group | undefined,
    held: readonly string[],
    work: () => Promise<Value>,
    dropped: () => Promise<Value>,
  ): Promise<Value>;
}

/** GitHub starts no run whose group has 400 characters or more. */
const longestGroup = 399;

export function startConcurrencyGroups(): ConcurrencyGroups {
  const last = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, { isDropped: boolean }>();
  return {
    async enter(group, held, work, dropped) {
      if (group === undefined) return work();
      const { name, keepsAll } = group;
      if (held.includes(name)) {
        throw new Refusal(
          `The concurrency group \`${name}\` waits for itself: a caller and what it calls may not share one.`,
        );
      }
      const older = waiting.get(name);
      if (older !== undefined && !keepsAll) older.isDropped = true;
      const place = { isDropped: false };
      const before = last.get(name);
      if (before !== undefined) waiting.set(name, place);
      const start = () => {
        if (waiting.get(name) === place) waiting.delete(name);
        return place.isDropped ? dropped() : work();
      };
      const mine = before === undefined ? work() : before.then(start, start);
      last.set(name, mine);
      const leave = () => {
        if (last.get(name) === mine) last.delete(name);
      };
      mine.then(leave, leave);
      return mine;
    },
  };
}

/** The group a `concurrency` gives, its name in lower case: GitHub does not tell cases apart. Throws a Refusal for one that is too long. */
export function readGroup(token: TemplateToken | undefined, scope: Scope): Group | undefined {
  if (token === undefined) return undefined;
  const keys = isMapping(token) ? entries(token) : [["group", token] as const];
  const textAt = (wanted: string) => {
    const value = keys.find(([key]) => key === wanted)?.[1];
    return value === undefined ? undefined : evaluateText(value, scope);
  };
  const name = textAt("group")?.toLowerCase();
  if (name === undefined) return undefined;
  if (name.length > longestGroup) {
    throw new Refusal(
      `GitHub would not start this: the concurrency group \`${name.slice(0, 60)}…\` has ${name.length} characters, not fewer than 400.`,
    );
  }
  return { name, keepsAll: textAt("queue") === "max" };
}
