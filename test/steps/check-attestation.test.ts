import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BundleRun, runBundle } from "../../tools/run-bundle.ts";
import { makeBarePath } from "./bare-path.ts";

const digest = `sha256:${"a".repeat(64)}`;
const command = `gh attestation verify oci://ghcr.io/acme/app@${digest} --repo acme/app --signer-workflow longshore-ci/longshore/.github/workflows/sign-image.yml --source-ref refs/heads/main`;

let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), "longshore-gh-"));
});
afterEach(() => rmSync(bin, { recursive: true }));

/** Runs the step where `gh` is this script; there is no GitHub to ask. */
function check(
  gh: string | undefined,
  inputs: Record<string, string> = {},
  files: Record<string, string> = {},
): Promise<BundleRun> {
  if (gh !== undefined) {
    writeFileSync(join(bin, "gh"), `#!/bin/sh\necho "gh $*" >> ${bin}/asked\n${gh}\n`);
    chmodSync(join(bin, "gh"), 0o755);
  }
  return runBundle("check-attestation", {
    files,
    inputs: { repository: "ghcr.io/acme/app", digest, attestation: "7", token: "hush", "retry-delay": "0s", ...inputs },
    env: { GITHUB_REPOSITORY: "acme/app", GITHUB_REF: "refs/heads/main", PATH: `${bin}:/usr/bin:/bin` },
  });
}

const asked = () => readFileSync(join(bin, "asked"), "utf8").trim().split("\n");

it("an attestation is verified with the command that is put out", async () => {
  const run = await check('test "$GH_TOKEN" = hush');
  expect(run.errors).toEqual([]);
  expect(run.outputs).toEqual({ attested: "true", "verify-command": command });
  expect(asked()).toEqual([command]);
  expect(run.summary).toContain(command);
  expect(run.stdout).not.toContain("hush");
});

it("one that GitHub does not show yet is asked for again", async () => {
  const run = await check(`test $(wc -l < ${bin}/asked) -ge 3`);
  expect(run.outputs.attested).toBe("true");
  expect(asked()).toHaveLength(3);
});

it("one that does not verify fails, with the words of gh in the log", async () => {
  const run = await check("echo ::error::no match >&2; echo 'Error: verifying with issuer \"x\"' >&2; exit 1", {
    attempts: "2",
  });
  expect(run.exitCode).toBe(1);
  expect(run.errors).toEqual([
    "The attestation was made and does not verify: gh attestation verify ended with exit code 1 and said why above.",
  ]);
  expect(run.stdout).toContain("::error::no match");
  expect(asked()).toHaveLength(2);
});

it.each([
  ["GitHub does not answer", "Error: HTTP 502: Bad Gateway (https://api.github.com/x)"],
  ["the token is refused", "Error: HTTP 401: Bad credentials"],
])("is not said to be wrong where %s, and nothing passes", async (_, words) => {
  const run = await check(`echo "${words}" >&2; exit 1`, { attempts: "2" });
  expect(run).toMatchObject({ exitCode: 1, outputs: {} });
  expect(run.errors).toEqual([expect.stringContaining("could not be verified, which says nothing about it")]);
  expect(run.errors.join()).not.toContain("does not verify");
  expect(asked()).toHaveLength(2);
});

it("without gh there is nothing to wait for", async () => {
  const bare = makeBarePath();
  const run = await runBundle("check-attestation", {
    inputs: { repository: "ghcr.io/acme/app", digest, attestation: "7", "retry-delay": "1h" },
    env: { GITHUB_REPOSITORY: "acme/app", GITHUB_REF: "refs/heads/main", PATH: bare.path },
  }).finally(bare.remove);
  expect(run.errors).toEqual(["The attestation cannot be verified: gh, GitHub's command line, is not on the PATH."]);
});

describe("attested SBOMs", () => {
  const spdx = { spdxVersion: "SPDX-2.3", SPDXID: "SPDXRef-DOCUMENT" };
  const cyclonedx = { bomFormat: "CycloneDX", serialNumber: "urn:uuid:1", specVersion: "1.6" };
  const checkSboms = (files: Record<string, unknown>, gh = "exit 0") =>
    check(
      gh,
      { sbom: Object.keys(files).join("\n") },
      Object.fromEntries(Object.entries(files).map(([name, content]) => [name, JSON.stringify(content)])),
    );

  it("are verified by their predicate types, which gh does not look for by itself", async () => {
    const run = await checkSboms({ "app.spdx.json": spdx, "app.cdx.json": cyclonedx });
    const commands = [
      `${command} --predicate-type https://spdx.dev/Document/v2.3`,
      `${command} --predicate-type https://cyclonedx.org/bom`,
    ];
    expect(run.errors).toEqual([]);
    expect(run.outputs["verify-command"]?.split("\n")).toEqual(commands);
    expect(asked().sort()).toEqual([...commands].sort());
    expect(run.summary).toContain("SBOMs attested and verified");
  });

  it("fail when one of them does not verify", async () => {
    const gh = `case "$*" in *cyclonedx*) exit 1;; esac`;
    const run = await checkSboms({ "app.spdx.json": spdx, "app.cdx.json": cyclonedx }, gh);
    expect([run.exitCode, run.outputs]).toEqual([1, {}]);
  });

  it.each([
    ["of another format", { name: "app" }, /names "app.json", which is neither SPDX's JSON nor CycloneDX's/],
    ["of a version that is none", { ...spdx, spdxVersion: "3 $(id)" }, /neither/],
  ])("%s are refused", async (_name, content, sentence) => {
    expect((await checkSboms({ "app.json": content })).errors).toEqual([expect.stringMatching(sentence)]);
  });

  it("that are not there are refused", async () => {
    expect((await check("exit 0", { sbom: "none.json" })).errors[0]).toMatch(/^Input `sbom` names "none.json"/);
  });
});

describe("an image without one", () => {
  it("is told in a warning and never blocks", async () => {
    const run = await check("exit 1", { attestation: "" });
    expect(run).toMatchObject({ exitCode: 0, outputs: { attested: "false", "verify-command": "" } });
    expect(run.warnings).toEqual([
      `ghcr.io/acme/app@${digest} has no attestation at GitHub: GitHub made none. Private repositories have attestations with GitHub Enterprise Cloud only; switch them off by \`attestations: false\`.`,
    ]);
  });

  it("is told in the summary alone where none was asked for", async () => {
    const run = await check("exit 1", { attestation: "", asked: "false" });
    expect(run).toMatchObject({ exitCode: 0, notices: [], warnings: [] });
    expect(run.summary).toContain("has no attestation at GitHub: The input `attestations` is false.");
  });
});

it("a workflow that is none is refused", async () => {
  const run = await check("exit 0", { workflow: "sign-image.yml" });
  expect(run.errors[0]).toMatch(/^Input `workflow` is "sign-image.yml": write/);
});
