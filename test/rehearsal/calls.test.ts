import { describe, expect, test } from "vitest";
import { tryWorkflow } from "./try-workflow.ts";

const library = (
  extra = "",
  steps = '- run: echo "name=${{ inputs.name }} count=${{ inputs.count }} loud=${{ inputs.loud }}"',
): string => `on:
  workflow_call:
    inputs:
      name: { type: string, required: true }
      count: { type: number, default: 3 }
      loud: { type: boolean }
    secrets:
      key: {}
    outputs:
      answer: { value: "\${{ jobs.work.outputs.answer }}" }
${extra}
jobs:
  work:
    runs-on: ubuntu-24.04
    outputs:
      answer: \${{ steps.answer.outputs.answer }}
    steps:
      ${steps}
      - id: answer
        run: echo "answer=42" >> "$GITHUB_OUTPUT"
`;

const caller = (lines: string): string =>
  `on: push\njobs:\n  call:\n    uses: longshore/longshore/.github/workflows/work.yml@v1\n${lines.replace(/^/gm, "    ")}\n`;

const callsWith = (lines: string, called = library()) =>
  tryWorkflow({
    files: { "entry.yml": caller(lines) },
    library: { "work.yml": called },
    secrets: { KEY: "the-secret" },
  });

describe("a called workflow", () => {
  test("sees its inputs typed and with defaults, and hands its outputs back", async () => {
    const { printed, results } = await tryWorkflow({
      files: {
        "entry.yml": `${caller("with:\n  name: x")}  after:\n    needs: call\n    runs-on: x\n    steps:\n      - run: echo "\${{ needs.call.outputs.answer }} \${{ needs.call.result }}"\n`,
      },
      library: { "work.yml": library() },
    });
    expect(printed).toEqual(["name=x count=3 loud=false", "42 success"]);
    expect(results).toEqual({ "call / work": "success", after: "success" });
  });

  test("sees the secrets it is given by name, all with inherit, and none otherwise", async () => {
    const shows = library("", "- run: echo \"[${{ secrets.key == 'the-secret' }}]\"");
    expect((await callsWith("with: { name: x }\nsecrets: { key: '${{ secrets.KEY }}' }", shows)).printed).toEqual([
      "[true]",
    ]);
    expect((await callsWith("with: { name: x }\nsecrets: inherit", shows)).printed).toEqual(["[true]"]);
    expect((await callsWith("with: { name: x }", shows)).printed).toEqual(["[false]"]);
  });

  test("sees github of its caller, and itself as job.workflow_repository", async () => {
    const { printed } = await callsWith(
      "with: { name: x }",
      library("", "- run: echo ${{ github.repository }} ${{ job.workflow_repository }} ${{ github.workflow_ref }}"),
    );
    expect(printed[0]).toBe("acme/app longshore/longshore acme/app/.github/workflows/entry.yml@refs/heads/main");
  });

  test("reaches its neighbours by $/, however deep", async () => {
    const { results } = await tryWorkflow({
      files: { "entry.yml": caller("with: { name: x }") },
      library: {
        "work.yml":
          "on: { workflow_call: { inputs: { name: { type: string } } } }\njobs: { next: { uses: $/.github/workflows/deep.yml } }",
        "deep.yml": 'on: workflow_call\njobs: { end: { runs-on: x, steps: [{ run: "true" }] } }',
      },
    });
    expect(results).toEqual({ "call / next / end": "success" });
  });

  test("runs once for each combination of a matrix", async () => {
    const { printed } = await callsWith("strategy: { matrix: { name: [a, b] } }\nwith:\n  name: ${{ matrix.name }}");
    expect([...printed].sort()).toEqual(["name=a count=3 loud=false", "name=b count=3 loud=false"]);
  });

  test.each([
    ["an input it does not have", "with: { name: x, colour: red }", "has no input `colour`"],
    ["an input it needs", "with: { count: 1 }", "needs the input `name`"],
    ["a text for a number", "with: { name: x, count: '${{ github.ref }}' }", "is of type number"],
    ["a text for a boolean", "with: { name: x, loud: '${{ github.ref }}' }", "is of type boolean"],
    ["a secret it does not have", "with: { name: x }\nsecrets: { other: y }", "has no secret `other`"],
  ])("refuses %s", async (_, lines, sentence) => {
    await expect(callsWith(lines)).rejects.toThrow(sentence);
  });
});

