import { describe, expect, test } from "vitest";
import { readFromRoot } from "../../tools/workflows/workflow-files.ts";
import { readWorkflow } from "../../tools/workflows/workflow-model.ts";
import { languageServiceProblems, parserProblems } from "./github-parser.ts";
import { pins } from "./pins.ts";
import { rules } from "./rules/all.ts";

/** A workflow without fault; each row below breaks one thing in it. */
const sound = `# PRODUCT. A workflow without fault.
name: Sound
on:
  workflow_call:
    inputs:
      image:
        description: Repository of the image.
        type: string
        default: ""
permissions: {}
jobs:
  plan:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    cache-mode: none
    concurrency:
      group: longshore-plan
      queue: max
      cancel-in-progress: false
    permissions:
      contents: read # checks out
    env:
      IMAGE: \${{ inputs.image }}
    outputs:
      kind: \${{ steps.plan.outputs.kind }}
    steps:
      - name: Check out
        uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - name: Plan
        id: plan
        uses: $/scripts/plan-image
        with:
          image: \${{ inputs.image }}
      - run: echo "$IMAGE"
  build:
    needs: plan
    uses: $/.github/workflows/build-image.yml
    permissions:
      contents: read # checks out
      packages: write # pushes
    with:
      image: \${{ inputs.image }}
      timeout-minutes: 60
      reuse: false
  between:
    needs: build
    if: \${{ !cancelled() && needs.build.result == 'success' }}
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    cache-mode: none
    permissions: {}
    steps:
      - run: echo "between"
  tell:
    needs: build
    if: \${{ !cancelled() && needs.build.result == 'success' }}
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    cache-mode: none
    permissions: {}
    steps:
      - run: echo "done"
`;

const twins = `
jobs:
  amd64: { if: "contains(inputs.platforms, 'linux/amd64')", runs-on: a, env: { SELECT: linux/amd64 }, steps: [{ run: x }] }
  arm64: { if: "contains(inputs.platforms, 'linux/arm64')", runs-on: b, env: { SELECT: linux/arm64 }, steps: [{ run: x }] }
`;

const keep = '      - run: echo "$IMAGE"\n';

/** A step that keeps or fetches an artifact, with these inputs. */
function artifactStep(action: "upload-artifact" | "download-artifact", inputs: string): string {
  const { sha, version } = pins[`actions/${action}`] ?? { sha: "", version: "" };
  return `      - uses: actions/${action}@${sha} # ${version}\n        with: { path: app, ${inputs} }\n`;
}

const kept = (inputs: string) => keep + artifactStep("upload-artifact", inputs);
const fetched = (inputs: string) => keep + artifactStep("download-artifact", inputs);

function problemsOf(text: string): readonly string[] {
  const workflow = readWorkflow(".github/workflows/sound.yml", text);
  return Object.values(rules).flatMap((rule) => rule(workflow, readFromRoot));
}

function brokenBy(from: string, to: string, text = sound): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

test("a sound workflow breaks no rule", async () => {
  expect(problemsOf(sound)).toEqual([]);
  expect(await parserProblems(".github/workflows/sound.yml", sound)).toEqual([]);
  expect(await languageServiceProblems(".github/workflows/sound.yml", sound)).toEqual([]);
});

