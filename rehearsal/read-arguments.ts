import { parseArgs } from "node:util";

/** What the command line asks for; a text is the sentence that says what is wrong with it. */
export interface RehearseArguments {
  readonly scenarios: readonly string[];
  readonly engine: "auto" | "host" | "private";
  readonly help: boolean;
  readonly list: boolean;
  readonly json: boolean;
  readonly keep: boolean;
}

export const usage = `Usage: pnpm rehearse [scenario…] [options]

Plays scenarios with this repository's own workflow files, on a real Docker engine and a real registry.

  --list           name the scenarios and end
  --json           print the report as JSON on standard output; progress goes to standard error
  --keep           leave the registry running until Ctrl-C, and say how to pull from it
  --engine <which> auto (default: the machine's if it answers), host, or private (root on Debian)
  --help           this text
`;

export function readArguments(args: readonly string[], known: readonly string[]): RehearseArguments | string {
  const parsed = parse(args);
  if (typeof parsed === "string") return parsed;
  const { values, positionals } = parsed;
  const { engine = "auto" } = values;
  if (engine !== "auto" && engine !== "host" && engine !== "private") {
    return `--engine is auto, host or private, not "${engine}".`;
  }
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) return `There is no scenario "${unknown}": choose from ${known.join(", ")}.`;
  const { help = false, list = false, json = false, keep = false } = values;
  if (keep && positionals.length > 1) return "--keep leaves one registry running: name one scenario.";
  return { scenarios: positionals, engine, help, list, json, keep };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      // pnpm hands a `--` on.
      args: args.filter((argument) => argument !== "--"),
      allowPositionals: true,
      options: {
        engine: { type: "string" },
        help: { type: "boolean" },
        list: { type: "boolean" },
        json: { type: "boolean" },
        keep: { type: "boolean" },
      },
    });
  } catch (error) {
    const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split(/\.(?:\s|$)/);
    return `${sentence}; see --help.`;
  }
}
