import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HealthReport } from "../../scripts/lib/health-report.ts";
import { ghcrFaults } from "../doubles/ghcr-faults.ts";
import { type GitHubDouble, startGitHubDouble } from "../doubles/github-double.ts";
import { push, sha } from "../tagging/events.ts";
import { makeBarePath } from "./bare-path.ts";
import { storeImage } from "./find-image-run.ts";
import { amd64, arm64 } from "./publish-index-run.ts";
import { type BundleOptions, runBundle } from "./run-bundle.ts";

let github: GitHubDouble;
let count = 0;
const on = push("refs/heads/main");

beforeAll(async () => {
  github = await startGitHubDouble({ checkSchemas: true });
});
afterAll(() => github.stop());

function freshPath(): string {
  count += 1;
  return `acme/verify-${count}`;
}

async function verify(path: string, inputs: BundleOptions["inputs"] = {}, env: BundleOptions["env"] = {}) {
  let report: HealthReport | undefined;
  const run = await runBundle("verify-image", {
    event: on.payload,
    inputs: { image: `${github.host}/${path}`, token: github.token({ packages: "read" }), ...inputs },
    env: {
      ...{ DOCKER_CONFIG: "/nonexistent", GITHUB_REPOSITORY: "Acme/App", GITHUB_SERVER_URL: "https://github.com" },
      ...{ GITHUB_EVENT_NAME: on.eventName, GITHUB_REF: on.ref, GITHUB_SHA: on.sha, SOURCE_DATE_EPOCH: "1719585022" },
      ...env,
    },
    inspect: (folder) => {
      const text = readFileSync(join(folder, "temp", "verify-report.json"), "utf8");
      report = JSON.parse(text) as HealthReport;
    },
  });
  return { ...run, report: report as HealthReport };
}

describe("published images that are well", () => {
  it("are found by the tags that move, and told", async () => {
    const path = freshPath();
    const { digest } = await storeImage(github, path, { tags: ["latest", "main", "1", "1.2"], revision: sha });
    await storeImage(github, path, { tags: ["pr-1-abc1234", "1.2.3"], revision: sha, platforms: [amd64] });
    const run = await verify(path);
    expect(run.errors).toEqual([]);
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ healthy: "true", problems: "0", checked: "4" });
    expect(run.report.images[0]?.tags.map(({ tag }) => tag)).toEqual(["1", "1.2", "latest", "main"]);
    expect(run.report.images[0]?.tags[0]).toMatchObject({ digest, revision: sha });
    expect(Object.keys(run.report.images[0]?.tags[0]?.manifests ?? {})).toEqual([amd64, arm64]);
    expect(run.report.run).toBe("https://github.com/Acme/App/actions/runs/4711");
    expect(run.summary).toContain("Published images are well");
  });

  it("may be named, and be several", async () => {
    const [one, other] = [freshPath(), freshPath()];
    await storeImage(github, one, { tags: ["stable"], revision: sha });
    await storeImage(github, other, { tags: ["stable"], revision: sha });
    const image = `${github.host}/${one}\n${github.host}/${other}`;
    const run = await verify(one, { image, tags: "stable" });
    expect(run.outputs).toMatchObject({ healthy: "true", checked: "2" });
  });
});

