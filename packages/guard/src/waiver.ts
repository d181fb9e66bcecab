import type { Finding } from "./finding.ts";
import type { IgnoreEntry } from "./ignore-list.ts";

/**
 * The entries that let this finding pass: one that names all of it, or, of an advisory that bundles several flaws, one for each of
 * them. Undefined where there are none, or not enough: the least flaw of an advisory says nothing of its worst.
 */
export function findWaiver(finding: Finding, entries: readonly IgnoreEntry[]): readonly IgnoreEntry[] | undefined {
  const own = entries.filter((entry) => isOfPackage(entry, finding));
  const whole = own.find(({ id }) => finding.ids.includes(id));
  if (whole !== undefined) return [whole];
  const each = (finding.parts ?? []).flatMap((part) => own.find(({ id }) => id === part) ?? []);
  return each.length > 0 && each.length === finding.parts?.length ? each : undefined;
}

/** Whether the entry names the finding, or a flaw in it. */
export function isAbout(entry: IgnoreEntry, finding: Finding): boolean {
  return isOfPackage(entry, finding) && (finding.ids.includes(entry.id) || finding.parts?.includes(entry.id) === true);
}

/** What of an advisory these entries leave: its flaws that none of them names. */
export function unnamedParts(finding: Finding, entries: readonly IgnoreEntry[]): readonly string[] {
  const own = entries.filter((entry) => isOfPackage(entry, finding));
  return (finding.parts ?? []).filter((part) => !own.some(({ id }) => id === part));
}

function isOfPackage(entry: IgnoreEntry, finding: Finding): boolean {
  return entry.package === undefined || entry.package === finding.package;
}
