import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { FaultAction } from "../../doubles/fault.ts";
import { ghcrFaults } from "../../doubles/ghcr-faults.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import type { RequestKind } from "../../doubles/request-kind.ts";
import { digestOf, openRegistry, type RegistryOptions } from "../../scripts/lib/registry/registry.ts";

const INDEX = "application/vnd.oci.image.index.v1+json";

let github: GitHubDouble;
let injected: ReturnType<GitHubDouble["inject"]>[] = [];
beforeAll(async () => {
  github = await startGitHubDouble();
});
afterAll(() => github.stop());
afterEach(() => {
  for (const fault of injected) fault.remove();
  injected = [];
});

function inject(kind: RequestKind, action: FaultAction, times = 1, skip = 0): void {
  injected.push(github.inject({ match: { kind }, action, times, skip }));
}

function open(path: string, options: Partial<RegistryOptions> & { readonly token?: string } = {}) {
  const { token = github.token(), ...rest } = options;
  const credentials = async () => ({ kind: "password", username: "bot", password: token }) as const;
  return openRegistry(`${github.host}/${path}`, { credentials, attempts: 3, delay: 0, ...rest });
}

let count = 0;
/** Bytes of an index of their own. */
function newIndex(): Uint8Array {
  count += 1;
  const content = { schemaVersion: 2, mediaType: INDEX, manifests: [], annotations: { count: `${count}` } };
  return new TextEncoder().encode(JSON.stringify(content));
}

function calls(kind: RequestKind): number {
  return github.requests.filter((request) => request.kind === kind).length;
}

describe("a manifest", () => {
  it("is put under its digest and a tag, and read back as the same bytes", async () => {
    const registry = open("acme/round");
    const bytes = newIndex();
    const digest = digestOf(bytes);
    expect(await registry.putManifest(digest, bytes, INDEX)).toBe(digest);
    expect(await registry.putManifest("v1", bytes, INDEX)).toBe(digest);
    expect(await registry.getManifest("v1")).toMatchObject({ digest, mediaType: INDEX, bytes });
    expect(await registry.headManifest("v1")).toEqual({ digest, mediaType: INDEX, size: bytes.length });
  });

  it("that is not there is undefined, at once", async () => {
    const registry = open("acme/absent");
    await registry.putManifest("v1", newIndex(), INDEX);
    github.clearRequests();
    expect(await registry.getManifest("v2")).toBeUndefined();
    expect(await registry.headManifest("v2")).toBeUndefined();
    expect(calls("manifest-read")).toBe(2);
  });

  it("is waited for where it was pushed just now", async () => {
    const registry = open("acme/late");
    const bytes = newIndex();
    await registry.putManifest("v1", bytes, INDEX);
    inject("manifest-read", ghcrFaults.manifestUnknown, 2);
    expect((await registry.getManifest("v1"))?.digest).toBe(digestOf(bytes));
    const reader = open("acme/late");
    inject("manifest-read", ghcrFaults.manifestUnknown, 2);
    expect((await reader.headManifest("v1", { expected: true }))?.digest).toBe(digestOf(bytes));
  });

  it("that stays away is given up after a while", async () => {
    const registry = open("acme/never");
    await registry.putManifest("v1", newIndex(), INDEX);
    github.clearRequests();
    expect(await registry.getManifest("v2", { expected: true })).toBeUndefined();
    expect(calls("manifest-read")).toBeLessThan(10);
  });
});

