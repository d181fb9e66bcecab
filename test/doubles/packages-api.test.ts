import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { type PackagesSession, packagesSession } from "../../doubles/packages-session.ts";
import { mediaTypes } from "../../doubles/registry/manifest-content.ts";
import { imageOf, registrySession } from "../../doubles/registry-session.ts";
import { type VirtualClock, virtualClock } from "../../doubles/virtual-clock.ts";

const day = 24 * 3_600_000;
let clock: VirtualClock;
let double: GitHubDouble;
let token: string;
let api: PackagesSession;

beforeEach(async () => {
  clock = virtualClock("2026-11-01T00:00:00Z");
  double = await startGitHubDouble({ checkSchemas: true, people: ["jane"], now: clock.now });
  token = double.token();
  api = packagesSession(double, token);
});
afterEach(() => double.stop());

/** Three rows: tagged `new`, tagged `old`, untagged; newest first. */
async function pushThree(repository = "acme/app") {
  const registry = registrySession(double, token);
  const config = await registry.pushBlob(repository, Buffer.from("{}"));
  const push = async (reference: string | undefined, name: string) => {
    clock.advance(60_000);
    const manifest = imageOf(config, { name });
    if (reference === undefined) return double.registry.putManifest(repository, manifest);
    const answer = await registry.putManifest(repository, reference, manifest);
    return answer.headers.get("docker-content-digest") ?? "";
  };
  return { config, untagged: await push(undefined, "a"), old: await push("old", "b"), new: await push("new", "c") };
}

const idOf = (digest: string, repository = "acme/app") =>
  double.registry.versions(repository).find((version) => version.digest === digest)?.id ?? 0;
const pull = async (reference: string) => {
  const headers = { accept: Object.values(mediaTypes).join(",") };
  return (await registrySession(double, token).fetch(`/v2/acme/app/manifests/${reference}`, { headers })).status;
};

