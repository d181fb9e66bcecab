import { InputError } from "@longshore/language";
import { parseImagePlan } from "@longshore/tagging";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { event, fork, mergeGroup, pullRequest, push } from "../../doubles/events.ts";
import { planOf } from "./plan-of.ts";

const plans = [
  planOf(pullRequest()),
  planOf(pullRequest({}, fork)),
  planOf(push("refs/heads/main"), { suffix: "alpine", extraTags: ["edge"] }),
  planOf(push("refs/tags/api/v1.1.9"), { versions: ["api/v1.2.0"], versionPrefix: true }, "api"),
  planOf(mergeGroup()),
  planOf(event("issues", {})),
];

describe("a plan", () => {
  it.each(plans)("of kind $kind is read back as it was written", (plan) => {
    expect(parseImagePlan(JSON.stringify(plan))).toEqual(plan);
  });

  const plan = planOf(push("refs/heads/main"));
  it.each([
    ["", /Input plan is "", not JSON/],
    ["[]", /\[\], not an object/],
    ["{}", /nothing at/],
    [JSON.stringify({ ...plan, kind: "main" }), /"main" at kind, not one of/],
    [JSON.stringify({ ...plan, revision: "main" }), /"main" at revision/],
    [JSON.stringify({ ...plan, images: [] }), /at images, not at least one repository/],
    [JSON.stringify({ ...plan, images: ["ghcr.io/acme/app:1"] }), /holds a tag/],
    [JSON.stringify({ ...plan, images: ["acme/app"] }), /at images\[0\], not a normalised repository/],
    [JSON.stringify({ ...plan, tags: [{ ...plan.tags[0], name: "a b" }] }), /"a b" at tags\[0\]\.name, not an OCI tag/],
    [JSON.stringify({ ...plan, tags: [{ ...plan.tags[0], mutability: "moving" }] }), /at tags\[0\]\.mutability/],
    [JSON.stringify({ ...plan, tags: plan.tags.map(({ rule: _, ...tag }) => tag) }), /nothing at tags\[4\]\.rule/],
    [JSON.stringify({ ...plan, primaryTag: "other" }), /"other" at primaryTag/],
    [JSON.stringify({ ...plan, delivery: "none" }), /at delivery/],
    [JSON.stringify({ ...plan, cache: { ...plan.cache, write: "yes" } }), /"yes" at cache\.write/],
    [JSON.stringify({ ...plan, labels: { a: 1 } }), /1 at labels\.a/],
  ])("that is not one is refused with its field (%#)", (text, message) => {
    expect(() => parseImagePlan(text)).toThrow(InputError);
    expect(() => parseImagePlan(text)).toThrow(message);
  });

  it("is a plan or an InputError, whatever JSON takes the place of a field", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...plans),
        fc.constantFrom(...Object.keys(plan)),
        fc.jsonValue(),
        (one, field, value) => {
          try {
            parseImagePlan(JSON.stringify({ ...one, [field]: value }));
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
