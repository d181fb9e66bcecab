import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, extname, join } from "node:path";
import { type AptSource, formatAptSource, parseAptSources, selectAptSources } from "./apt-sources.ts";
import { type EnginePackages, type Machine, otherArchitecture } from "./engine-packages.ts";
import { capture } from "./run-command.ts";

/**
 * Downloads the packages with the machine's apt and unpacks them into `<cache>/<key>`; nothing is installed and nothing
 * outside `cache` is written. The folder gets its name only when it is complete; downloads are kept until then, so an
 * interrupted one goes on where it stopped. To be called by one process at a time.
 */
export async function installPackages(cache: string, packages: EnginePackages, machine: Machine): Promise<void> {
  const apt = await writeAptConfig(join(cache, "apt"), packages, machine);
  const archives = join(cache, "apt", "archives");
  const aptGet = (...args: readonly string[]): Promise<string> =>
    capture("apt-get", ["-q", "-y", ...args], { ...process.env, APT_CONFIG: apt, LC_ALL: "C" });
  const say = (text: string): void => void process.stderr.write(`engine: ${text}\n`);

  say("fetching Debian's package lists …");
  await aptGet("update");
  const wanted = [...packages.portable, ...packages.bound, ...packages.foreign];
  say(`fetching ${wanted.length} packages and their libraries …`);
  // `install` leaves out what the machine has already: its runc is then found where it is.
  await aptGet("install", "--download-only", "--no-install-recommends", ...packages.bound);
  // `download` resolves nothing, asks not what is installed, and writes where it stands.
  const plain = [...packages.portable, ...packages.foreign].map((name) =>
    packages.newer === undefined ? name : `${name}/${packages.newer}`,
  );
  await capture("env", ["-C", archives, "apt-get", "-q", "download", ...plain], { ...process.env, APT_CONFIG: apt });

  const prefix = join(cache, packages.key);
  const partial = `${prefix}.partial`;
  await rm(partial, { recursive: true, force: true });
  const debs = (await readdir(archives)).filter((name) => name.endsWith(".deb"));
  say(`unpacking ${debs.length} packages …`);
  const queue = [...debs];
  const unpackSome = async (): Promise<void> => {
    for (let deb = queue.pop(); deb !== undefined; deb = queue.pop()) {
      const foreign = deb.endsWith(`_${otherArchitecture(machine.architecture)}.deb`);
      await unpack(join(archives, deb), foreign ? join(partial, "foreign") : partial);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, unpackSome));
  await writeFile(join(partial, "packages.txt"), `${debs.sort().join("\n")}\n`);
  await rename(partial, prefix);
  await rm(join(cache, "apt"), { recursive: true, force: true });
}

/** Unpacks programs and libraries, and of QEMU's thirty machines only ours: half a gigabyte less. */
async function unpack(deb: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const members = basename(deb).startsWith("qemu-user") ? ["./usr/bin/qemu-aarch64", "./usr/bin/qemu-x86_64"] : [];
  const script = 'dpkg-deb --fsys-tarfile "$0" | tar -x -C "$1" --no-same-owner --exclude=./usr/share "${@:2}"';
  await capture("bash", ["-o", "pipefail", "-c", script, deb, into, ...members]);
}

/** The machine's apt settings (its proxy for one) without its hooks, with lists, archives and sources of our own. */
async function writeAptConfig(folder: string, packages: EnginePackages, machine: Machine): Promise<string> {
  await mkdir(join(folder, "lists", "partial"), { recursive: true });
  await mkdir(join(folder, "archives", "partial"), { recursive: true });
  const sources = selectAptSources(await readMachineSources(), machine.codename, packages.newer);
  if (sources.length === 0) throw new Error(`apt has no source for Debian ${machine.codename} on this machine.`);
  await writeFile(join(folder, "engine.sources"), sources.map(formatAptSource).join(""));
  const pin = packages.newer === undefined ? "" : `Package: *\nPin: release n=${packages.newer}\nPin-Priority: 50\n`;
  await writeFile(join(folder, "preferences"), pin);
  const inherited = (await capture("apt-config", ["dump"]))
    .split("\n")
    .filter((line) => !/(Invoke|Pre-Install-Pkgs|^APT::Architectures|^APT::Default-Release)/i.test(line));
  const own: Readonly<Record<string, string>> = {
    "Dir::Etc::Main": "/dev/null",
    "Dir::Etc::Parts": "/dev/null",
    "Dir::Etc::SourceList": join(folder, "engine.sources"),
    "Dir::Etc::SourceParts": "/dev/null",
    "Dir::Etc::Preferences": join(folder, "preferences"),
    "Dir::Etc::PreferencesParts": "/dev/null",
    "Dir::State::Lists": join(folder, "lists"),
    "Dir::Cache": folder,
    "Dir::Cache::Archives": "archives",
    "Dir::Cache::pkgcache": "pkgcache.bin",
    "Dir::Cache::srcpkgcache": "srcpkgcache.bin",
    "APT::Sandbox::User": "root",
    "APT::Keep-Downloaded-Packages": "true",
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
    "Debug::NoLocking": "true",
  };
  const architectures = [machine.architecture, otherArchitecture(machine.architecture)];
  const lines = [
    ...inherited,
    ...Object.entries(own).map(([name, value]) => `${name} "${value}";`),
    ...architectures.map((name) => `APT::Architectures:: "${name}";`),
  ];
  const file = join(folder, "apt.conf");
  // A proxy's address can hold a password.
  await writeFile(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  return file;
}

async function readMachineSources(): Promise<readonly AptSource[]> {
  const parts = await readdir("/etc/apt/sources.list.d").catch(() => []);
  const files = ["/etc/apt/sources.list", ...parts.sort().map((name) => join("/etc/apt/sources.list.d", name))];
  const read = files.map(async (file) => {
    const extension = extname(file);
    if (extension !== ".list" && extension !== ".sources") return [];
    const text = await readFile(file, "utf8").catch(() => "");
    // Some images keep deb822 stanzas in sources.list itself; apt only knows them by the extension, and so do we.
    return parseAptSources(text, extension === ".sources" ? "deb822" : "one-line");
  });
  return (await Promise.all(read)).flat();
}