describe("permissions", () => {
  test("a token has what the job says, or the workflow, or what its caller grants", async () => {
    const { tokens } = await tryWorkflow({
      files: {
        "entry.yml": `on: push
permissions: { contents: read, packages: write }
jobs:
  plain: { runs-on: x, steps: [{ run: "true" }] }
  less: { runs-on: x, needs: plain, permissions: { contents: read }, steps: [{ run: "true" }] }
  call: { needs: less, uses: longshore/longshore/.github/workflows/work.yml@v1, with: { name: x } }
`,
      },
      library: { "work.yml": library() },
    });
    expect(tokens).toEqual([
      { contents: "read", packages: "write" },
      { contents: "read" },
      { contents: "read", packages: "write" },
    ]);
  });

  test("a scope that a caller does not grant stops the run before any job, also where `if` would skip the job", async () => {
    const greedy = library("permissions: {}").replace(
      "runs-on:",
      "if: false\n    permissions: { packages: write }\n    runs-on:",
    );
    await expect(callsWith("permissions: { contents: read }\nwith: { name: x }", greedy)).rejects.toThrow(
      "the job `call / work` requests `packages: write`, but its caller grants `packages: none`",
    );
  });

  test("the token of a fork's pull request is lowered to reading, and there are no secrets", async () => {
    const { tokens, printed } = await tryWorkflow({
      event: { untrusted: true },
      secrets: { KEY: "the-secret" },
      files: {
        "entry.yml": `on: push
permissions: { contents: read, packages: write, id-token: write }
jobs:
  plain: { runs-on: x, steps: [{ run: "echo [\${{ secrets.KEY }}]" }] }
`,
      },
    });
    expect(tokens).toEqual([{ contents: "read", packages: "read", "id-token": "none" }]);
    expect(printed).toEqual(["[]"]);
  });
});

const action = (inputs: string, more = ""): string =>
  `name: A\ndescription: b\ninputs:\n${inputs.replace(/^/gm, "  ")}\nruns:\n  using: node24\n  main: main.js\n${more}`;

const withAction = (yaml: string, code: string, withLines: string, more: Readonly<Record<string, string>> = {}) =>
  tryWorkflow({
    files: { "entry.yml": caller("") },
    library: {
      "work.yml": `on: workflow_call\njobs:\n  work:\n    runs-on: x\n    steps:\n      - id: act\n        uses: $/scripts/act\n        with: ${withLines}\n      - run: echo "out=\${{ steps.act.outputs.out }}"\n`,
      "scripts/act/action.yml": yaml,
      "scripts/act/main.js": code,
      ...more,
    },
  });

describe("an action of the repository", () => {
  test("runs under Node 24 with its inputs as the runner names them", async () => {
    const { printed } = await withAction(
      action(
        "two-words: { default: '${{ github.actor }}' }\nwith space: { default: b }\ngiven: { required: true }\nflag: { default: false }",
      ),
      `const fs = require("node:fs");
       console.log(process.version.split(".")[0], ["INPUT_TWO-WORDS", "INPUT_WITH_SPACE", "INPUT_GIVEN", "INPUT_FLAG"].map((name) => process.env[name]).join(","));
       fs.appendFileSync(process.env.GITHUB_OUTPUT, "out=done\\n");`,
      "{ GIVEN: c }",
    );
    expect(printed).toEqual(["v24 ada,b,c,false", "out=done"]);
  });

  test("does what it left for the end, with the state it saved", async () => {
    const { printed } = await withAction(
      action("x: { default: '1' }", "  post: post.js\n"),
      `require("node:fs").appendFileSync(process.env.GITHUB_STATE, "kept=this\\n");`,
      "{ x: '2' }",
      { "scripts/act/post.js": `console.log("post", process.env.STATE_kept, process.env.INPUT_X);` },
    );
    expect(printed).toEqual(["out=", "post this 2"]);
  });

  test("only gets a warning for an input that is missing", async () => {
    const { printed } = await withAction(action("needed: { required: true }\nx: {}"), "", "{ x: y }");
    expect(printed[0]).toBe("warning: Input required and not supplied: needed");
  });

  test("is refused with an input it does not have", async () => {
    await expect(withAction(action("x: {}"), "", "{ y: 1 }")).rejects.toThrow("`$/scripts/act` has no input `y`");
  });
});

