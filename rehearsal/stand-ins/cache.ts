import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { mayRestore, maySave } from "../runner/cache-mode.ts";
import { StepFailure } from "../runner/refusal.ts";
import type { StandIn } from "../runner/stand-in.ts";

/**
 * actions/cache: brings back what an earlier run kept under the key, or under the newest key that begins with one of
 * `restore-keys`; after a job that ended well it keeps the path under the key, unless the key was there. As the job's `cache-mode` lets it.
 * @param folder where the caches of a story lie
 */
export function cache(folder: string): StandIn {
  return {
    action: "actions/cache",
    inputs: { path: "", key: "", "restore-keys": "" },
    async run(step) {
      const { path = "", key = "", "restore-keys": restoreKeys = "" } = step.inputs;
      // https://github.com/actions/cache: what the action itself refuses.
      if (key.length > 512 || key.includes(",")) throw new StepFailure(`Key Validation Error: ${key}`);
      if (path.trim().includes("\n")) throw new StepFailure("The rehearsal's cache takes one path.");
      const target = resolve(step.env.GITHUB_WORKSPACE ?? "", path.trim());
      const kept = mayRestore(step.cacheMode) ? await listKeys(folder) : [];
      const prefixes = [key, ...restoreKeys.split("\n").map((line) => line.trim())].filter((prefix) => prefix !== "");
      const found = prefixes.flatMap((prefix) => kept.findLast(({ name }) => name.startsWith(prefix)) ?? [])[0];
      if (found !== undefined) await cp(join(found.folder, "content"), target, { recursive: true });
      step.print(found === undefined ? `No cache for ${key}.` : `Cache restored from key ${found.name}.`);
      const hit = found?.name === key;
      return {
        outputs: { "cache-hit": found === undefined ? "" : String(hit) },
        ...(hit || !maySave(step.cacheMode)
          ? {}
          : { postIf: "success()", post: () => keep(folder, key, target, step.print) }),
      };
    },
  };
}

interface Kept {
  readonly name: string;
  readonly folder: string;
}

/** Oldest first. */
async function listKeys(folder: string): Promise<readonly Kept[]> {
  const names = await readdir(folder).catch((): readonly string[] => []);
  return [...names].sort().map((entry) => ({
    name: decodeURIComponent(entry.slice(entry.indexOf("-") + 1)),
    folder: join(folder, entry),
  }));
}

async function keep(folder: string, key: string, source: string, print: (line: string) => void): Promise<void> {
  const number = (await listKeys(folder)).length;
  const entry = join(folder, `${String(number).padStart(4, "0")}-${encodeURIComponent(key)}`);
  const saved = await readdir(source).catch(() => undefined);
  if (saved === undefined) return print(`Nothing is kept: ${source} does not exist.`);
  await mkdir(entry, { recursive: true });
  await writeFile(join(entry, "key"), key);
  await cp(source, join(entry, "content"), { recursive: true });
  print(`Cache saved with key ${key}.`);
}
