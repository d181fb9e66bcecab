import { describe, expect, test } from "vitest";
import {
  type AptSource,
  formatAptSource,
  parseAptSources,
  selectAptSources,
} from "../../rehearsal/engine/apt-sources.ts";

const table: readonly {
  readonly name: string;
  readonly format: "deb822" | "one-line";
  readonly text: string;
  readonly sources: readonly AptSource[];
}[] = [
  {
    name: "a deb822 stanza with a comment inside",
    format: "deb822",
    text: "Types: deb\n# archived\nURIs: http://deb.example/debian\nSuites: bookworm bookworm-updates\nComponents: main contrib\nSigned-By: /usr/share/keyrings/debian.gpg\n",
    sources: [
      {
        uris: ["http://deb.example/debian"],
        suites: ["bookworm", "bookworm-updates"],
        components: ["main", "contrib"],
        options: { "Signed-By": "/usr/share/keyrings/debian.gpg" },
      },
    ],
  },
  {
    name: "a key written into the stanza keeps its lines",
    format: "deb822",
    text: "types: deb deb-src\nuris: https://a.example\nsuites: trixie\ncomponents: main\nsigned-by:\n -----BEGIN-----\n .\n abc\n",
    sources: [
      {
        uris: ["https://a.example"],
        suites: ["trixie"],
        components: ["main"],
        options: { "Signed-By": "\n -----BEGIN-----\n .\n abc" },
      },
    ],
  },
  {
    name: "what is switched off or is source code is left out",
    format: "deb822",
    text: "Enabled: no\nTypes: deb\nURIs: a\nSuites: b\nComponents: c\n\nTypes: deb-src\nURIs: a\nSuites: b\nComponents: c\n",
    sources: [],
  },
  {
    name: "lines, with options and comments",
    format: "one-line",
    text: "# old\ndeb [arch=amd64,arm64 signed-by=/k.gpg] http://deb.example/debian bookworm main contrib # ours\ndeb-src http://deb.example/debian bookworm main\n",
    sources: [
      {
        uris: ["http://deb.example/debian"],
        suites: ["bookworm"],
        components: ["main", "contrib"],
        options: { Architectures: "amd64 arm64", "Signed-By": "/k.gpg" },
      },
    ],
  },
];

describe("apt's sources", () => {
  test.each(table)("$name", ({ text, format, sources }) => {
    expect(parseAptSources(text, format)).toEqual(sources);
  });

  test("are the same after being written and read again", () => {
    const sources = table.flatMap(({ sources }) => sources);
    expect(parseAptSources(sources.map((source) => formatAptSource(source)).join(""), "deb822")).toEqual(sources);
  });

  test("give the machine's own release with its updates, and the newer one from the same mirror", () => {
    const text = [
      "deb [arch=amd64] http://deb.example/debian bookworm main contrib",
      "deb http://deb.example/security bookworm-security main",
      "deb http://other.example/apt cloud-sdk-bookworm main",
      "deb http://other.example/apt nodistro main",
    ].join("\n");
    const selected = selectAptSources(parseAptSources(text, "one-line"), "bookworm", "trixie");
    expect(selected.map(({ suites, components, options }) => ({ suites, components, options }))).toEqual([
      { suites: ["bookworm", "trixie"], components: ["main"], options: {} },
      { suites: ["bookworm-security"], components: ["main"], options: {} },
    ]);
  });
});