describe("a rule is broken by", () => {
  test.each([
    [
      "permissions at the top",
      "permissions: {}\n",
      "permissions: { contents: read }\n",
      "must start from `permissions: {}`",
    ],
    [
      "a permission without a reason",
      "read # checks out\n    env",
      "read\n    env",
      "Permission contents: read has no reason",
    ],
    [
      "a job without permissions",
      "    permissions:\n      contents: read # checks out\n    env",
      "    env",
      "Job plan declares no permissions",
    ],
    ["a grant below the callee's", "packages: write # pushes", "packages: read # pulls", "must grant packages: write"],
    ["a grant that is missing", "      packages: write # pushes\n", "", "must grant packages: write"],
    ["no time limit", "    timeout-minutes: 5\n", "", "Job plan has no timeout-minutes"],
    ["no cache-mode", "    cache-mode: none\n", "", "Job plan has no cache-mode: none"],
    ["a cache-mode that overrides GitHub's", "cache-mode: none", "cache-mode: write", "Job plan has cache-mode: write"],
    [
      "a build without a cache",
      "build-image.yml\n",
      "build-image.yml\n    cache-mode: none\n",
      "Job build uses the cache and has cache-mode: none",
    ],
    ["a call that is waited for without a word", "!cancelled() && ", "", "say !cancelled() in its condition"],
    [
      "a call that is waited for whatever became of it",
      " && needs.build.result == 'success'",
      "",
      "say needs.build.result == 'success'",
    ],
    [
      "a call that is waited for through another job",
      "  tell:\n    needs: build\n    if: ${{ !cancelled() && needs.build.result == 'success' }}\n",
      "  tell:\n    needs: between\n",
      "Job tell needs between, which calls a workflow or waits for one: say !cancelled()",
    ],
    [
      "a group that lists images",
      "longshore-plan",
      "longshore-${{ inputs.image }}",
      "The group longshore-${{ inputs.image }} may have more than 399 characters",
    ],
    [
      "a group that is too long",
      "longshore-plan",
      `longshore-${"x".repeat(250)}-${"${{ github.repository }}"}`,
      "may have more than 399 characters",
    ],
    [
      "a cache key that lists packages",
      '- run: echo "$IMAGE"',
      '- uses: actions/cache@55cc8345863c7cc4c66a329aec7e433d2d1c52a9 # v6.1.0\n        with: { path: x, key: "${{ toJSON(inputs.image) }}" }',
      "may have more than 512 characters",
    ],
    ["an artifact of any attempt", keep, kept("name: app"), "must end in -${{ github.run_attempt }}"],
    ["an artifact that overwrites", keep, kept("name: app, overwrite: true"), "overwrites the artifact app"],
    ["an artifact fetched by a name without attempt", keep, fetched("name: app"), "fetch it by pattern"],
    ["artifacts of all attempts", keep, fetched('pattern: "app-*"'), "does not go on with $/scripts/pick-newest"],
    [
      "artifacts over each other",
      keep,
      fetched('pattern: "app-*", merge-multiple: true'),
      "attempts overwrite each other",
    ],
    ["an expression in a shell", 'echo "$IMAGE"', 'echo "${{ inputs.image }}"', "expression in `run:"],
    ["a foreign concurrency group", "longshore-plan", "plan", "without the prefix longshore-"],
    ["a queue that drops", "      queue: max\n", "", "drops or cancels"],
    ["a queue that cancels", "cancel-in-progress: false", "cancel-in-progress: true", "drops or cancels"],
    ["a word for a number", "timeout-minutes: 60", 'timeout-minutes: "60"', 'the string "60"; it wants a number'],
    ["a word for a boolean", "reuse: false", 'reuse: "false"', 'the string "false"; it wants a boolean'],
    ["a number for a word", "      timeout-minutes: 60", "      suffix: 7", "the number 7; it wants a string"],
    ["an input without a type", "        type: string\n", "", "Input image has no type"],
    [
      "an input that is not described",
      "        description: Repository of the image.\n",
      "",
      "Input image has no description",
    ],
    ["a default of another type", 'default: ""', "default: 7", "its default 7 is not"],
    [
      "an input nothing reads",
      "    inputs:\n",
      "    inputs:\n      ghost:\n        description: Nothing.\n        type: string\n",
      "Nothing reads inputs.ghost",
    ],
    [
      "a secret nothing reads",
      "    inputs:\n",
      "    secrets:\n      ghost: {}\n    inputs:\n",
      "Nothing reads secrets.ghost",
    ],
    [
      "an unknown input of a step",
      "          image: ${{",
      "          imagee: ${{",
      "gives imagee, which $/scripts/plan-image",
    ],
    [
      "a missing input of a step",
      "scripts/plan-image",
      "scripts/publish-index",
      "must give plan to $/scripts/publish-index",
    ],
    [
      "an unknown input of a foreign action",
      "persist-credentials: false",
      "persist-credentials: false\n          depht: 1",
      "gives depht",
    ],
    ["an unknown input of a workflow", "      reuse: false", "      re-use: false", "gives re-use"],
    ["an output that does not exist", "outputs.kind", "outputs.kin", "reads steps.plan.outputs.kin, which"],
    ["an output of no step", "steps.plan.outputs", "steps.plam.outputs", "there is no such step of ours"],
    ["a step that does not exist", "$/scripts/plan-image", "$/scripts/plan-imag", "which does not exist"],
    ["a workflow that does not exist", "build-image.yml", "build-images.yml", "which does not exist"],
    ["a ref on $/", "$/scripts/plan-image", "$/scripts/plan-image@v1", "$/ takes no @ref"],
    ["a local path", "$/scripts/plan-image", "./scripts/plan-image", "write $/, which needs no checkout"],
    ["a tag instead of a SHA", "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", "pin it to a full commit SHA"],
    ["a short SHA", "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@3d3c42e", "pin it to a full commit SHA"],
    ["another SHA", "@3d3c42e5", "@3d3c42e6", "test/contracts/pins.ts says"],
    ["a version that is not said", " # v7.0.1", "", "without the comment # v7.0.1"],
    ["a wrong version", "# v7.0.1", "# v7.0.0", "without the comment # v7.0.1"],
    ["an unlisted action", "actions/checkout@", "actions/stale@", "is not in test/contracts/pins.ts"],
    ["a script in YAML", "actions/checkout@", "actions/github-script@", "uses github-script"],
    [
      "a condition that is always true",
      "    needs: plan\n",
      "    needs: plan\n    if: >-\n      ${{ inputs.image != '' &&\n      false }}\n",
      "is always true",
    ],
    ["a token left behind", "persist-credentials: false", 'submodules: "true"', "leaves the token in .git/config"],
  ])("%s", (_name, from, to, problem) => {
    expect(problemsOf(brokenBy(from, to)).join("\n")).toContain(problem);
  });

  test.each([
    [
      "one step more",
      "steps: [{ run: x }] }\n  arm64",
      "steps: [{ run: x }, { run: y }] }\n  arm64",
      "differ in steps.1.run",
    ],
    ["another command", "steps: [{ run: x }] }\n  arm64", "steps: [{ run: y }] }\n  arm64", "differ in steps.0.run"],
    ["the wrong switch", "'linux/arm64'", "'linux/amd64'", "Job arm64 must be switched by the platform"],
  ])("native jobs with %s", (_name, from, to, problem) => {
    expect(problemsOf(brokenBy(from, to, twins)).join("\n")).toContain(problem);
  });
});

