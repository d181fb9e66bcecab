import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConnectProxy, startConnectProxy } from "../../doubles/connect-proxy.ts";
import { push, sha } from "../../doubles/events.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { type HostileRegistry, startHostileRegistry } from "../../doubles/hostile-registry.ts";
import { type BundleRun, runBundle } from "../../tools/run-bundle.ts";

let proxy: ConnectProxy;
let github: GitHubDouble;
let hostile: HostileRegistry;

/** A registry that gives one image to everybody. */
function giveImage(request: IncomingMessage, response: ServerResponse): void {
  const config = JSON.stringify({ os: "linux", architecture: "amd64", config: {} });
  const descriptor = { mediaType: "application/vnd.oci.image.config.v1+json", digest: digestOf(config), size: 60 };
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, config: descriptor, layers: [] });
  const body = request.url?.includes("/blobs/") ? config : manifest;
  const headers = { "content-type": mediaType, "content-length": body.length };
  response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : body);
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

beforeAll(async () => {
  [proxy, github, hostile] = await Promise.all([startConnectProxy(), startGitHubDouble(), startHostileRegistry()]);
  await proxy.serve("registry.corp.test", giveImage);
  await proxy.serve("hostile.corp.test", hostile.answer);
  await proxy.serve("api.corp.test", Number(new URL(github.url).port));
});
afterAll(() => Promise.all([proxy.stop(), github.stop(), hostile.stop()]));

/** What the proxy was asked by those that logged in so. */
function askedBy(login: string): ReadonlySet<string> {
  return new Set(proxy.asked.filter((one) => one.login === login).map(({ line }) => line));
}

const noProxies = {
  http_proxy: "",
  HTTP_PROXY: "",
  HTTPS_PROXY: "",
  https_proxy: "",
  all_proxy: "",
  ALL_PROXY: "",
  NO_PROXY: "",
  no_proxy: "",
};

function verify(image: string, env: Readonly<Record<string, string>>): Promise<BundleRun> {
  return runBundle("verify-image", {
    inputs: { image, tags: "v1", platforms: "linux/amd64", "fail-on-problems": "true", token: github.token() },
    env: {
      ...{ DOCKER_CONFIG: "/nonexistent", GITHUB_REPOSITORY: "acme/app", GITHUB_API_URL: github.url },
      ...{ NODE_EXTRA_CA_CERTS: proxy.authority, ...noProxies, ...env },
    },
  });
}

describe.concurrent("a registry that only the proxy reaches", () => {
  it.each([
    ["HTTPS_PROXY", "", ""],
    ["https_proxy", "user:p%40ss@", "user:p@ss"],
    ["ALL_PROXY", "reader@", "reader:"],
  ])("is read through %s, without a scheme, with the login %j", async (variable, login, sent) => {
    const run = await verify("registry.corp.test/acme/app", { [variable]: `${login}${proxy.host}` });
    expect(run.errors).toEqual([]);
    expect(run.exitCode).toBe(0);
    expect(askedBy(sent)).toEqual(new Set(["CONNECT registry.corp.test:443"]));
  });

  it("is not asked through it where NO_PROXY names what is above it", async () => {
    const env = { HTTPS_PROXY: `http://excepted@${proxy.host}`, NO_PROXY: "corp.test" };
    const run = await verify("registry.corp.test/acme/app", env);
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(/registry\.corp\.test could not be reached/u)]);
    expect(askedBy("excepted:").size).toBe(0);
  });

  it("and so is GitHub's API", async () => {
    const { addCommit, setBranch } = github.repository("acme/app");
    setBranch("main", addCommit({ sha }));
    const event = push("refs/heads/main");
    const run = await runBundle("plan-image", {
      event: event.payload,
      inputs: { image: "ghcr.io/acme/app", token: github.token() },
      env: {
        ...{ GITHUB_REPOSITORY: "acme/app", GITHUB_EVENT_NAME: event.eventName, GITHUB_REF: event.ref },
        ...{ GITHUB_SHA: event.sha, GITHUB_API_URL: "https://api.corp.test", ...noProxies },
        ...{ HTTPS_PROXY: `api@${proxy.host}`, NODE_EXTRA_CA_CERTS: proxy.authority },
      },
    });
    expect(run.errors).toEqual([]);
    expect(run.outputs.kind).toBe("default-branch");
    expect(askedBy("api:")).toEqual(new Set(["CONNECT api.corp.test:443"]));
  });

  it("but never this machine", async () => {
    const by = `here@${proxy.host}`;
    const run = await verify(`${hostile.host}/acme/endless-error`, { ALL_PROXY: by, http_proxy: by });
    expect(run.errors).toEqual([expect.stringContaining("(403")]);
    expect(askedBy("here:").size).toBe(0);
  });
});

it("a proxy that cannot be used is told by its variable, without its password", async () => {
  const run = await verify("registry.corp.test/acme/app", { HTTPS_PROXY: "socks5://user:secret@proxy:1080" });
  expect(run.errors).toEqual([expect.stringContaining("the variable HTTPS_PROXY is not like http://host:port")]);
  expect(run.stdout + run.stderr).not.toContain("secret");
});

describe.concurrent("a proxy that means harm ends in one sentence", () => {
  it.each([
    ["refuse", "its proxy answers 407"],
    ["endless-header", "HPE_HEADER_OVERFLOW"],
    ["silent", "The proxy gave no answer within 10 s"],
    ["drip", "The proxy gave no answer within 10 s"],
  ] as const)("%s", { timeout: 60_000 }, async (manner, told) => {
    const run = await verify("registry.corp.test/acme/app", { HTTPS_PROXY: `${manner}@${proxy.host}` });
    expect({ code: run.exitCode, errors: run.errors }).toEqual({ code: 1, errors: [expect.stringContaining(told)] });
  });
});

describe.concurrent("another machine's registry does not lead to this one", () => {
  it.each([
    ["realm-on-this-machine", "names the token service"],
    ["redirect-to-this-machine", "sends us to https://[::ffff:7f00:1]"],
  ])("%s", async (behaviour, told) => {
    const run = await verify(`hostile.corp.test/acme/${behaviour}`, { HTTPS_PROXY: `${behaviour}@${proxy.host}` });
    expect({ code: run.exitCode, errors: run.errors }).toEqual({ code: 1, errors: [expect.stringContaining(told)] });
    expect(askedBy(`${behaviour}:`)).toEqual(new Set(["CONNECT hostile.corp.test:443"]));
  });
});
