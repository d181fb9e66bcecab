import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  digestOf,
  grypeReport,
  type RecordedVulnerability,
  trivyReport,
  trivySourceReport,
} from "../../rehearsal/stand-ins/recorded-reports.ts";
import { type BundleOptions, type BundleRun, runBundle } from "../../tools/run-bundle.ts";

const targets = [
  { platform: "linux/amd64", digest: digestOf("a"), baseline: `ghcr.io/acme/app@${digestOf("c")}` },
  { platform: "linux/arm64", digest: digestOf("b"), baseline: "" },
];
const high = { id: "CVE-2026-1", fixed: "2", severity: "HIGH" };
const low = { id: "CVE-2026-2", severity: "LOW" };

/** Reports of both platforms as files: what arm64 holds is in `arm64`. */
function reports(amd64: readonly RecordedVulnerability[], arm64: readonly RecordedVulnerability[] = []) {
  return {
    "scan/amd64.report.json": JSON.stringify(trivyReport(amd64)),
    "scan/arm64.report.json": JSON.stringify(trivyReport(arm64, { digest: digestOf("b"), architecture: "arm64" })),
  };
}

const baselineOf = (found: readonly RecordedVulnerability[]) => ({
  "scan/amd64.baseline.json": JSON.stringify(trivyReport(found, { digest: digestOf("c") })),
});

function gate({ inputs, env, ...options }: BundleOptions): Promise<BundleRun> {
  return runBundle("gate-scan", {
    ...options,
    env: { SOURCE_DATE_EPOCH: "1795219200", GITHUB_EVENT_NAME: "pull_request", ...env }, // 2026-11-21
    inputs: {
      reports: "scan/*.report.json",
      baseline: "scan/*.baseline.json",
      targets: JSON.stringify(targets),
      image: `ghcr.io/acme/app@${digestOf("f")}`,
      ...inputs,
    },
  });
}

describe("on a pull request", () => {
  it("a CRITICAL or HIGH ends the step with 1 and says which", async () => {
    const run = await gate({ files: reports([low, high], [high]) });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual(["1 HIGH blocks this image."]);
    expect(run.outputs).toMatchObject({ verdict: "block", blocked: "CVE-2026-1 openssl 3.5.1-1" });
    expect(JSON.parse(run.outputs.counts ?? "")).toMatchObject({
      HIGH: { found: 1, blocking: 1 },
      LOW: { found: 1, blocking: 0 },
    });
    expect(run.stdout).toMatch(/HIGH {2}CVE-2026-1 {2}openssl {2}3\.5\.1-1 → 2 {2}linux\/amd64 linux\/arm64/);
  });

  it("anything less passes", async () => {
    const run = await gate({ files: reports([low]) });
    expect([run.exitCode, run.outputs.verdict, run.outputs.blocked]).toEqual([0, "pass", ""]);
    expect(run.summary).toContain("### Scan passed");
  });
});

it.each([
  ["push", {}, 0, "report"],
  ["schedule", {}, 0, "report"],
  ["merge_group", {}, 1, "block"],
  ["push", { mode: "block" }, 1, "block"],
  ["pull_request", { mode: "report" }, 0, "report"],
  ["pull_request", { severities: "critical" }, 0, "pass"],
  ["pull_request", { severities: "LOW HIGH" }, 1, "block"],
])("on %s with %j it exits with %i: %s", async (event, inputs, exitCode, verdict) => {
  const run = await gate({ files: reports([high]), inputs, env: { GITHUB_EVENT_NAME: event } });
  expect([run.exitCode, run.outputs.verdict]).toEqual([exitCode, verdict]);
});

describe("with new-only", () => {
  it("what the default branch has passes and is told apart from what is new and what is fixed", async () => {
    const files = { ...reports([high, low]), ...baselineOf([high, { id: "CVE-2026-3", severity: "CRITICAL" }]) };
    const run = await gate({ files, inputs: { "new-only": "true" } });
    expect([run.exitCode, run.outputs.verdict]).toEqual([0, "pass"]);
    expect(JSON.parse(run.outputs.counts ?? "")).toMatchObject({
      CRITICAL: { fixed: 1 },
      HIGH: { new: 0 },
      LOW: { new: 1 },
    });
    expect(run.summary).toContain("| severity | new | fixed | found | blocking |");
    expect(run.summary).toContain("the baseline has it too");
  });

  it("a platform that the default branch has not is all new", async () => {
    const run = await gate({
      files: { ...reports([], [high]), ...baselineOf([high]) },
      inputs: { "new-only": "true" },
    });
    expect(run.exitCode).toBe(1);
  });

  it("everything is new where there is nothing to compare with, and it says so", async () => {
    const run = await gate({ files: reports([high]), inputs: { "new-only": "true" } });
    expect(run.exitCode).toBe(1);
    expect(run.warnings).toEqual([
      "There is nothing to compare with: everything found counts as new. Give the input baseline an image that exists.",
    ]);
  });
});

