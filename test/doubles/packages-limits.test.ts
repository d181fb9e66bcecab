import { afterEach, describe, expect, it } from "vitest";
import { ghcrFaults } from "../../doubles/ghcr-faults.ts";
import { gitHubApiFaults } from "../../doubles/github-api-faults.ts";
import { type GitHubDouble, type GitHubDoubleOptions, startGitHubDouble } from "../../doubles/github-double.ts";
import { packagesSession } from "../../doubles/packages-session.ts";
import { imageOf } from "../../doubles/registry-session.ts";
import { virtualClock } from "../../doubles/virtual-clock.ts";

let double: GitHubDouble;
afterEach(() => double.stop());

async function start(options: GitHubDoubleOptions = {}) {
  const clock = virtualClock();
  double = await startGitHubDouble({ now: clock.now, ...options });
  for (let number = 0; number < 300; number += 1) {
    double.registry.putManifest("acme/app", imageOf("sha256:0", { number: String(number) }), [`v${number}`]);
  }
  const ids = double.registry.versions("acme/app").map(({ id }) => id);
  return { clock, ids, api: packagesSession(double, double.token()) };
}

describe("the secondary limit", () => {
  it.each([403, 429] as const)(
    "lets 180 deletes a minute through and says with %i when to go on",
    async (limitStatus) => {
      const { clock, ids, api } = await start({ pointsPerMinute: 900, limitStatus });
      const statuses = [];
      for (const id of ids.slice(0, 180)) statuses.push((await api.remove(id)).status);
      expect(new Set(statuses)).toEqual(new Set([204]));
      clock.advance(20_000);
      const refused = await api.remove(ids[180] ?? 0);
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([limitStatus, "40"]);
      expect(refused.body.message).toMatch(/^You have exceeded a secondary rate limit/);
      expect(refused.headers.get("x-ratelimit-remaining")).toBe("820");
      expect((await packagesSession(double, double.token()).versions()).status).toBe(200);
      clock.advance(40_000);
      expect((await api.remove(ids[180] ?? 0)).status).toBe(204);
    },
  );

  it("counts a read as one point and a write as five", async () => {
    const { ids, api } = await start({ pointsPerMinute: 12 });
    expect((await api.remove(ids[0] ?? 0)).status).toBe(204);
    expect((await api.restore(ids[0] ?? 0)).status).toBe(204);
    expect([(await api.versions()).status, (await api.remove(ids[0] ?? 0)).status]).toEqual([200, 403]);
    expect([(await api.versions()).status, (await api.versions()).status]).toEqual([200, 403]);
  });

  it("is off until it is asked for", async () => {
    const { ids, api } = await start();
    const statuses = [];
    for (const id of ids.slice(0, 200)) statuses.push((await api.remove(id)).status);
    expect(new Set(statuses)).toEqual(new Set([204]));
  });
});

describe("the primary limit", () => {
  it("refuses until the hour is over", async () => {
    const { clock } = await start();
    const api = packagesSession(double, double.token({ requestsPerHour: 2 }));
    expect([(await api.versions()).status, (await api.versions()).status]).toEqual([200, 200]);
    const refused = await api.versions();
    expect([refused.status, refused.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
    const reset = Number(refused.headers.get("x-ratelimit-reset")) * 1000;
    expect(reset - clock.now().getTime()).toBe(3_600_000);
    clock.set(new Date(reset));
    expect((await api.versions()).status).toBe(200);
  });
});

describe("a token's lifetime", () => {
  it("ends in the middle of a prune", async () => {
    const { clock, ids } = await start();
    const api = packagesSession(double, double.token({ expiresAfterSeconds: 60 }));
    expect((await api.remove(ids[0] ?? 0)).status).toBe(204);
    clock.advance(60_000);
    const late = await api.remove(ids[1] ?? 0);
    expect([late.status, late.body.message]).toEqual([401, "Bad credentials"]);
  });
});

describe("every fault strikes every kind of request", () => {
  const kinds = [
    ["packages", "GET", "?package_type=container"],
    ["package", "GET", "/container/app"],
    ["package-versions", "GET", "/container/app/versions"],
    ["package-version", "GET", "/container/app/versions/ID"],
    ["package-version-delete", "DELETE", "/container/app/versions/ID"],
    ["package-version-restore", "POST", "/container/app/versions/ID/restore"],
  ] as const;
  const later = { status: 0, effect: true };
  const faults = [
    ["the secondary limit", gitHubApiFaults.secondaryLimit(3), { status: 403, effect: false }],
    ["429", gitHubApiFaults.tooManyRequests(3), { status: 429, effect: false }],
    ["the primary limit", gitHubApiFaults.primaryLimit(1), { status: 403, effect: false }],
    ["401 under load", gitHubApiFaults.badCredentials, { status: 401, effect: false }],
    ["404", gitHubApiFaults.packageNotFound, { status: 404, effect: false }],
    ["500", gitHubApiFaults.serverError, { status: 500, effect: false }],
    ["502 with a page", gitHubApiFaults.badGateway, { status: 502, effect: false }],
    ["502 of a gateway", ghcrFaults.badGateway, { status: 502, effect: false }],
    ["a reset before", { type: "reset-before" }, { status: 0, effect: false }],
    ["a reset after the effect", { type: "reset-after-effect" }, later],
    ["a token that expires", { type: "expire-token" }, { status: 401, effect: false }],
  ] as const;
  const cases = kinds.flatMap(([kind, method, path]) =>
    faults.map(([name, action, expected]) => ({ kind, method, path, name, action, expected })),
  );

  it.each(cases)("$kind: $name", async ({ kind, method, path, action, expected }) => {
    const clock = virtualClock();
    double = await startGitHubDouble({ now: clock.now });
    const tags = ["a", "b", "c"];
    for (const tag of tags) double.registry.putManifest("acme/app", imageOf("sha256:0", { tag }), [tag]);
    const find = () => double.registry.versions("acme/app").find(({ id }) => id === wanted?.id);
    const wanted = double.registry.versions("acme/app")[0];
    if (kind === "package-version-restore") double.registry.removeVersion("acme/app", wanted?.digest ?? "");
    const before = find();
    double.inject({ match: { kind }, action });
    const api = packagesSession(double, double.token({ type: "personal" }), "orgs/acme/packages");
    const ask = () =>
      api.ask(path.replace("ID", String(wanted?.id)), method).then(
        ({ status }) => status,
        () => 0,
      );
    expect(await ask()).toBe(expected.status);
    expect(double.requests.at(-1)).toMatchObject({ kind, faults: [action.type] });
    const changes = method !== "GET" && expected.effect;
    expect(JSON.stringify(find()) !== JSON.stringify(before)).toBe(changes);
    if (action.type === "expire-token") return;
    expect(await ask()).toBe(method === "GET" ? 200 : changes ? 404 : 204);
  });

  const reads = kinds.filter(([, method]) => method === "GET");
  it.each(reads)("%s: cut short, late, and from before the last push", async (kind, _method, path) => {
    const { ids } = await start();
    const api = packagesSession(double, double.token({ type: "personal" }), "orgs/acme/packages");
    const ask = () => api.ask(path.replace("ID", String(ids[0])));
    double.inject({ match: { kind }, action: { type: "truncate" } });
    await expect(ask()).rejects.toThrow();
    double.inject({ match: { kind }, action: { type: "delay", ms: 1 } });
    const now = await ask();
    double.inject({ match: { kind }, action: { type: "stale", writesAgo: 1 } });
    const earlier = await ask();
    expect(now.status).toBe(200);
    expect(earlier.body).not.toEqual(now.body);
  });
});