describe("the versions of a package", () => {
  it("are what was pushed, newest first, with digest, dates and tags and no more", async () => {
    const digests = await pushThree();
    const { status, body } = await api.versions();
    expect(status).toBe(200);
    expect(
      body.map((row: { name: string; metadata: { container: object } }) => [row.name, row.metadata.container]),
    ).toEqual([
      [digests.new, { tags: ["new"] }],
      [digests.old, { tags: ["old"] }],
      [digests.untagged, { tags: [] }],
    ]);
    expect(Object.keys(body[0]).sort()).toEqual(
      ["created_at", "html_url", "id", "metadata", "name", "package_html_url", "updated_at", "url"].sort(),
    );
    const one = await api.ask(`/versions/${body[1].id}`);
    expect(one.body).toEqual(body[1]);
    expect((await api.ask("")).body).toMatchObject({ name: "app", version_count: 3, visibility: "private" });
  });

  it("come in pages with next and last, at most a hundred", async () => {
    double.registry.seedImages("acme/app", 51, (index) => ({ tags: [`v${index}`] }));
    const first = await api.versions("?per_page=500");
    expect(first.body).toHaveLength(100);
    expect(first.headers.get("link")).toContain('page=2>; rel="next"');
    expect(first.headers.get("link")).toContain('page=3>; rel="last"');
    const last = await api.versions("?per_page=100&page=3");
    expect(last.body).toHaveLength(55);
    expect(last.headers.get("link")).not.toContain('rel="next"');
    expect((await api.versions("?per_page=100&page=4")).body).toEqual([]);
    expect((await api.versions()).body).toHaveLength(30);
  });

  it("drift over a page's edge when something is pushed between two pages", async () => {
    double.registry.seedImages("acme/app", 40, (index) => ({ tags: [`v${index}`] }));
    const first = await api.versions("?per_page=100");
    clock.advance(1000);
    double.registry.putManifest("acme/app", imageOf("sha256:0", { late: "yes" }), ["late"]);
    const second = await api.versions("?per_page=100&page=2");
    const ids = [...first.body, ...second.body].map(({ id }: { id: number }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([200, 199]);
  });

  it("give a moved tag to its new holder and untag the former", async () => {
    const digests = await pushThree();
    clock.advance(60_000);
    double.registry.tag("acme/app", "new", "old");
    const { body } = await api.versions();
    const rows = body.map((row: { name: string; updated_at: string; metadata: { container: { tags: string[] } } }) => [
      row.name,
      row.metadata.container.tags,
      row.updated_at,
    ]);
    expect(rows).toEqual([
      [digests.new, [], "2026-11-01T00:03:00Z"],
      [digests.old, ["old", "new"], "2026-11-01T00:04:00Z"],
      [digests.untagged, [], "2026-11-01T00:01:00Z"],
    ]);
  });

  it("can be listed by their last change instead", async () => {
    const other = await startGitHubDouble({ versionOrder: "updated", now: clock.now });
    for (const name of ["a", "b"]) {
      clock.advance(1000);
      other.registry.putManifest("acme/app", imageOf("sha256:0", { name }), [name]);
    }
    clock.advance(1000);
    other.registry.tag("acme/app", "c", "a");
    const { body } = await packagesSession(other, other.token()).versions();
    expect(body[0].metadata.container.tags).toEqual(["a", "c"]);
    await other.stop();
  });

  it("are found below a name with slashes and below a person", async () => {
    await pushThree("jane/tools/app");
    const people = packagesSession(double, token, "users/jane/packages/container/tools%2Fapp");
    const { body } = await people.versions();
    expect(body[0].url).toBe(`${double.url}/users/jane/packages/container/tools%2Fapp/versions/${body[0].id}`);
    expect((await people.remove(body[0].id)).status).toBe(204);
    const wrong = packagesSession(double, token, "orgs/jane/packages/container/tools%2Fapp");
    expect((await wrong.versions()).status).toBe(404);
  });

  it("are earlier ones where a stale list is injected", async () => {
    const digests = await pushThree();
    await api.remove(idOf(digests.old));
    double.inject({ match: { kind: "package-versions" }, times: 2, action: { type: "stale", writesAgo: 1 } });
    expect([(await api.versions()).body.length, (await api.versions("?page=2")).body.length]).toEqual([3, 0]);
    expect((await api.versions()).body).toHaveLength(2);
  });
});

describe("deleting a version", () => {
  it("takes its manifest and its tags from the registry and leaves its children", async () => {
    const [index = "", kept = ""] = double.registry.seedImages("acme/app", 2, (number) => ({ tags: [`v${number}`] }));
    const content = double.registry.manifest("acme/app", index)?.content;
    const children = (content as { readonly manifests: readonly { readonly digest: string }[] }).manifests;
    expect((await api.remove(idOf(index))).status).toBe(204);
    expect([await pull("v0"), await pull(index)]).toEqual([404, 404]);
    expect(double.registry.tags("acme/app")).toEqual({ v1: kept });
    expect(await Promise.all(children.map(({ digest }) => pull(digest)))).toEqual([200, 200, 200, 200]);
    expect((await api.versions("?per_page=100")).body).toHaveLength(9);
    expect((await api.versions("?state=deleted")).body).toMatchObject([
      { name: index, deleted_at: "2026-11-01T00:00:00Z", metadata: { container: { tags: ["v0"] } } },
    ]);
  });

  it("is a 404 the second time, and for what never was", async () => {
    const id = idOf((await pushThree()).old);
    const answers = [await api.remove(id), await api.remove(id), await api.remove(1), await api.ask(`/versions/${id}`)];
    expect(answers.map(({ status }) => status)).toEqual([204, 404, 404, 404]);
    expect(answers[1]?.body.message).toBe("Package not found.");
  });

  it("is refused for the last tagged version", async () => {
    const digests = await pushThree();
    expect((await api.remove(idOf(digests.old))).status).toBe(204);
    const last = await api.remove(idOf(digests.new));
    expect([last.status, last.body.message]).toEqual([
      400,
      "You cannot delete the last tagged version of a package. You must delete the package instead.",
    ]);
    expect(await pull("new")).toBe(200);
  });

  it("is refused for the last version, tagged or not", async () => {
    const digest = double.registry.putManifest("acme/app", imageOf("sha256:0"));
    expect((await api.remove(idOf(digest))).body.message).toMatch(/^You cannot delete the last version of a package/);
  });

  it("is refused for public versions that were pulled more than 5,000 times", async () => {
    const digests = await pushThree();
    double.registry.setDownloads("acme/app", "old", 5000);
    double.registry.setVisibility("acme/app", "public");
    await pull("old");
    const refused = await api.remove(idOf(digests.old));
    expect([refused.status, refused.body.message]).toEqual([
      400,
      "Publicly visible package versions with more than 5000 downloads cannot be deleted. Contact GitHub support for further assistance.",
    ]);
    double.registry.setVisibility("acme/app", "private");
    expect((await api.remove(idOf(digests.old))).status).toBe(204);
  });
});

describe("restoring a version", () => {
  it("brings back its manifest, its id and the tags that nobody took", async () => {
    const digests = await pushThree();
    const id = idOf(digests.old);
    double.registry.tag("acme/app", "taken", "old");
    await api.remove(id);
    double.registry.tag("acme/app", "taken", "new");
    clock.advance(30 * day);
    expect((await api.restore(id)).status).toBe(204);
    expect((await api.ask(`/versions/${id}`)).body.metadata.container.tags).toEqual(["old"]);
    expect(double.registry.tags("acme/app")).toEqual({ new: digests.new, old: digests.old, taken: digests.new });
    expect((await api.restore(id)).status).toBe(404);
  });

  it.each([
    ["all", ["old", "taken"]],
    ["none", []],
  ] as const)("can bring back %s of its tags instead", async (restoredTags, tags) => {
    const other = await startGitHubDouble({ restoredTags });
    const old = other.registry.putManifest("acme/app", imageOf("sha256:0"), ["old", "taken"]);
    other.registry.putManifest("acme/app", imageOf("sha256:1"), ["new"]);
    expect(other.registry.removeVersion("acme/app", old)).toBe("removed");
    other.registry.tag("acme/app", "taken", "new");
    expect(other.registry.restoreVersion("acme/app", old)).toBe("restored");
    expect(other.registry.versions("acme/app").find(({ digest }) => digest === old)?.tags).toEqual(tags);
    await other.stop();
  });

  it("ends after 30 days, and the list of the deleted forgets it", async () => {
    const id = idOf((await pushThree()).old);
    await api.remove(id);
    clock.advance(30 * day + 1000);
    expect((await api.versions("?state=deleted")).body).toEqual([]);
    expect((await api.restore(id)).status).toBe(404);
  });

  it("is impossible where the digest was pushed again", async () => {
    const digests = await pushThree();
    const id = idOf(digests.untagged);
    await api.remove(id);
    double.registry.putManifest("acme/app", imageOf(digests.config, { name: "a" }));
    expect((await api.restore(id)).status).toBe(404);
    const again = (await api.versions()).body.find(({ name }: { name: string }) => name === digests.untagged);
    expect(again.id).not.toBe(id);
  });
});

describe("the packages of an owner", () => {
  beforeEach(async () => {
    for (const name of ["acme/app", "acme/tools/cli", "jane/notes"]) await pushThree(name);
    double.repository("acme/app");
    double.registry.setVisibility("acme/tools/cli", "public");
  });

  it.each([
    ["orgs/acme/packages", ["app", "tools/cli"]],
    ["users/jane/packages", ["notes"]],
  ])("are listed at %s for a person's token, in pages", async (place, names) => {
    const { ask } = packagesSession(double, double.token({ type: "personal" }), place);
    const all = await ask("?package_type=container");
    expect(all.body.map(({ name }: { name: string }) => name)).toEqual(names);
    expect((await ask("?package_type=npm")).body).toEqual([]);
    expect((await ask("?package_type=container&per_page=1")).body).toHaveLength(1);
    expect((await ask("?package_type=container&per_page=100&page=101")).status).toBe(400);
  });

  it.each([
    ["a workflow's token", () => token, 403, "Resource not accessible by integration"],
    [
      "a person's token without packages",
      () => double.token({ type: "personal", packages: "none" }),
      403,
      "You need at least read:packages scope to list packages.",
    ],
    ["nobody", () => undefined, 401, "Requires authentication"],
  ])("are not listed for %s", async (_name, who, status, message) => {
    const { ask } = packagesSession(double, who(), "orgs/acme/packages");
    const answer = await ask("?package_type=container");
    expect([answer.status, answer.body.message]).toEqual([status, message]);
  });
});

describe("who may not", () => {
  const scope = "You need at least read:packages scope to get a package's versions.";
  const found = 200;
  it.each([
    ["nobody", () => undefined, 401, 401],
    ["a token that nobody gave out", () => "ghs_wrong", 401, 401],
    ["a token without packages", () => double.token({ packages: "none" }), 404, 404],
    ["a person's token without packages", () => double.token({ type: "personal", packages: "none" }), 403, 403],
    ["another repository's token", () => double.token({ only: ["acme/other"] }), 404, 404],
    ["a token that may read", () => double.token({ packages: "read" }), found, 404],
    ["a workflow that is no Admin of the package", () => double.token({ deletesPackages: false }), found, 403],
    [
      "a person's token that may not delete",
      () => double.token({ type: "personal", deletesPackages: false }),
      found,
      403,
    ],
  ])("%s", async (_name, who, reads, writes) => {
    const id = idOf((await pushThree()).old);
    const session = packagesSession(double, who());
    const answers = [await session.versions(), await session.remove(id), await session.restore(id)];
    expect(answers.map(({ status }) => status)).toEqual([reads, writes, writes]);
    if (reads === 403) expect(answers[0]?.body.message).toBe(scope);
    expect(await pull("old")).toBe(200);
  });

  it("delete what is public and another's", async () => {
    const id = idOf((await pushThree()).old);
    double.registry.setVisibility("acme/app", "public");
    const other = packagesSession(double, double.token({ only: ["acme/other"] }));
    expect([(await other.versions()).status, (await other.remove(id)).status]).toEqual([200, 404]);
  });
});

interface Client {
  readonly rest: {
    readonly packages: Record<
      string,
      (parameters: object) => Promise<{ readonly status: number; readonly data: never[] }>
    >;
  };
  paginate(route: unknown, parameters: object): Promise<readonly { readonly id: number }[]>;
}
// The steps' own dependency.
const { Octokit } = createRequire(new URL("../../scripts/package.json", import.meta.url))("@octokit/rest") as {
  readonly Octokit: new (options: object) => Client;
};

describe("octokit", () => {
  it("lists, deletes and restores the versions of a name with slashes", async () => {
    double.registry.seedImages("acme/tools/app", 60, (index) => ({ tags: [`v${index}`] }));
    const silent = () => {};
    const log = { debug: silent, info: silent, warn: silent, error: silent };
    const { rest, paginate } = new Octokit({ baseUrl: double.url, auth: token, log });
    const app = { org: "acme", package_type: "container", package_name: "tools/app" };
    const list = rest.packages.getAllPackageVersionsForPackageOwnedByOrg;
    const versions = await paginate(list, { ...app, per_page: 100 });
    expect(new Set(versions.map(({ id }) => id)).size).toBe(300);
    const one = { ...app, package_version_id: versions[0]?.id };
    expect((await rest.packages.deletePackageVersionForOrg?.(one))?.status).toBe(204);
    expect(await paginate(list, { ...app, per_page: 100, state: "deleted" })).toMatchObject([{ id: versions[0]?.id }]);
    expect((await rest.packages.restorePackageVersionForOrg?.(one))?.status).toBe(204);
    await expect(rest.packages.deletePackageVersionForOrg?.({ ...app, package_version_id: 1 })).rejects.toMatchObject({
      status: 404,
    });
    const all = new Octokit({ baseUrl: double.url, auth: double.token({ type: "personal" }) });
    const mine = await all.rest.packages.listPackagesForOrganization?.({ org: "acme", package_type: "container" });
    expect(mine?.data).toMatchObject([{ name: "tools/app" }]);
  });
});