describe("the ignore list", () => {
  it("lets pass what it names, until its day", async () => {
    const files = { ...reports([high]), "ignore.txt": "CVE-2026-1 until=2026-11-21 not reachable" };
    const run = await gate({ files, inputs: { "ignore-file": "ignore.txt" } });
    expect(run.exitCode).toBe(0);
    expect(run.summary).toContain("ignored until 2026-11-21: not reachable");
  });

  it("is a file of the repository: a link to one of the runner is refused before it is read", async () => {
    const links = { "ignore.txt": "/etc/passwd" };
    const run = await gate({ files: reports([high]), links, inputs: { "ignore-file": "ignore.txt" } });
    expect(run.errors).toEqual([expect.stringMatching(/^Input `ignore-file` is "ignore\.txt", which lies outside/)]);
    expect(run.warnings).toEqual([]);
  });

  it("does not take the least flaw of an advisory for all of it, and says what is missing", async () => {
    const advisory = { id: "ALAS-2026-1", related: ["CVE-2026-1", "CVE-2026-2"], severity: "Critical" };
    const files = {
      ...reports([]),
      "scan/a.grype.report.json": JSON.stringify(grypeReport([advisory])),
      "scan/b.grype.report.json": JSON.stringify(grypeReport([], { digest: digestOf("b"), architecture: "arm64" })),
      "ignore.txt": "CVE-2026-1 until=2026-12-31 harmless",
    };
    const run = await gate({ files, inputs: { scanners: "trivy,grype", "ignore-file": "ignore.txt" } });
    expect([run.exitCode, run.outputs.blocked]).toEqual([1, "ALAS-2026-1 openssl 3.5.1-1"]);
    expect(run.warnings).toEqual([
      "Line 1 of the ignore list is for CVE-2026-1, which is one of several flaws in ALAS-2026-1: it blocks until ALAS-2026-1 or CVE-2026-2 is ignored too.",
    ]);
    expect(run.notices).toEqual([]);
  });

  it("warns of lines that are over or not in order, which ignore nothing", async () => {
    const text = "CVE-2026-1 until=2026-11-20 over\nCVE-2026-1 for ever\nCVE-2026-9 until=2027-01-01 not found";
    const run = await gate({
      files: { ...reports([high]), "ignore.txt": text },
      inputs: { "ignore-file": "ignore.txt" },
    });
    expect(run.exitCode).toBe(1);
    expect(run.warnings).toEqual([
      "Line 2 of the ignore list ignores nothing: CVE-2026-1 has no until=2026-12-31 right behind it.",
      "Line 1 of the ignore list was for CVE-2026-1 until 2026-11-20 and ignores it no more.",
    ]);
    expect(run.notices).toEqual(["Line 3 of the ignore list is for CVE-2026-9, which is not found: it can go."]);
  });
});

it("lets pass what nothing fixes yet when asked to", async () => {
  const files = reports([{ ...high, fixed: undefined as never }]);
  expect((await gate({ files, inputs: { "ignore-unfixed": "true" } })).exitCode).toBe(0);
  expect((await gate({ files })).exitCode).toBe(1);
});

it("takes a second scanner's finding and a folder's", async () => {
  const grype = (digest: string, architecture: string, found: readonly RecordedVulnerability[]) =>
    JSON.stringify(grypeReport(found, { digest, architecture }));
  const files = {
    ...reports([]),
    "scan/a.grype.report.json": grype(digestOf("a"), "amd64", [
      { id: "GHSA-x-y", related: ["CVE-2026-1"], severity: "High" },
    ]),
    "scan/b.grype.report.json": grype(digestOf("b"), "arm64", []),
    "scan/source.report.json": JSON.stringify(
      trivySourceReport([{ id: "CVE-2026-5", package: "lodash", severity: "CRITICAL" }]),
    ),
  };
  const run = await gate({ files, inputs: { scanners: "trivy,grype" } });
  expect(run.outputs.blocked).toBe("CVE-2026-5 lodash 3.5.1-1\nCVE-2026-1 openssl 3.5.1-1");
});

