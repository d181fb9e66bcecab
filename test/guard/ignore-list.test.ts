import { parseIgnoreList } from "@longshore/guard";
import { expect, test } from "vitest";

test("each line is an id, the last day and a reason", () => {
  const text =
    "# comment\r\n\r\nCVE-2026-1 until=2026-12-31 we never parse XML #12\n  ghsa-aa-bb package=lodash until=2027-01-01 waiting\n";
  expect(parseIgnoreList(text)).toEqual({
    malformed: [],
    entries: [
      { id: "CVE-2026-1", until: "2026-12-31", reason: "we never parse XML #12", line: 3 },
      { id: "GHSA-AA-BB", package: "lodash", until: "2027-01-01", reason: "waiting", line: 4 },
    ],
  });
});

test.each([
  ["2026-1234 until=2026-12-31 x", "it does not start with an id such as CVE-2026-1234"],
  ["CVE-2026-1", "CVE-2026-1 has no until=2026-12-31 right behind it"],
  ["CVE-2026-1 we never parse XML until=2026-12-31", "CVE-2026-1 has no until=2026-12-31 right behind it"],
  ["CVE-2026-1 untill=2026-12-31 x", "CVE-2026-1 has no until=2026-12-31 right behind it"],
  ["CVE-2026-1 until=2026-02-30 x", '"2026-02-30" is no day such as 2026-12-31'],
  ["CVE-2026-1 until=never x", '"never" is no day such as 2026-12-31'],
  ["CVE-2026-1 package= until=2026-12-31 x", "package= names no package"],
  ["CVE-2026-1 until=2026-12-31", "CVE-2026-1 has no reason"],
])("%s ignores nothing: %s", (line, why) => {
  expect(parseIgnoreList(`\n${line}`)).toEqual({
    entries: [],
    malformed: [`Line 2 of the ignore list ignores nothing: ${why}.`],
  });
});