const signing = `
jobs:
  sign:
    cache-mode: none
    permissions:
      id-token: write # signs
    steps:
      - uses: $/scripts/sign-image
  other: { permissions: { id-token: write }, cache-mode: none }
`;

describe("a job with an OIDC token", () => {
  const problems = (text: string) => {
    const workflow = readWorkflow(".github/workflows/signing.yml", text);
    return Object.entries(rules)
      .filter(([name]) => name.startsWith("signing"))
      .flatMap(([, rule]) => rule(workflow, readFromRoot));
  };

  test("that only signs breaks no rule", () => {
    expect(problems(signing)).toEqual([]);
  });

  test.each([
    ["checks out", "$/scripts/sign-image", "actions/checkout@v7", "runs actions/checkout@v7"],
    ["runs a scanner", "$/scripts/sign-image", "aquasecurity/trivy-action@v1", "runs aquasecurity/trivy-action@v1"],
    ["restores a cache", "$/scripts/sign-image", "actions/cache@v6", "runs actions/cache@v6"],
    ["runs a shell", "uses: $/scripts/sign-image", "run: ./build.sh", "runs the shell"],
    ["may use the shared cache", "cache-mode: none", "cache-mode: read", "must have cache-mode: none"],
    [
      "stands beside one with other permissions",
      "permissions: { id-token: write }",
      "permissions: { contents: write }",
      "belongs in a file of its own",
    ],
  ])("that %s is found", (_name, from, to, problem) => {
    expect(problems(brokenBy(from, to, signing)).join("\n")).toContain(problem);
  });
});

const scanning = `
jobs:
  scan:
    permissions: { packages: read }
    cache-mode: none
    steps:
      - uses: aquasecurity/trivy-action@v1
`;

describe("a job with a scanner", () => {
  const problems = (text: string) =>
    rules.scannersOnlyRead?.(readWorkflow(".github/workflows/scanning.yml", text), readFromRoot) ?? [];

  test("that only reads breaks no rule", () => {
    expect(problems(scanning)).toEqual([]);
  });

  test.each([
    ["may write", "packages: read", "packages: write", "may write packages"],
    ["has an OIDC token", "packages: read", "id-token: write", "may write id-token"],
    ["may use the shared cache", "cache-mode: none", "cache-mode: read", "must have cache-mode: none"],
    ["decides itself", "    steps:\n", "    steps:\n      - uses: $/scripts/gate-scan\n", "beside $/scripts/gate-scan"],
    ["hands on what the scanner says", "    steps:", "    outputs: { x: y }\n    steps:", "gives outputs"],
  ])("that %s is found", (_name, from, to, problem) => {
    expect(problems(brokenBy(from, to, scanning)).join("\n")).toContain(problem);
  });
});

