import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { seedPopulation } from "../../doubles/seed-population.ts";

let double: GitHubDouble;
beforeEach(async () => {
  double = await startGitHubDouble();
});
afterEach(() => double.stop());

describe("a population", () => {
  it("has 6,503 versions for each thousand tagged images, of which 4,325 go", () => {
    const population = seedPopulation(double, "acme/app", 2, new Date("2026-11-01T00:00:00Z"));
    const versions = double.registry.versions("acme/app");
    expect(population).toMatchObject({ versions: 2 * 6503, goes: 2 * 4325 });
    expect(versions).toHaveLength(population.versions);
    const keptTags = new Set(population.keptTags);
    const tags = double.registry.tags("acme/app");
    expect(population.keptTags.filter((tag) => tags[tag] === undefined)).toEqual([]);

    // What stays is what a kept tag reaches.
    const reached = new Set(population.keptTags.flatMap((tag) => tags[tag] ?? []));
    for (const digest of reached) {
      const content = double.registry.manifest("acme/app", digest)?.content;
      for (const child of (content as { manifests?: { digest: string }[] }).manifests ?? []) reached.add(child.digest);
    }
    expect(versions.filter(({ digest }) => !reached.has(digest))).toHaveLength(population.goes);
    expect(Object.keys(tags).filter((tag) => !keptTags.has(tag))).toHaveLength(2 * 569);
  });

  it("has the branches and pull requests that its images are of", async () => {
    seedPopulation(double, "acme/app", 1, new Date("2026-11-01T00:00:00Z"));
    const headers = { authorization: `Bearer ${double.token()}` };
    const count = async (path: string) => {
      const answer = await fetch(`${double.url}/repos/acme/app/${path}`, { headers });
      return ((await answer.json()) as object[]).length;
    };
    expect([await count("branches?per_page=100"), await count("pulls?per_page=100")]).toEqual([51, 50]);
  });
});