type Breaking = (path: string) => Promise<unknown> | unknown;
const broken: readonly (readonly [string, Breaking, Readonly<Record<string, string>>, string, string])[] = [
  [
    "lost a platform's manifest",
    async (path) => {
      const { manifests } = await storeImage(github, path, { tags: ["latest"], revision: sha });
      github.registry.removeVersion(path, manifests.get(arm64) ?? "");
    },
    {},
    "missing-part",
    "(linux/arm64), which the registry has not",
  ],
  [
    "has one platform only",
    (path) => storeImage(github, path, { tags: ["latest"], revision: sha, platforms: [amd64] }),
    {},
    "missing-platform",
    "no linux/arm64, only linux/amd64",
  ],
  [
    "is too old",
    (path) =>
      github.registry.seedImages(path, 1, () => ({
        tags: ["latest"],
        annotations: {
          "org.opencontainers.image.revision": sha,
          "org.opencontainers.image.created": "2024-05-01T00:00:00Z",
        },
      })),
    { "max-age": "30d" },
    "too-old",
    "58 days old; 30 days are allowed",
  ],
  [
    "does not say its age",
    (path) => storeImage(github, path, { tags: ["latest"], revision: sha }),
    { "max-age": "2w" },
    "not-checked",
    "does not say how old",
  ],
  [
    "does not resolve",
    (path) => storeImage(github, path, { tags: ["latest"], revision: sha }),
    { tags: "stable" },
    "not-resolving",
    "The tag names nothing",
  ],
  [
    "has no moving tag",
    (path) => storeImage(github, path, { tags: ["1.2.3"], revision: sha }),
    {},
    "not-resolving",
    "No moving tag is published here",
  ],
  ["does not exist", () => undefined, {}, "not-resolving", "No moving tag is published here"],
  [
    "may not be read",
    (path) => storeImage(github, path, { tags: ["latest"], revision: sha }),
    { token: "" },
    "not-readable",
    "does not let this login read",
  ],
  [
    "is no image",
    async (path) => {
      await storeImage(github, path, { tags: ["latest"], revision: sha });
      github.inject({ match: { path: `${path}/manifests` }, action: { type: "answer", status: 200, body: {} } });
    },
    {},
    "not-readable",
    "neither an image index nor an image manifest",
  ],
];

describe("a published image that", () => {
  it.each(broken)(
    "%s is a problem, and the step fails after its report",
    async (_what, breaks, inputs, kind, words) => {
      const path = freshPath();
      await breaks(path);
      const run = await verify(path, inputs);
      const problems = run.report.images.flatMap((image) => [
        ...image.problems,
        ...image.tags.flatMap((tag) => tag.problems),
      ]);
      expect(problems.map((problem) => problem.kind)).toEqual([kind]);
      expect(problems[0]?.detail).toContain(words);
      expect(run.exitCode).toBe(1);
      expect(run.errors).toHaveLength(1);
      expect(run.errors[0]).toContain(words.replace(/\.$/u, ""));
      expect(run.outputs).toMatchObject({ healthy: "false", problems: "1" });
      expect(run.summary).toContain("Published images have 1 problem");
    },
  );

  it("is broken may be left to who reads the outputs", async () => {
    const run = await verify(freshPath(), { "fail-on-problems": "false" });
    expect(run.exitCode).toBe(0);
    expect(run.errors).toEqual([]);
    expect(run.warnings).toHaveLength(1);
    expect(run.outputs.healthy).toBe("false");
  });
});

describe("a registry on a bad day", () => {
  it("names no tag that could do harm", async () => {
    const path = freshPath();
    await storeImage(github, path, { tags: ["latest"], revision: sha });
    const tags = ["latest", "latest\n::error::owned", "1.2<img>", "../1", "@octocat"];
    const action = { type: "answer", status: 200, body: { name: path, tags } } as const;
    github.inject({ match: { kind: "tags-list", path }, action });
    const run = await verify(path);
    expect(run.report.images[0]?.tags.map(({ tag }) => tag)).toEqual(["latest"]);
  });

  it("is not believed in what it says", async () => {
    const path = freshPath();
    await storeImage(github, path, { tags: ["latest"], revision: sha });
    const message = "no\n::error::owned <img src=x> @octocat | [x](https://evil.example)";
    const body = { errors: [{ code: "DENIED", message }] };
    github.inject({ match: { path: `${path}/manifests` }, action: { type: "answer", status: 403, body } });
    const run = await verify(path);
    expect(run.outputs.problems).toBe("1");
    expect(run.commands.filter((line) => /^\s*::error::owned/u.test(line))).toEqual([]);
    expect(run.summary).not.toMatch(/<img|@octocat|\]\(https/u);
  });

  it("is asked again", async () => {
    const path = freshPath();
    await storeImage(github, path, { tags: ["latest"], revision: sha });
    const fault = github.inject({ match: { kind: "manifest-read", path }, action: ghcrFaults.tooManyRequests });
    const run = await verify(path);
    fault.remove();
    expect(run.outputs.healthy).toBe("true");
    expect(run.warnings).toHaveLength(1);
  });
});