describe("a call of a workflow with a scanner", () => {
  const path = ".github/workflows/ship-image.yml";
  const text = readFromRoot(path);
  const problems = (changed: string) =>
    rules.scannersGetNoPasswordThatPushes?.(readWorkflow(path, changed), readFromRoot) ?? [];

  test("that hands on a password that only reads breaks no rule", () => {
    expect(problems(text)).toEqual([]);
  });

  test("that hands on the password that pushes is found", () => {
    expect(problems(brokenBy("secrets.registry-auth-read", "secrets.registry-auth", text))).toEqual([
      "Job scan hands the logins that push to $/.github/workflows/scan-image.yml, which runs a scanner: hand on one that can only read.",
    ]);
  });

  test("that hands on all secrets is found", () => {
    const inherits = `
jobs:
  scan:
    uses: $/.github/workflows/scan-image.yml
    secrets: inherit
`;
    expect(problems(inherits)).toHaveLength(1);
  });
});

describe("ship-image.yml", () => {
  const path = ".github/workflows/ship-image.yml";
  const text = readFromRoot(path);
  const problems = (changed: string) => rules.shipsInOrder?.(readWorkflow(path, changed), readFromRoot) ?? [];
  const scanPassed = "(needs.scan.result == 'success' || !inputs.scan)";
  const signPassed = "(needs.sign.result == 'success' || !inputs.sign)";
  const signWaits = "needs: [build, scan]\n";
  const promoteWaits = "needs: [build, scan, sign]\n";

  test("as it is breaks no rule", () => {
    expect(problems(text)).toEqual([]);
  });

  test.each([
    ["signs without waiting for the scan", signWaits, "needs: build\n", "Job sign does not wait for scan"],
    ["signs what the scan stops", `&&\n      ${scanPassed}`, "", "Job sign runs where scan was asked for"],
    ["promotes without waiting for the scan", promoteWaits, "needs: [build, sign]\n", "promote does not wait for scan"],
    ["promotes without waiting for the signature", promoteWaits, signWaits, "promote does not wait for sign"],
    ["promotes what the scan stops", `${scanPassed} && ${signPassed}`, signPassed, "promote runs where scan was asked"],
    ["promotes what is not signed", ` && ${signPassed}`, "", "promote runs where sign was asked"],
    ["lets one part do for the other", ` && ${signPassed}`, ` || ${signPassed}`, "promote runs where sign was asked"],
    ["promotes without a job", "  promote:\n    needs", "  name-it:\n    needs", "has no job promote"],
    [
      "promotes a build that failed",
      "inputs.promote && needs.build.result == 'success'",
      "inputs.promote",
      "Job promote runs where the build failed",
    ],
  ])("that %s is found", (_name, from, to, problem) => {
    expect(problems(brokenBy(from, to, text)).join("\n")).toContain(problem);
  });
});

describe("GitHub's parser or language service finds", () => {
  test.each([
    ["an unknown key", "    timeout-minutes: 5", "    time-out: 5"],
    ["a needs on no job", "needs: plan", "needs: plans"],
    ["an unknown context", "IMAGE: ${{ inputs.image }}", "IMAGE: ${{ input.image }}"],
    ["an unknown input of a workflow", "reuse: false", "re-use: false"],
    ["an unknown input of a step", "          image: ${{", "          imagee: ${{"],
    ["a workflow that does not exist", "build-image.yml", "build-images.yml"],
    ["text that is no YAML", "jobs:\n", "jobs: [\n"],
    ["a key of a call that calls do not take", "    needs: plan\n", "    needs: plan\n    timeout-minutes: 5\n"],
  ])("%s", async (_name, from, to) => {
    const text = brokenBy(from, to);
    const path = ".github/workflows/sound.yml";
    expect([...(await parserProblems(path, text)), ...(await languageServiceProblems(path, text))]).not.toEqual([]);
  });
});
