import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readDockerCredentials } from "../../scripts/lib/registry/docker-credentials.ts";

const folder = mkdtempSync(join(tmpdir(), "longshore-docker-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const base64 = (text: string) => Buffer.from(text).toString("base64");

function lookUp(config: unknown, key: string) {
  writeFileSync(join(folder, "config.json"), typeof config === "string" ? config : JSON.stringify(config));
  return readDockerCredentials({ ...process.env, DOCKER_CONFIG: folder, PATH: `${folder}:${process.env.PATH}` })(key);
}

/** A helper that answers only when it is asked as Docker asks: `get`, and the key on stdin. */
function addHelper(name: string, script: string): void {
  const path = join(folder, `docker-credential-${name}`);
  writeFileSync(path, `#!/bin/sh\n[ "$*" = get ] || exit 9\nkey=$(cat)\n${script}\n`);
  chmodSync(path, 0o755);
}

describe("logins are read from Docker's config", () => {
  const password = (username: string, secret: string) => ({ kind: "password", username, password: secret });
  it.each<[string, unknown, string, unknown]>([
    ["user and password", { auths: { "ghcr.io": { auth: base64("me:secret") } } }, "ghcr.io", password("me", "secret")],
    [
      "a password with colons and any characters",
      { auths: { "ghcr.io": { auth: base64("me:a:b ü=") } } },
      "ghcr.io",
      password("me", "a:b ü="),
    ],
    [
      "Docker Hub",
      { auths: { "https://index.docker.io/v1/": { auth: base64("me:s") } } },
      "https://index.docker.io/v1/",
      password("me", "s"),
    ],
    [
      "a key with scheme and path",
      { auths: { "https://ghcr.io/v2/": { auth: base64("me:s") } } },
      "ghcr.io",
      password("me", "s"),
    ],
    ["the port counts", { auths: { "localhost:5000": { auth: base64("me:s") } } }, "localhost:5001", undefined],
    [
      "an identity token",
      { auths: { "a.azurecr.io": { auth: base64("0:"), identitytoken: "long" } } },
      "a.azurecr.io",
      { kind: "identity-token", token: "long" },
    ],
    ["plain fields", { auths: { "ghcr.io": { username: "me", password: "s" } } }, "ghcr.io", password("me", "s")],
    ["another registry's are not given", { auths: { "ghcr.io": { auth: base64("me:s") } } }, "docker.io", undefined],
    ["an entry without a login", { auths: { "ghcr.io": {} } }, "ghcr.io", undefined],
    ["an empty config", {}, "ghcr.io", undefined],
  ])("%s", async (_, config, key, expected) => {
    expect(await lookUp(config, key)).toEqual(expected);
  });

  it("no config at all is no login", async () => {
    expect(await readDockerCredentials({ DOCKER_CONFIG: join(folder, "nothing") })("ghcr.io")).toBeUndefined();
  });

  it.each(["{", "[]x", "3", "null"])("a broken config is refused without quoting it: %s", async (text) => {
    await expect(lookUp(text, "ghcr.io")).rejects.toThrow(/config\.json" is not a JSON object/);
  });
});

describe("logins are read from credential helpers", () => {
  addHelper("one", 'printf \'{"ServerURL":"%s","Username":"me","Secret":"of %s"}\' "$key" "$key"');
  addHelper("two", 'printf \'{"Username":"<token>","Secret":"long"}\'');
  addHelper("empty", 'echo "credentials not found in native keychain"; exit 1');
  addHelper("broken", 'echo "secret text" >&2; exit 3');
  addHelper("mute", "echo hello");

  it("of one registry, before the store of all", async () => {
    const config = { credHelpers: { "ghcr.io": "one" }, credsStore: "two" };
    expect(await lookUp(config, "ghcr.io")).toEqual({ kind: "password", username: "me", password: "of ghcr.io" });
    expect(await lookUp(config, "quay.io")).toEqual({ kind: "identity-token", token: "long" });
  });

  it("and from auths where the helper has none", async () => {
    const config = { credsStore: "empty", auths: { "ghcr.io": { auth: base64("me:s") } } };
    expect(await lookUp(config, "ghcr.io")).toMatchObject({ username: "me" });
    expect(await lookUp(config, "quay.io")).toBeUndefined();
  });

  it.each([
    ["broken", /docker-credential-broken gave no login for ghcr\.io \(exit code 3\)/],
    ["missing", /docker-credential-missing gave no login/],
    ["mute", /docker-credential-mute did not answer/],
    ["a b; touch x", /no program name/],
  ])("one that fails is told by name, without what it said: %s", async (credsStore, sentence) => {
    const failure = lookUp({ credsStore }, "ghcr.io");
    await expect(failure).rejects.toThrow(sentence);
    await expect(failure).rejects.not.toThrow(/secret text|hello/);
  });
});
