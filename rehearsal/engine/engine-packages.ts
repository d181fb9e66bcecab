import { createHash } from "node:crypto";

/** A Debian machine, as far as the choice of packages depends on it. */
export interface Machine {
  readonly codename: string;
  /** Debian's release number; absent on testing and unstable. */
  readonly release: number | undefined;
  readonly architecture: "amd64" | "arm64";
}

/** The packages that make a private engine on one machine, and what they are called together (a folder's name). */
export interface EnginePackages {
  readonly key: string;
  /** The release to take the portable ones from if it is not the machine's own. */
  readonly newer: string | undefined;
  /** Static, or asking for nothing but a libc of 2021 (2.34): taken whether installed or not. */
  readonly portable: readonly string[];
  /** Linked against libraries of their release (trixie's runc needs libc 2.38): always the machine's own release. */
  readonly bound: readonly string[];
  /** Of the other architecture, unpacked apart. */
  readonly foreign: readonly string[];
}

/** Chooses packages: what a machine older than Debian 13 lacks or has too old comes from Debian 13. */
export function chooseEnginePackages(machine: Machine): EnginePackages {
  const docker = ["docker.io", "docker-cli", "docker-buildx", "docker-compose", "containerd"];
  const choice = {
    newer: machine.release !== undefined && machine.release < 13 ? "trixie" : undefined,
    portable: [...docker, "qemu-user", "docker-registry", "busybox-static", "cosign", "oras"],
    bound: ["runc", "iptables", "skopeo"],
    foreign: [`busybox-static:${otherArchitecture(machine.architecture)}`],
  };
  const hash = createHash("sha256").update(JSON.stringify(choice)).digest("hex").slice(0, 8);
  return { key: `debian-${machine.codename}-${machine.architecture}-${hash}`, ...choice };
}

/** The one of our two architectures that a machine does not have. */
export function otherArchitecture(architecture: "amd64" | "arm64"): "amd64" | "arm64" {
  return architecture === "amd64" ? "arm64" : "amd64";
}
