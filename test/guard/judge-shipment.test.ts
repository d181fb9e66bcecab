import { type JobResult, judgeShipment, type ShipmentResults } from "@longshore/guard";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const part = (asked = true, result: JobResult = "success") => ({ asked, result });
const shipped: ShipmentResults = {
  build: "success",
  delivery: "registry",
  moves: true,
  parts: { scan: part(), sign: part(), promote: part() },
};

describe("a shipment", () => {
  test.each<[string, Partial<ShipmentResults>, number]>([
    ["that did all of it passes", {}, 0],
    [
      "of a fork's pull request, kept as an archive, passes",
      {
        delivery: "artifact",
        parts: { scan: part(true, "skipped"), sign: part(true, "skipped"), promote: part(true, "skipped") },
      },
      0,
    ],
    [
      "of an event that makes no image passes",
      {
        delivery: "none",
        parts: { scan: part(true, "skipped"), sign: part(true, "skipped"), promote: part(true, "skipped") },
      },
      0,
    ],
    [
      "without what was not asked for passes",
      { parts: { scan: part(false, "skipped"), sign: part(false, "skipped"), promote: part(false, "skipped") } },
      0,
    ],
    [
      "that has no tag to move passes without a promotion",
      { moves: false, parts: { ...shipped.parts, promote: part(true, "skipped") } },
      0,
    ],
    ["whose build failed does not", { build: "failure" }, 1],
    ["whose build was cancelled does not", { build: "cancelled" }, 1],
    ["whose build does not say what it delivered does not", { delivery: "" }, 1],
    [
      "that the scan stops does not",
      { parts: { scan: part(true, "failure"), sign: part(true, "skipped"), promote: part(true, "skipped") } },
      3,
    ],
    [
      "whose signature was skipped though asked for does not",
      { parts: { ...shipped.parts, sign: part(true, "skipped") } },
      1,
    ],
    [
      "that was cancelled while it was promoted does not",
      { parts: { ...shipped.parts, promote: part(true, "cancelled") } },
      1,
    ],
  ])("%s", (_, changes, reasons) => {
    expect(judgeShipment({ ...shipped, ...changes })).toHaveLength(reasons);
  });

  test("passes exactly where nothing is owed that did not end well", () => {
    const result = fc.constantFrom<JobResult>("success", "failure", "cancelled", "skipped");
    const parts = fc.record({ asked: fc.boolean(), result });
    const any = fc.record({
      build: result,
      delivery: fc.constantFrom("registry", "artifact", "none", ""),
      moves: fc.boolean(),
      parts: fc.record({ scan: parts, sign: parts, promote: parts }),
    });
    fc.assert(
      fc.property(any, (given) => {
        const { scan, sign, promote } = given.parts;
        const owed = [scan.asked && scan, sign.asked && sign, promote.asked && given.moves && promote];
        const isWhole = owed.every((each) => each === false || each.result === "success");
        const passes =
          given.build === "success" &&
          (given.delivery === "artifact" || given.delivery === "none" || (given.delivery === "registry" && isWhole));
        expect(judgeShipment(given).length === 0).toBe(passes);
      }),
    );
  });
});
