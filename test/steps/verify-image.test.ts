import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { push, sha } from "../../doubles/events.ts";
import { ghcrFaults } from "../../doubles/ghcr-faults.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import type { HealthReport } from "../../scripts/lib/scans/health-report.ts";
import { type BundleOptions, runBundle } from "../../tools/run-bundle.ts";
import { makeBarePath } from "./bare-path.ts";
import { storeImage } from "./find-image-run.ts";
import { putSignature } from "./promote-image-run.ts";
import { amd64, arm64 } from "./publish-index-run.ts";

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
    inputs: {
      image: `${github.host}/${path}`,
      token: github.token({ packages: "read" }),
      "retry-delay": "0s",
      ...inputs,
    },
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
    "no-date",
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
  ])("that cannot be checked are no problem of the image, and never silence: %j", async (inputs, words) => {
    const path = freshPath();
    await storeImage(github, path, { tags: ["latest", "main"], revision: sha });
    const bare = makeBarePath();
    const run = await verify(path, inputs, { PATH: bare.path });
    bare.remove();
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ healthy: "false", problems: "0" });
    expect(Number(run.outputs["not-checked"])).toBeGreaterThan(1);
    expect(run.report.images[0]?.tags[0]?.problems[0]).toMatchObject({ kind: "not-checked" });
    expect(run.errors.join()).toContain(words);
    expect(run.warnings.join()).toContain(words);
  });
});

describe("a service that does not answer", () => {
  const unavailable = "GET https://ghcr.io/v2/: unexpected status code 503 Service Unavailable";
  const gone = "HTTP 502: Bad Gateway (https://api.github.com/repos/acme/app/attestations)";

  /** Each call of the program runs this script, with the number of the call in `$call` and what is verified in `$reference`. */
  async function verifyWith(program: string, script: string, inputs: Record<string, string>) {
    const path = freshPath();
    const { digest, manifests } = await storeImage(github, path, { tags: ["latest", "main"], revision: sha });
    const bare = makeBarePath();
    const log = join(bare.path, "log");
    const head = `#!${join(bare.path, "bash")}\nreference="\${@: -1}"; echo "$*" >> ${log}\nmapfile -t calls < ${log}; call=\${#calls[@]}\n`;
    writeFileSync(join(bare.path, program), `${head}${script}\n`, { mode: 0o755 });
    const run = await verify(path, { tags: "latest", ...inputs }, { PATH: bare.path });
    const calls = readFileSync(log, "utf8").trim().split("\n");
    bare.remove();
    return { run, calls, digest, manifests, path };
  }
  const fail = (sentence: string) => `{ echo "Error: ${sentence}" >&2; exit 1; }`;
  const key = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----";
  const byKey = { signature: "key", "cosign-public-key": key };

  it.each([
    ["cosign", byKey, unavailable, "503 Service Unavailable"],
    ["gh", { attestation: "true" }, gone, "HTTP 502"],
  ])("to %s is asked again, and then its check was not made", async (program, inputs, sentence, words) => {
    const { run, calls, digest } = await verifyWith(program, fail(sentence), inputs);
    expect(run.outputs).toMatchObject({ healthy: "false", problems: "0" });
    expect(run.report.images[0]?.tags[0]?.problems.map(({ kind }) => kind)).toContain("not-checked");
    expect(run.report.images[0]?.tags[0]?.problems.map(({ kind }) => kind)).not.toContain("signature");
    expect(calls.filter((call) => call.includes(digest))).toHaveLength(3);
    expect(run.warnings.join()).toContain("which says nothing about the image");
    expect(run.errors).toEqual([expect.stringContaining(words)]);
    expect(run.summary).toContain("could not all be checked");
  });

  it("for a moment is no problem", async () => {
    const { run, digest } = await verifyWith("cosign", `[ "$call" -le 3 ] && ${fail(unavailable)}; exit 0`, byKey);
    expect([run.errors, run.outputs.healthy]).toEqual([[], "true"]);
    expect(run.warnings.length).toBeGreaterThan(0);
    expect(run.report.images[0]?.tags[0]?.digest).toBe(digest);
  });

  it("for good is not waited for at each digest anew", async () => {
    const path = freshPath();
    for (let one = 1; one <= 6; one += 1) {
      await storeImage(github, path, { tags: [`1.${one}`], revision: sha.replace(/^./u, `${one}`) });
    }
    const bare = makeBarePath();
    const log = join(bare.path, "log");
    const script = `#!${join(bare.path, "bash")}\necho "$*" >> ${log}\n${fail(unavailable)}\n`;
    writeFileSync(join(bare.path, "cosign"), script, { mode: 0o755 });
    const run = await verify(path, { ...byKey, attempts: "20" }, { PATH: bare.path });
    const calls = readFileSync(log, "utf8").trim().split("\n").length;
    bare.remove();
    expect(run.outputs["not-checked"]).toBe("18");
    // Four at once have waited together; the other fourteen were looked at once.
    expect(calls).toBeLessThanOrEqual(4 * 20 + 14);
  });

  it("of the registry says nothing about the image either", async () => {
    const path = freshPath();
    await storeImage(github, path, { tags: ["latest"], revision: sha });
    const match = { kind: "manifest-read", path } as const;
    const fault = github.inject({ match, action: ghcrFaults.serviceUnavailable, times: 100 });
    const run = await verify(path, { tags: "latest" });
    fault.remove();
    expect(run.report.images[0]?.tags[0]?.problems.map(({ kind }) => kind)).toEqual(["not-checked"]);
    expect(run.outputs).toMatchObject({ healthy: "false", problems: "0", "not-checked": "1" });
  });

  it("is not believed when it says that there is no signature while there is one", async () => {
    const path = freshPath();
    const { digest } = await storeImage(github, path, { tags: ["latest"], revision: sha });
    await putSignature(github, path, digest);
    const bare = makeBarePath();
    const log = join(bare.path, "log");
    const none = fail("no signatures found");
    const script = `#!${join(bare.path, "bash")}\necho "$*" >> ${log}\nmapfile -t calls < ${log}\ncase "$*" in *${digest}) [ -e ${log}.seen ] || { : > ${log}.seen; ${none}; };; esac\n`;
    writeFileSync(join(bare.path, "cosign"), script, { mode: 0o755 });
    const run = await verify(path, { tags: "latest", ...byKey }, { PATH: bare.path });
    bare.remove();
    expect([run.errors, run.outputs.healthy]).toEqual([[], "true"]);
  });
});

