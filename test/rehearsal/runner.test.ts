import { describe, expect, test } from "vitest";
import { tryWorkflow } from "./try-workflow.ts";

/** A workflow started by a push, with these jobs. */
const workflow = (jobs: string): string => `on: push\njobs:\n${jobs.replace(/^/gm, "  ")}`;

/** A job with one script; `more` are lines of the job. */
const job = (id: string, run: string, more = ""): string =>
  `${id}:\n  runs-on: ubuntu-24.04\n${more === "" ? "" : `${more.replace(/^/gm, "  ")}\n`}  steps:\n    - run: |\n${run.replace(/^/gm, "        ")}\n`;

describe("a job runs or is skipped", () => {
  const table: readonly (readonly [string, string, string])[] = [
    ["without a condition it runs after a success", "true", ""],
    ["without a condition it is skipped after a failure", "false", ""],
    ["always() runs after a failure", "false", "if: always()"],
    ["failure() is skipped after a success", "true", "if: failure()"],
    ["failure() runs after a failure", "false", "if: failure()"],
    ["a condition without a status function also asks for success", "false", "if: github.event_name == 'push'"],
    ["!cancelled() && !failure() runs after a success", "true", "if: ${{ !cancelled() && !failure() }}"],
    ["!cancelled() && !failure() is skipped after a failure", "false", "if: ${{ !cancelled() && !failure() }}"],
  ];
  const runs = [0, 2, 4, 6];
  test.each(table.map((row, at) => [...row, runs.includes(at)] as const))(
    "%s",
    async (_, first, condition, expected) => {
      const { results } = await tryWorkflow({
        files: { "entry.yml": workflow(job("first", first) + job("second", "true", `needs: first\n${condition}`)) },
      });
      expect(results.second).toBe(expected ? "success" : "skipped");
    },
  );

  test("the job after one that was skipped is skipped too, unless it asks otherwise", async () => {
    const { results } = await tryWorkflow({
      files: {
        "entry.yml": workflow(
          job("off", "true", "if: false") +
            job("plain", "true", "needs: off") +
            job("stubborn", "true", "needs: off\nif: ${{ !failure() }}") +
            job("late", "true", "needs: stubborn") +
            job("late-stubborn", "true", "needs: stubborn\nif: ${{ !failure() && !cancelled() }}"),
        ),
      },
    });
    // `late` too: a job skipped anywhere up the chain counts.
    expect(results).toEqual({
      off: "skipped",
      plain: "skipped",
      stubborn: "success",
      late: "skipped",
      "late-stubborn": "success",
    });
  });

  test("continue-on-error makes a failed job a success for the others", async () => {
    const { results, run } = await tryWorkflow({
      files: {
        "entry.yml": workflow(job("first", "false", "continue-on-error: true") + job("second", "true", "needs: first")),
      },
    });
    expect(results).toEqual({ first: "success", second: "success" });
    expect(run?.result).toBe("success");
  });
});

