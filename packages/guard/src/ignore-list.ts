/** One line of an ignore list that is in order. */
export interface IgnoreEntry {
  /** Upper-cased */
  readonly id: string;
  /** Only in this package, when given. */
  readonly package?: string;
  /** The last day it ignores, `2026-12-31`, UTC. */
  readonly until: string;
  readonly reason: string;
  /** From 1. */
  readonly line: number;
}

export interface IgnoreList {
  readonly entries: readonly IgnoreEntry[];
  /** One sentence for each line that is not in order. Such a line ignores nothing. */
  readonly malformed: readonly string[];
}

const ID = /^[A-Za-z][A-Za-z0-9]*-[\w.:-]+$/;

/**
 * One entry a line, `#` starts a comment line:
 *
 *     CVE-2026-1234 until=2026-12-31 not reachable: we never parse XML
 *     GHSA-aaaa-bbbb-cccc package=lodash until=2026-12-31 waiting for 5.0
 *
 * The date and the reason are required, so that nothing is ignored for ever and nobody has to guess why.
 */
export function parseIgnoreList(text: string): IgnoreList {
  const lines = text.split(/\r\n|\n|\r/).map((line, index) => ({ text: line.trim(), line: index + 1 }));
  const parsed = lines.filter((line) => line.text !== "" && !line.text.startsWith("#")).map(parseLine);
  return {
    entries: parsed.flatMap((line) => (line.problem === undefined ? [line.entry] : [])),
    malformed: parsed.flatMap((line) => (line.problem === undefined ? [] : [line.problem])),
  };
}

type ParsedLine = { readonly entry: IgnoreEntry; readonly problem?: undefined } | { readonly problem: string };

function parseLine({ text, line }: { readonly text: string; readonly line: number }): ParsedLine {
  const [id = "", ...words] = text.split(/\s+/);
  const firstOther = words.findIndex((word) => !/^(?:until|package)=/.test(word));
  const options = firstOther < 0 ? words : words.slice(0, firstOther);
  const reason = firstOther < 0 ? "" : words.slice(firstOther).join(" ");
  const option = (name: string): string | undefined =>
    options.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const [until, packageName] = [option("until"), option("package")];
  const refuse = (why: string): ParsedLine => ({ problem: `Line ${line} of the ignore list ignores nothing: ${why}.` });
  if (!ID.test(id)) return refuse("it does not start with an id such as CVE-2026-1234");
  if (until === undefined) return refuse(`${id} has no until=2026-12-31 right behind it`);
  if (!isDay(until)) return refuse(`${JSON.stringify(until.slice(0, 40))} is no day such as 2026-12-31`);
  if (packageName === "") return refuse("package= names no package");
  if (reason === "") return refuse(`${id} has no reason`);
  const entry = { id: id.toUpperCase(), until, reason, line };
  return { entry: packageName === undefined ? entry : { ...entry, package: packageName } };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** For the reader of a result that an entry no longer changes; half a sentence. */
export function explainExpired({ id, line, until }: IgnoreEntry): string {
  return `Line ${line} of the ignore list was for ${id} until ${until} and ignores it no more`;
}

/** For the reader of a result in which an entry ignores nothing, since it names one of several flaws. One sentence. */
export function explainPartial({
  line,
  id,
  advisory,
  unnamed,
}: IgnoreEntry & { readonly advisory: string; readonly unnamed: readonly string[] }): string {
  return `Line ${line} of the ignore list is for ${id}, which is one of several flaws in ${advisory}: it blocks until ${advisory} or ${unnamed.join(", ")} is ignored too.`;
}
