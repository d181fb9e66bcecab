import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { type BundleOptions, type BundleRun, runBundle } from "../../tools/run-bundle.ts";
import { amd64, annotationsOf, arm64, pushPlatform, putEarlierIndex } from "./publish-index-run.ts";

let github: GitHubDouble;
let count = 0;
beforeAll(async () => {
  github = await startGitHubDouble();
});
afterAll(() => github.stop());

const revision = "0123456789abcdef0123456789abcdef01234567";

function newPath(): string {
  count += 1;
  return `acme/waited${count}`;
}

/** A repository of its own with an index of both platforms, under these tags. */
async function pushImage(tags: readonly string[] = [], seed = "", path = newPath()) {
  const results = await Promise.all([
    pushPlatform(github, path, { platform: amd64, seed }),
    pushPlatform(github, path, { platform: arm64, seed }),
  ]);
  const digest = putEarlierIndex(github, path, results, annotationsOf(revision), tags);
  const repository = `${github.host}/${path}`;
  return {
    path,
    repository,
    digest,
    image: `${repository}@${digest}`,
    manifests: results.map(({ manifest }) => manifest),
  };
}

function wait({ inputs, env, ...options }: BundleOptions): Promise<BundleRun> {
  return runBundle("wait-for-image", {
    event: { repository: { default_branch: "main" } },
    ...options,
    env: { GITHUB_EVENT_NAME: "push", GITHUB_REPOSITORY: "acme/app", DOCKER_CONFIG: "/nonexistent", ...env },
    inputs: { token: github.token({ packages: "read" }), wait: "0s", ...inputs },
  });
}

const targetsOf = (run: BundleRun) => JSON.parse(run.outputs.targets ?? "null");

it("gives the manifest of each platform by digest, without the attestations", async () => {
  const { image, digest, repository, manifests, path } = await pushImage();
  const run = await wait({ inputs: { image } });
  const name = `${path.split("/")[1]}-${digest.slice(7, 19)}`;
  expect(run.outputs).toMatchObject({ digest, revision, name });
  expect(targetsOf(run)).toEqual([
    {
      platform: amd64,
      slug: "linux-amd64",
      digest: manifests[0],
      reference: `${repository}@${manifests[0]}`,
      name: `${name}-linux-amd64`,
      category: `${repository}/linux-amd64`,
      baseline: "",
    },
    {
      platform: arm64,
      slug: "linux-arm64",
      digest: manifests[1],
      reference: `${repository}@${manifests[1]}`,
      name: `${name}-linux-arm64`,
      category: `${repository}/linux-arm64`,
      baseline: "",
    },
  ]);
});

it("gives only the asked platforms, in the order asked", async () => {
  const { image } = await pushImage();
  const run = await wait({ inputs: { image, platforms: "linux/arm64" } });
  expect(targetsOf(run).map(({ platform }: { platform: string }) => platform)).toEqual([arm64]);
});

it("takes an image of one platform that is no index, by its configuration", async () => {
  const path = "acme/single";
  const { digest } = await pushPlatform(github, path, { platform: "linux/arm/v7", attestation: false });
  const run = await wait({ inputs: { image: `${github.host}/${path}@${digest}` } });
  expect(targetsOf(run)).toMatchObject([{ platform: "linux/arm/v7", digest }]);
});

it("gives each variant of an image a category of its own, the same for every commit", async () => {
  const { image, repository } = await pushImage();
  const categories = async (suffix: string) =>
    targetsOf(await wait({ inputs: { image, suffix } })).map(({ category }: { category: string }) => category);
  expect(await categories("")).toEqual([`${repository}/linux-amd64`, `${repository}/linux-arm64`]);
  for (const suffix of ["-alpine", "alpine"]) {
    expect(await categories(suffix)).toEqual([`${repository}/linux-amd64/alpine`, `${repository}/linux-arm64/alpine`]);
  }
});

describe("a registry that lags", () => {
  it("is asked again until it serves the image", async () => {
    const { image, path, digest } = await pushImage();
    const fault = github.inject({
      match: { path: `/v2/${path}/manifests/${digest}` },
      times: 2,
      action: { type: "answer", status: 404 },
    });
    const run = await wait({ inputs: { image, wait: "30s" } });
    expect([run.exitCode, fault.struck]).toEqual([0, 2]);
    expect(run.stdout).toContain("does not serve the image itself yet");
  });

  it("is asked again until it serves every platform", async () => {
    const { image, path, manifests } = await pushImage();
    github.inject({
      match: { path: `/v2/${path}/manifests/${manifests[1]}` },
      times: 1,
      action: { type: "answer", status: 404 },
    });
    const run = await wait({ inputs: { image, wait: "30s" } });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain(`does not serve linux/arm64 (${manifests[1]}) yet`);
  });

  it("ends the step when the time is over", async () => {
    const { image, path } = await pushImage();
    const fault = github.inject({
      match: { path: new RegExp(`/v2/${path}/manifests/`) },
      times: 1000,
      action: { type: "answer", status: 404 },
    });
    const run = await wait({ inputs: { image, wait: "1s" } });
    fault.remove();
    expect(run.exitCode).toBe(1);
    expect(run.errors[0]).toContain("cannot be read whole after 1 s: the registry does not serve the image itself");
  });
});

