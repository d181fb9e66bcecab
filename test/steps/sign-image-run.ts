import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A cosign of a few lines: it verifies what it has signed, and nothing else. */
export interface FakeCosign {
  /** For PATH. */
  readonly folder: string;
  /** What it was asked for so far, as `verify sha256:…`; then that is forgotten. */
  readonly takeCalls: () => Promise<readonly string[]>;
  /** What `verify` says of everything, once; empty for what is true. */
  readonly failNextVerify: (sentence: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function makeFakeCosign(): Promise<FakeCosign> {
  const folder = await mkdtemp(join(tmpdir(), "longshore-cosign-"));
  const file = (name: string) => join(folder, name);
  const script = `#!/bin/sh
for reference; do :; done
echo "$1 \${reference#*@}" >> ${file("calls")}
case "$1" in
  sign) echo "$reference" >> ${file("signed")} ;;
  verify)
    if [ -e ${file("trouble")} ]; then
      echo "Error: $(cat ${file("trouble")})" >&2
      rm ${file("trouble")}
      exit 1
    fi
    grep -qxF "$reference" ${file("signed")} || { echo "Error: no signatures found" >&2; exit 10; } ;;
esac
`;
  await Promise.all([
    writeFile(file("cosign"), script, { mode: 0o755 }),
    writeFile(file("calls"), ""),
    writeFile(file("signed"), ""),
  ]);
  return {
    folder,
    takeCalls: async () => {
      const calls = await readFile(file("calls"), "utf8");
      await writeFile(file("calls"), "");
      return calls.trim().split("\n");
    },
    failNextVerify: (sentence) => writeFile(file("trouble"), sentence),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
