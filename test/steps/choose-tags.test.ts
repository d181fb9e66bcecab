import fc from "fast-check";
import { expect, it } from "vitest";
import { chooseTags } from "../../scripts/promote-image/choose-tags.ts";

const all = ["1.0.0", "1.1.0", "1.1.0-alpine", "2.0.0", "latest", `sha256-${"a".repeat(64)}.sig`];
const choose = (...patterns: readonly string[]) =>
  chooseTags("docker.io/acme/app", all, patterns, (name) => name.startsWith("sha256-"));

it.each([
  [["*"], all.slice(0, 5)],
  [["1.*"], ["1.0.0", "1.1.0", "1.1.0-alpine"]],
  [["*-alpine"], ["1.1.0-alpine"]],
  [["1*0*alpine"], ["1.1.0-alpine"]],
  [
    ["latest", "2.0.0", "latest"],
    ["2.0.0", "latest"],
  ],
])("%j chooses %j", (patterns, names) => {
  expect(choose(...patterns)).toEqual(names);
});

it.each([["3.*"], ["nothing"], ["1.0"], ["sha256-*"], ["latest*latest"]])("%s finds nothing and is told", (pattern) => {
  expect(() => choose("1.*", pattern)).toThrow(`docker.io/acme/app has no tag "${pattern}"`);
});

it("agrees with a regular expression", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 8 });
  fc.assert(
    fc.property(
      text,
      fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "*"), minLength: 1, maxLength: 6 }),
      (name, pattern) => {
        fc.pre(pattern.includes("*"));
        const expected = new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(name);
        const found = (() => {
          try {
            return chooseTags("r", [name], [pattern], () => false).length === 1;
          } catch {
            return false;
          }
        })();
        expect(found).toBe(expected);
      },
    ),
  );
});
