import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { StandIn } from "../runner/stand-in.ts";

/** actions/checkout of a repository that is nothing but these files, path → text. */
export function checkoutFiles(files: Readonly<Record<string, string>>): StandIn {
  return {
    action: "actions/checkout",
    inputs: { ref: "", path: "", "persist-credentials": "true" },
    async run({ inputs, env }) {
      for (const [name, text] of Object.entries(files)) {
        const path = join(env.GITHUB_WORKSPACE ?? "", inputs.path ?? "", name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
      return {};
    },
  };
}
