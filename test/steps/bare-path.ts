import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PATH with nothing but the shell that zx needs: a runner without docker, cosign and gh. */
export function makeBarePath(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "longshore-path-"));
  symlinkSync(execFileSync("sh", ["-c", "command -v bash"], { encoding: "utf8" }).trim(), join(path, "bash"));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}
