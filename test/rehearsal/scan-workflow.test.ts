import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { libraryName } from "../../rehearsal/examples.ts";
import type { Permissions } from "../../rehearsal/runner/permissions.ts";
import type { RunRecord } from "../../rehearsal/runner/progress.ts";
import { StepFailure } from "../../rehearsal/runner/refusal.ts";
import type { StandIn } from "../../rehearsal/runner/stand-in.ts";
import { checkoutFiles } from "../../rehearsal/stand-ins/checkout-files.ts";
import { downloadArtifact } from "../../rehearsal/stand-ins/download-artifact.ts";
import type { RecordedVulnerability } from "../../rehearsal/stand-ins/recorded-reports.ts";
import { uploadArtifact } from "../../rehearsal/stand-ins/upload-artifact.ts";
import { amd64, annotationsOf, arm64, pushPlatform, putEarlierIndex } from "../steps/publish-index-run.ts";
import { callWorkflow } from "./call-workflow.ts";
import { type Findings, listedScanners } from "./listed-scanners.ts";

// scan-image.yml as it is, with scanners that answer from a list: everything but what they find is real.

let github: GitHubDouble;
let count = 0;
beforeAll(async () => {
  github = await startGitHubDouble();
});
afterAll(() => github.stop());

const revision = "0123456789abcdef0123456789abcdef01234567";
const high: RecordedVulnerability = { id: "CVE-2026-1", fixed: "2", severity: "HIGH" };

interface ScanTrial {
  readonly inputs?: Readonly<Record<string, string | boolean>>;
  readonly findings?: Findings;
  readonly event?: "pull_request" | "push";
  readonly fork?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  readonly path: string;
  readonly digest: string;
  /** `lost`: its artifact cannot be fetched. */
  readonly sarif?: "taken" | "refused" | "lost";
}

interface ScanRun {
  readonly run: RunRecord;
  readonly results: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly scanned: readonly string[];
  readonly categories: readonly string[];
  readonly tokens: readonly Permissions[];
  readonly notices: readonly string[];
}

/** An index of both platforms; their manifests by platform. */
async function pushImage(path: string, seed: string, tags: readonly string[] = []) {
  const results = [
    await pushPlatform(github, path, { platform: amd64, seed }),
    await pushPlatform(github, path, { platform: arm64, seed }),
  ];
  const digest = putEarlierIndex(github, path, results, annotationsOf(revision), tags);
  const [first = "", second = ""] = results.map(({ manifest }) => manifest);
  return { path, digest, manifests: { amd64: first, arm64: second } };
}

function newPath(): string {
  count += 1;
  return `acme/scanned${count}`;
}

function uploadSarif(how: ScanTrial["sarif"], categories: string[]): StandIn {
  return {
    action: "github/codeql-action/upload-sarif",
    inputs: { sarif_file: "", category: "" },
    async run({ inputs }) {
      JSON.parse(readFileSync(inputs.sarif_file ?? "", "utf8"));
      if (how === "refused") throw new Error("Code scanning is not enabled for this repository.");
      categories.push(inputs.category ?? "");
      return {};
    },
  };
}

/** The SARIF for the Security tab is of one platform; the gate fetches the reports of all. */
function fetchArtifacts(how: ScanTrial["sarif"]): StandIn {
  const download = downloadArtifact();
  return {
    ...download,
    async run(step) {
      if (how === "lost" && /-(?:linux-(?:amd|arm)64|source)-\*$/.test(step.inputs.pattern ?? ""))
        throw new StepFailure("Unable to download artifact(s): 503");
      return download.run(step);
    },
  };
}