describe("what the rehearsal does not know is refused by name, before anything runs", () => {
  const entry = (jobLines: string): string =>
    `on: push\njobs:\n  first: { runs-on: x, steps: [{ run: echo ran }] }\n  second:\n${jobLines.replace(/^/gm, "    ")}\n`;
  const table: readonly (readonly [string, string, string])[] = [
    ["an action without stand-in", "runs-on: x\nsteps: [{ uses: some/action@v1 }]", "no stand-in for `some/action@v1`"],
    ["a Docker action", "runs-on: x\nsteps: [{ uses: 'docker://alpine:3' }]", "no stand-in for `docker://alpine:3`"],
    ["a container", "runs-on: x\ncontainer: alpine\nsteps: [{ run: ls }]", "does not know `container`"],
    ["services", "runs-on: x\nservices: { db: { image: a } }\nsteps: [{ run: ls }]", "does not know `services`"],
    ["an environment", "runs-on: x\nenvironment: production\nsteps: [{ run: ls }]", "does not know `environment`"],
    ["hashFiles", "runs-on: x\nsteps: [{ run: \"echo ${{ hashFiles('a') }}\" }]", "function `hashfiles()`"],
    ["another shell", "runs-on: x\nsteps: [{ run: ls, shell: python }]", "the shell `python`"],
    [
      "max-parallel",
      "runs-on: x\nstrategy: { max-parallel: 1, matrix: { a: [1] } }\nsteps: [{ run: ls }]",
      "`max-parallel`",
    ],
    ["an unknown context", "runs-on: x\nif: nonsense.x\nsteps: [{ run: ls }]", "Unrecognized named-value: 'nonsense'"],
    ["an unknown key", "runs-on: x\nnonsense: 1\nsteps: [{ run: ls }]", "nonsense"],
    ["a workflow that is not there", "uses: ./.github/workflows/none.yml", "no workflow `.github/workflows/none.yml`"],
    [
      "a workflow of elsewhere",
      "uses: other/place/.github/workflows/a.yml@v1",
      "is no workflow the rehearsal has at hand",
    ],
    ["$/ with a version", "runs-on: x\nsteps: [{ uses: $/scripts/a@v1 }]", "takes no `@`"],
  ];
  test.each(table)("%s", async (_, lines, sentence) => {
    const trial = tryWorkflow({ files: { "entry.yml": entry(lines) } });
    await expect(trial).rejects.toThrow(sentence);
  });

  test("a stand-in takes the inputs it lists and no others", async () => {
    const standIns = [
      {
        action: "some/action",
        inputs: { colour: "red" },
        run: async (step: { readonly inputs: Readonly<Record<string, string>> }) => ({
          outputs: { said: step.inputs.colour ?? "" },
        }),
      },
    ];
    const steps = (line: string): string =>
      `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - { id: it, uses: some/action@0123 ${line} }\n      - run: echo \${{ steps.it.outputs.said }}\n`;
    expect((await tryWorkflow({ standIns, files: { "entry.yml": steps("") } })).printed).toEqual(["red"]);
    await expect(tryWorkflow({ standIns, files: { "entry.yml": steps(", with: { size: 1 }") } })).rejects.toThrow(
      "has no input `size`",
    );
  });

  test("a group that a caller shares with what it calls waits for itself", async () => {
    await expect(
      callsWith("concurrency: same\nwith: { name: x }", library("concurrency: { group: SAME, queue: max }")),
    ).rejects.toThrow("waits for itself");
  });
});
