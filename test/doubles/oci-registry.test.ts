import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../doubles/blob-store.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { mediaTypes } from "../../doubles/registry/manifest-content.ts";
import { imageOf, type RegistrySession, registrySession } from "../../doubles/registry-session.ts";

let double: GitHubDouble;
let session: RegistrySession;
let clock = new Date("2026-11-01T00:00:00Z");
const bytes = Buffer.from("0123456789");
const digest = digestOf(bytes);

beforeAll(async () => {
  double = await startGitHubDouble({ now: () => clock, registryTokenSeconds: 60 });
  session = registrySession(double, double.token());
});
beforeEach(() => {
  clock = new Date(clock.getTime() + 1000);
});
afterAll(() => double.stop());

async function errorOf(answer: Response) {
  const { errors } = (await answer.json()) as { errors: { code: string; message: string }[] };
  return [answer.status, errors[0]?.code, errors[0]?.message];
}

describe("the login", () => {
  const basic = (token: string) => ({ authorization: `Basic ${Buffer.from(`any:${token}`).toString("base64")}` });

  it("says where a token is to be had, gives it, and takes it", async () => {
    const refused = await fetch(`${double.url}/v2/`);
    expect(refused.headers.get("www-authenticate")).toBe(
      `Bearer realm="${double.url}/token",service="${double.host}",scope="repository:user/image:pull"`,
    );
    expect(await errorOf(refused)).toEqual([401, "UNAUTHORIZED", "authentication required"]);
    const scope = "scope=repository:acme/login:pull,push&scope=repository:acme/other:pull";
    const login = await fetch(`${double.url}/token?service=${double.host}&${scope}`, {
      headers: basic(double.token()),
    });
    const { token } = (await login.json()) as { token: string };
    const ask = (path: string, method = "GET") =>
      fetch(`${double.url}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
    expect((await ask("/v2/")).status).toBe(200);
    expect((await ask("/v2/acme/login/blobs/uploads/", "POST")).status).toBe(202);
    const outside = await ask("/v2/acme/other/blobs/uploads/", "POST");
    expect(outside.status).toBe(401);
    expect(outside.headers.get("www-authenticate")).toContain('scope="repository:acme/other:pull,push"');
    clock = new Date(clock.getTime() + 61_000);
    expect((await ask("/v2/")).status).toBe(401);
  });

  it("refuses unknown, expired and missing credentials", async () => {
    const short = double.token({ expiresAfterSeconds: 10 });
    const ask = (headers: Record<string, string>) =>
      fetch(`${double.url}/token?scope=repository:acme/x:pull`, { headers });
    expect((await ask(basic(short))).status).toBe(200);
    clock = new Date(clock.getTime() + 10_000);
    expect(await errorOf(await ask(basic(short)))).toEqual([403, "DENIED", "denied"]);
    expect(await errorOf(await ask(basic("ghs_wrong")))).toEqual([403, "DENIED", "denied"]);
    expect(await errorOf(await ask({}))).toEqual([403, "DENIED", "requested access to the resource is denied"]);
    expect((await fetch(`${double.url}/token`, { method: "POST" })).status).toBe(405);
  });

  it("lets nobody in particular read public packages, and no others", async () => {
    for (const name of ["public", "private"]) {
      const config = await session.pushBlob(`acme/${name}`, Buffer.from("{}"));
      await session.putManifest(`acme/${name}`, "1", imageOf(config));
    }
    double.registry.setVisibility("acme/public", "public");
    const ask = (name: string) => fetch(`${double.url}/token?scope=repository:acme/${name}:pull`);
    const { token } = (await (await ask("public")).json()) as { token: string };
    const headers = { authorization: `Bearer ${token}`, accept: mediaTypes.ociManifest };
    expect((await fetch(`${double.url}/v2/acme/public/manifests/1`, { headers })).status).toBe(200);
    expect((await ask("private")).status).toBe(403);
  });

  it.each([
    [{ packages: "read" }, "acme/locked", "permission_denied: write_package"],
    [{ packages: "read" }, "acme/absent", "installation not allowed to Create organization package"],
    [{ createsPackages: false }, "acme/absent", "installation not allowed to Create organization package"],
    [{ only: ["acme/other"] }, "acme/locked", "permission_denied: write_package"],
    [
      { packages: "read", type: "personal" },
      "acme/locked",
      "permission_denied: The token provided does not match expected scopes.",
    ],
  ] as const)("refuses a push with %o to %s in GHCR's words", async (options, name, words) => {
    const config = await session.pushBlob("acme/locked", Buffer.from("{}"));
    await session.putManifest("acme/locked", "1", imageOf(config));
    const other = registrySession(double, double.token(options));
    const push = await other.fetch(`/v2/${name}/blobs/uploads/`, { method: "POST" });
    expect(await errorOf(push)).toEqual([403, "DENIED", words]);
  });

  it("gives a new package the visibility of its repository", async () => {
    double.repository("acme/site").setVisibility("public");
    await session.putManifest("acme/site", "1", imageOf(await session.pushBlob("acme/site", Buffer.from("{}"))));
    expect((await fetch(`${double.url}/token?scope=repository:acme/site:pull`)).status).toBe(200);
  });
});

describe("blobs", () => {
  const start = async (repository: string, query = "") => {
    const answer = await session.fetch(`/v2/${repository}/blobs/uploads/${query}`, { method: "POST" });
    return { status: answer.status, location: answer.headers.get("location") ?? "" };
  };
  const has = async (repository: string) =>
    (await session.fetch(`/v2/${repository}/blobs/${digest}`, { method: "HEAD" })).status === 200;

  it("come in chunks, in order, and can be asked how far they are", async () => {
    const { status, location } = await start("acme/chunked");
    expect(status).toBe(202);
    const patch = (part: Uint8Array, range: string) =>
      session.fetch(location, { method: "PATCH", body: part, headers: { "content-range": range } });
    expect((await patch(bytes.subarray(0, 4), "0-3")).headers.get("range")).toBe("0-3");
    expect((await patch(bytes.subarray(6), "6-9")).status).toBe(416);
    expect((await session.fetch(location)).headers.get("range")).toBe("0-3");
    expect((await patch(bytes.subarray(4, 6), "4-5")).status).toBe(202);
    const put = await session.fetch(`${location}?digest=${digest}`, { method: "PUT", body: bytes.subarray(6) });
    expect(put.status).toBe(201);
    expect(put.headers.get("docker-content-digest")).toBe(digest);
    expect(await has("acme/chunked")).toBe(true);
    // GHCR has forgotten the session when the same PUT comes again.
    const again = await session.fetch(`${location}?digest=${digest}`, { method: "PUT" });
    expect((await errorOf(again)).slice(0, 2)).toEqual([404, "BLOB_UPLOAD_UNKNOWN"]);
  });

  it("come in one piece, by POST or by POST and PUT", async () => {
    await session.pushBlob("acme/single", bytes);
    const { location } = await start("acme/two");
    expect((await session.fetch(`${location}?digest=${digest}`, { method: "PUT", body: bytes })).status).toBe(201);
    expect([await has("acme/single"), await has("acme/two"), await has("acme/three")]).toEqual([true, true, false]);
  });

  it("are refused with another digest", async () => {
    const { location } = await start("acme/wrong");
    const put = await session.fetch(`${location}?digest=${digestOf(Buffer.from("x"))}`, { method: "PUT", body: bytes });
    expect((await errorOf(put)).slice(0, 2)).toEqual([400, "DIGEST_INVALID"]);
  });

  it("end with their session", async () => {
    const { location } = await start("acme/ended");
    expect((await session.fetch(location, { method: "DELETE" })).status).toBe(204);
    expect((await session.fetch(location)).status).toBe(404);
  });

  it("are mounted from where the token may read, else asked for", async () => {
    await session.pushBlob("acme/source", bytes);
    expect((await start("acme/target", `?mount=${digest}&from=acme/source`)).status).toBe(201);
    expect(await has("acme/target")).toBe(true);
    expect((await start("acme/target2", `?mount=${digest}&from=acme/nowhere`)).status).toBe(202);
    const narrow = registrySession(double, double.token({ only: ["acme/target3"] }));
    const mount = `/v2/acme/target3/blobs/uploads/?mount=${digest}&from=acme/source`;
    expect((await narrow.fetch(mount, { method: "POST" })).status).toBe(202);
  });

  it.each([
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=5-99", 206, "56789", "bytes 5-9/10"],
  ])("are read in part by %s", async (range, status, text, contentRange) => {
    await session.pushBlob("acme/range", bytes);
    const answer = await session.fetch(`/v2/acme/range/blobs/${digest}`, { headers: { range } });
    expect([answer.status, await answer.text(), answer.headers.get("content-range")]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  it("are unknown in GHCR's words", async () => {
    const answer = await session.fetch(`/v2/acme/range/blobs/${digestOf(Buffer.from("none"))}`);
    // GHCR's own body has 74 bytes: it ends with a line end.
    expect(answer.headers.get("content-length")).toBe("74");
    expect(await errorOf(answer)).toEqual([404, "BLOB_UNKNOWN", "blob unknown to registry"]);
  });
});

describe("manifests", () => {
  const push = async (tag: string, note: string) => {
    const config = await session.pushBlob("acme/app", Buffer.from("{}"));
    const answer = await session.putManifest("acme/app", tag, imageOf(config, { note }));
    return answer.headers.get("docker-content-digest") ?? "";
  };
  const read = (reference: string, accept: string, method = "GET") =>
    session.fetch(`/v2/acme/app/manifests/${reference}`, { method, headers: { accept } });

  it("are read by tag and digest as the very bytes", async () => {
    const pushed = await push("1", "read");
    for (const reference of ["1", pushed]) {
      const answer = await read(reference, `${mediaTypes.ociManifest}, */*`);
      expect(answer.headers.get("docker-content-digest")).toBe(pushed);
      expect(digestOf(Buffer.from(await answer.arrayBuffer()))).toBe(pushed);
    }
    expect((await read("none", mediaTypes.ociManifest, "HEAD")).status).toBe(404);
  });

  it("are given only to who names their type", async () => {
    const child = await push("child", "child");
    const descriptor = { mediaType: mediaTypes.ociManifest, digest: child, size: 1 };
    const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [descriptor] };
    expect((await session.putManifest("acme/app", "index", index, mediaTypes.ociIndex)).status).toBe(201);
    const words = "OCI index found, but Accept header does not support OCI indexes";
    for (const accept of ["*/*", mediaTypes.ociManifest]) {
      expect(await errorOf(await read("index", accept))).toEqual([404, "MANIFEST_UNKNOWN", words]);
    }
    expect((await read("index", mediaTypes.ociIndex)).status).toBe(200);
  });

  it.each([
    [
      "a config that was not pushed",
      imageOf(digestOf(Buffer.from("none"))),
      mediaTypes.ociManifest,
      [400, "MANIFEST_BLOB_UNKNOWN"],
    ],
    [
      "a child that was not pushed",
      { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [{ digest: digestOf(Buffer.from("none")) }] },
      mediaTypes.ociIndex,
      [404, "MANIFEST_UNKNOWN"],
    ],
    ["another type than the header says", imageOf(digest), mediaTypes.ociIndex, [400, "MANIFEST_INVALID"]],
    ["no layers", { mediaType: mediaTypes.ociManifest }, mediaTypes.ociManifest, [400, "MANIFEST_INVALID"]],
  ])("are refused with %s", async (_name, manifest, type, expected) => {
    const answer = await session.putManifest("acme/app", "refused", manifest, type);
    expect((await errorOf(answer)).slice(0, 2)).toEqual(expected);
    expect((await read("refused", type)).status).toBe(404);
  });

  it("are refused under another digest, and may name a subject that is not there", async () => {
    const config = await session.pushBlob("acme/app", Buffer.from("{}"));
    const wrong = await session.putManifest("acme/app", digest, imageOf(config));
    expect((await errorOf(wrong)).slice(0, 2)).toEqual([400, "DIGEST_INVALID"]);
    const subject = { mediaType: mediaTypes.ociManifest, digest, size: 10 };
    const referrer = await session.putManifest("acme/app", "referrer", { ...imageOf(config), subject });
    expect([referrer.status, referrer.headers.get("oci-subject")]).toEqual([201, null]);
    expect(double.registry.manifest("acme/app", "referrer")?.content).toMatchObject({ subject });
  });

  it("cannot be deleted here, and have no referrers endpoint, as at GHCR", async () => {
    const pushed = await push("kept", "kept");
    const gone = await session.fetch(`/v2/acme/app/manifests/${pushed}`, { method: "DELETE" });
    expect(await errorOf(gone)).toEqual([405, "UNSUPPORTED", "The operation is unsupported."]);
    expect((await session.fetch(`/v2/acme/app/referrers/${pushed}`)).status).toBe(404);
  });
});

