import { randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StepFailure } from "./refusal.ts";

/** The files through which a step speaks to the runner; what it wrote is read when it ended. */
export interface CommandFiles {
  /** `GITHUB_OUTPUT` and the others. */
  readonly env: Readonly<Record<string, string>>;
  /** Throws a StepFailure if a file is not in GitHub's format. */
  read(): Promise<StepWords>;
}

export interface StepWords {
  readonly outputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** Folders to put first in PATH, the last one first. */
  readonly path: readonly string[];
  readonly summary: string;
}

/** GitHub drops a summary above 1 MiB. */
export const maximumSummaryBytes = 1024 * 1024;

export async function openCommandFiles(folder: string): Promise<CommandFiles> {
  const home = join(folder, randomUUID());
  await mkdir(home, { recursive: true });
  const names = ["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STATE", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"] as const;
  const env = Object.fromEntries(names.map((name) => [name, join(home, name.toLowerCase())]));
  for (const file of Object.values(env)) await writeFile(file, "");
  const text = (name: (typeof names)[number]): Promise<string> => readFile(env[name] ?? "", "utf8");
  return {
    env,
    async read() {
      return {
        outputs: parsePairs(await text("GITHUB_OUTPUT"), "GITHUB_OUTPUT"),
        env: parsePairs(await text("GITHUB_ENV"), "GITHUB_ENV"),
        state: parsePairs(await text("GITHUB_STATE"), "GITHUB_STATE"),
        path: (await text("GITHUB_PATH"))
          .split(/\r?\n/)
          .filter((line) => line !== "")
          .reverse(),
        summary: await text("GITHUB_STEP_SUMMARY"),
      };
    },
  };
}

/** `name=value` lines, and `name<<END` … `END` for values of several lines. The later one of a name wins. */
export function parsePairs(text: string, file: string): Readonly<Record<string, string>> {
  const pairs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const equals = line.indexOf("=");
    const heredoc = line.indexOf("<<");
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const delimiter = line.slice(heredoc + 2);
      const end = lines.indexOf(delimiter, at + 1);
      if (delimiter === "" || end < 0) {
        throw new StepFailure(
          `Unable to process file command in ${file}: no line says \`${delimiter}\` to end a value.`,
        );
      }
      pairs[line.slice(0, heredoc)] = lines.slice(at + 1, end).join("\n");
      at = end;
    } else if (equals > 0) {
      pairs[line.slice(0, equals)] = line.slice(equals + 1);
    } else {
      throw new StepFailure(`Unable to process file command in ${file}: invalid format \`${line}\`.`);
    }
  }
  return pairs;
}
