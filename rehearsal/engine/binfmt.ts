import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { capture, succeeds } from "./run-command.ts";

/**
 * Makes the kernel run programs of another architecture through QEMU and returns the platform this is for. Handlers are
 * one set for the whole machine: one that is there already is used, ours carries a name of its own, so that two commands
 * at once do not take it from each other. To be called in a mount namespace of our own.
 */
export async function registerEmulator(prefix: string, name: string, architecture: "amd64" | "arm64"): Promise<string> {
  const platform = `linux/${architecture}`;
  if (!(await succeeds("mount", ["-t", "binfmt_misc", "binfmt_misc", folder]))) {
    await capture("modprobe", ["binfmt_misc"]).catch(() => "");
    await capture("mount", ["-t", "binfmt_misc", "binfmt_misc", folder]).catch(() => {
      throw new Error(`${platform} cannot be emulated: this kernel has no binfmt_misc.`);
    });
  }
  const machine = machines[architecture];
  if (await isHandled(machine.magic)) return platform;
  // F: the interpreter is opened now, so containers need not see it.
  const line = `:${name}:M:0:${machine.magic}:${machine.mask}:${join(prefix, "usr/bin", machine.program)}:F`;
  await writeFile(join(folder, "register"), line);
  return platform;
}

/** Whether somebody else registered a handler for these bytes that also works in containers (flag F). */
async function isHandled(magic: string): Promise<boolean> {
  if (!existsSync(folder)) return false;
  const bytes = magic.replaceAll("\\x", "");
  for (const name of await readdir(folder)) {
    if (name === "register" || name === "status" || name.startsWith("longshore-")) continue;
    const text = await readFile(join(folder, name), "utf8").catch(() => "");
    if (text.startsWith("enabled") && text.includes(`magic ${bytes}`) && /^flags: .*F/m.test(text)) return true;
  }
  return false;
}

const folder = "/proc/sys/fs/binfmt_misc";

// The header of a 64-bit little-endian ELF program; type 2 or 3 (position-independent), machine 0xb7 or 0x3e.
const elf = "\\x7f\\x45\\x4c\\x46\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00";
const anyType = "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff";
const machines = {
  arm64: { program: "qemu-aarch64", magic: `${elf}\\xb7\\x00`, mask: `${anyType}\\xff\\xff` },
  amd64: { program: "qemu-x86_64", magic: `${elf}\\x3e\\x00`, mask: `${anyType}\\xff\\xff` },
} as const;
