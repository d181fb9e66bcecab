import { neutraliseLine } from "./escape.ts";

/**
 * Prints text that others wrote, line by line, so that no line of it is a workflow command (see escape.ts).
 * Everything a step prints goes through here or through `@actions/core`.
 */
export function printText(text: string): void {
  const lines = text.replace(/\r?\n$/u, "").split(/\r\n|\n|\r/u);
  process.stdout.write(`${lines.map(neutraliseLine).join("\n")}\n`);
}