describe("steps", () => {
  test("after a failed step only those run that ask for it, and the job fails", async () => {
    const { printed, results } = await tryWorkflow({
      files: {
        "entry.yml": workflow(`build:
  runs-on: ubuntu-24.04
  steps:
    - id: bad
      run: exit 3
    - run: echo not reached
    - if: failure()
      run: echo bad was \${{ steps.bad.outcome }}
    - if: always()
      run: echo always
`),
      },
    });
    expect(printed).toEqual(["error: Process completed with exit code 3.", "bad was failure", "always"]);
    expect(results.build).toBe("failure");
  });

  test("continue-on-error: the outcome is a failure, the conclusion a success", async () => {
    const { printed, results } = await tryWorkflow({
      files: {
        "entry.yml": workflow(`build:
  runs-on: ubuntu-24.04
  steps:
    - id: bad
      continue-on-error: true
      run: exit 1
    - run: echo \${{ steps.bad.outcome }} \${{ steps.bad.conclusion }}
`),
      },
    });
    expect(printed).toContain("failure success");
    expect(results.build).toBe("success");
  });

  test("speak through files: outputs, environment, path, summary", async () => {
    const { run, printed } = await tryWorkflow({
      files: {
        "entry.yml": workflow(`build:
  runs-on: ubuntu-24.04
  outputs:
    text: \${{ steps.one.outputs.text }}
  steps:
    - id: one
      run: |
        printf 'plain=1\\ntext<<END\\nfirst = line\\nsecond\\nEND\\n' >> "$GITHUB_OUTPUT"
        echo "COLOUR=blue" >> "$GITHUB_ENV"
        mkdir -p "$RUNNER_TEMP/tools"; printf '#!/bin/sh\\necho tool\\n' > "$RUNNER_TEMP/tools/my-tool"; chmod +x "$RUNNER_TEMP/tools/my-tool"
        echo "$RUNNER_TEMP/tools" >> "$GITHUB_PATH"
        echo "# Title" >> "$GITHUB_STEP_SUMMARY"
    - run: |
        echo "$COLOUR \${{ env.COLOUR }} \${{ steps.one.outputs.plain }}"
        my-tool
`),
      },
    });
    expect(printed).toEqual(["blue blue 1", "tool"]);
    expect(run?.jobs[0]).toMatchObject({ outputs: { text: "first = line\nsecond" }, summary: "# Title\n" });
  });

  test("speak through commands: annotations, masks, groups; ::set-output:: is not obeyed", async () => {
    const { printed, run } = await tryWorkflow({
      files: {
        "entry.yml": workflow(`build:
  runs-on: ubuntu-24.04
  steps:
    - id: talk
      run: |
        echo "::warning title=Careful::one%0Atwo"
        echo "::add-mask::hush"
        echo "say hush"
        echo "::set-output name=x::1"
        echo "::group::Inside"
        echo "::stop-commands::stop"
        echo "::error::only text"
        echo "::stop::"
    - run: echo "[\${{ steps.talk.outputs.x }}]"
`),
      },
    });
    expect(printed).toEqual(["warning: one\ntwo", "say ***", "Inside", "::error::only text", "[]"]);
    expect(run?.annotations).toMatchObject([{ level: "warning", title: "Careful" }]);
  });

  test("secrets are masked wherever they are printed, and an output that holds one is left out", async () => {
    const { printed, run } = await tryWorkflow({
      secrets: { KEY: "s3cret-value" },
      files: {
        "entry.yml": workflow(`build:
  runs-on: ubuntu-24.04
  outputs:
    leak: \${{ steps.one.outputs.leak }}
    fine: ok
  steps:
    - id: one
      env:
        KEY: \${{ secrets.KEY }}
      run: |
        echo "key $KEY token \${{ github.token }}"
        echo "key $KEY" >> "$GITHUB_STEP_SUMMARY"
        echo "leak=$KEY" >> "$GITHUB_OUTPUT"
`),
      },
    });
    expect(printed).toEqual(["key *** token ***", "warning: Skip output 'leak' since it may contain secret."]);
    expect(run?.jobs[0]).toMatchObject({ outputs: { fine: "ok" }, summary: "key ***\n" });
  });

  test("see nothing of the environment the rehearsal itself runs in", async () => {
    process.env.LONGSHORE_TEST_LEAK = "leaked";
    const { printed } = await tryWorkflow({
      files: { "entry.yml": workflow(job("build", 'echo "[$LONGSHORE_TEST_LEAK] $CI $GITHUB_EVENT_NAME $RUNNER_OS"')) },
    });
    delete process.env.LONGSHORE_TEST_LEAK;
    expect(printed).toEqual(["[] true push Linux"]);
  });

  test("end at their time limit, and a job at its own", async () => {
    const { printed, results } = await tryWorkflow({
      files: {
        "entry.yml": workflow(`step:
  runs-on: ubuntu-24.04
  steps:
    - timeout-minutes: 0.005
      run: sleep 60
job:
  runs-on: ubuntu-24.04
  timeout-minutes: 0.005
  steps:
    - run: sleep 60
    - run: echo not reached
    - if: cancelled()
      run: echo never
    - if: always()
      run: echo never
`),
      },
    });
    expect(results).toEqual({ step: "failure", job: "cancelled" });
    expect(printed).toContain("error: The step has timed out after 0.005 minutes.");
    expect(printed).not.toContain("not reached");
  });

  test("run in parallel and in the background; outputs are visible after the wait", async () => {
    const { printed, results } = await tryWorkflow({
      files: {
        "entry.yml": workflow(`build:
  runs-on: ubuntu-24.04
  steps:
    - parallel:
        - id: one
          run: sleep 0.2; echo "v=1" >> "$GITHUB_OUTPUT"
        - id: two
          run: echo "v=2" >> "$GITHUB_OUTPUT"
    - id: slow
      background: true
      run: sleep 0.2; echo "v=3" >> "$GITHUB_OUTPUT"
    - run: echo "\${{ steps.one.outputs.v }}\${{ steps.two.outputs.v }}[\${{ steps.slow.outputs.v }}]"
    - wait: slow
    - run: echo "\${{ steps.slow.outputs.v }}"
    - id: endless
      background: true
      run: sleep 60
    - cancel: endless
`),
      },
    });
    expect(printed).toEqual(["12[]", "3"]);
    expect(results.build).toBe("success");
  });
});

