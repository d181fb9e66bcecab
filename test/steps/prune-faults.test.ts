import { defaultRules } from "@longshore/cleanup";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FaultAction } from "../../doubles/fault.ts";
import { ghcrFaults } from "../../doubles/ghcr-faults.ts";
import { gitHubApiFaults } from "../../doubles/github-api-faults.ts";
import type { RequestKind } from "../../doubles/request-kind.ts";
import { isGone, type PruneResult } from "../../scripts/prune-images/prune-result.ts";
import { brokenTags, image, type Stage, startStage } from "./prune-stage.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 10, 1);
const sizes = { page: 10, batch: 6 };

let stage: Stage;
beforeEach(async () => {
  stage = await startStage(start);
  // Six closed pull requests, then six releases, of five versions each.
  stage.double.registry.seedImages(image, 12, (index) => ({
    tags: index < 6 ? [`pr-${index + 1}-abc123${index}`] : [`1.0.${index}`],
    createdAt: new Date(start - 20 * day + index * 60_000),
  }));
  // Earlier states that a stale answer can be of.
  for (const name of ["1.0.6", "1.0.7", "1.0.8", "1.0.9"]) stage.double.registry.tag(image, "latest", name);
});
afterEach(() => stage.stop());

const goes = 30;
const stays = 30;

function gone(result: PruneResult): number {
  return result.packages.flatMap(({ planned }) => planned).filter(isGone).length;
}

const apiKinds: readonly RequestKind[] = [
  "user",
  "repository",
  "pulls",
  "branches",
  "package-versions",
  "package-version",
  "package-version-delete",
];
const registryKinds: readonly RequestKind[] = ["token", "manifest-read"];

const apiFaults: Readonly<Record<string, FaultAction>> = {
  "a secondary limit as 403": gitHubApiFaults.secondaryLimit(60),
  "a secondary limit as 429": gitHubApiFaults.tooManyRequests(60),
  "the primary limit": gitHubApiFaults.primaryLimit(start / 1000 + 300),
  "500": gitHubApiFaults.serverError,
  "502": gitHubApiFaults.badGateway,
  "a 401 that passes": { type: "answer", status: 401, body: { message: "Bad credentials" } },
  "a reset before": { type: "reset-before" },
  "a reset after the effect": { type: "reset-after-effect" },
  "an answer cut short": { type: "truncate" },
  "a stale answer": { type: "stale", writesAgo: 3 },
};
const registryFaults: Readonly<Record<string, FaultAction>> = {
  "a secondary limit as 403": ghcrFaults.secondaryLimit,
  "a 429": ghcrFaults.tooManyRequests,
  "500": ghcrFaults.internalError,
  "502": ghcrFaults.badGateway,
  "a token that has expired": { type: "expire-token" },
  "a reset before": { type: "reset-before" },
  "a reset after the effect": { type: "reset-after-effect" },
  "an answer cut short": { type: "truncate" },
};

const table = [
  ...apiKinds.flatMap((kind) => Object.entries(apiFaults).map(([name, action]) => ({ kind, name, action }))),
  ...registryKinds.flatMap((kind) => Object.entries(registryFaults).map(([name, action]) => ({ kind, name, action }))),
  // At the token service it is GitHub's own token that expires, and that does not pass.
].filter(({ kind, action }) => kind !== "token" || action.type !== "expire-token");

describe("a fault that passes", () => {
  test.each(table)("$name at a $kind request changes nothing of the result", async ({ kind, action }) => {
    for (const skip of [0, 1, 3]) stage.double.inject({ match: { kind }, skip, action });
    const result = await stage.prune({}, { sizes });
    expect(result.packages.map(({ ending }) => ending)).toEqual([{ kind: "done" }]);
    expect(gone(result)).toBe(goes);
    expect(stage.digests().size).toBe(stays);
    expect(brokenTags(stage, new Set())).toEqual([]);
  });
});

