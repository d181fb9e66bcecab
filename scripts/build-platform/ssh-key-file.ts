import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Keeps a private key in a file only this user can read while `use` runs; removed also when the step is ended by a signal. */
export async function withKeyFile<T>(
  key: string,
  folder: string,
  use: (path: string | undefined) => Promise<T>,
): Promise<T> {
  if (key === "") return use(undefined);
  const path = join(folder, `longshore-${process.pid}-ssh-key`);
  const remove = () => rmSync(path, { force: true });
  const end = () => {
    remove();
    process.exit(1);
  };
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    // A key without its last line break is refused by ssh.
    writeFileSync(path, `${key.replaceAll("\r\n", "\n").trimEnd()}\n`, { mode: 0o600, flag: "wx" });
    return await use(path);
  } finally {
    remove();
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}