describe("expressions", () => {
  const table: readonly (readonly [string, string])[] = [
    ["${{ github.ref_name }}", "main"],
    ["a ${{ 'b' }} ${{ 1.50 }} ${{ true }} ${{ null }} end", "a b 1.5 true  end"],
    ["${{ contains('linux/amd64,linux/arm64', 'linux/arm64') }}", "true"],
    ["${{ toJSON(fromJSON('[1]')) == '[1]' }}", "false"],
    ["${{ github.event.nothing.here || 'fallback' }}", "fallback"],
    ["${{ case(false, 'a', 'b') }}", "b"],
    ["${{ github.repository_owner }}/${{ github.event.repository.full_name }}", "acme/acme/app"],
    ["${{ format('{0} {{}}', github.actor) }}", "ada {}"],
  ];
  test.each(table)("%s", async (text, expected) => {
    const { printed } = await tryWorkflow({
      files: {
        "entry.yml": workflow(
          `build:\n  runs-on: ubuntu-24.04\n  steps:\n    - env:\n        TEXT: ${JSON.stringify(text)}\n      run: echo "$TEXT"\n`,
        ),
      },
    });
    expect(printed).toEqual([expected]);
  });
});

describe("a matrix", () => {
  test("multiplies, excludes before it includes, and names each job by its values", async () => {
    const { results } = await tryWorkflow({
      files: {
        "entry.yml": workflow(
          job(
            "build",
            "true",
            `strategy:
  matrix:
    os: [a, b]
    size: [1, 2]
    exclude:
      - { os: b, size: 2 }
    include:
      - { os: a, extra: yes }
      - { os: c, size: 3 }`,
          ),
        ),
      },
    });
    expect(Object.keys(results).sort()).toEqual([
      "build (a, 1, yes)",
      "build (a, 2, yes)",
      "build (b, 1)",
      "build (c, 3)",
    ]);
  });

  test("fails as a whole when one of it fails", async () => {
    const { results } = await tryWorkflow({
      files: {
        "entry.yml": workflow(
          job("build", '[ "${{ matrix.n }}" != 2 ]', "strategy:\n  fail-fast: false\n  matrix:\n    n: [1, 2]") +
            job("after", "true", "needs: build"),
        ),
      },
    });
    expect(results).toEqual({ "build (1)": "success", "build (2)": "failure", after: "skipped" });
  });
});

test("jobs that do not need each other run at the same time", async () => {
  // Each waits for a file of the other; one after the other they would never end.
  const meet = (own: string, other: string): string =>
    job(
      own,
      `touch ../../../../${own}; until [ -e ../../../../${other} ]; do sleep 0.05; done`,
      "timeout-minutes: 0.2",
    );
  const { results } = await tryWorkflow({ files: { "entry.yml": workflow(meet("one", "two") + meet("two", "one")) } });
  expect(results).toEqual({ one: "success", two: "success" });
});