it("writes the whole decision to a file", async () => {
  let result: unknown;
  const inspect = (folder: string) => {
    result = JSON.parse(readFileSync(join(folder, "workspace/result.json"), "utf8"));
  };
  await gate({ files: reports([high]), inputs: { "result-file": "result.json" }, inspect });
  expect(result).toMatchObject({
    verdict: "block",
    rules: { mode: "block", today: "2026-11-21" },
    findings: [{ id: "CVE-2026-1" }],
  });
});

it("says when the system gets no updates any more", async () => {
  const files = { "scan/a.report.json": JSON.stringify(trivyReport([], { endOfLife: true })) };
  const run = await gate({ files, inputs: { targets: "" } });
  expect(run.warnings[0]).toMatch(/^debian 13\.2 gets no security updates any more/);
});

describe("a scan that says little", () => {
  const empty = {
    "scan/amd64.report.json": JSON.stringify(trivyReport([], { empty: true })),
    "scan/arm64.report.json": JSON.stringify(trivyReport([], { digest: digestOf("b"), architecture: "arm64" })),
  };

  it("since nothing was recognised on a platform passes with a warning", async () => {
    const run = await gate({ files: empty });
    expect(run.exitCode).toBe(0);
    expect(run.outputs.reason).toBe("Nothing was found, but nothing was recognised in linux/amd64.");
    expect(run.warnings).toEqual([
      expect.stringMatching(/^No scanner recognised an operating system or a package in linux\/amd64: /),
    ]);
    expect(run.summary).toContain("No scanner recognised");
  });

  it("blocks where that is asked", async () => {
    const run = await gate({ files: empty, inputs: { unrecognised: "block" } });
    expect(run.errors).toEqual(["A scan that recognised nothing in linux/amd64 blocks this image."]);
    expect(run.outputs).toMatchObject({ verdict: "block", blocked: "unrecognised linux/amd64" });
  });

  it("is made up for by another scanner that recognised something", async () => {
    const grype = (digest: string, architecture: string) => JSON.stringify(grypeReport([], { digest, architecture }));
    const files = {
      ...empty,
      "scan/a.grype.report.json": grype(digestOf("a"), "amd64"),
      "scan/b.grype.report.json": grype(digestOf("b"), "arm64"),
    };
    const run = await gate({ files, inputs: { scanners: "trivy,grype", unrecognised: "block" } });
    expect([run.exitCode, run.warnings]).toEqual([0, []]);
  });

  it("since the system is at its end of life blocks where that is asked", async () => {
    const files = { ...reports([]), "scan/amd64.report.json": JSON.stringify(trivyReport([], { endOfLife: true })) };
    expect((await gate({ files })).warnings[0]).toMatch(/^debian 13\.2 gets no security updates any more/);
    const run = await gate({ files, inputs: { "end-of-life": "block" } });
    expect(run.errors).toEqual(["The end of life of debian 13.2 blocks this image."]);
    expect(run.outputs.blocked).toBe("end-of-life debian 13.2");
  });
});

it("takes a secret for a finding, and says nothing of it but its place", async () => {
  const secret = JSON.stringify(trivyReport([], { secrets: [["aws-access-key-id", "app/.env"]] }));
  const run = await gate({
    files: { ...reports([]), "scan/amd64.report.json": secret },
    inputs: { "ignore-unfixed": "true" },
  });
  expect([run.exitCode, run.outputs.blocked]).toEqual([1, "AWS-ACCESS-KEY-ID app/.env line 3"]);
  expect(JSON.stringify(run)).not.toContain("hush");
});

it("says where a library's second copy lies, which the baseline has not", async () => {
  const bundled = { ...high, package: "tar", path: "usr/lib/node_modules/npm/node_modules/tar/package.json" };
  const own = { ...bundled, path: "app/node_modules/tar/package.json" };
  const run = await gate({
    files: { ...reports([bundled, own]), ...baselineOf([bundled]) },
    inputs: { "new-only": "true" },
  });
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain("tar (app/node_modules/tar/package.json)");
});

it("warns of what it does not decide about", async () => {
  const report = trivyReport([]) as { readonly Results: readonly object[] };
  const Results = [...report.Results, { Target: "Dockerfile", Class: "config", Misconfigurations: [{ ID: "DS-1" }] }];
  const files = { ...reports([]), "scan/amd64.report.json": JSON.stringify({ ...report, Results }) };
  expect((await gate({ files })).warnings).toEqual([
    "Report amd64.report.json holds 1 misconfiguration, about which this gate decides nothing: look at them there.",
  ]);
});