describe("what is signed is verified", () => {
  it("each platform too, each digest once, and a platform's lost signature is a problem of its tags", async () => {
    const path = freshPath();
    const { digest, manifests } = await storeImage(github, path, { tags: ["latest", "main"], revision: sha });
    const bare = makeBarePath();
    const log = join(bare.path, "log");
    const script = `#!${join(bare.path, "bash")}\necho "\${@: -1}" >> ${log}\ncase "$*" in *${manifests.get(arm64)}) echo "Error: no signatures found" >&2; exit 10;; esac\n`;
    writeFileSync(join(bare.path, "cosign"), script, { mode: 0o755 });
    const run = await verify(path, { signature: "keyless" }, { PATH: bare.path });
    const asked = readFileSync(log, "utf8").trim().split("\n");
    bare.remove();
    expect(asked.sort()).toEqual([digest, ...manifests.values()].map((one) => `${github.host}/${path}@${one}`).sort());
    expect(run.outputs).toMatchObject({ healthy: "false", problems: "2", "not-checked": "0" });
    const problem = { kind: "signature", detail: "The signature of linux/arm64 does not verify: no signatures found." };
    expect(run.report.images[0]?.tags.map(({ problems }) => problems)).toEqual([[problem], [problem]]);
  });

  it("by the event of the run that signed: any but those of pull requests", async () => {
    const path = freshPath();
    await storeImage(github, path, { tags: ["latest"], revision: sha });
    const bare = makeBarePath();
    const log = join(bare.path, "log");
    const other = "no matching signatures: expected GitHub Workflow Trigger not found in certificate";
    const by = (trigger: string) =>
      `#!${join(bare.path, "bash")}\necho "$*" >> ${log}\ncase "$*" in *"-trigger ${trigger} "*) ;; *) echo "Error: ${other}" >&2; exit 12;; esac\n`;
    writeFileSync(join(bare.path, "cosign"), by("schedule"), { mode: 0o755 });
    const nightly = await verify(path, { signature: "keyless" }, { PATH: bare.path });
    writeFileSync(join(bare.path, "cosign"), by("pull_request"), { mode: 0o755 });
    const request = await verify(path, { signature: "keyless" }, { PATH: bare.path });
    const asked = readFileSync(log, "utf8");
    bare.remove();
    expect([nightly.errors, nightly.outputs.healthy]).toEqual([[], "true"]);
    expect(request.outputs).toMatchObject({ healthy: "false", problems: "3" });
    expect(asked).not.toMatch(/trigger (?:pull_request|merge_group|issue_comment)/u);
  });

  it.each([
    ["push", "true"],
    ["pull_request", "false"],
    ["pull_request_target", "false"],
    ["merge_group", "false"],
  ])("an attestation by a run of %s makes an image healthy: %s", async (trigger, healthy) => {
    const path = freshPath();
    await storeImage(github, path, { tags: ["latest"], revision: sha });
    const bare = makeBarePath();
    const verified = [{ verificationResult: { signature: { certificate: { buildTrigger: trigger } } } }];
    const script = `#!${join(bare.path, "bash")}\necho '${JSON.stringify(verified)}'\n`;
    writeFileSync(join(bare.path, "gh"), script, { mode: 0o755 });
    const run = await verify(path, { attestation: "true" }, { PATH: bare.path });
    bare.remove();
    expect(run.outputs.healthy).toBe(healthy);
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
    const verified = [{ verificationResult: { signature: { certificate: { buildTrigger: "push" } } } }];
    const script = `#!${join(bare.path, "bash")}\necho "$@" >> ${log}\necho '${JSON.stringify(verified)}'\n`;
    writeFileSync(join(bare.path, program), script, { mode: 0o755 });
    const run = await verify(path, inputs, { PATH: bare.path });
    const asked = readFileSync(log, "utf8").trim().split("\n");
    bare.remove();
    expect(run.errors).toEqual([]);
    // Once for each digest: what both tags name, and its platforms where it is signatures.
    expect(asked).toHaveLength(program === "cosign" ? 3 : 1);
    for (const one of asked) expect(one).toContain(words);
    expect(asked.filter((one) => one.includes(`${github.host}/${path}@${digest}`))).toHaveLength(1);
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
