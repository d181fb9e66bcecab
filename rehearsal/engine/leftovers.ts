import { readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { capture } from "./run-command.ts";

/** What the kernel keeps beyond namespaces, our cgroups and emulation handlers, is named by this, our process namespace and id. */
export const leftoverPrefix = "longshore-";

/** Removes the cgroups and binfmt handlers of private engines whose name (`longshore-<process namespace>-<process id>`) is chosen. */
export async function removeLeftovers(isChosen: (name: string) => boolean): Promise<void> {
  for (const cgroup of await findCgroups()) {
    if (isChosen(cgroup.name)) await removeCgroup(cgroup.path);
  }
  // Handlers are one set for the whole machine; a mount that nobody else sees shows them where it is not mounted.
  const mounted = (script: string, ...args: readonly string[]): Promise<string> =>
    capture("unshare", [
      "--mount",
      "sh",
      "-ec",
      `test -e ${binfmt}/register || mount -t binfmt_misc none ${binfmt}; ${script}`,
      "sh",
      ...args,
    ]);
  const handlers = await mounted(`ls ${binfmt}`).catch(() => "");
  for (const name of handlers.split("\n")) {
    if (name.startsWith(leftoverPrefix) && isChosen(name))
      await mounted(`echo -1 >"${binfmt}/$1"`, name).catch(() => "");
  }
}

const binfmt = "/proc/sys/fs/binfmt_misc";
const root = "/sys/fs/cgroup";

/** Version 2 has one tree, version 1 one for each controller. */
async function findCgroups(): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const trees = [root, ...(await foldersIn(root)).map((name) => join(root, name))];
  const found = trees.map(async (tree) =>
    (await foldersIn(tree))
      .filter((name) => name.startsWith(leftoverPrefix))
      .map((name) => ({ name, path: join(tree, name) })),
  );
  return (await Promise.all(found)).flat();
}

async function removeCgroup(path: string): Promise<void> {
  for (const name of await foldersIn(path)) await removeCgroup(join(path, name));
  await rmdir(path).catch(() => {});
}

async function foldersIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
