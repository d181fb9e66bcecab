import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runBundle } from "../../tools/run-bundle.ts";

/** A registry that takes one login: by a token service, or by itself. Says what it was shown. */
function startRegistry(kind: "bearer" | "basic", password: string) {
  const shown: string[] = [];
  const good = `Basic ${Buffer.from(`robot:${password}`).toString("base64")}`;
  const server = createServer((request, response) => {
    const { authorization = "" } = request.headers;
    if (authorization !== "") shown.push(authorization);
    const url = new URL(request.url ?? "/", "http://x");
    const host = request.headers.host ?? "";
    if (url.pathname === "/token") {
      response.writeHead(authorization === good ? 200 : 401, { "content-type": "application/json" });
      response.end(
        authorization === good
          ? '{"token":"t"}'
          : '{"errors":[{"code":"UNAUTHORIZED","message":"incorrect username or password"}]}',
      );
      return;
    }
    const challenge = kind === "basic" ? 'Basic realm="x"' : `Bearer realm="http://${host}/token",service="x"`;
    const isIn = authorization === good || authorization === "Bearer t";
    response.writeHead(isIn ? 200 : 401, { "www-authenticate": challenge, "content-type": "application/json" });
    response.end("{}");
  });
  return new Promise<{ host: string; shown: readonly string[]; stop: () => void }>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      resolve({ host: `127.0.0.1:${port}`, shown, stop: () => server.close() });
    });
  });
}

let bearer: Awaited<ReturnType<typeof startRegistry>>;
let basic: Awaited<ReturnType<typeof startRegistry>>;
beforeAll(async () => {
  bearer = await startRegistry("bearer", "0123.50");
  basic = await startRegistry("basic", "p#ss: word");
});
afterAll(() => {
  bearer.stop();
  basic.stop();
});