describe("a fault that lasts", () => {
  test.each(table.filter(({ name }) => !/stale|expired/u.test(name)))(
    "$name at every $kind request ends the run with nothing broken, and a later one finishes",
    async ({ kind, action }) => {
      const fault = stage.double.inject({ match: { kind }, skip: 2, times: Number.POSITIVE_INFINITY, action });
      const result = await stage.prune({ longestWait: 600_000 }, { sizes }).catch((error: unknown) => error);
      // What it says, it says in sentences.
      const said = result instanceof Error ? result.message : JSON.stringify((result as PruneResult).packages);
      expect(said).not.toContain("undefined");
      expect(brokenTags(stage, new Set())).toEqual([]);
      fault.remove();
      await stage.prune({}, { sizes });
      expect(stage.digests().size).toBe(stays);
      expect(brokenTags(stage, new Set())).toEqual([]);
    },
  );
});

describe("not found", () => {
  const missing: FaultAction = { type: "answer", status: 404, body: { message: "Not Found" } };

  test.each([...apiKinds, ...registryKinds])("once at any %s request breaks nothing", async (kind) => {
    for (const skip of [0, 1, 2, 5]) {
      const fault = stage.double.inject({ match: { kind }, skip, action: missing });
      await stage.prune({}, { sizes }).catch(() => undefined);
      fault.remove();
      expect(brokenTags(stage, new Set())).toEqual([]);
    }
    await stage.prune({}, { sizes });
    expect(stage.digests().size).toBe(stays);
  });

  test("for a version that others deleted counts as removed", async () => {
    const leave = stage.double.onRequest(({ when, kind }) => {
      if (when !== "before" || kind !== "package-version-delete") return;
      leave();
      stage.double.registry.removeVersion(image, "pr-6-abc1235");
    });
    const result = await stage.prune({}, { sizes });
    expect(result.packages[0]?.planned.filter(({ outcome }) => outcome === "gone")).toHaveLength(1);
    expect(gone(result)).toBe(goes);
  });
});

test("a pull request that is pushed back by force meanwhile keeps its head's image", async () => {
  const repository = stage.double.repository(image);
  const [newer, older] = ["1".repeat(40), "abc1235".padEnd(40, "0")].map((sha) => repository.addCommit({ sha }));
  repository.openPullRequest({ number: 6, head: { branch: "topic", sha: newer ?? "", repository: "fork/app" } });
  // Newer than the one it is pushed back to.
  stage.double.registry.seedImages(image, 1, () => ({ tags: ["pr-6-1111111"], createdAt: new Date(start - 9 * day) }));
  const leave = stage.double.onRequest(({ when, kind }) => {
    if (when !== "before" || kind !== "package-version-delete") return;
    leave();
    repository.pushToPullRequest(6, older ?? "");
  });
  // Slow enough for a second look at the heads.
  const result = await stage.prune({ deletesPerMinute: 1 }, { sizes });
  expect(result.packages[0]?.ending).toEqual({ kind: "done" });
  expect(Object.keys(stage.double.registry.tags(image)).filter((tag) => tag.startsWith("pr-"))).toEqual([
    ...["pr-6-1111111", "pr-6-abc1235"],
  ]);
  expect(brokenTags(stage, new Set())).toEqual([]);
});

test("a pull request that is pushed meanwhile to what was another one's head keeps its image", async () => {
  const repository = stage.double.repository(image);
  const [first, shared] = ["1".repeat(40), "abc1235".padEnd(40, "0")].map((sha) => repository.addCommit({ sha }));
  const head = (sha = "") => ({ branch: "topic", sha, repository: "fork/app" });
  repository.openPullRequest({ number: 6, head: head(first) });
  repository.openPullRequest({ number: 60, head: head(shared) });
  stage.double.registry.seedImages(image, 1, () => ({ tags: ["pr-6-1111111"], createdAt: new Date(start - 9 * day) }));
  const leave = stage.double.onRequest(({ when, kind }) => {
    if (when !== "before" || kind !== "package-version-delete") return;
    leave();
    repository.pushToPullRequest(6, shared ?? "");
  });
  const result = await stage.prune({ deletesPerMinute: 1 }, { sizes });
  expect(result.packages[0]?.ending).toEqual({ kind: "done" });
  expect(Object.keys(stage.double.registry.tags(image))).toContain("pr-6-abc1235");
});

