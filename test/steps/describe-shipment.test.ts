import { describe, expect, it, test } from "vitest";
import { runBundle } from "./run-bundle.ts";

const skipped = { result: "skipped", outputs: {} };
const moving = JSON.stringify({ tags: [{ name: "main", mutability: "moving" }] });
const digest = `sha256:${"a".repeat(64)}`;
const jobs = {
  build: {
    result: "success",
    outputs: {
      ...{ delivery: "registry", digest, image: `ghcr.io/acme/app@${digest}`, plan: moving },
      references: "ghcr.io/acme/app:main-abc1234\ndocker.io/acme/app:main-abc1234",
    },
  },
  scan: { result: "success", outputs: { verdict: "pass", reason: "Nothing blocks." } },
  sign: {
    result: "success",
    outputs: { signed: "a\nb\nc", "public-key": "", attested: "true", "sbom-verify-commands": "gh" },
  },
  promote: { result: "success", outputs: { references: "ghcr.io/acme/app:main\nghcr.io/acme/app:latest" } },
};
const failed = (job: { readonly outputs: object }) => ({ ...job, result: "failure" });

async function describeJobs(changes: object, inputs: Record<string, string> = {}) {
  const run = await runBundle("describe-shipment", {
    inputs: { jobs: JSON.stringify({ ...jobs, ...changes }), "smoke-test": "true", ...inputs },
  });
  expect(run.exitCode).toBe(0);
  const parts = JSON.parse(run.outputs.result ?? "") as { part: string; state: string; why: string }[];
  return { run, parts: Object.fromEntries(parts.map(({ part, state, why }) => [part, `${state}: ${why}`])) };
}

test("an image that has all of it", async () => {
  const { run, parts } = await describeJobs({});
  expect(parts).toEqual({
    image: `has: ghcr.io/acme/app@${digest}`,
    "immutable tags": "has: main-abc1234",
    "smoke test": "has: The commands ended well on each platform.",
    scan: "has: Nothing blocks.",
    SBOM: "has: SPDX and CycloneDX of each platform, as artifacts of this run, attested at GitHub and verified.",
    signature: "has: 3 digests signed keyless and verified.",
    attestation: "has: Made at GitHub and verified.",
    "moving tags": "has: main, latest",
  });
  expect(run.notices).toEqual([]);
  expect(run.summary).toContain("| moving tags | has | main, latest |");
});

describe.each([
  [
    "a scan that stops it",
    { scan: failed({ outputs: { verdict: "block", reason: "CVE-1 blocks." } }), sign: skipped, promote: skipped },
    {},
    {
      "immutable tags": "has: main-abc1234",
      scan: "failed: CVE-1 blocks.",
      SBOM: "has: SPDX and CycloneDX of each platform, as artifacts of this run.",
      signature: "has-not: What came before did not pass.",
      "moving tags": "has-not: They stay where they are: the scan did not pass.",
    },
  ],
  [
    "a signature that fails",
    { sign: failed({ outputs: {} }), promote: skipped },
    {},
    {
      signature: "failed: The signature ended as failure: its job says why.",
      "moving tags": "has-not: They stay where they are: the signature did not pass.",
    },
  ],
  [
    "every part switched off",
    { scan: skipped, sign: skipped, promote: skipped },
    { scan: "false", sign: "false", promote: "false", "smoke-test": "false" },
    {
      "smoke test": "has-not: The input smoke-test is empty.",
      scan: "has-not: The input scan is false.",
      SBOM: "has-not: The input scan is false.",
      signature: "has-not: The input sign is false.",
      attestation: "has-not: The input sign is false.",
      "moving tags": "has-not: The input promote is false: they stay where they are.",
    },
  ],
  [
    "no SBOM asked for",
    {},
    { sbom: "false" },
    { SBOM: "has-not: The input scan-sbom is false.", attestation: "has: Made at GitHub and verified." },
  ],
  [
    "a scan that breaks",
    { scan: failed({ outputs: {} }), sign: skipped, promote: skipped },
    {},
    {
      scan: "failed: The scan ended as failure: its job says why.",
      SBOM: "failed: The scan ended as failure: its job says why.",
    },
  ],
  [
    "no attestation",
    { sign: { ...jobs.sign, outputs: { ...jobs.sign.outputs, attested: "false" } } },
    {},
    { attestation: "has-not: It was switched off, or GitHub made none: the signing job says which." },
  ],
  [
    "a fork's archive",
    { build: { result: "success", outputs: { delivery: "artifact" } }, scan: skipped, sign: skipped, promote: skipped },
    {},
    {
      image: "has: It is kept as an artifact of this run: the registry could not be written to.",
      "smoke test": "has: The commands ended well on each platform.",
      signature: "has-not: An archive is in no registry.",
    },
  ],
  [
    "a pull request, which moves nothing",
    { build: { ...jobs.build, outputs: { ...jobs.build.outputs, plan: "{}" } }, promote: skipped },
    {},
    { "moving tags": "has-not: This event moves none." },
  ],
  [
    "a failed build",
    { build: failed({ outputs: {} }), scan: skipped, sign: skipped, promote: skipped },
    {},
    { image: "failed: The build or its smoke test ended as failure: nothing has a name." },
  ],
])("%s", (_, changes, inputs, expected) => {
  it("is told in a notice and in the summary", async () => {
    const { run, parts } = await describeJobs(changes, inputs);
    expect(parts).toMatchObject(expected);
    expect(run.notices).toHaveLength(1);
  });
});

test("what is no needs context is refused", async () => {
  const run = await runBundle("describe-shipment", { inputs: { jobs: "{}" } });
  expect(run.errors).toEqual(["Input `jobs` has no result of build: give `toJSON(needs)` of ship-image.yml."]);
});
