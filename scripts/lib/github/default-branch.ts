import { InputError } from "@longshore/language";
import { readEventContext } from "./event.ts";

/**
 * The default branch: the one that is given, else the event's. A scheduled run's event may not tell it; then it runs on the default branch.
 * Throws InputError with the sentence `missing` where neither tells it.
 */
export function readDefaultBranch(
  given: string,
  missing = "Input `default-branch` is missing, and this event does not tell it: give the branch's name.",
): string {
  if (given !== "") return given;
  const { payload, eventName, ref } = readEventContext();
  const branch = (payload as { readonly repository?: { readonly default_branch?: unknown } }).repository
    ?.default_branch;
  if (typeof branch === "string" && branch !== "") return branch;
  if (eventName === "schedule" && ref.startsWith("refs/heads/")) return ref.slice("refs/heads/".length);
  throw new InputError(missing);
}
