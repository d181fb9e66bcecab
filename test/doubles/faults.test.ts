import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../doubles/blob-store.ts";
import { ghcrFaults, lagging } from "../../doubles/ghcr-faults.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { mediaTypes } from "../../doubles/registry/manifest-content.ts";
import { imageOf, type RegistrySession, registrySession } from "../../doubles/registry-session.ts";

let double: GitHubDouble;
let session: RegistrySession;
let config: string;
const accept = mediaTypes.ociManifest;

beforeEach(async () => {
  double = await startGitHubDouble();
  session = registrySession(double, double.token());
  config = await session.pushBlob("acme/app", Buffer.from("{}"));
  double.clearRequests();
});
afterEach(() => double.stop());

const put = (tag: string) => session.putManifest("acme/app", tag, imageOf(config, { tag }));
const read = (tag: string) => session.fetch(`/v2/acme/app/manifests/${tag}`, { headers: { accept } });
const outcome = (answer: Promise<Response>) =>
  answer.then(
    ({ status }) => status,
    () => "broken",
  );

describe("a fault", () => {
  it("is a status with GHCR's own body, and changes nothing", async () => {
    const fault = double.inject({ match: { kind: "manifest-write" }, action: ghcrFaults.tooManyRequests });
    const answer = await put("1");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(await answer.json()).toEqual({
      errors: [{ code: "TOOMANYREQUESTS", message: "retry-after: 76.77µs, allowed: 44000/minute" }],
    });
    expect([fault.struck, double.registry.tags("acme/app")]).toEqual([1, {}]);
    expect((await put("1")).status).toBe(201);
  });

  it("is a page of HTML where JSON was expected", async () => {
    double.inject({ match: { method: "PUT" }, action: ghcrFaults.badGateway });
    const answer = await put("1");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([502, "text/html"]);
    expect(await answer.text()).toContain("<h1>502 Bad Gateway</h1>");
  });

  it("breaks the connection before anything happened", async () => {
    double.inject({ match: { kind: "manifest-write" }, action: { type: "reset-before" } });
    expect(await outcome(put("1"))).toBe("broken");
    expect(double.registry.tags("acme/app")).toEqual({});
  });

  it("loses the reply after everything happened", async () => {
    double.inject({ match: { kind: "manifest-write" }, action: { type: "reset-after-effect" } });
    expect(await outcome(put("1"))).toBe("broken");
    expect(Object.keys(double.registry.tags("acme/app"))).toEqual(["1"]);
    expect(double.requests.at(-1)).toMatchObject({ kind: "manifest-write", status: 0, faults: ["reset-after-effect"] });
  });

  it("loses the reply of an upload whose blob is there", async () => {
    const blob = Buffer.from("lost");
    double.inject({ match: { kind: "upload-start" }, action: { type: "reset-after-effect" } });
    await expect(session.pushBlob("acme/app", blob)).rejects.toThrow();
    expect(await double.registry.blob("acme/app", digestOf(blob))).toEqual(blob);
  });

  it("answers late, together with others", async () => {
    double.inject({ match: { kind: "manifest-read" }, action: { type: "delay", ms: 30 } });
    double.inject({ match: { kind: "manifest-read" }, action: ghcrFaults.serviceUnavailable });
    expect((await read("1")).status).toBe(503);
    expect(double.requests.at(-1)?.faults).toEqual(["delay", "answer"]);
  });

  it("answers from what was before the last writes", async () => {
    await put("1");
    await put("2");
    double.inject({ match: { kind: "manifest-read" }, times: 2, action: { type: "stale", writesAgo: 1 } });
    double.inject({ match: { kind: "tags-list" }, action: { type: "stale", msAgo: 3_600_000 } });
    expect([(await read("2")).status, (await read("1")).status, (await read("2")).status]).toEqual([404, 200, 200]);
    expect((await session.fetch("/v2/acme/app/tags/list")).status).toBe(404);
  });

  it("serves what is pushed some time later", async () => {
    double.inject(lagging(300));
    await put("1");
    expect((await read("1")).status).toBe(404);
    await sleep(350);
    await put("2");
    expect([(await read("1")).status, (await read("2")).status]).toEqual([200, 404]);
  });

  it("makes the API forget the last writes as well", async () => {
    const app = double.repository("acme/app");
    app.setBranch("main", app.addCommit());
    app.setBranch("new", app.addCommit());
    const list = async () => {
      const headers = { authorization: `Bearer ${double.token()}` };
      const answer = await fetch(`${double.url}/repos/acme/app/branches`, { headers });
      return ((await answer.json()) as { name: string }[]).map(({ name }) => name);
    };
    double.inject({ match: { kind: "branches" }, action: { type: "stale", writesAgo: 1 } });
    expect(await list()).toEqual(["main"]);
    expect(await list()).toEqual(["main", "new"]);
  });

  it("cuts the body short of what the headers promise", async () => {
    await put("1");
    double.inject({ match: { kind: "manifest-read" }, action: { type: "truncate", afterBytes: 10 } });
    const answer = await read("1");
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    const blob = await session.pushBlob("acme/app", Buffer.alloc(100_000, "x"));
    double.inject({ match: { kind: "blob-read" }, action: { type: "truncate" } });
    const cut = await session.fetch(`/v2/acme/app/blobs/${blob}`);
    await expect(cut.arrayBuffer()).rejects.toThrow();
  });

  it("lets the token expire, for good", async () => {
    await put("1");
    double.inject({ match: { kind: "manifest-read" }, action: { type: "expire-token" } });
    expect([(await read("1")).status, (await read("1")).status]).toEqual([401, 401]);
  });

  it("strikes when, where and as often as it is told", async () => {
    await put("1");
    const fault = double.inject({
      match: { method: "GET", path: /\/manifests\/1$/, kind: "registry" },
      skip: 1,
      times: 2,
      action: ghcrFaults.secondaryLimit,
    });
    const statuses: (string | number)[] = [];
    for (let count = 0; count < 4; count += 1) statuses.push(await outcome(read("1")));
    expect(statuses).toEqual([200, 403, 403, 200]);
    expect(fault.struck).toBe(2);
    const forever = double.inject({ times: Number.POSITIVE_INFINITY, action: ghcrFaults.gatewayTimeout });
    expect(await outcome(read("1"))).toBe(504);
    forever.remove();
    expect(await outcome(read("1"))).toBe(200);
  });
});

describe("the log", () => {
  it("has every request with its kind, status and caller", async () => {
    await put("1");
    await fetch(`${double.url}/v2/`);
    expect(double.requests.map(({ method, kind, status, who }) => [method, kind, status, who])).toEqual([
      ["PUT", "manifest-write", 201, "github-actions[bot]"],
      ["GET", "ping", 401, "anonymous"],
    ]);
    double.clearRequests();
    expect(double.requests).toEqual([]);
  });
});