describe("what GitHub refuses", () => {
  test("a version of more than 5,000 downloads stays with all its parts, the others go", async () => {
    stage.double.registry.setVisibility(image, "public");
    stage.double.registry.setDownloads(image, "pr-5-abc1234", 5001);
    const result = await stage.prune({}, { sizes });
    const planned = result.packages[0]?.planned ?? [];
    expect(planned.filter(({ outcome }) => outcome === "refused").map(({ detail }) => detail)).toEqual([
      expect.stringContaining("5000 downloads"),
    ]);
    expect(planned.filter(({ outcome }) => outcome === "left")).toHaveLength(4);
    expect(gone(result)).toBe(goes - 5);
    expect(brokenTags(stage, new Set())).toEqual([]);
  });

  test("the last tagged version stays", async () => {
    for (let index = 6; index < 12; index += 1) stage.double.registry.removeVersion(image, `1.0.${index}`);
    const result = await stage.prune({ rules: { ...defaultRules, minimumKept: 0 } }, { sizes });
    expect(result.packages[0]?.planned.filter(({ outcome }) => outcome === "refused")).toHaveLength(1);
    expect(result.packages[0]?.ending).toEqual({ kind: "done" });
    expect(brokenTags(stage, new Set())).toEqual([]);
  });

  test("a token that may not delete ends the run with the fix in words", async () => {
    for (const type of ["workflow", "personal"] as const) {
      const token = stage.double.token({ type, deletesPackages: false });
      const result = await stage.prune({ token }, { sizes });
      const ending = result.packages[0]?.ending;
      expect(ending?.kind === "failed" && String(ending.error)).toMatch(/Admin role.*classic.*fine-grained/u);
      expect(stage.digests().size).toBe(goes + stays);
    }
  });

  test("a token that may not read is told so before anything happens", async () => {
    const token = stage.double.token({ packages: "none" });
    const result = await stage.prune({ token }, { sizes });
    const ending = result.packages[0]?.ending;
    expect(ending?.kind === "failed" && String(ending.error)).toMatch(/no container package acme\/app|may not/u);
  });
});

describe("limits", () => {
  test("the primary limit is waited for where the wait is short enough", async () => {
    const token = stage.double.token({ requestsPerHour: 30 });
    const result = await stage.prune({ token, longestWait: 3 * 3_600_000 }, { sizes });
    expect(gone(result)).toBe(goes);
    expect(result.figures.secondsWaitedForLimits).toBeGreaterThan(1000);
  });

  test("packages after one at which the run ends are named in a warning", async () => {
    const token = stage.double.token({ requestsPerHour: 30 });
    await stage.prune({ token, packages: ["app", "api", "ui"], longestWait: 60_000 }, { sizes });
    expect(stage.lines).toContain("api, ui were not looked at, since the run ended at app: run the prune again.");
  });

  test("else the run stops cleanly, and the next one goes on", async () => {
    const token = stage.double.token({ requestsPerHour: 30 });
    const result = await stage.prune({ token, longestWait: 60_000 }, { sizes });
    expect(result.packages[0]?.ending).toMatchObject({ kind: "stopped", reason: expect.stringContaining("primary") });
    expect(gone(result)).toBeGreaterThan(0);
    expect(gone(result)).toBeLessThan(goes);
    expect(brokenTags(stage, new Set())).toEqual([]);
    expect(gone(await stage.prune({}, { sizes }))).toBe(goes - gone(result));
  });

  test("GitHub's points are never overdrawn, by 150 deletions a minute and all that goes with them", async () => {
    const strict = await startStage(start, { pointsPerMinute: 900 });
    strict.double.registry.seedImages(image, 400, (index) => ({
      tags: index >= 360 ? [`1.0.${index}`] : [`pr-${index + 1}-abc1234`],
      createdAt: new Date(start - 20 * day + index * 60_000),
    }));
    const result = await strict.prune();
    expect(gone(result)).toBe(1800);
    const limited = strict.double.requests.filter(({ status }) => status === 403 || status === 429);
    expect(limited).toEqual([]);
    const minutes = (result.finishedAt - result.startedAt) / 60_000;
    expect(1800 / minutes).toBeGreaterThan(140);
    await strict.stop();
  });
});