describe("a login", () => {
  it("is asked for once for each right, however many requests wait", async () => {
    const registry = open("acme/tokens");
    await registry.putManifest("v1", newIndex(), INDEX);
    github.clearRequests();
    const fresh = open("acme/tokens");
    // Refusals come while the token is under way.
    inject("manifest-read", { type: "delay", ms: 5 }, 4);
    inject("manifest-read", { type: "delay", ms: 20 }, 4, 4);
    inject("token", { type: "delay", ms: 60 });
    await Promise.all(Array.from({ length: 8 }, () => fresh.headManifest("v1")));
    await fresh.putManifest("v2", newIndex(), INDEX);
    await fresh.headManifest("v2");
    expect(calls("token")).toBe(2);
  });

  it("is renewed when its token expires", async () => {
    const registry = open("acme/expiry");
    await registry.putManifest("v1", newIndex(), INDEX);
    await registry.headManifest("v1");
    github.clearRequests();
    inject("manifest-write", { type: "expire-token" });
    inject("manifest-read", { type: "expire-token" });
    await registry.putManifest("v2", newIndex(), INDEX);
    expect(await registry.headManifest("v2")).toBeDefined();
    expect(calls("token")).toBe(2);
  });

  it("that GHCR refuses without a reason is told as such", async () => {
    const failure = open("acme/refused", { token: "nonsense" }).putManifest("v1", newIndex(), INDEX);
    await expect(failure).rejects.toThrow(
      /refused the token of \S+\/acme\/refused without a reason \(403.*log in with/,
    );
  });

  it("that is refused is told in one sentence", async () => {
    inject("token", ghcrFaults.tokenNotAuthenticated, 9);
    github.clearRequests();
    const failure = open("acme/refused").putManifest("v1", newIndex(), INDEX);
    await expect(failure).rejects.toThrow(/^localhost:\d+ refused the login for \S+\/acme\/refused \(401.*log in with/);
    expect(calls("token")).toBe(1);
  });

  it("without the right to write is told with the permission that is missing", async () => {
    const token = github.token({ packages: "read" });
    github.clearRequests();
    const failure = open("acme/readonly", { token }).putManifest("v1", newIndex(), INDEX);
    await expect(failure).rejects.toThrow(
      /does not let this login write to \S+\/acme\/readonly \(403.*grant `packages: write`.*Manage Actions access/,
    );
    expect(calls("manifest-write")).toBeLessThanOrEqual(2);
  });

  it("is never sent to a token service without https", async () => {
    const server = await serve((_, response) => {
      response.writeHead(401, { "www-authenticate": 'Bearer realm="http://tokens.example.com/t",service="x"' }).end();
    });
    const credentials = async () => ({ kind: "password", username: "u", password: "p" }) as const;
    const registry = openRegistry(`${hostOf(server)}/acme/app`, { credentials, attempts: 1, delay: 0 });
    await expect(registry.headManifest("v1")).rejects.toThrow(/only https is used for logins/);
    server.close();
  });

  it("may be Basic", async () => {
    const seen: (string | undefined)[] = [];
    const server = await serve((request, response) => {
      seen.push(request.headers.authorization);
      if (request.headers.authorization === undefined) {
        response.writeHead(401, { "www-authenticate": 'Basic realm="r"' }).end();
      } else response.writeHead(404).end();
    });
    const credentials = async () => ({ kind: "password", username: "ü", password: "p:q" }) as const;
    const registry = openRegistry(`${hostOf(server)}/acme/app`, { credentials, attempts: 1, delay: 0 });
    expect(await registry.headManifest("v1")).toBeUndefined();
    expect(seen).toEqual([undefined, `Basic ${Buffer.from("ü:p:q").toString("base64")}`]);
    server.close();
  });
});

describe("what passes is tried again", () => {
  const bad: readonly (readonly [string, FaultAction])[] = [
    ["503", ghcrFaults.serviceUnavailable],
    ["502 in HTML", ghcrFaults.badGateway],
    ["429", { ...ghcrFaults.tooManyRequests, headers: { "retry-after": "0" } }],
    ["the secondary limit, which looks like a missing permission", ghcrFaults.secondaryLimit],
    ["a reset", { type: "reset-before" }],
    ["a lost reply", { type: "reset-after-effect" }],
    ["an unknown blob", ghcrFaults.unknownBlob],
  ];
  it.each(bad)("when a put gets %s", async (_, action) => {
    const said: string[] = [];
    const registry = open("acme/faults", { onRetry: (sentence) => said.push(sentence) });
    const bytes = newIndex();
    inject("manifest-write", action);
    expect(await registry.putManifest("v1", bytes, INDEX)).toBe(digestOf(bytes));
    expect(said).toEqual([expect.stringMatching(/^localhost.*\. Trying again in 0 s \(attempt 2 of 3\)\.$/)]);
    expect(github.registry.tags("acme/faults").v1).toBe(digestOf(bytes));
  });

  it.each(bad.slice(0, 6))("when the token service gives %s", async (_, action) => {
    const registry = open("acme/faults");
    inject("token", action);
    await registry.putManifest("v1", newIndex(), INDEX);
  });

  it.each<readonly [string, FaultAction]>([...bad.slice(0, 6), ["half a body", { type: "truncate" }]])(
    "when a read gets %s",
    async (_, action) => {
      const registry = open("acme/faults");
      await registry.putManifest("v1", newIndex(), INDEX);
      inject("manifest-read", action);
      expect(await registry.getManifest("v1")).toBeDefined();
    },
  );

  it("when no answer comes in time", async () => {
    const registry = open("acme/faults", { timeLimit: 300 });
    await registry.putManifest("v1", newIndex(), INDEX);
    inject("manifest-read", { type: "delay", ms: 2000 });
    expect(await registry.getManifest("v1")).toBeDefined();
  });

  it("as often as told, then the last error is thrown", async () => {
    const registry = open("acme/faults", { attempts: 2 });
    await registry.putManifest("v1", newIndex(), INDEX);
    github.clearRequests();
    inject("manifest-write", ghcrFaults.serviceUnavailable, 99);
    await expect(registry.putManifest("v2", newIndex(), INDEX)).rejects.toThrow(/503 Service Unavailable|503/);
    expect(calls("manifest-write")).toBe(2);
  });

  it("but not a missing permission", async () => {
    const registry = open("acme/faults");
    await registry.putManifest("v1", newIndex(), INDEX);
    github.clearRequests();
    inject("manifest-write", ghcrFaults.writePackageDenied, 99);
    await expect(registry.putManifest("v2", newIndex(), INDEX)).rejects.toThrow(/write_package.*`packages: write`/);
    expect(calls("manifest-write")).toBe(1);
  });
});

describe("content is checked", () => {
  it("against the digest that was asked for", async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-type": INDEX }).end('{"schemaVersion":2}');
    });
    const registry = openRegistry(`${hostOf(server)}/acme/app`, noLogin);
    await expect(registry.getManifest(`sha256:${"0".repeat(64)}`)).rejects.toThrow(
      /wrongly: its content has the digest/,
    );
    await expect(registry.getBlob(`sha256:${"0".repeat(64)}`, 100)).rejects.toThrow(/wrongly/);
    await expect(registry.getBlob(`sha256:${"0".repeat(64)}`, 5)).rejects.toThrow(/more than 5 bytes/);
    server.close();
  });

  it("against the digest in the header", async () => {
    const server = await serve((_, response) => {
      const headers = { "content-type": INDEX, "docker-content-digest": `sha256:${"0".repeat(64)}` };
      response.writeHead(200, headers).end('{"schemaVersion":2}');
    });
    const registry = openRegistry(`${hostOf(server)}/acme/app`, noLogin);
    await expect(registry.getManifest("v1")).rejects.toThrow(/not sha256:0/);
    server.close();
  });

  it.each(["<html>", "[]", "3", ""])("for being a JSON object: %j is none", async (body) => {
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-type": INDEX }).end(body);
    });
    await expect(openRegistry(`${hostOf(server)}/acme/app`, noLogin).getManifest("v1")).rejects.toThrow(/JSON/);
    server.close();
  });
});

