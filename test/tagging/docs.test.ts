import { readFileSync } from "node:fs";
import { type EventContext, mutabilityOf, type PlanOptions, parseTag, type TagClass } from "@longshore/tagging";
import { describe, expect, it } from "vitest";
import { event, mergeGroup, pullRequest, push, release, sha } from "../../doubles/events.ts";
import { namesOf, planOf } from "./plan-of.ts";

const page = readFileSync(new URL("../../docs/tagging.md", import.meta.url), "utf8");

/** Rows of the table between two markers, cells trimmed. */
function rowsOf(table: string): readonly (readonly string[])[] {
  const text = page.split(`<!-- ${table}:start -->`)[1]?.split(`<!-- ${table}:end -->`)[0] ?? "";
  const rows = text.trim().split("\n").slice(2);
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

/** What stands in backticks in a cell. */
function codesIn(cell = ""): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code.replace("{sha40}", sha));
}

function eventOf(cell: string): EventContext {
  const [name = "", what = ""] = (codesIn(cell)[0] ?? "").split(" ");
  switch (name) {
    case "push":
      return push(what);
    case "pull_request":
      return pullRequest({ number: Number(what) });
    case "merge_group":
      return mergeGroup();
    case "release":
      return release(what, { prerelease: cell.includes("prerelease") });
    default:
      return event(name, {});
  }
}

describe("docs/tagging.md tells the truth", () => {
  const examples = rowsOf("examples");
  it("about something", () => {
    expect(examples.length).toBeGreaterThan(15);
  });

  it.each(examples)("%s (%s, %s) is %s", (source, inputs, gitTags, kind, immutable, moving) => {
    const given = Object.fromEntries(codesIn(inputs).map((code) => code.split(": ") as [string, string]));
    const options: Partial<PlanOptions> = {
      versions: codesIn(gitTags),
      suffix: given.suffix ?? "",
      versionPrefix: given["version-prefix"] === "true",
      extraTags: (given["extra-tags"] ?? "").split(",").filter((name) => name !== ""),
    };
    const context = { ...eventOf(source ?? ""), ...(given.ref && { override: { ref: sha, revision: sha } }) };
    const plan = planOf(context, options, given.component);
    expect([plan.kind]).toEqual(codesIn(kind));
    expect(namesOf(plan, "immutable")).toEqual(codesIn(immutable));
    expect(namesOf(plan, "moving")).toEqual(codesIn(moving));
  });

  it.each(rowsOf("classes"))("class %s, %s, example %s, is %s", (name, _form, example, mutability) => {
    const [tagClass] = codesIn(name) as [TagClass];
    const context = { defaultBranch: "main", extraTags: ["edge"] };
    expect(codesIn(example).map((tag) => parseTag(tag, context).class)).toEqual([tagClass]);
    expect(mutabilityOf(tagClass)).toBe(mutability);
  });

  it.each(["default-branch", "release", "auto", "both", "none"] as const)("about latest: %s", (latest) => {
    const [, defaultBranch, releases] =
      page
        .split("### Who owns")[1]
        ?.split("\n")
        .map((row) =>
          row
            .split("|")
            .slice(1)
            .map((cell) => cell.trim()),
        )
        .find(([cell]) => cell === `\`${latest}\``) ?? [];
    const owns = (context: EventContext, versions: readonly string[]) =>
      namesOf(planOf(context, { latest, versions })).includes("latest");
    expect(owns(push("refs/heads/main"), [])).toBe(defaultBranch !== "never");
    expect(owns(push("refs/heads/main"), ["v1.0.0"])).toBe(defaultBranch === "always");
    expect(owns(push("refs/tags/v1.2.3"), [])).toBe(releases !== "never");
    expect(owns(push("refs/tags/v1.2.3"), ["v2.0.0"])).toBe(false);
  });
});
