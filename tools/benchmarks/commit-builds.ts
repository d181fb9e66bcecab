import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pushBaseImage } from "../../rehearsal/engine/base-image.ts";
import { startDebianRegistry } from "../../rehearsal/engine/debian-registry.ts";
import { capture } from "../../rehearsal/engine/run-command.ts";
import { runBuildPlatform } from "./build-platform-run.ts";
import { type Figure, seconds } from "./figure.ts";

const commits = 4;
const megabytes = 150;
const limit = 1.3;

/** What the same commits cost one way. */
interface Series {
  /** Milliseconds of all commits. */
  readonly total: number;
  /** Different digests of the layer that no commit changes. */
  readonly digests: ReadonlySet<string>;
}

/**
 * Commits over one layer that the builder holds, by our step and by `docker buildx build --push`, each with a layer and a repository of
 * its own, so that neither finds the other's.
 */
export async function measureCommitBuilds(): Promise<readonly Figure[]> {
  const registry = await startDebianRegistry();
  try {
    const base = await pushBaseImage(registry.host);
    const theirs = await measure(registry.host, base, pushWithBuildx);
    const ours = await measure(registry.host, base, pushWithStep);
    const ratio = ours.total / theirs.total;
    return [
      {
        name: `${commits} commits over one cached layer of ${megabytes} MB: its digests`,
        measured: String(ours.digests.size),
        baseline: `\`docker buildx build --push\`: ${theirs.digests.size}`,
        limit: "1",
        kept: ours.digests.size === 1,
      },
      {
        name: `${commits} commits over one cached layer of ${megabytes} MB: the build steps in sum`,
        measured: `${seconds(ours.total)}, ${ratio.toFixed(2)} ×`,
        baseline: `\`docker buildx build --push\`: ${seconds(theirs.total)}`,
        limit: `${limit} ×`,
        kept: ratio <= limit,
      },
    ];
  } finally {
    await registry.stop();
  }
}

/** A commit of a product: its files, by name, and what is known of it. */
interface Commit {
  readonly image: string;
  readonly files: Readonly<Record<string, string>>;
  readonly revision: string;
  readonly created: string;
}

/** `push` gives what the registry knows the image by: a tag or a digest. */
async function measure(host: string, base: string, push: (commit: Commit) => Promise<string>): Promise<Series> {
  const id = randomUUID();
  const image = `${host}/acme/bench-${id}`;
  const large = `RUN : ${id} && head -c ${megabytes}000000 /dev/urandom > /large`;
  const Dockerfile = `FROM ${base}\nWORKDIR /app\n${large}\nCOPY source /source\n`;
  await buildIn({ Dockerfile, source: "" }, ["--output=type=cacheonly"]);
  const digests = new Set<string>();
  let total = 0;
  for (let number = 1; number <= commits; number += 1) {
    const revision = createHash("sha1").update(`${id}${number}`).digest("hex");
    const files = { Dockerfile, source: `commit ${number}` };
    const started = performance.now();
    const reference = await push({ image, files, revision, created: `2026-01-0${number}T12:00:00Z` });
    total += performance.now() - started;
    digests.add(await largestLayer(image, reference));
  }
  return { total, digests };
}

async function pushWithStep({ image, files, revision, created }: Commit): Promise<string> {
  const run = await runBuildPlatform({ plan: { images: [image], revision, created }, files, timeout: 120_000 });
  const [result] = run.results;
  if (result === undefined) throw new Error(`build-platform failed: ${run.errors.join(" ")} ${run.stderr}`);
  return result.manifest;
}

async function pushWithBuildx({ image, files, revision }: Commit): Promise<string> {
  await buildIn(files, ["--push", "--tag", `${image}:${revision}`]);
  return revision;
}

async function buildIn(files: Commit["files"], options: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "longshore-bench-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    await capture("docker", ["buildx", "build", "--progress=plain", "--platform=linux/amd64", ...options, folder]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

async function largestLayer(image: string, reference: string): Promise<string> {
  const [host = "", ...path] = image.split("/");
  const accept = ["application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json"].join(", ");
  const answer = await fetch(`http://${host}/v2/${path.join("/")}/manifests/${reference}`, { headers: { accept } });
  const { layers, manifests } = (await answer.json()) as {
    readonly layers?: readonly Descriptor[];
    readonly manifests?: readonly Descriptor[];
  };
  if (layers === undefined) return largestLayer(image, manifests?.[0]?.digest ?? "");
  return layers.reduce((one, other) => (other.size > one.size ? other : one)).digest;
}
