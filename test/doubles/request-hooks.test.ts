import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { packagesSession } from "../../doubles/packages-session.ts";
import { imageOf } from "../../doubles/registry-session.ts";
import type { RequestMoment } from "../../doubles/request-hooks.ts";

let double: GitHubDouble;
beforeEach(async () => {
  double = await startGitHubDouble();
  double.registry.putManifest("acme/app", imageOf("sha256:0"), ["1"]);
});
afterEach(() => double.stop());
const list = () => packagesSession(double, double.token()).versions();

describe("a hook between requests", () => {
  it("is told of each request before it looks and after it is done", async () => {
    const moments: RequestMoment[] = [];
    const remove = double.onRequest((moment) => void moments.push(moment));
    await list();
    remove();
    await list();
    const about = { number: 1, method: "GET", path: "/orgs/acme/packages/container/app/versions" };
    const who = { kind: "package-versions", who: "github-actions[bot]" };
    expect(moments).toEqual([
      { ...about, ...who, when: "before" },
      { ...about, ...who, when: "after", status: 200 },
    ]);
  });

  it("lets another actor push just before a request looks, and just after it did", async () => {
    double.onRequest(async ({ when }) => {
      await new Promise((done) => setImmediate(done));
      double.registry.putManifest("acme/app", imageOf("sha256:0", { when }), [when]);
    });
    expect((await list()).body).toHaveLength(2);
    expect(Object.keys(double.registry.tags("acme/app"))).toEqual(["1", "after", "before"]);
  });

  it("comes with status 0 after a request whose reply is lost", async () => {
    const statuses: number[] = [];
    double.onRequest((moment) => void (moment.when === "after" && statuses.push(moment.status)));
    double.inject({ action: { type: "reset-before" } });
    double.inject({ action: { type: "reset-after-effect" } });
    await expect(list()).rejects.toThrow();
    await expect(list()).rejects.toThrow();
    await list();
    expect(statuses).toEqual([0, 0, 200]);
  });
});

describe("latency", () => {
  it("makes each answer wait, many at once", async () => {
    const slow = await startGitHubDouble({ latencyMs: 20 });
    await Promise.all(Array.from({ length: 50 }, () => fetch(`${slow.url}/v2/`)));
    expect(slow.requests).toHaveLength(50);
    expect(Math.min(...slow.requests.map(({ ms }) => ms))).toBeGreaterThan(15);
    await slow.stop();
  });
});
