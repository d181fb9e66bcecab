import { isHigherVersion } from "@longshore/tagging";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { push } from "../../doubles/events.ts";
import { namesOf, planOf } from "./plan-of.ts";

const version = fc
  .tuple(fc.nat(3), fc.nat(12), fc.nat(12), fc.constantFrom("", "", "", "-rc.1", "-rc.2", "+build.5", "+build.10"))
  .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`);
const history = fc.uniqueArray(version, { minLength: 1, maxLength: 25 });

/** Where each moving tag points once these versions were published in this order, each seeing the git tags up to then. */
function publish(versions: readonly string[]): ReadonlyMap<string, string> {
  const registry = new Map<string, string>();
  versions.forEach((published, index) => {
    const plan = planOf(push(`refs/tags/v${published}`), {
      versions: versions.slice(0, index).map((known) => `v${known}`),
    });
    for (const name of namesOf(plan, "moving")) registry.set(name, published);
  });
  return registry;
}

describe("moving version tags", () => {
  it("point to the highest of their line in whatever order versions are published", () => {
    fc.assert(
      fc.property(
        history.chain((versions) => fc.shuffledSubarray(versions, { minLength: versions.length })),
        (versions) => {
          const registry = publish(versions);
          const stable = versions.filter((known) => !known.includes("-"));
          for (const [name, holder] of registry) {
            const ofLine = stable.filter((known) => name === "latest" || known.startsWith(`${name}.`));
            expect(ofLine).toContain(holder);
            expect(ofLine.filter((known) => isHigherVersion(known, holder))).toEqual([]);
          }
          expect(registry.has("latest")).toBe(stable.length > 0);
          expect(registry.has("0")).toBe(false);
        },
      ),
    );
  });

  it("are the same for every order of publication", () => {
    fc.assert(
      fc.property(
        history.chain((versions) =>
          fc.tuple(fc.constant(versions), fc.shuffledSubarray(versions, { minLength: versions.length })),
        ),
        ([one, other]) => {
          expect(Object.fromEntries(publish(one))).toEqual(Object.fromEntries(publish(other)));
        },
      ),
    );
  });

  it("are decided alike whether or not the version being released is listed", () => {
    fc.assert(
      fc.property(history, version, (versions, released) => {
        const source = push(`refs/tags/v${released}`);
        const known = versions.map((name) => `v${name}`);
        expect(planOf(source, { versions: [...known, `v${released}`] })).toEqual(planOf(source, { versions: known }));
      }),
    );
  });

  it("stand still for tags that are no versions of theirs", () => {
    const versions = [
      "nightly",
      "v9",
      "v9.9",
      "release-v9.9.9",
      "api/v9.9.9",
      "v9.9.9.9",
      "v9.9.9-rc.1",
      " v9.9.9",
      "v09.9.9",
    ];
    expect(namesOf(planOf(push("refs/tags/v1.2.3"), { versions }), "moving")).toEqual(["1.2", "1", "latest"]);
  });

  it("are found among tens of thousands of git tags", () => {
    const versions = Array.from({ length: 30_000 }, (_, index) => `refs/tags/v1.${index % 300}.${index}`);
    expect(namesOf(planOf(push("refs/tags/v1.299.30000"), { versions }), "moving")).toEqual(["1.299", "1", "latest"]);
  });
});

describe("of two versions", () => {
  it.each([
    ["1.10.0", "1.9.0", true],
    ["1.9.0", "1.10.0", false],
    ["1.2.3", "1.2.3", false],
    ["v1.2.4", "1.2.3", true],
    ["1.2.3", "1.2.3-rc.1", true],
    ["1.2.3+build.5", "1.2.3", true],
    ["1.2.3+build.10", "1.2.3+build.5", true],
    ["1.2.3", "main", false],
    ["", "1.2.3", false],
  ])("%s is higher than %s: %s", (version, other, higher) => {
    expect(isHigherVersion(version, other)).toBe(higher);
  });
});
