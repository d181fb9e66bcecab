import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha } from "../../doubles/events.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { libraryName } from "../../rehearsal/examples.ts";
import { checkoutFiles } from "../../rehearsal/stand-ins/checkout-files.ts";
import { cosignInstaller } from "../../rehearsal/stand-ins/cosign-installer.ts";
import { downloadArtifact } from "../../rehearsal/stand-ins/download-artifact.ts";
import { uploadArtifact } from "../../rehearsal/stand-ins/upload-artifact.ts";
import { storeImage } from "../steps/find-image-run.ts";
import { amd64, arm64 } from "../steps/publish-index-run.ts";
import { callWorkflow } from "./call-workflow.ts";
import { type Findings, listedScanners } from "./listed-scanners.ts";

// verify-image.yml as it is, every morning, with scanners that answer from a list.

let github: GitHubDouble;
let count = 0;
beforeAll(async () => {
  github = await startGitHubDouble();
});
afterAll(() => github.stop());

interface Morning {
  readonly inputs?: Readonly<Record<string, string | boolean>>;
  readonly findings?: Findings;
  readonly files?: Readonly<Record<string, string>>;
}

/** A repository with an image under two moving tags, and a caller of the workflow. */
async function publish() {
  count += 1;
  const path = `acme/published${count}`;
  github.repository(path);
  const { manifests } = await storeImage(github, path, { tags: ["latest", "main"], revision: sha });
  const [first = "", second = ""] = [manifests.get(amd64), manifests.get(arm64)];
  const verify = async ({ inputs = {}, findings = {}, files = {} }: Morning = {}) => {
    const scanned: string[] = [];
    const caller = {
      on: "schedule",
      jobs: {
        verify: {
          uses: `${await libraryName()}/.github/workflows/verify-image.yml@v1`,
          permissions: { contents: "read", packages: "read", attestations: "read", issues: "write" },
          with: { image: `${github.host}/${path}`, ...inputs },
        },
        // Runs where the workflow's output says that all is well.
        healthy: {
          needs: "verify",
          if: "!cancelled() && needs.verify.outputs.healthy == 'true'",
          ...{ "runs-on": "ubuntu-24.04", permissions: {}, steps: [{ run: "true" }] },
        },
      },
    };
    const called = await callWorkflow({
      ...{ github, repository: path, caller: JSON.stringify(caller) },
      event: { name: "schedule", sha, payload: { schedule: "41 5 * * *" } },
      standIns: [
        ...[uploadArtifact, downloadArtifact(), cosignInstaller],
        ...[...listedScanners(findings, scanned), checkoutFiles(files)],
      ],
      allow: ({ packages, issues }) => ({
        ...(packages === "read" && { packages }),
        ...(issues === "write" && { issues }),
      }),
    });
    const jobs = called.run.jobs.map(({ job, result }) => [job.replace("verify / ", ""), result]);
    return { ...called, scanned, results: Object.fromEntries(jobs) as Readonly<Record<string, string>> };
  };
  return { path, manifests: { amd64: first, arm64: second }, verify };
}

const openIssues = (path: string) =>
  github
    .repository(path)
    .issues()
    .filter(({ state }) => state === "open");

const high = { id: "CVE-2026-1", severity: "HIGH", fixed: "3.6" };

test("each manifest is scanned once, and no job has a right that it needs not", async () => {
  const { path, manifests, verify } = await publish();
  const { run, results, scanned, tokens } = await verify();
  expect([run.result, results.healthy]).toEqual(["success", "success"]);
  expect([...scanned].sort()).toEqual([`trivy json amd64 ${manifests.amd64}`, `trivy json arm64 ${manifests.arm64}`]);
  const rights = tokens.map((token) => JSON.stringify(Object.entries(token).filter(([, level]) => level !== "none")));
  expect([...new Set(rights)].sort()).toEqual([
    '[["contents","read"]]',
    '[["issues","write"]]',
    '[["packages","read"],["attestations","read"]]',
    '[["packages","read"]]',
    "[]",
  ]);
  expect(openIssues(path)).toEqual([]);
});

describe("a HIGH on arm64", () => {
  test("fails the run and opens the issue, which a clean scan closes", async () => {
    const { path, manifests, verify } = await publish();
    const bad = await verify({ findings: { [manifests.arm64]: [high] } });
    expect(bad.results).toMatchObject({ verify: "success", gate: "failure", issue: "success", healthy: "skipped" });
    expect(openIssues(path)[0]?.body).toContain("app:latest, main".replace("app", path.split("/")[1] ?? ""));
    expect(openIssues(path)[0]?.body).toContain("1 HIGH: CVE-2026-1 in openssl");
    expect((await verify()).run.result).toBe("success");
    expect(openIssues(path)).toEqual([]);
  });

  test("is found by the second scanner too", async () => {
    const { manifests, verify } = await publish();
    const findings = { [`grype ${manifests.arm64}`]: [high] };
    expect((await verify({ findings })).run.result).toBe("success");
    const { results, scanned } = await verify({ findings, inputs: { "second-scanner": "grype" } });
    expect(results.gate).toBe("failure");
    expect(scanned).toHaveLength(4);
  });

  test("passes while the repository's list ignores it", async () => {
    const { manifests, verify } = await publish();
    const files = { "ignored.txt": "CVE-2026-1 until=2099-12-31 not reachable" };
    const inputs = { "ignore-file": "ignored.txt" };
    expect((await verify({ files, inputs, findings: { [manifests.arm64]: [high] } })).run.result).toBe("success");
  });
});

test("a scanner that breaks on one platform is a problem, and the other's findings are told", async () => {
  const { path, manifests, verify } = await publish();
  const { run, results } = await verify({ findings: { [manifests.amd64]: "broken", [manifests.arm64]: [high] } });
  expect([run.result, results.gate, results.issue]).toEqual(["failure", "failure", "success"]);
  const [issue] = openIssues(path);
  expect(issue?.body).toContain("There is no report of trivy on linux/amd64");
  expect(issue?.body).toContain("CVE-2026-1");
});

test("a part that is lost is told, and what is left is scanned", async () => {
  const { path, manifests, verify } = await publish();
  github.registry.removeVersion(path, manifests.arm64);
  const { results, scanned } = await verify();
  expect(results).toMatchObject({ verify: "failure", gate: "success", issue: "success" });
  expect(scanned).toEqual([`trivy json amd64 ${manifests.amd64}`]);
  expect(openIssues(path)[0]?.body).toContain("which the registry has not");
});

test("without scan nothing is scanned, and the look alone decides", async () => {
  const { verify } = await publish();
  const { run, scanned, results } = await verify({ inputs: { scan: false } });
  expect([run.result, scanned, results.issue, results.healthy]).toEqual(["success", [], "success", "success"]);
});

test("a decision that cannot be made closes no issue", async () => {
  const { path, manifests, verify } = await publish();
  await verify({ findings: { [manifests.arm64]: [high] } });
  const { results, errors } = await verify({ inputs: { "ignore-file": "none.txt" } });
  expect([results.gate, results.issue, results.healthy]).toEqual(["failure", "skipped", "skipped"]);
  expect(errors.join("\n")).toContain('names "none.txt"');
  expect(openIssues(path)).toHaveLength(1);
});

test.each([{ severities: "AWFUL" }, { "second-scanner": "clair" }])(
  "%o is refused before anything is scanned",
  async (inputs) => {
    const { verify } = await publish();
    const { results, scanned } = await verify({ inputs });
    expect([results.verify, results.gate, results.issue, scanned]).toEqual(["failure", "skipped", "skipped", []]);
  },
);
