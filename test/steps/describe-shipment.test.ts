import { describe, expect, it, test } from "vitest";
import { type BundleRun, runBundle } from "../../tools/run-bundle.ts";

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

/** A build that pushed nothing, and why its plan says so. */
function archive(reason: string | undefined) {
  const plan = reason === undefined ? "" : JSON.stringify({ reason, tags: [{ name: "main", mutability: "moving" }] });
  const build = { result: "success", outputs: { delivery: "artifact", plan } };
  return { build, scan: skipped, sign: skipped, promote: skipped };
}

async function describeJobs(changes: object, inputs: Record<string, string> = {}) {
  const run = await runBundle("describe-shipment", {
    inputs: { jobs: JSON.stringify({ ...jobs, ...changes }), "smoke-test": "true", ...inputs },
  });
  const parts = partsOf(run);
  // The verdict is red exactly where the table says that something failed.
  expect(run.exitCode).toBe(Object.values(parts).some((part) => part.startsWith("failed")) ? 1 : 0);
  return { run, parts };
}

function partsOf(run: BundleRun): Readonly<Record<string, string>> {
  const parts = JSON.parse(run.outputs.result ?? "") as { part: string; state: string; why: string }[];
  return Object.fromEntries(parts.map(({ part, state, why }) => [part, `${state}: ${why}`]));
}

test("an image that has all of it", async () => {
  const { run, parts } = await describeJobs({});
  expect(parts).toEqual({
    image: `has: ghcr.io/acme/app@${digest}`,
    "immutable tags": "has: main-abc1234",
    "smoke test": "has: The commands ended well on each platform.",
    scan: "has: Nothing blocks.",
    SBOM: "has: SPDX and CycloneDX of each platform, as artifacts of this run; attested at GitHub, one of each format verified.",
    signature: "has: 3 digests signed keyless and verified.",
    attestation: "has: Made at GitHub and verified.",
    "moving tags": "has: main, latest",
  });
  expect(run.notices).toEqual([]);
  expect(run.summary).toContain("| moving tags | has | main, latest |");
});

test("an image of a pull request that was not to be signed is told so, and nothing is called failed", async () => {
  const why = "It is an image of a pull request, which is signed with the input `pull-requests` only.";
  const sign = { result: "success", outputs: { signed: "", result: JSON.stringify({ mode: "none", why }) } };
  const { run, parts } = await describeJobs({ sign });
  const told = `has-not: ${why.replace("`pull-requests`", "`sign-pull-requests`")}`;
  expect(parts).toMatchObject({ signature: told, attestation: told, "moving tags": "has: main, latest" });
  expect(run.warnings).toEqual([]);
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
      attestation: "has-not: What came before did not pass.",
      "moving tags": "has-not: They stay where they are: the signature did not pass.",
    },
  ],
  [
    "an attestation that fails after a good signature",
    { sign: failed({ outputs: { signed: "a\nb\nc" } }), promote: skipped },
    {},
    {
      SBOM: "has: SPDX and CycloneDX of each platform, as artifacts of this run.",
      signature: "has: 3 digests signed keyless and verified.",
      attestation: "failed: The attestation ended as failure: its job says why.",
      "moving tags": "has-not: They stay where they are: the attestation did not pass.",
    },
  ],
  [
    "SBOMs that cannot be attested after a good signature",
    { sign: failed(jobs.sign), promote: skipped },
    {},
    {
      SBOM: "failed: They are artifacts of this run. The attestation of the SBOMs ended as failure: its job says why.",
      signature: "has: 3 digests signed keyless and verified.",
      attestation: "has: Made at GitHub and verified.",
      "moving tags": "has-not: They stay where they are: the attestation of the SBOMs did not pass.",
    },
  ],
  [
    "a scan that breaks although the gate stops nothing",
    { scan: failed(jobs.scan), sign: skipped, promote: skipped },
    {},
    {
      scan: "failed: The gate stops nothing, but the scan ended as failure: its jobs say why.",
      "moving tags": "has-not: They stay where they are: the scan did not pass.",
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
    {
      attestation: "has-not: GitHub made none: a private repository has them with GitHub Enterprise Cloud only.",
    },
  ],
  [
    "attestations switched off",
    { sign: { ...jobs.sign, outputs: { ...jobs.sign.outputs, attested: "false" } } },
    { attestations: "false" },
    { attestation: "has-not: The input attestations is false." },
  ],
  [
    "a fork's archive",
    archive("A pull request from a fork has a token that can only read, so the image is kept as an archive."),
    {},
    {
      image:
        "has: A pull request from a fork has a token that can only read, so the image is kept as an archive. It is an artifact of this run.",
      "smoke test": "has: The commands ended well on each platform.",
      signature: "has-not: An archive is in no registry.",
      attestation: "has-not: An archive is in no registry.",
    },
  ],
  [
    "an archive that was asked for",
    archive("Input push is never, so the image is kept as an archive."),
    {},
    { image: "has: Input push is never, so the image is kept as an archive. It is an artifact of this run." },
  ],
  [
    "an archive whose plan GitHub has emptied",
    archive(undefined),
    {},
    { image: "has: The image is kept as an archive. It is an artifact of this run." },
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

test("the notice is of sentences", async () => {
  const { run } = await describeJobs(
    { scan: failed({ outputs: { verdict: "block", reason: "CVE-1 blocks." } }), sign: skipped, promote: skipped },
    { attestations: "false" },
  );
  expect(run.notices).toEqual([
    "scan failed: CVE-1 blocks. no signature: What came before did not pass. no attestation: The input attestations is false. no moving tags: They stay where they are: the scan did not pass.",
  ]);
});

describe("a plan that GitHub has emptied, as it holds a secret's value", () => {
  const emptied = { ...jobs.build.outputs, plan: "", references: "" };
  const changes = { build: { ...jobs.build, outputs: emptied }, sign: skipped, promote: skipped };
  const sentence =
    "GitHub has emptied the build's plan because it holds the value of a secret, so no moving tag was put: no secret may be a word that stands in the names of images, tags or branches.";

  test("fails the step, as no job failed although nothing moved", async () => {
    const run = await runBundle("describe-shipment", {
      inputs: { jobs: JSON.stringify({ ...jobs, ...changes }), sign: "false" },
    });
    expect([run.exitCode, run.errors]).toEqual([1, [sentence]]);
    expect(partsOf(run)).toMatchObject({
      "immutable tags": "has: GitHub hides their names: they hold a secret's value.",
      "moving tags": `failed: ${sentence}`,
    });
    expect(run.summary).toContain("| moving tags | failed |");
  });

  test("is no problem where nothing was to move", async () => {
    const { parts } = await describeJobs(changes, { sign: "false", promote: "false" });
    expect(parts["moving tags"]).toBe("has-not: The input promote is false: they stay where they are.");
  });
});

test("what is no needs context is refused", async () => {
  const run = await runBundle("describe-shipment", { inputs: { jobs: "{}" } });
  expect(run.errors).toEqual(["Input `jobs` has no result of build: give `toJSON(needs)` of ship-image.yml."]);
});