async function scan(trial: ScanTrial): Promise<ScanRun> {
  const { inputs = {}, findings = {}, event = "pull_request", files = {} } = trial;
  const [scanned, categories]: [string[], string[]] = [[], []];
  const caller = {
    on: event,
    jobs: {
      scan: {
        uses: `${await libraryName()}/.github/workflows/scan-image.yml@v1`,
        permissions: { contents: "read", packages: "read", "security-events": "write" },
        with: { image: `${github.host}/${trial.path}@${trial.digest}`, ...inputs },
      },
    },
  };
  const { run, tokens, notices } = await callWorkflow({
    ...{ github, repository: "acme/app", caller: JSON.stringify(caller) },
    event: {
      ...{ name: event, sha: revision },
      payload: {
        action: "opened",
        ...(event === "pull_request" && {
          number: 1,
          pull_request: {
            number: 1,
            head: { sha: revision, repo: { full_name: trial.fork === true ? "mallory/app" : "acme/app" } },
          },
        }),
      },
    },
    standIns: [
      ...[uploadArtifact, fetchArtifacts(trial.sarif)],
      ...[...listedScanners(findings, scanned), uploadSarif(trial.sarif, categories), checkoutFiles(files)],
    ],
    allow: ({ packages }) => ({ packages: packages === "read" ? "read" : "none" }),
  });
  const jobs = run.jobs.map((job) => [job.job.replace("scan / ", ""), job] as const);
  const decision = jobs.find(([name]) => name === "gate")?.[1];
  return {
    ...{ run, scanned, categories, tokens, notices },
    results: Object.fromEntries(jobs.map(([name, { result }]) => [name, result])),
    outputs: decision?.outputs ?? {},
  };
}

test("each platform is scanned by the digest of its manifest, and the gate passes", async () => {
  const image = await pushImage(newPath(), "now");
  const { results, scanned, categories, outputs } = await scan(image);
  expect(Object.values(results).filter((result) => result !== "success" && result !== "skipped")).toEqual([]);
  expect(outputs).toMatchObject({ verdict: "pass", reason: "Nothing was found." });
  expect(outputs).not.toHaveProperty("blocked");
  expect([...scanned].sort()).toEqual(
    ["cyclonedx", "json", "spdx-json"].flatMap((format) => [
      `trivy ${format} amd64 ${image.manifests.amd64}`,
      `trivy ${format} arm64 ${image.manifests.arm64}`,
    ]),
  );
  expect([...categories].sort()).toEqual(
    ["linux-amd64", "linux-arm64"].map((slug) => `${github.host}/${image.path}/${slug}`),
  );
});

test("two variants of one image do not close each other's alerts", async () => {
  const path = newPath();
  const shown = [];
  for (const suffix of ["", "-alpine"]) {
    const image = await pushImage(path, `now${suffix}`);
    shown.push(...(await scan({ ...image, inputs: { suffix, sbom: false } })).categories);
  }
  expect(new Set(shown).size).toBe(4);
});

test("no job has more than one right, and those with a scanner only read", async () => {
  const image = await pushImage(newPath(), "now");
  const { tokens } = await scan({ ...image, inputs: { filesystem: true } });
  const rights = new Set(
    tokens.map((token) => JSON.stringify(Object.entries(token).filter(([, level]) => level !== "none"))),
  );
  expect([...rights].sort()).toEqual([
    '[["contents","read"]]',
    '[["packages","read"]]',
    '[["security-events","write"]]',
  ]);
});

describe("a HIGH on arm64 alone", () => {
  test("fails a pull request", async () => {
    const image = await pushImage(newPath(), "now");
    const { results, outputs } = await scan({ ...image, findings: { [image.manifests.arm64]: [high] } });
    expect(results.gate).toBe("failure");
    expect(outputs).toMatchObject({ verdict: "block", blocked: "CVE-2026-1 openssl 3.5.1-1" });
  });

  test("is reported on main", async () => {
    const image = await pushImage(newPath(), "now");
    const { results, outputs } = await scan({ ...image, event: "push", findings: { [image.manifests.arm64]: [high] } });
    expect([results.gate, outputs.verdict]).toEqual(["success", "report"]);
  });

  test("passes with new-only when main has it there too", async () => {
    const path = newPath();
    const before = await pushImage(path, "before", ["main"]);
    const image = await pushImage(path, "now");
    const findings = { [image.manifests.arm64]: [high], [before.manifests.arm64]: [high] };
    const { outputs, scanned } = await scan({ ...image, findings, inputs: { "new-only": true, sbom: false } });
    expect(outputs.verdict).toBe("pass");
    expect(scanned).toContain(`trivy json arm64 ${before.manifests.arm64}`);
  });

  test("passes with new-only when main has it there in the image of the same suffix", async () => {
    const path = newPath();
    await pushImage(path, "debian", ["main"]);
    const before = await pushImage(path, "before", ["main-alpine"]);
    const image = await pushImage(path, "now");
    const findings = { [image.manifests.arm64]: [high], [before.manifests.arm64]: [high] };
    const inputs = { "new-only": true, suffix: "-alpine", sbom: false };
    expect((await scan({ ...image, findings, inputs })).outputs.verdict).toBe("pass");
  });

  test.each([
    ["fails", "new", "block"],
    ["passes", "known", "pass"],
  ])("%s with new-only and same-baseline %s when main is that very image", async (_name, same, verdict) => {
    const image = await pushImage(newPath(), "now", ["main"]);
    const findings = { [image.manifests.arm64]: [high] };
    const inputs = { "new-only": true, "same-baseline": same, sbom: false };
    expect((await scan({ ...image, findings, inputs })).outputs.verdict).toBe(verdict);
  });

  test("fails with new-only when main has it on amd64", async () => {
    const path = newPath();
    const before = await pushImage(path, "before", ["main"]);
    const image = await pushImage(path, "now");
    const findings = { [image.manifests.arm64]: [high], [before.manifests.amd64]: [high] };
    expect((await scan({ ...image, findings, inputs: { "new-only": true } })).outputs.verdict).toBe("block");
  });

  test("passes while the repository's list ignores it", async () => {
    const image = await pushImage(newPath(), "now");
    const files = { "ignored.txt": "CVE-2026-1 until=2099-12-31 not reachable" };
    const findings = { [image.manifests.arm64]: [high] };
    const { outputs } = await scan({ ...image, findings, files, inputs: { "ignore-file": "ignored.txt" } });
    expect(outputs.verdict).toBe("pass");
  });
});

