import type { Tag } from "./tag.ts";
import { formatVersion, parseVersion } from "./version.ts";

/** Classes whose spelling does not depend on the repository. Suffix stripped before, empty here. */
export function readFixedTag(name: string): Tag | undefined {
  for (const read of [readNumbered, readCommit, readDate, readLine, readVersion, readCache]) {
    const tag = read(name);
    if (tag !== undefined) return tag;
  }
  return name === "latest" ? { class: "latest", suffix: "" } : undefined;
}

function readNumbered(name: string): Tag | undefined {
  const [, word, digits = "", sha7 = ""] = /^(pr|mq)-([1-9]\d*)-([0-9a-f]{7})$/.exec(name) ?? [];
  const number = Number(digits);
  if (word === undefined || !Number.isSafeInteger(number)) return undefined;
  return { class: word === "pr" ? "pull-request" : "merge-queue", number, sha7, suffix: "" };
}

function readCommit(name: string): Tag | undefined {
  const [, sha] = /^sha-([0-9a-f]{7}|[0-9a-f]{40})$/.exec(name) ?? [];
  return sha === undefined ? undefined : { class: "commit", sha, suffix: "" };
}

/** `YYYYMMDD` and `YYYYMMDD-HHmmss`, of days and times that exist. */
function readDate(name: string): Tag | undefined {
  const [, date, time] = /^(\d{8})(?:-(\d{6}))?$/.exec(name) ?? [];
  if (date === undefined || !isMoment(date, time ?? "000000")) return undefined;
  return time === undefined ? { class: "date", date, suffix: "" } : { class: "date-time", date, time, suffix: "" };
}

function isMoment(date: string, time: string): boolean {
  const text = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`;
  const moment = new Date(`${text}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/** `1.2` and `1`, never a bare `0`. Eight digits that are a day were read as a date before. */
function readLine(name: string): Tag | undefined {
  const [, v, line] = /^(v?)((?:0|[1-9]\d*)\.(?:0|[1-9]\d*)|[1-9]\d*)$/.exec(name) ?? [];
  return line === undefined ? undefined : { class: "version-line", line, prefixed: v === "v", suffix: "" };
}

/** A tag has no `+`: build metadata follows `_`, which no other part of a version can hold. */
function readVersion(name: string): Tag | undefined {
  if (name.includes("+")) return undefined;
  const version = parseVersion(name.replace("_", "+"));
  return version && { class: "version", version: formatVersion(version), prefixed: name.startsWith("v"), suffix: "" };
}

/** A scope never starts like a platform's variant (see cache-scope.ts), so that both can be told apart. */
function readCache(name: string): Tag | undefined {
  const shape = /^cache-(linux-[a-z0-9]+(?:-v\d+)?)-(?!v\d+(?:-|$))([a-z0-9][A-Za-z0-9._-]*)$/;
  const [, platform, scope] = shape.exec(name) ?? [];
  return platform === undefined || scope === undefined ? undefined : { class: "cache", platform, scope, suffix: "" };
}
