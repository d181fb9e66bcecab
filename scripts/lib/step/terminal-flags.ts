import { existsSync, readFileSync } from "node:fs";
import { InputError } from "@longshore/language";
import { quoteValue } from "./escape.ts";
import type { Environment } from "./inputs.ts";
import { printText } from "./print-text.ts";

/** An input of a step's `action.yml`, as a flag. */
interface Flag {
  readonly name: string;
  readonly description: string;
  readonly fallback: string;
}

/**
 * The inputs of a step that a person runs from a terminal: each input of `action.yml` is a flag (`--owner acme`,
 * `--owner=acme`), `--apply` is `--dry-run false`, and nothing is changed without it. The token comes from GITHUB_TOKEN or
 * GH_TOKEN, never from an argument, which every process on the machine can read. As an action, or with inputs in the
 * environment and no flag, the environment is given back as it is. Throws InputError for a flag there is not.
 */
export function parseFlags(step: string, args: readonly string[], env: Environment): Environment {
  const asAction = env.GITHUB_ACTIONS === "true" || Object.keys(env).some((name) => name.startsWith("INPUT_"));
  if (args.length === 0 && asAction) return env;
  const flags = flagsOf(step);
  const names = new Set(flags.map(({ name }) => name));
  const switches = new Set(flags.filter(isSwitch).map(({ name }) => name));
  const given: Record<string, string> = {};
  for (let index = 0; index < args.length; index += 1) {
    const [, name = "", inline] = /^--([a-z][a-z-]*)(?:=(.*))?$/su.exec(args[index] ?? "") ?? [];
    if (name === "token") {
      throw new InputError("The token is no argument, which other processes could read: set GITHUB_TOKEN or GH_TOKEN.");
    }
    if (name === "apply" && inline === undefined && names.has("dry-run")) {
      given["dry-run"] = "false";
      continue;
    }
    if (!names.has(name)) {
      throw new InputError(`The argument ${quoteValue(args[index] ?? "")} is none of this step: see \`--help\`.`);
    }
    const next = args[index + 1];
    const value = inline ?? (next === undefined || next.startsWith("--") ? undefined : next);
    if (value === undefined && !switches.has(name)) {
      throw new InputError(`The argument \`--${name}\` has no value: write \`--${name} …\`.`);
    }
    if (inline === undefined && value !== undefined) index += 1;
    given[name] = given[name] === undefined || switches.has(name) ? (value ?? "true") : `${given[name]}\n${value}`;
  }
  return {
    ...env,
    INPUT_TOKEN: env.INPUT_TOKEN || env.GITHUB_TOKEN || env.GH_TOKEN,
    "INPUT_DRY-RUN": env["INPUT_DRY-RUN"] || "true",
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
}

/** What `--help` prints of such a step. */
export async function printFlagHelp(step: string): Promise<void> {
  const { description, flags } = contractOf(step);
  const acts = flags.some(({ name }) => name === "dry-run");
  const example = acts ? "--owner acme --package app [--apply]" : "--image ghcr.io/acme/app --repository acme/app";
  printText(`${description}\n\nnode scripts/dist/${step}.js ${example}\n`);
  if (acts) printText("  --apply\n      Does it. Without it the plan is printed and nothing is changed.");
  for (const flag of flags) {
    const { name, description: what, fallback } = flag;
    const told = fallback === "" || fallback.includes("${{") ? "" : ` Default \`${fallback}\`.`;
    if (name === "token") printText("  GITHUB_TOKEN or GH_TOKEN, in the environment");
    else printText(`  --${name}${isSwitch(flag) ? "" : " …"}`);
    printText(`      ${what}${name === "dry-run" ? "" : told}`);
  }
}

/** Needs no value: `--json` is `--json true`. */
function isSwitch({ fallback }: Flag): boolean {
  return fallback === "true" || fallback === "false";
}

function flagsOf(step: string): readonly Flag[] {
  return contractOf(step).flags;
}

/** Reads the few lines of YAML that our own contracts are made of; it is no parser of others' YAML. */
function contractOf(step: string): {
  readonly description: string;
  readonly flags: readonly Flag[];
} {
  const place = new URL(`../${step}/action.yml`, import.meta.url);
  if (!existsSync(place)) throw new InputError(`The contract of ${step} is missing: ${place.pathname}.`);
  const text = readFileSync(place, "utf8");
  const inputs = /^inputs:\n(?<block>(?: .*\n)*)/mu.exec(text)?.groups?.block ?? "";
  const flags = inputs.split(/^ {2}(?=\S)/mu).flatMap((entry) => {
    const name = /^([a-z-]+):/u.exec(entry)?.[1];
    const scalar = (key: string) => unquote(new RegExp(`^ {4}${key}: (.*)$`, "mu").exec(entry)?.[1] ?? "");
    return name === undefined ? [] : [{ name, description: scalar("description"), fallback: scalar("default") }];
  });
  const description = unquote(/^description: (.*)$/mu.exec(text)?.[1] ?? "");
  return { description, flags };
}

function unquote(text: string): string {
  return /^".*"$/u.test(text) ? (JSON.parse(text) as string) : text;
}