describe("the image to compare with", () => {
  it("is the default branch's, platform by platform", async () => {
    const before = await pushImage(["main"], "before");
    const now = await pushImage([], "now", before.path);
    const run = await wait({ inputs: { image: now.image, baseline: "auto" } });
    expect(targetsOf(run).map(({ baseline }: { baseline: string }) => baseline)).toEqual(
      before.manifests.map((manifest) => `${before.repository}@${manifest}`),
    );
  });

  it.each(["-alpine", "alpine"])("is the default branch's of the same suffix, given as %s", async (suffix) => {
    const before = await pushImage(["main-alpine"], "alpine");
    await pushImage(["main"], "debian", before.path);
    const now = await pushImage([], "now", before.path);
    const run = await wait({ inputs: { image: now.image, baseline: "auto", suffix } });
    expect(targetsOf(run)[0].baseline).toBe(`${before.repository}@${before.manifests[0]}`);
  });

  it("can be named, by tag or digest, in another repository", async () => {
    const [before, now] = [await pushImage(["stable"], "before"), await pushImage([], "now")];
    for (const baseline of [`${before.repository}:stable`, before.image]) {
      const run = await wait({ inputs: { image: now.image, baseline } });
      expect(targetsOf(run)[0].baseline).toBe(`${before.repository}@${before.manifests[0]}`);
    }
  });

  it("may be missing, which is said", async () => {
    const { image } = await pushImage();
    const run = await wait({ inputs: { image, baseline: "auto" } });
    expect(targetsOf(run)[0].baseline).toBe("");
    expect(run.warnings[0]).toMatch(/^There is no .*:main to compare with/);
  });

  it.each([undefined, "new"])("is not the image itself, with same-baseline %s", async (same) => {
    const { image } = await pushImage(["main"]);
    const run = await wait({ inputs: { image, baseline: "auto", ...(same && { "same-baseline": same }) } });
    expect(targetsOf(run)[0].baseline).toBe("");
    expect(run.warnings[0]).toContain("is this very image");
  });

  it("is the image itself with same-baseline known, so that it brings nothing new", async () => {
    const { image, repository, manifests } = await pushImage(["main"]);
    const run = await wait({ inputs: { image, baseline: "auto", "same-baseline": "known" } });
    expect(targetsOf(run).map(({ baseline }: { baseline: string }) => baseline)).toEqual(
      manifests.map((manifest) => `${repository}@${manifest}`),
    );
    expect([run.notices, run.warnings]).toEqual([[], []]);
  });

  it("is the default branch's in a scheduled run too, whose event may not name it", async () => {
    const before = await pushImage(["trunk"], "before");
    await pushImage(["main"], "other", before.path);
    const now = await pushImage([], "now", before.path);
    const run = await wait({
      inputs: { image: now.image, baseline: "auto" },
      event: { schedule: "41 5 * * *" },
      env: { GITHUB_EVENT_NAME: "schedule", GITHUB_REF: "refs/heads/trunk" },
    });
    expect(targetsOf(run)[0]?.baseline).toBe(`${before.repository}@${before.manifests[0]}`);
  });
});

describe("bad input", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  it.each([
    [{ image: "" }, "Input `image` is empty"],
    [{ image: "ghcr.io/acme/app:latest" }, "give it by digest"],
    [{ image: "ghcr.io/acme/app@sha256:abc" }, "give it by digest"],
    [{ image: `ghcr.io/acme/App!@${digest}` }, "is not a legal repository name"],
    [{ image: `ghcr.io/acme/app@${digest}`, platforms: "linux/sparc" }, "no Linux platform known here"],
    [{ image: `ghcr.io/acme/app@${digest}`, wait: "soon" }, "Input `wait` is"],
    [{ image: `ghcr.io/acme/app@${digest}`, scanners: "trivy,clair" }, 'Input `scanners` names "clair"'],
    [{ image: `ghcr.io/acme/app@${digest}`, scanners: "trivy,trivy" }, "Input `scanners` names `trivy` twice"],
    [{ image: `ghcr.io/acme/app@${digest}`, wait: "3h" }, 'Input `wait` is "3h": at most `2h`'],
    [{ image: `ghcr.io/acme/app@${digest}`, "same-baseline": "same" }, 'Input `same-baseline` is "same"'],
    [{ image: `ghcr.io/acme/app@${digest}`, suffix: "no!" }, "Input suffix is"],
    [{ image: `ghcr.io/acme/app@${digest}`, mode: "warn" }, 'Input `mode` is "warn"'],
    [{ image: `ghcr.io/acme/app@${digest}`, "end-of-life": "fail" }, 'Input `end-of-life` is "fail"'],
    [{ image: `ghcr.io/acme/app@${digest}`, unrecognised: "fail" }, 'Input `unrecognised` is "fail"'],
    [{ image: `ghcr.io/acme/app@${digest}`, severities: "HIGH,BAD" }, 'Input severities names "BAD"'],
  ])("%j ends with one sentence", async (inputs, sentence) => {
    const run = await wait({ inputs });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toContain(sentence);
  });

  it("names a platform that the image has not", async () => {
    const { image } = await pushImage();
    const run = await wait({ inputs: { image, platforms: "linux/amd64,linux/s390x" } });
    expect(run.errors[0]).toContain("names linux/s390x, which");
  });

  it.each(["ghcr.io/acme/app", "ghcr.io/acme/app@sha256:1", "ghcr.io/acme/app:-"])(
    "the baseline %s",
    async (baseline) => {
      const { image } = await pushImage();
      const run = await wait({ inputs: { image, baseline } });
      expect(run.errors[0]).toContain("Input `baseline` is");
    },
  );

  it("auto needs an event that tells the default branch", async () => {
    const { image } = await pushImage();
    const run = await wait({ inputs: { image, baseline: "auto" }, event: {} });
    expect(run.errors[0]).toContain("does not tell the default branch");
  });
});