describe("signatures and attestations", () => {
  const key = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----";
  it.each([
    [{ signature: "key", "cosign-public-key": key }, "there is no cosign on this runner"],
    [{ signature: "keyless" }, "there is no cosign on this runner"],
    [{ attestation: "true" }, "there is no gh on this runner"],
  ])("that cannot be checked are a problem, never silence: %j", async (inputs, words) => {
    const path = freshPath();
    await storeImage(github, path, { tags: ["latest", "main"], revision: sha });
    const bare = makeBarePath();
    const run = await verify(path, inputs, { PATH: bare.path });
    bare.remove();
    expect(run.exitCode).toBe(1);
    expect(run.outputs.problems).toBe("2");
    expect(run.report.images[0]?.tags[0]?.problems[0]).toMatchObject({ kind: "not-checked" });
    expect(run.errors.join()).toContain(words);
  });
});

describe("what cosign and gh are asked", () => {
  const signer = "acme/ci/.github/workflows/sign.yml";
  it.each([
    [
      { signature: "keyless", workflow: signer },
      "cosign",
      `verify --certificate-identity-regexp ^https://github\\.com/acme/ci/\\.github/workflows/sign\\.yml@ --certificate-oidc-issuer https://token.actions.githubusercontent.com --certificate-github-workflow-repository Acme/App `,
    ],
    [
      { signature: "keyless", repository: "acme/builds" },
      "cosign",
      `--certificate-github-workflow-repository acme/builds `,
    ],
    [{ attestation: "true", workflow: signer }, "gh", ` --repo Acme/App --signer-workflow ${signer}`],
    [{ attestation: "true", repository: "acme/builds" }, "gh", ` --repo acme/builds --signer-workflow longshore-ci/`],
  ])("is by the identity that signs: %j", async (inputs, program, words) => {
    const path = freshPath();
    const { digest } = await storeImage(github, path, { tags: ["latest", "main"], revision: sha });
    const bare = makeBarePath();
    const log = join(bare.path, "log");
    const script = `#!${join(bare.path, "bash")}\necho "$@" >> ${log}\n`;
    writeFileSync(join(bare.path, program), script, { mode: 0o755 });
    const run = await verify(path, inputs, { PATH: bare.path });
    const asked = readFileSync(log, "utf8").trim().split("\n");
    bare.remove();
    expect(run.errors).toEqual([]);
    // Once for the digest that both tags name.
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain(words);
    expect(asked[0]).toContain(`${github.host}/${path}@${digest}`);
  });
});

describe("bad inputs are told in one sentence", () => {
  it.each([
    [{ tags: "latest, no tag!" }, 'Input `tags` holds "no tag!"'],
    [{ "max-age": "a month" }, 'Input `max-age` is "a month"'],
    [{ repository: "acme" }, 'Input `repository` is "acme": it must be `owner/name`'],
    [{ signature: "key" }, "Input `cosign-public-key` is no public key"],
    [{ signature: "maybe" }, "Input `signature`"],
    [{ workflow: "evil --help" }, "Input `workflow`"],
    [{ platforms: "windows/amd64" }, "windows/amd64"],
  ])("%j", async (inputs, words) => {
    const run = await runBundle("verify-image", {
      event: on.payload,
      inputs,
      env: { GITHUB_REPOSITORY: "Acme/App", GITHUB_EVENT_NAME: "push", GITHUB_REF: on.ref },
    });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toContain(words);
  });
});
