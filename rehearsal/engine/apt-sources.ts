/** One place apt fetches from, whichever of its two formats it was written in (sources.list(5)). */
export interface AptSource {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** The other fields under their deb822 names, for example `Signed-By`; values as written, several lines included. */
  readonly options: Readonly<Record<string, string>>;
}

/** Reads an apt source file: deb822 stanzas (`.sources`) or one line each (`.list`). Source packages are left out. */
export function parseAptSources(text: string, format: "deb822" | "one-line"): readonly AptSource[] {
  return format === "deb822"
    ? text.split(/\n(?:[ \t]*\n)+/).flatMap(parseStanza)
    : text.split("\n").flatMap((line) => parseLine(line.replace(/#.*/, "").trim()));
}

/** The same source as a deb822 stanza, which can hold all that a line can. */
export function formatAptSource(source: AptSource): string {
  const fields: Readonly<Record<string, string>> = {
    Types: "deb",
    URIs: source.uris.join(" "),
    Suites: source.suites.join(" "),
    Components: source.components.join(" "),
    ...source.options,
  };
  return `${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("")}\n`;
}

/**
 * What of a machine's sources the engine's packages come from: the distribution's own `release` with its updates, for
 * every architecture, and if wanted the `newer` release from the very same mirrors.
 */
export function selectAptSources(
  sources: readonly AptSource[],
  release: string,
  newer: string | undefined,
): readonly AptSource[] {
  return sources.flatMap((source): readonly AptSource[] => {
    const { Architectures: _, ...options } = source.options;
    const own = source.suites.filter((suite) => suite === release || suite.startsWith(`${release}-`));
    if (own.length === 0 || !source.components.includes("main")) return [];
    const suites = newer !== undefined && own.includes(release) ? [...own, newer] : own;
    return [{ ...source, suites, components: ["main"], options }];
  });
}

function parseStanza(stanza: string): readonly AptSource[] {
  const fields = new Map<string, string>();
  let last: string | undefined;
  for (const line of stanza.split("\n")) {
    if (line.startsWith("#")) continue;
    const field = /^([A-Za-z-]+)\s*:\s*(.*?)\s*$/.exec(line);
    if (field?.[1] !== undefined) {
      last = field[1].toLowerCase();
      fields.set(last, field[2] ?? "");
    } else if (last !== undefined && /^[ \t]/.test(line)) {
      fields.set(last, `${fields.get(last)}\n${line}`);
    }
  }
  const words = (name: string): readonly string[] => fields.get(name)?.split(/\s+/).filter(Boolean) ?? [];
  if (!words("types").includes("deb") || fields.get("enabled")?.toLowerCase() === "no") return [];
  return [
    {
      uris: words("uris"),
      suites: words("suites"),
      components: words("components"),
      options: Object.fromEntries(
        Object.entries(optionNames).flatMap(([name, deb822]) => {
          const value = fields.get(name);
          return value === undefined ? [] : [[deb822, value]];
        }),
      ),
    },
  ];
}

function parseLine(line: string): readonly AptSource[] {
  const parts = /^deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)\s*(.*)$/.exec(line);
  if (parts?.[2] === undefined || parts[3] === undefined) return [];
  const options: Record<string, string> = {};
  for (const option of (parts[1] ?? "").split(/\s+/)) {
    const [name = "", value = ""] = option.split("=");
    const deb822 = optionNames[name === "arch" ? "architectures" : name];
    if (deb822 !== undefined) options[deb822] = value.replaceAll(",", " ");
  }
  return [{ uris: [parts[2]], suites: [parts[3]], components: (parts[4] ?? "").split(/\s+/).filter(Boolean), options }];
}

/** The options that say whether a source is to be believed, and for which architectures it was meant. */
const optionNames: Readonly<Record<string, string>> = {
  "signed-by": "Signed-By",
  trusted: "Trusted",
  "check-valid-until": "Check-Valid-Until",
  architectures: "Architectures",
};
