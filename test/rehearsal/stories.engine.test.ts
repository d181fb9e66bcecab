import { describe, expect, test } from "vitest";
import { rehearse } from "../../rehearsal/run-rehearsal.ts";
import { stories } from "../../rehearsal/stories/index.ts";

/** Each story also on another make of registry, but those that look into GitHub's double or make it fail. */
const table = stories.flatMap((story) =>
  (["double", "debian"] as const)
    .filter((registry) => registry === "double" || !["weather", "two-registries"].includes(story.name))
    .map((registry) => [story.name, registry, story] as const),
);

describe("the repository's own workflow files, on a real engine", () => {
  test.each(table)("%s, images in the %s registry", { timeout: 240_000 }, async (_, registry, story) => {
    const report = await rehearse([story], { registry });
    const [played] = report.stories;
    const failed = played?.chapters.flatMap(({ number, checks }) =>
      checks.filter(({ ok }) => !ok).map(({ sentence, found }) => `${number}: ${sentence}: found ${found}`),
    );
    expect(failed).toEqual([]);
    expect(played?.chapters.length).toBeGreaterThan(0);
    expect(played?.images.length).toBeGreaterThan(0);
    expect(report.ok).toBe(true);
  });
});
