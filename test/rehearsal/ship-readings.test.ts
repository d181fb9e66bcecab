import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { readFromRoot, root } from "../../tools/workflows/workflow-files.ts";
import { tryWorkflow } from "./try-workflow.ts";

/** What each part of ship-image.yml is played to do: outputs of a success, or another end. */
type Part = "build" | "scan" | "sign" | "promote";
type Ends = Readonly<Partial<Record<Part, "failure" | Readonly<Record<string, string>>>>>;

const plan = JSON.stringify({ images: ["ghcr.io/acme/app"], tags: [{ mutability: "moving" }], reason: "It may push." });
const digest = `sha256:${"a".repeat(64)}`;
const wellEnded: Required<Ends> = {
  build: { delivery: "registry", digest, image: `ghcr.io/acme/app@${digest}`, plan, queue: "0123456789abcdef" },
  scan: { verdict: "pass", reason: "Nothing was found." },
  sign: { signed: digest, attested: "true" },
  promote: { references: "ghcr.io/acme/app:latest" },
};
const files: Readonly<Record<Part, string>> = {
  build: "build-image.yml",
  scan: "scan-image.yml",
  sign: "sign-image.yml",
  promote: "promote-image.yml",
};

/** A workflow with the contract of ours whose jobs are played: one that is skipped, and one that ends as told. */
function playedPart(part: Part, end: Ends[Part]): string {
  const { on } = parse(readFromRoot(`.github/workflows/${files[part]}`)) as {
    on: { workflow_call: { outputs?: object } };
  };
  const values = end === "failure" || end === undefined ? {} : end;
  const outputs = Object.keys(on.workflow_call.outputs ?? {});
  return stringify({
    on: {
      workflow_call: {
        ...on.workflow_call,
        outputs: Object.fromEntries(outputs.map((name) => [name, { value: `\${{ jobs.done.outputs.${name} }}` }])),
      },
    },
    jobs: {
      off: { if: false, "runs-on": "x", steps: [{ run: "true" }] },
      done: {
        "runs-on": "x",
        env: values,
        outputs: Object.fromEntries(
          outputs.filter((name) => name in values).map((name) => [name, `\${{ env.${name} }}`]),
        ),
        steps: [{ run: end === "failure" ? "false" : "true" }],
      },
    },
  });
}

let library = "";
beforeAll(() => {
  library = mkdtempSync(join(tmpdir(), "longshore-ship-"));
  mkdirSync(join(library, ".github/workflows"), { recursive: true });
  symlinkSync(join(root, "scripts"), join(library, "scripts"));
  cpSync(join(root, ".github/workflows/ship-image.yml"), join(library, ".github/workflows/ship-image.yml"));
});
afterAll(() => rmSync(library, { recursive: true, force: true }));

async function ship(reading: "leak" | "stay", ends: Ends, inputs: Readonly<Record<string, unknown>> = {}) {
  for (const part of ["build", "scan", "sign", "promote"] as const) {
    const text = playedPart(part, ends[part] ?? wellEnded[part]);
    writeFileSync(join(library, ".github/workflows", files[part]), text);
  }
  const { results } = await tryWorkflow({
    files: {
      "entry.yml": stringify({
        on: "push",
        permissions: "write-all",
        jobs: { ship: { uses: "longshore/longshore/.github/workflows/ship-image.yml@v1", with: inputs } },
      }),
    },
    libraryFolder: library,
    skippedInCalls: reading,
  });
  const of = (part: Part) => results[`ship / ${part} / done`] ?? results[`ship / ${part}`];
  return {
    ...{ build: of("build"), scan: of("scan"), sign: of("sign"), promote: of("promote") },
    verdict: results["ship / verdict"],
  };
}

// Jobs inside a called workflow are skipped in every run: whether that reaches what waits for the call must not matter.
describe.each(["leak", "stay"] as const)("ship-image.yml where jobs skipped inside a call %s", (reading) => {
  test("ships in order, and the verdict is green", async () => {
    const all = { build: "success", scan: "success", sign: "success", promote: "success", verdict: "success" };
    expect(await ship(reading, {})).toEqual(all);
  });

  test("is green for a fork, whose image is an archive", async () => {
    const rest = { scan: "skipped", sign: "skipped", promote: "skipped" };
    expect(await ship(reading, { build: { delivery: "artifact", plan } })).toEqual({
      build: "success",
      ...rest,
      verdict: "success",
    });
  });

  test("is red where the scan stops the image, and goes no further", async () => {
    const rest = { scan: "failure", sign: "skipped", promote: "skipped", verdict: "failure" };
    expect(await ship(reading, { scan: "failure" })).toEqual({ build: "success", ...rest });
  });

  test("is red where the build fails, and does nothing more", async () => {
    const rest = { scan: "skipped", sign: "skipped", promote: "skipped", verdict: "failure" };
    expect(await ship(reading, { build: "failure" })).toEqual({ build: "failure", ...rest });
  });

  test("ships without what is switched off", async () => {
    const rest = { scan: "skipped", sign: "skipped", promote: "success", verdict: "success" };
    expect(await ship(reading, {}, { scan: false, sign: false })).toEqual({ build: "success", ...rest });
  });

  test("is red where GitHub has dropped what the build said", async () => {
    const { verdict } = await ship(reading, { build: { digest } });
    expect(verdict).toBe("failure");
  });
});
