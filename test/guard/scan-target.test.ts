import { assignReports, readReport, type Scanner } from "@longshore/guard";
import { expect, test } from "vitest";
import { digestOf, grypeReport, trivyReport, trivySourceReport } from "../../rehearsal/stand-ins/recorded-reports.ts";

const targets = [
  { platform: "linux/amd64", digest: digestOf("a") },
  { platform: "linux/arm64", digest: digestOf("b") },
];
const amd64 = trivyReport([{ id: "CVE-1-1" }]);
const arm64 = trivyReport([{ id: "CVE-1-2" }], { digest: digestOf("b"), architecture: "arm64" });

function assign(
  reports: readonly object[],
  asked: typeof targets | undefined = targets,
  scanners: readonly Scanner[] = ["trivy"],
) {
  const read = reports.map((report, index) => readReport(JSON.stringify(report), `${index}.json`));
  return assignReports(read, asked, scanners, { source: "source", normalise: (platform) => platform });
}

test("a finding is of the platform whose manifest its report is about, whatever the file is called", () => {
  expect(assign([arm64, amd64]).map(({ id, platform }) => [id, platform])).toEqual([
    ["CVE-1-2", "linux/arm64"],
    ["CVE-1-1", "linux/amd64"],
  ]);
});

test("a folder's findings are the source's", () => {
  expect(assign([amd64, arm64, trivySourceReport([{}])]).at(-1)?.platform).toBe("source");
});

test("without targets the platform is the report's own word", () => {
  const read = [readReport(JSON.stringify(arm64), "r.json")];
  const normalise = (platform: string) => platform;
  expect(assignReports(read, undefined, [], { source: "source", normalise })[0]?.platform).toBe("linux/arm64");
});

test.each<[string, readonly object[], readonly Scanner[], string]>([
  ["a platform that was not scanned", [amd64], ["trivy"], "There is no report of trivy on linux/arm64"],
  ["a folder alone", [trivySourceReport([])], ["trivy"], "There is no report of trivy on linux/amd64"],
  [
    "a scanner that looked at one platform only",
    [amd64, arm64, grypeReport([])],
    ["trivy", "grype"],
    "no report of grype on linux/arm64",
  ],
  [
    "a report of another image",
    [amd64, arm64, trivyReport([], { digest: digestOf("c") })],
    ["trivy"],
    `2.json is about ${digestOf("c")}, which is none`,
  ],
  [
    "amd64 scanned in place of arm64",
    [amd64, trivyReport([], { digest: digestOf("b") })],
    ["trivy"],
    "1.json is of linux/amd64, but",
  ],
])("%s is refused", (_name, reports, scanners, sentence) => {
  expect(() => assign(reports, targets, scanners)).toThrow(sentence);
});