/** Runs the step, its post step too, around a Docker configuration of one's own. */
async function logIn(
  auth: string,
  options: { readonly inputs?: Record<string, string>; readonly config?: unknown } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "longshore-login-"));
  const path = join(folder, "config.json");
  try {
    mkdirSync(folder, { recursive: true });
    if (options.config !== undefined) writeFileSync(path, JSON.stringify(options.config));
    const inputs = { "registry-auth": auth, token: "run-token", actor: "somebody", ...options.inputs };
    let state = "";
    const run = await runBundle("log-in", {
      inputs,
      env: { DOCKER_CONFIG: folder },
      inspect: (place) => {
        state = readFileSync(join(place, "state"), "utf8");
      },
    });
    const read = () => JSON.parse(readFileSync(path, "utf8"));
    const config = run.exitCode === 0 ? read() : undefined;
    const mode = run.exitCode === 0 ? statSync(path).mode & 0o777 : undefined;
    const earlier = /^earlier<<(\S+)\n([\s\S]*)\n\1$/m.exec(state)?.[2];
    const post =
      earlier === undefined
        ? undefined
        : await runBundle("log-in", { inputs, env: { DOCKER_CONFIG: folder, STATE_earlier: earlier } });
    return { run, config, mode, post, after: post === undefined ? undefined : read() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const basicAuth = (text: string) => ({ auth: Buffer.from(text).toString("base64") });

describe("the step log-in", () => {
  test("needs no secret for GHCR and for an image's registry on this machine, and asks nobody", async () => {
    const { run, config, mode, post, after } = await logIn("", {
      inputs: { images: `ghcr.io/acme/app\n${bearer.host}/acme/app@sha256:0\ndocker.io/acme/app` },
    });
    expect(run.errors).toEqual([]);
    expect(config).toEqual({
      auths: { "ghcr.io": basicAuth("somebody:run-token"), [bearer.host]: basicAuth("somebody:run-token") },
    });
    expect(mode).toBe(0o600);
    expect(post?.exitCode).toBe(0);
    expect(after).toEqual({ auths: {} });
    expect(bearer.shown).toEqual([]);
  });

  test.each([
    [
      "YAML",
      () =>
        `- registry: ${bearer.host}\n  username: robot\n  password: 0123.50\n- { registry: "${basic.host}", username: robot, password: "p#ss: word" }`,
    ],
    [
      "JSON",
      () =>
        JSON.stringify([
          { registry: bearer.host, username: "robot", password: "0123.50" },
          { registry: basic.host, username: "robot", password: "p#ss: word" },
        ]),
    ],
  ])("takes the list as %s, text as it is spelled, and is taken by both kinds of registries", async (_, auth) => {
    const { run, config } = await logIn(auth());
    expect(run.errors).toEqual([]);
    expect(config.auths[bearer.host]).toEqual(basicAuth("robot:0123.50"));
    expect(config.auths[basic.host]).toEqual(basicAuth("robot:p#ss: word"));
    expect(run.masks).toEqual(expect.arrayContaining(["0123.50", "p#ss: word"]));
    expect(run.outputs.registries).toBe(`ghcr.io\n${bearer.host}\n${basic.host}`);
  });

  test("a registry that refuses is one sentence, and nothing is written", async () => {
    const { run, config } = await logIn(
      JSON.stringify([{ registry: bearer.host, username: "robot", password: "wrong-one" }]),
    );
    expect(run.exitCode).toBe(1);
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toContain(bearer.host);
    expect(run.stdout.replace(/::add-mask::.*/g, "")).not.toContain("wrong-one");
    expect(config).toBeUndefined();
  });

  test("an optional one is a warning, and the others are logged in to", async () => {
    const auth = JSON.stringify([
      { registry: bearer.host, username: "robot", password: "wrong-one", optional: true },
      { registry: basic.host, username: "robot", password: "p#ss: word" },
    ]);
    const { run, config } = await logIn(auth);
    expect(run.exitCode).toBe(0);
    expect(run.warnings.join("\n")).toContain("The registry is optional");
    expect(Object.keys(config.auths)).toEqual(["ghcr.io", basic.host]);
  });

  test("what the machine has itself comes back, and its credential store is not asked meanwhile", async () => {
    const own = {
      credsStore: "desktop",
      auths: { "ghcr.io": basicAuth("me:mine"), "quay.io": basicAuth("a:b") },
      credHelpers: { "ghcr.io": "gh" },
      proxies: {},
    };
    const { run, config, after } = await logIn("", { config: own });
    expect(run.errors).toEqual([]);
    expect(config).toMatchObject({
      credsStore: "desktop",
      credHelpers: { "ghcr.io": "" },
      auths: { "ghcr.io": basicAuth("somebody:run-token"), "quay.io": basicAuth("a:b") },
    });
    expect(after).toEqual(own);
  });

  test("a login of the secret for GHCR stands before the token", async () => {
    const host = bearer.host;
    const { config } = await logIn(JSON.stringify([{ registry: host, username: "robot", password: "0123.50" }]), {
      inputs: { images: `${host}/a/b` },
    });
    expect(config.auths[host]).toEqual(basicAuth("robot:0123.50"));
  });

  test("without a password, as in a fork's run, goes on with a warning", async () => {
    const { run, config } = await logIn('[{"registry": "docker.io", "username": "acme", "password": ""}]');
    expect(run.exitCode).toBe(0);
    expect(run.warnings.join()).toContain("registry-auth has no password for docker.io");
    expect(Object.keys(config.auths)).toEqual(["ghcr.io"]);
  });

  test.each<[string, string, string]>([
    ["a line that GitHub would mask everywhere", '[\n  {"registry": "ghcr.io"}\n]', "Write it as one line of JSON"],
    ["no list", "registry: ghcr.io", "registry-auth is no list"],
    ["no YAML", "- {registry: ghcr.io, password: @secret-thing}", "registry-auth:1:33 is not YAML"],
    [
      "an unknown key",
      "- {registry: ghcr.io, user: a, password: secret-thing}",
      "registry-auth[0] has a key that is none of registry, username, password, optional",
    ],
    ["no user", "- {registry: ghcr.io, password: secret-thing}", "registry-auth[0].username of ghcr.io is empty"],
    [
      "no registry",
      "- {registry: acme/app, username: abcd, password: secret-thing}",
      'registry-auth[0].registry is "acme/app"',
    ],
    [
      "a registry twice",
      "- {registry: docker.io, username: abcd, password: secret-thing}\n- {registry: index.docker.io, username: abcd, password: secret-thing}",
      "names docker.io twice",
    ],
  ])("refuses %s by name, and tells no value of it", async (_, auth, said) => {
    const { run } = await logIn(auth);
    expect(run.exitCode).toBe(1);
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toContain(said);
    expect(run.errors[0]).not.toContain("secret-thing");
  });
});