describe("tags", () => {
  it("are listed in pages, each once", async () => {
    const config = await session.pushBlob("acme/tags", Buffer.from("{}"));
    for (let index = 0; index < 7; index += 1) await session.putManifest("acme/tags", `t${index}`, imageOf(config));
    const found: string[] = [];
    let path: string | undefined = "/v2/acme/tags/tags/list?n=3";
    while (path !== undefined) {
      const answer: Response = await session.fetch(path);
      found.push(...((await answer.json()) as { tags: string[] }).tags);
      path = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "")?.[1];
    }
    expect(found).toEqual(["t0", "t1", "t2", "t3", "t4", "t5", "t6"]);
    expect((await errorOf(await session.fetch("/v2/acme/nothing/tags/list"))).slice(0, 2)).toEqual([
      404,
      "NAME_UNKNOWN",
    ]);
  });

  it("move between package versions, one version for each digest", async () => {
    const config = await session.pushBlob("acme/rows", Buffer.from("{}"));
    const put = async (tag: string, note: string) => {
      clock = new Date(clock.getTime() + 1000);
      await session.putManifest("acme/rows", tag, imageOf(config, { note }));
    };
    await put("1", "a");
    await put("latest", "a");
    await put("latest", "b");
    await put("latest", "b");
    const rows = double.registry.versions("acme/rows");
    expect(rows.map(({ tags }) => tags)).toEqual([["latest"], ["1"]]);
    const [newer, older] = rows;
    expect(newer?.id).toBeGreaterThan(older?.id ?? 0);
    expect(older?.updatedAt.getTime()).toBe((older?.createdAt.getTime() ?? 0) + 1000);
    expect(newer?.updatedAt).toEqual(newer?.createdAt);
  });
});
