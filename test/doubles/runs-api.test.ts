import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";

let double: GitHubDouble;
let token: string;

beforeAll(async () => {
  double = await startGitHubDouble({ checkSchemas: true, now: () => new Date("2026-11-21T10:00:00Z") });
  token = double.token({ actions: "read" });
  const app = double.repository("acme/app");
  app.addRun({ jobs: [{ log: 410 }, { log: 404 }] });
  app.addRun({ conclusion: "failure", jobs: [{ name: "build / arm64", steps: { Plan: "skipped" }, log: "one\ntwo" }] });
  app.addRun({ status: "in_progress", jobs: [{ steps: { Plan: "success" } }] });
});
afterAll(() => double.stop());

async function ask(path: string, bearer = token) {
  const headers: Record<string, string> = bearer === "" ? {} : { authorization: `Bearer ${bearer}` };
  const response = await fetch(new URL(path, double.url), { headers, redirect: "manual" });
  const text = await response.text();
  const body = text.startsWith("{") ? JSON.parse(text) : text;
  return { status: response.status, location: response.headers.get("location") ?? "", body };
}

const idsOf = async (query: string): Promise<readonly number[]> =>
  (await ask(`/repos/acme/app/actions/runs${query}`)).body.workflow_runs.map((run: { id: number }) => run.id);

describe("runs of workflows", () => {
  it("are listed newest first, by how they are and in pages, in the shape of GitHub's schema", async () => {
    const all = await idsOf("");
    expect(all).toEqual([...all].sort((one, other) => other - one));
    expect(await idsOf("?status=completed")).toEqual(all.slice(1));
    expect(await idsOf("?status=failure")).toEqual(all.slice(1, 2));
    expect(await idsOf("?per_page=1&page=2")).toEqual(all.slice(1, 2));
  });

  it("are told one by one, with whose code they ran", async () => {
    const [first] = await idsOf("");
    const { body } = await ask(`/repos/acme/app/actions/runs/${first}`);
    expect(body).toMatchObject({ id: first, event: "push", head_repository: { full_name: "acme/app" } });
    expect((await ask("/repos/acme/app/actions/runs/1")).status).toBe(404);
  });

  it("have jobs with steps", async () => {
    const [running, failed] = await idsOf("");
    expect((await ask(`/repos/acme/app/actions/runs/${failed}/jobs`)).body).toMatchObject({
      total_count: 1,
      jobs: [
        { name: "build / arm64", conclusion: "success", steps: [{ name: "Plan", conclusion: "skipped", number: 1 }] },
      ],
    });
    const { body } = await ask(`/repos/acme/app/actions/runs/${running}/jobs`);
    expect(body.jobs).toMatchObject([{ status: "in_progress", conclusion: null, steps: [{ conclusion: null }] }]);
    expect((await ask("/repos/acme/app/actions/runs/1/jobs")).status).toBe(404);
  });
});

describe("the log of a job", () => {
  async function jobsOf(place: number): Promise<readonly number[]> {
    const run = (await idsOf("")).at(place);
    const { body } = await ask(`/repos/acme/app/actions/runs/${run}/jobs`);
    return body.jobs.map((job: { id: number }) => job.id);
  }

  it("lies at another host, where a signed address is enough and a token too much", async () => {
    const [job] = await jobsOf(1);
    const { status, location, body } = await ask(`/repos/acme/app/actions/jobs/${job}/logs`);
    expect([status, body]).toEqual([302, ""]);
    expect(new URL(location).origin).not.toBe(double.url);
    expect((await ask(location, "")).body).toBe("2026-11-21T10:00:00.0000000Z one\n2026-11-21T10:00:00.0000000Z two\n");
    expect((await ask(location)).status).toBe(400);
    expect((await ask(location.replace(/sig=../u, "sig=zz"), "")).status).toBe(403);
  });

  it("goes after a while", async () => {
    const [expired, lost] = await jobsOf(2);
    expect((await ask(`/repos/acme/app/actions/jobs/${expired}/logs`)).status).toBe(410);
    expect((await ask(`/repos/acme/app/actions/jobs/${lost}/logs`)).status).toBe(404);
    expect((await ask("/repos/acme/app/actions/jobs/1/logs")).status).toBe(404);
  });
});

describe("what is refused", () => {
  it("is a token without `actions: read`, on private repositories", async () => {
    double.repository("acme/open").setVisibility("public");
    for (const path of ["runs", "runs/1/jobs", "jobs/1/logs"]) {
      expect((await ask(`/repos/acme/app/actions/${path}`, double.token())).status).toBe(403);
      expect((await ask(`/repos/acme/app/actions/${path}`, "")).status).toBe(404);
    }
    expect((await ask("/repos/acme/open/actions/runs", "")).status).toBe(200);
    expect((await ask("/repos/acme/open/actions/jobs/1/logs", "")).status).toBe(403);
  });

  it("is who has used up the hour", async () => {
    const poor = double.token({ actions: "read", requestsPerHour: 0 });
    expect((await ask("/repos/acme/app/actions/runs", poor)).body.message).toMatch(/^API rate limit exceeded/);
  });
});
