import { isSelfReference, selfPath } from "./references.ts";
import type { ReadFile } from "./workflow-files.ts";
import { isWorkflowCall, jobsOf, type Level, type Permissions, readWorkflow, type Workflow } from "./workflow-model.ts";

const rank = { none: 0, read: 1, write: 2 } as const;

/** Does a grant cover a need? */
export function covers(granted: Level | undefined, needed: Level): boolean {
  return rank[granted ?? "none"] >= rank[needed];
}

function higher(one: Level | undefined, other: Level): Level {
  return covers(one, other) && one !== undefined ? one : other;
}

/**
 * What a caller must grant: the highest level of every scope that any job declares, also in the workflows it calls.
 * GitHub checks it before anything runs and ignores `if`.
 */
export function permissionUnion(workflow: Workflow, read: ReadFile): Permissions {
  const union: Record<string, Level> = {};
  for (const [, job] of jobsOf(workflow)) {
    for (const [scope, level] of Object.entries({ ...job.permissions, ...called(job.uses, read) })) {
      union[scope] = higher(union[scope], level);
    }
  }
  return Object.fromEntries(Object.entries(union).sort(([one], [other]) => one.localeCompare(other)));
}

/** The union of a called workflow of ours; empty for anything else, also for one that does not exist. */
export function called(uses: string | undefined, read: ReadFile): Permissions {
  if (uses === undefined || !isWorkflowCall(uses) || !isSelfReference(uses)) return {};
  const path = selfPath(uses);
  const text = textOf(path, read);
  return text === undefined ? {} : permissionUnion(readWorkflow(path, text), read);
}

function textOf(path: string, read: ReadFile): string | undefined {
  try {
    return read(path);
  } catch {
    return undefined;
  }
}