it("shows what scanners wrote as text, in the log and in the summary", async () => {
  const hostile = {
    ...high,
    package: "x|y<img src=x>",
    title: "::error::gotcha ##[error]x @octocat [a](http://evil.example) `b`",
    installed: "1\n::set-output name=verdict::pass",
  };
  const run = await gate({ files: reports([hostile]) });
  expect(run.commands.filter((line) => !line.startsWith("::error::1 HIGH"))).toEqual([]);
  expect(run.outputs.verdict).toBe("block");
  for (const raw of ["<img", "@octocat", "](http://evil", "`b`"]) expect(run.summary).not.toContain(raw);
});

it("tells only the first of many rows", async () => {
  const many = Array.from({ length: 300 }, (_, index) => ({ ...high, id: `CVE-2026-${index}` }));
  const run = await gate({ files: reports(many) });
  expect(run.summary).toContain("and 250 more");
  expect(run.outputs.blocked?.split("\n")).toHaveLength(200);
});

const good = reports([]);
it.each<[string, BundleOptions, string]>([
  ["no report is given", { inputs: { reports: "" } }, "Input `reports` is missing"],
  ["no report is there", {}, "Input `reports` matches no file: scan/*.report.json."],
  [
    "a report by its path is not there",
    { files: good, inputs: { reports: "scan/*.report.json\nscan/source.json" } },
    "Input `reports` matches no file: scan/source.json.",
  ],
  [
    "a platform was not scanned",
    { files: { "scan/a.report.json": JSON.stringify(trivyReport([])) } },
    "There is no report of trivy on linux/arm64",
  ],
  [
    "amd64 was scanned twice",
    { files: { ...good, "scan/arm64.report.json": JSON.stringify(trivyReport([], { digest: digestOf("b") })) } },
    "is of linux/amd64, but",
  ],
  [
    "a report is of another image",
    { files: { ...good, "scan/x.report.json": JSON.stringify(trivyReport([], { digest: digestOf("e") })) } },
    "none of the images to scan",
  ],
  [
    "the second scanner left no report",
    { files: good, inputs: { scanners: "trivy,grype" } },
    "There is no report of grype on linux/amd64",
  ],
  [
    "a report is cut off",
    { files: { ...good, "scan/x.report.json": '{"SchemaVersion": 2' } },
    "Report x.report.json is not JSON",
  ],
  ["a report is of something else", { files: { ...good, "scan/x.report.json": "{}" } }, "neither Trivy's nor Grype's"],
  ["the scanner is not known", { files: good, inputs: { scanners: "clair" } }, 'Input `scanners` names "clair"'],
  ["the severity is not known", { files: good, inputs: { severities: "SEVERE" } }, 'Input severities names "SEVERE"'],
  [
    "a report has another shape",
    { files: { ...good, "scan/amd64.report.json": JSON.stringify({ ...trivyReport([]), Results: {} }) } },
    "Report amd64.report.json is damaged: Results is an object, not a list. Scan again.",
  ],
  ["an end of life is not known", { files: good, inputs: { "end-of-life": "fail" } }, 'Input `end-of-life` is "fail"'],
  [
    "what is unrecognised is not known",
    { files: good, inputs: { unrecognised: "no" } },
    'Input `unrecognised` is "no"',
  ],
  ["the mode is not known", { files: good, inputs: { mode: "warn" } }, 'Input `mode` is "warn"'],
  ["the targets are no list", { files: good, inputs: { targets: "{}" } }, "Input `targets` is no JSON list"],
  ["the targets are empty", { files: good, inputs: { targets: "[]" } }, "Input `targets` is an empty list"],
  [
    "a target has no digest",
    { files: good, inputs: { targets: '[{"platform":"linux/amd64"}]' } },
    "without `platform` or `digest`",
  ],
  [
    "the ignore list is not there",
    { files: good, inputs: { "ignore-file": "nowhere.txt" } },
    'Input `ignore-file` names "nowhere.txt"',
  ],
])("where %s it ends with one sentence, never with a pass", async (_name, options, sentence) => {
  const run = await gate(options);
  expect(run.exitCode).toBe(1);
  expect(run.errors).toHaveLength(1);
  expect(run.errors[0]).toContain(sentence);
  expect(run.outputs.verdict).toBeUndefined();
});
