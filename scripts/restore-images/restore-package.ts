import type { PackageVersion } from "@longshore/cleanup";
import { parseManifestFacts } from "@longshore/cleanup";
import { type PackageApi, parseVersion } from "../lib/github/packages-api.ts";
import { mapParallel } from "../lib/http/parallel.ts";
import type { Registry } from "../lib/registry/registry.ts";
import type { Progress } from "../lib/step/progress.ts";
import { planRestore, type Restoration, type RestorePlan } from "./plan-restore.ts";
import type { LostPackage } from "./prune-report.ts";

const together = 8;
const deepest = 10;

export interface PackageRestoration {
  readonly image: string;
  readonly plan: RestorePlan;
  /** Brought back, or there already. */
  readonly restored: readonly Restoration[];
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
  /** Tags of restored versions that they do not have now. */
  readonly missingTags: readonly string[];
}

export interface RestoreJob {
  readonly api: PackageApi;
  readonly registry: Registry;
  readonly progress: Progress;
  readonly print: (line: string) => void;
  readonly wanted: readonly string[];
  readonly dryRun: boolean;
}

/** Brings back the versions of one package. Throws GitHubError and LimitReached. */
export async function restorePackage(job: RestoreJob, lost: LostPackage): Promise<PackageRestoration> {
  const { api, registry } = job;
  const list = async (state: "active" | "deleted"): Promise<readonly PackageVersion[]> =>
    (await api.listVersionPages(state)).pages.flat().map(parseVersion);
  const [deleted, active] = await Promise.all([list("deleted"), list("active")]);
  const plan = planRestore(lost.versions, job.wanted, deleted, active);
  for (const { digest, tags } of plan.restore)
    job.print(`${job.dryRun ? "Would restore" : "Restoring"} ${tags.join(", ") || digest}.`);
  for (const { name, reason } of plan.lost) job.print(`Cannot restore ${name}: ${reason}.`);
  const failed = [...plan.lost];
  const image = registry.image;
  if (job.dryRun) return { image, plan, restored: [], failed, missingTags: [] };

  const restored = await restoreAll(job, plan.restore, failed);
  // What the report did not know of: parts that the manifests name now that they can be read again.
  const there = new Set([...active, ...restored].map(({ digest }) => digest));
  let roots: readonly Restoration[] = restored;
  for (let depth = 0; roots.length > 0 && depth < deepest; depth += 1) {
    const parts = (await Promise.all(roots.map((root) => readParts(registry, root.digest)))).flat();
    const missing = [...new Set(parts)].filter((digest) => !there.has(digest));
    const found = missing.flatMap((digest) => deleted.find((version) => version.digest === digest) ?? []);
    for (const digest of missing) {
      there.add(digest);
      if (!found.some((version) => version.digest === digest))
        failed.push({ name: digest, reason: "a restored image needs it, and GitHub does not list it as deleted" });
    }
    roots = await restoreAll(
      job,
      found.map((version) => ({ ...version, parts: [], after: [], about: undefined })),
      failed,
    );
    restored.push(...roots);
  }
  return { image, plan, restored, failed, missingTags: await findMissingTags(job, restored) };
}

async function restoreAll(
  job: RestoreJob,
  items: readonly Restoration[],
  failed: { name: string; reason: string }[],
): Promise<Restoration[]> {
  const restored: Restoration[] = [];
  const back = new Set<string>();
  const underWay = new Map<string, Promise<unknown>>();
  const restoreOne = async (item: Restoration): Promise<void> => {
    const name = item.tags.join(", ") || item.digest;
    await Promise.allSettled(item.after.map((digest) => underWay.get(digest)));
    const missing = item.after.find((digest) => !back.has(digest));
    if (missing !== undefined) {
      failed.push({ name, reason: `its part ${missing} is not there, so it would be broken` });
      return;
    }
    const { outcome, ...rest } = await job.api.restoreVersion(item.id);
    if (outcome === "refused") {
      failed.push({ name, reason: "reason" in rest ? rest.reason : "refused" });
      return;
    }
    back.add(item.digest);
    restored.push(item);
    job.progress.tell(() => `Restored ${restored.length} of ${items.length} versions of ${job.api.name}.`);
  };
  await mapParallel(items, together, async (item) => {
    const work = restoreOne(item);
    underWay.set(item.digest, work);
    await work;
  });
  return restored;
}

async function readParts(registry: Registry, digest: string): Promise<readonly string[]> {
  const manifest = await registry.getManifest(digest, { expected: true });
  if (manifest === undefined) return [];
  return parseManifestFacts(digest, Buffer.from(manifest.bytes).toString()).children;
}

/** GitHub gives a version its tags back unless another took them meanwhile. */
async function findMissingTags({ api }: RestoreJob, restored: readonly Restoration[]): Promise<readonly string[]> {
  const tagged = restored.filter(({ tags }) => tags.length > 0);
  const now = await mapParallel(tagged, together, ({ id }) => api.readVersion(id));
  return tagged.flatMap(({ tags }, index) => tags.filter((tag) => !now[index]?.tags.includes(tag)));
}