describe("a blob behind a redirect", () => {
  it("is fetched there, without the login", async () => {
    const bytes = Buffer.from("{}");
    const seen: (string | undefined)[] = [];
    const store = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end(bytes);
    });
    const server = await serve((request, response) => {
      if (request.headers.authorization === undefined) {
        response.writeHead(401, { "www-authenticate": 'Basic realm="r"' }).end();
      } else response.writeHead(307, { location: `http://${hostOf(store)}/blob` }).end();
    });
    const registry = openRegistry(`${hostOf(server)}/acme/app`, {
      ...noLogin,
      credentials: async () => ({ kind: "password", username: "u", password: "p" }),
    });
    expect(Buffer.from((await registry.getBlob(digestOf(bytes), 100)) ?? [])).toEqual(bytes);
    expect(seen).toEqual([undefined]);
    for (const each of [store, server]) each.close();
  });

  it.each([
    ["http://example.com/blob", /only https is followed/],
    ["file:///etc/passwd", /only https is followed/],
  ])("is not fetched from %s", async (location, sentence) => {
    const server = await serve((_, response) => {
      response.writeHead(302, { location }).end();
    });
    const registry = openRegistry(`${hostOf(server)}/acme/app`, noLogin);
    await expect(registry.getBlob(digestOf(new Uint8Array()), 100)).rejects.toThrow(sentence);
    server.close();
  });

  it("is not fetched in circles", async () => {
    const server = await serve((request, response) => {
      response.writeHead(302, { location: request.url ?? "" }).end();
    });
    const registry = openRegistry(`${hostOf(server)}/acme/app`, noLogin);
    await expect(registry.getBlob(digestOf(new Uint8Array()), 100)).rejects.toThrow(/without end/);
    server.close();
  });
});

const noLogin: RegistryOptions = { credentials: async () => undefined, attempts: 1, delay: 0 };

function serve(answer: Parameters<typeof createServer>[1]): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer(answer as never).listen(0, "127.0.0.1", () => resolve(server));
  });
}

function hostOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
