/** Writes the generated parts of the documents; with `--check` only says which are out of date. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readFromRoot, root } from "../workflows/workflow-files.ts";
import { writers } from "./contract-tables.ts";
import { writeBlocks } from "./generated-blocks.ts";

const check = process.argv.includes("--check");
const documents = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)];

for (const path of documents.filter((name) => name.endsWith(".md"))) {
  const text = readFromRoot(path);
  const written = writeBlocks(text, writers);
  if (written === text) continue;
  if (check) {
    process.exitCode = 1;
    process.stdout.write(`${path} is not what its sources say: run \`pnpm docs\`.\n`);
  } else {
    writeFileSync(join(root, path), written);
    process.stdout.write(`${path} is written anew.\n`);
  }
}