test("the second scanner and the files count too", async () => {
  const image = await pushImage(newPath(), "now");
  const findings = {
    [`grype ${image.manifests.amd64}`]: [high],
    source: [{ id: "CVE-2026-9", package: "lodash", severity: "CRITICAL" }],
  };
  const { outputs, scanned, categories } = await scan({
    ...image,
    findings,
    inputs: { "second-scanner": "grype", filesystem: true },
  });
  expect(outputs.blocked).toBe("CVE-2026-9 lodash 3.5.1-1\nCVE-2026-1 openssl 3.5.1-1");
  expect(scanned).toContain(`grype arm64 ${image.manifests.arm64}`);
  expect(categories).toContain("longshore/source");
});

test("where GitHub takes no SARIF a notice says so and the gate decides", async () => {
  const image = await pushImage(newPath(), "now");
  const { outputs, run, notices } = await scan({ ...image, sarif: "refused" });
  expect([run.result, outputs.verdict]).toEqual(["success", "pass"]);
  expect(notices.join("\n")).toContain("GitHub did not take the SARIF");
});

test("a SARIF that cannot be fetched stops nothing: the gate decides", async () => {
  const image = await pushImage(newPath(), "now");
  const { outputs, run, categories } = await scan({ ...image, sarif: "lost", inputs: { filesystem: true } });
  expect([run.result, outputs.verdict, categories]).toEqual(["success", "pass", []]);
  const steps = run.jobs.flatMap((job) => job.steps).filter(({ name }) => name === "Fetch the SARIF");
  expect(steps.map(({ outcome }) => outcome)).toEqual(["failure", "failure", "failure"]);
});

test("a fork's pull request uploads no SARIF, and the summary says so", async () => {
  const image = await pushImage(newPath(), "now");
  const { categories, run, notices } = await scan({ ...image, fork: true });
  expect([run.result, categories]).toEqual(["success", []]);
  expect(notices.join("\n")).toContain("The Security tab is not written to by pull requests of forks");
});

test.each([
  ["an image that is not there", { wait: "0s" }, `sha256:${"e".repeat(64)}`],
  ["a second scanner that is not known", { "second-scanner": "clair" }, undefined],
  ["a severity that is not known", { severities: "BAD" }, undefined],
  ["a mode that is not known", { mode: "warn" }, undefined],
  ["an end of life that is not known", { "end-of-life": "fail" }, undefined],
  ["an unrecognised that is not known", { unrecognised: "fail" }, undefined],
])("%s ends the run before anything is scanned", async (_name, inputs, digest) => {
  const image = await pushImage(newPath(), "now");
  const { run, results, outputs, scanned } = await scan({ ...image, ...(digest && { digest }), inputs });
  expect([run.result, results.wait, scanned]).toEqual(["failure", "failure", []]);
  expect(outputs.verdict ?? "").toBe("");
});
