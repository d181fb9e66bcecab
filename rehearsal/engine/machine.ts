import { readFileSync } from "node:fs";
import type { Machine } from "./engine-packages.ts";

/** The machine we are on as a private engine sees it, or a clause that says why it cannot have one. */
export function readMachine(): Machine | string {
  if (process.platform !== "linux") return "this is not Linux";
  if (process.arch !== "x64" && process.arch !== "arm64") return `there is no support for ${process.arch}`;
  if (process.getuid?.() !== 0) return "you are not root";
  const fields = parseOsRelease(readFileSync("/etc/os-release", "utf8"));
  const codename = fields.get("VERSION_CODENAME");
  if (fields.get("ID") !== "debian" || codename === undefined) return "this machine is not Debian";
  const release = fields.get("VERSION_ID");
  return {
    codename,
    release: release === undefined ? undefined : Number(release),
    architecture: process.arch === "x64" ? "amd64" : "arm64",
  };
}

function parseOsRelease(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split("\n").flatMap((line) => {
      const field = /^([A-Z_]+)="?([^"]*)"?$/.exec(line);
      return field?.[1] === undefined ? [] : [[field[1], field[2] ?? ""] as const];
    }),
  );
}
