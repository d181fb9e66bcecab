import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { logIn } from "../../tools/benchmarks/build-platform-run.ts";
import { type BundleRun, runBundle } from "../../tools/run-bundle.ts";
import { storeImage } from "./find-image-run.ts";
import { type FakeCosign, makeFakeCosign } from "./sign-image-run.ts";

const digest = `sha256:${"a".repeat(64)}`;
const image = `ghcr.io/acme/app@${digest}`;
const run = { GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/heads/main" };
const oidc = { ACTIONS_ID_TOKEN_REQUEST_URL: "http://localhost:1/token", GITHUB_REPOSITORY: "acme/app" };

const keyed = { "cosign-key": "a key" };

describe.each([
  ["no image", { image: "" }, oidc, "Input `image` is missing: give it a value."],
  [
    "a tag",
    { image: "ghcr.io/acme/app:latest" },
    oidc,
    'Input `image` holds "ghcr.io/acme/app:latest", which names no digest: write `repository@sha256:…`; a tag may move between signing and use.',
  ],
  ["a digest that is none", { image: "ghcr.io/acme/app", digest: "sha256:abc" }, oidc, /^Input `digest` .*sha256:abc/],
  [
    "a keyless signature without an OIDC token",
    { image },
    {},
    "A keyless signature needs an OIDC token: grant the job `id-token: write`, or give a `cosign-key`.",
  ],
  [
    "a keyless signature without a log",
    { image, "transparency-log": "false" },
    oidc,
    "Input `transparency-log` is false without a `cosign-key`: a keyless signature cannot be verified without the log.",
  ],
  [
    "a password without a key",
    { image, "cosign-password": "x" },
    oidc,
    "Input `cosign-key` is missing: a password or public key is given, but no private key.",
  ],
  [
    "a public key that is none",
    { image, ...keyed, "cosign-public-key": "x" },
    {},
    "Input `cosign-public-key` is no public key: give the whole PEM text of cosign.pub.",
  ],
  [
    "a workflow that is none",
    { image, workflow: "sign-image.yml" },
    oidc,
    'Input `workflow` is "sign-image.yml": write `owner/repository/.github/workflows/file.yml`.',
  ],
  [
    "no cosign",
    { image, ...keyed },
    { PATH: "/usr/bin/none:/bin" },
    "cosign is not on the PATH: install it before this step, as sigstore/cosign-installer does.",
  ],
])("%s", (_, inputs, env, sentence) => {
  it("is told in one sentence, and nothing is asked of a registry", async () => {
    const ran = await runBundle("sign-image", { inputs, env: { ...run, ...env } });
    expect(ran.exitCode).toBe(1);
    expect(ran.errors).toEqual([typeof sentence === "string" ? sentence : expect.stringMatching(sentence)]);
    expect(ran.outputs).toEqual({});
  });
});

describe("a digest that verifies already", () => {
  let github: GitHubDouble;
  let login: Awaited<ReturnType<typeof logIn>>;
  let cosign: FakeCosign;
  beforeAll(async () => {
    [github, cosign] = await Promise.all([startGitHubDouble(), makeFakeCosign()]);
    login = await logIn({ [github.host]: github.token() });
  });
  afterAll(() => Promise.all([github.stop(), login.remove(), cosign.remove()]));

  let count = 0;
  async function store(): Promise<{ readonly reference: string; readonly digests: readonly string[] }> {
    count += 1;
    const path = `acme/signed-${count}`;
    const { digest: index, manifests } = await storeImage(github, path, { tags: ["1"], revision: "a".repeat(40) });
    return { reference: `${github.host}/${path}@${index}`, digests: [index, ...manifests.values()] };
  }

  function sign(
    reference: string,
    about: { readonly env?: object; readonly inputs?: object; readonly event?: unknown } = {},
  ) {
    return runBundle("sign-image", {
      ...(about.event === undefined ? {} : { event: about.event }),
      inputs: { image: reference, "retry-delay": "0s", wait: "5s", ...about.inputs },
      env: { ...run, ...oidc, ...login.env, ...about.env, PATH: `${cosign.folder}:${process.env.PATH}` },
    });
  }

  const alreadySigned = (run: BundleRun): readonly boolean[] =>
    (JSON.parse(run.outputs.result ?? "").signed as { alreadySigned: boolean }[]).map((one) => one.alreadySigned);

  it("is not signed again, and that is said", async () => {
    const { reference, digests } = await store();
    const first = await sign(reference);
    expect([first.errors, first.warnings]).toEqual([[], []]);
    expect(alreadySigned(first)).toEqual([false, false, false]);
    expect(first.stdout).toContain(`signed and verified  image  ${reference}`);
    expect(await cosign.takeCalls()).toEqual(
      digests.flatMap((one) => [`verify ${one}`, `sign ${one}`, `verify ${one}`]),
    );

    const again = await sign(reference);
    expect([again.errors, again.warnings]).toEqual([[], []]);
    expect(alreadySigned(again)).toEqual([true, true, true]);
    expect(again.stdout).toContain(`signed already, verified  image  ${reference}`);
    expect(again.summary).toContain("was there already");
    expect(again.outputs["verify-commands"]).toBe(first.outputs["verify-commands"]);
    expect(await cosign.takeCalls()).toEqual(digests.map((one) => `verify ${one}`));
  });

  it("is signed where the look itself fails, as a second signature harms less than none", async () => {
    const { reference, digests } = await store();
    await sign(reference);
    await cosign.takeCalls();
    await cosign.failNextVerify("GET https://ghcr.io/v2/: unexpected status code 503 Service Unavailable");
    const run = await sign(reference);
    expect([run.errors, run.warnings]).toEqual([[], []]);
    expect(alreadySigned(run)).toEqual([false, true, true]);
    expect((await cosign.takeCalls()).slice(0, 3)).toEqual(
      ["verify", "sign", "verify"].map((it) => `${it} ${digests[0]}`),
    );
  });

  const request = { GITHUB_EVENT_NAME: "pull_request", GITHUB_REF: "refs/pull/12/merge" };
  const queue = { GITHUB_EVENT_NAME: "merge_group", GITHUB_REF: "refs/heads/gh-readonly-queue/main/pr-12-abc" };

  describe.each([
    ["a pull request", request],
    ["a merge queue", queue],
  ])("of %s", (what, env) => {
    it("is not signed unless it is asked for, and that is said, in no warning", async () => {
      const { reference } = await store();
      const ran = await sign(reference, { env });
      expect([ran.exitCode, ran.errors, ran.warnings]).toEqual([0, [], []]);
      expect(ran.notices).toEqual([expect.stringContaining(`Nothing was signed: It is an image of ${what}`)]);
      expect(ran.outputs).toMatchObject({ signed: "", "verify-commands": "", digest: reference.split("@")[1] });
      expect(JSON.parse(ran.outputs.result ?? "")).toMatchObject({ mode: "none", why: expect.stringContaining(what) });
      expect(ran.summary).toContain("Image not signed");
      expect(await cosign.takeCalls()).toEqual([""]);
    });

    it("can be signed, with a certificate that tells it from a release", async () => {
      const { reference } = await store();
      const ran = await sign(reference, { env, inputs: { "pull-requests": "true" } });
      expect([ran.errors, ran.warnings]).toEqual([[], []]);
      const ref = `--certificate-github-workflow-ref ${env.GITHUB_REF} `;
      for (const command of ran.outputs["verify-commands"]?.split("\n") ?? []) {
        expect(command).toContain(`${ref}--certificate-github-workflow-trigger ${env.GITHUB_EVENT_NAME} `);
      }
      expect(ran.outputs.signed?.split("\n")).toHaveLength(3);
      await cosign.takeCalls();
    });
  });

  it.each([
    ["pull_request_target", {}],
    ["workflow_run", { workflow_run: { event: "pull_request" } }],
    ["workflow_run", {}],
  ])("by a run of %s on behalf of a pull request is never signed: %j", async (event, payload) => {
    const { reference } = await store();
    const env = { GITHUB_EVENT_NAME: event };
    const ran = await sign(reference, { env, event: payload, inputs: { "pull-requests": "true" } });
    expect([ran.exitCode, ran.errors, ran.outputs.signed]).toEqual([0, [], ""]);
    expect(ran.warnings).toEqual([expect.stringContaining("has the default branch's ref in its certificate")]);
    expect(await cosign.takeCalls()).toEqual([""]);
  });

  it("says in its verify commands of which ref and by which event it was made", async () => {
    const { reference } = await store();
    const ran = await sign(reference, { env: { GITHUB_EVENT_NAME: "release", GITHUB_REF: "refs/tags/v1.2.3" } });
    expect(ran.errors).toEqual([]);
    expect(ran.outputs["verify-commands"]?.split("\n")[0]).toContain(
      "--certificate-github-workflow-repository acme/app --certificate-github-workflow-ref refs/tags/v1.2.3 --certificate-github-workflow-trigger release ",
    );
    await cosign.takeCalls();
  });
});