describe("an event starts a workflow only as its `on` says", () => {
  const table: readonly (readonly [string, string, Readonly<Record<string, unknown>>, boolean])[] = [
    ["by name", "on: push", {}, true],
    ["another event", "on: pull_request", {}, false],
    ["a branch that matches", "on: { push: { branches: [main] } }", {}, true],
    ["a branch that does not", "on: { push: { branches: ['release/**'] } }", {}, false],
    ["a pattern that is taken back", "on: { push: { branches: ['**', '!main'] } }", {}, false],
    ["a tag where only branches are named", "on: { push: { branches: [main] } }", { ref: "refs/tags/v1" }, false],
    ["a tag that matches", "on: { push: { branches: [main], tags: ['v*'] } }", { ref: "refs/tags/v1" }, true],
    ["a pull request that opens", "on: pull_request", { name: "pull_request", payload: { action: "opened" } }, true],
    [
      "a pull request that closes",
      "on: { pull_request: {} }",
      { name: "pull_request", payload: { action: "closed" } },
      false,
    ],
  ];
  test.each(table)("%s", async (_, on, event, expected) => {
    const { run } = await tryWorkflow({
      event,
      files: { "entry.yml": `${on}\njobs:\n  build: { runs-on: x, steps: [{ run: "true" }] }\n` },
    });
    expect(run !== undefined).toBe(expected);
  });
});

describe("what GitHub does quietly", () => {
  const two = (more: string) =>
    workflow(
      job("first", "sleep 0.3", "concurrency: { group: one }") +
        job("second", "true", `concurrency: { group: one${more} }`) +
        job("third", "true", `concurrency: { group: one${more} }`),
    );

  test("a newer job of a group takes the place of the one that waits", async () => {
    const { results } = await tryWorkflow({ files: { "entry.yml": two("") } });
    expect(Object.values(results).sort()).toEqual(["success", "success"]);
    expect(results.second).toBeUndefined();
  });

  test("unless the group says queue: max", async () => {
    const { results } = await tryWorkflow({ files: { "entry.yml": two(", queue: max") } });
    expect(results).toEqual({ first: "success", second: "success", third: "success" });
  });

  test("a group of 400 characters starts nothing", async () => {
    const text = (length: number) => workflow(job("a", "true", `concurrency: { group: ${"x".repeat(length)} }`));
    expect((await tryWorkflow({ files: { "entry.yml": text(399) } })).results.a).toBe("success");
    await expect(tryWorkflow({ files: { "entry.yml": text(400) } })).rejects.toThrow("has 400 characters");
  });

  test("each line of a secret is masked, trimmed and however short, and in other forms", async () => {
    const { printed } = await tryWorkflow({
      files: {
        "entry.yml": workflow(
          job(
            "a",
            `echo '{x}' 'the "key"'\necho ${Buffer.from('the "key"').toString("base64")}\necho 'the%20%22key%22'`,
            "env: { KEY: '${{ secrets.key }}' }",
          ),
        ),
      },
      secrets: { key: '  {\n the "key"\n}' },
    });
    expect(printed).toEqual(["***x*** ***", "***", "***"]);
  });

  test("an output that holds a masked line is dropped, with a warning", async () => {
    const { run, printed } = await tryWorkflow({
      files: { "entry.yml": workflow(job("a", "true", "outputs: { json: '{\"a\":1}', plain: yes-it-is }")) },
      secrets: { key: "first line\n}" },
    });
    expect(run?.jobs[0]?.outputs).toEqual({ plain: "yes-it-is" });
    expect(printed.join()).toContain("Skip output 'json' since it may contain secret.");
  });

  test("an empty output of the last leg of a matrix leaves another leg's", async () => {
    const { run, printed } = await tryWorkflow({
      files: {
        "entry.yml": workflow(
          job(
            "a",
            "true",
            "strategy: { matrix: { it: [one, two] } }\noutputs: { of: \"${{ matrix.it == 'one' && 'one' || '' }}\" }",
          ) + job("b", "echo got ${{ needs.a.outputs.of }}", "needs: a"),
        ),
      },
    });
    expect(run?.result).toBe("success");
    expect(printed).toContain("got one");
  });

  test("only a job that may have an OIDC token is told where, and no shell of the caches", async () => {
    const script = 'echo "$ACTIONS_ID_TOKEN_REQUEST_URL|$ACTIONS_RUNTIME_TOKEN"';
    const { printed } = await tryWorkflow({
      files: {
        "entry.yml": workflow(job("a", script) + job("b", script, "needs: a\npermissions: { id-token: write }")),
      },
    });
    expect(printed[0]).toBe("|");
    expect(printed[1]).toMatch(/^http.+\|$/);
  });
});
