import { parse } from "semver";

/**
 * What a changelog says about a version: the text below its heading `## 1.2.3`. Throws a sentence where the version is none
 * (`1.2.3` and nothing else) or the changelog says nothing about it.
 */
export function releaseNotes(changelog: string, version: string): string {
  if (parse(version)?.version !== version || !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`${JSON.stringify(version)} is no release version: write such as 1.2.3.`);
  }
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
  const notes = section?.split("\n").slice(1).join("\n").trim() ?? "";
  if (notes === "") throw new Error(`The changelog has no section "## ${version}" that says anything: write it first.`);
  return notes;
}
