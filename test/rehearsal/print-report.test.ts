import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { choosePaint } from "../../rehearsal/paint.ts";
import { chooseSummaries, printReport } from "../../rehearsal/print-report.ts";
import type { RehearsalReport } from "../../rehearsal/report.ts";
import type { StepRecord } from "../../rehearsal/runner/progress.ts";

describe("the summaries on the screen", () => {
  test("of builds are what is merged and pruned", () => {
    const files = ["2-image-build-merge.md", "10-prune-prune.md", "1-image-build-amd64.md", "1-image-build-merge.md"];
    expect(chooseSummaries(files)).toEqual(["1-image-build-merge.md", "2-image-build-merge.md", "10-prune-prune.md"]);
  });

  test("of shipments are what each has and has not, and the fullest from the merge to the end", () => {
    const whole = (chapter: number) =>
      ["merge", "scan-gate", "sign-sign", "promote-promote", "verdict"].map((job) => `${chapter}-image-${job}.md`);
    const blocked = ["3-image-merge.md", "3-image-scan-gate.md", "3-image-verdict.md"];
    const files = [...whole(1).filter((name) => !name.includes("promote")), ...blocked, ...whole(2)];
    expect(chooseSummaries([...files, "4-verify-gate.md", "5-promote-promote.md"].reverse())).toEqual([
      ...["1-image-verdict.md", ...whole(2), "3-image-verdict.md", "5-promote-promote.md"],
    ]);
  });
});

describe("the end of a report", () => {
  let kept = "";
  beforeAll(() => {
    kept = mkdtempSync(join(tmpdir(), "longshore-report-"));
    writeFileSync(
      join(kept, "1-image-verdict.md"),
      "### What this image has and has not\n\nThe key:\n\n<pre>KEY</pre>\n\nTo verify:\n\n```sh\ncosign verify\n```\n\nThe end.\n",
    );
  });
  afterAll(() => rmSync(kept, { recursive: true }));

  const step = (uses: string, outcome: StepRecord["outcome"]): StepRecord => ({
    ...{ name: "", id: "", uses, outcome, conclusion: outcome, ms: 0, outputs: {} },
  });
  const print = (...steps: readonly StepRecord[]): string => {
    const jobs = [{ job: "scan", result: "success" as const, ms: 0, steps, summary: "", outputs: {} }];
    const runs = [{ runId: 1, result: "success" as const, jobs, annotations: [], ms: 0 }];
    const chapters = [{ number: 1, title: "a push", ms: 0, runs, checks: [{ sentence: "it holds", ok: true }] }];
    const story = { name: "ship", title: "", ok: true, ms: 0, registry: "localhost:1", kept, chapters, images: [] };
    const report: RehearsalReport = { ok: true, engine: "Docker", emulated: "", ms: 1000, stories: [story] };
    return printReport(report, choosePaint({ isTTY: false }, {}));
  };

  test("names what was a stand-in in this run, and nothing else", () => {
    const played = [
      step(`aquasecurity/trivy-action@${"a".repeat(40)}`, "success"),
      step("actions/attest@b", "failure"),
    ];
    const text = print(
      ...played,
      step("github/codeql-action/upload-sarif@c", "skipped"),
      step("actions/checkout@d", "success"),
    );
    expect(text).toContain(
      "\nStand-ins: GitHub's API and runners, Trivy, GitHub's attestations. What is proved where: docs/security.md.\n",
    );
  });

  test("shows a summary without its keys and commands", () => {
    expect(print()).toContain("  ### What this image has and has not\n\n  The end.\n");
    expect(print()).toMatch(/Job summaries \(all 1 are in .*\)/);
  });
});
