/**
 * Whether a version is surely no older than another, of the same package. Systems and languages order what stands behind the numbers
 * each in their own way (`1.0-1` is after `1.0` in Debian and before it in npm): where theirs could differ, it is not sure.
 * @param isSystem of an operating system's package, by Debian's order
 *   (https://www.debian.org/doc/debian-policy/ch-controlfields.html#version), which those of rpm and apk follow closely enough
 */
export function isSurelyNoOlder(version: string, than: string, isSystem: boolean): boolean {
  if (version === than) return true;
  if (version === "" || than === "") return false;
  return isSystem ? compareAsDebian(version, than) >= 0 : isNewerInAnyLanguage(version, than);
}

/** By runs of digits; the first that differ decide, if all before them are the same. */
function isNewerInAnyLanguage(version: string, than: string): boolean {
  // Go and some tags write a `v`; what stands behind a plus orders nothing in most languages.
  const [one, other] = [version, than].map((text) => tokensOf(text.replace(/^v(?=\d)/u, "").split("+", 1)[0] ?? ""));
  for (let at = 0; ; at += 1) {
    const [mine, theirs] = [one?.[at], other?.[at]];
    // Only what stands behind a plus differs.
    if (mine === undefined && theirs === undefined) return false;
    if (mine === theirs) continue;
    if (theirs === undefined) return mine === "." && /^\d+$/u.test(one?.[at + 1] ?? "");
    if (mine === undefined || !/^\d/u.test(mine) || !/^\d/u.test(theirs)) return false;
    return compareNumbers(mine, theirs) > 0;
  }
}

function tokensOf(version: string): readonly string[] {
  return version.match(/\d+|\D/gu) ?? [];
}

function compareAsDebian(one: string, other: string): number {
  const [mine, theirs] = [split(one), split(other)];
  return (
    compareNumbers(mine.epoch, theirs.epoch) ||
    comparePart(mine.upstream, theirs.upstream) ||
    comparePart(mine.revision, theirs.revision)
  );
}

function split(version: string): { readonly epoch: string; readonly upstream: string; readonly revision: string } {
  const [, epoch = "0", rest = ""] = /^(?:(\d+):)?(.*)$/su.exec(version) ?? [];
  // What Alpine puts before a release, as Debian writes it.
  const alike = rest.replace(/_(?=alpha|beta|pre|rc)/gu, "~");
  const dash = alike.lastIndexOf("-");
  return dash < 0
    ? { epoch, upstream: alike, revision: "" }
    : { epoch, upstream: alike.slice(0, dash), revision: alike.slice(dash + 1) };
}

/** Turns of other characters, of which `~` is before the end and letters are before the rest, and of numbers. */
function comparePart(one: string, other: string): number {
  const [mine, theirs] = [one, other].map((text) => text.match(/\D+|\d+/gu) ?? []);
  const turns = (list: readonly string[] = []): readonly string[] =>
    list[0] !== undefined && /^\d/u.test(list[0]) ? ["", ...list] : list;
  const [left, right] = [turns(mine), turns(theirs)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [a, b] = [left[at] ?? "", right[at] ?? ""];
    const order = at % 2 === 0 ? compareWords(a, b) : compareNumbers(a, b);
    if (order !== 0) return order;
  }
  return 0;
}

function compareWords(one: string, other: string): number {
  const weight = (character: string | undefined): number => {
    if (character === undefined) return 0;
    if (character === "~") return -1;
    const code = character.codePointAt(0) ?? 0;
    return /[A-Za-z]/u.test(character) ? code : code + 0x110000;
  };
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const order = weight(one[at]) - weight(other[at]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Of any length, leading zeros aside. */
function compareNumbers(one: string, other: string): number {
  const [mine, theirs] = [one, other].map((text) => text.replace(/^0+/u, ""));
  if (mine === theirs || mine === undefined || theirs === undefined) return 0;
  if (mine.length !== theirs.length) return mine.length - theirs.length;
  return mine < theirs ? -1 : 1;
}
