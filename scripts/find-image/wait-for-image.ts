import type { Registry } from "../lib/registry/registry.ts";
import type { Timing } from "../lib/step/timing.ts";
import type { Target } from "./find-target.ts";
import type { FoundImage } from "./found-image.ts";
import { loadArchive } from "./load-archive.ts";
import { lookInRegistry } from "./look-in-registry.ts";
import type { FindRequest } from "./read-request.ts";

export interface WaitTools {
  readonly registry: Registry;
  readonly timing: Timing;
  readonly print: (line: string) => void;
}

/** While nothing changes, one line in so many milliseconds. */
const quiet = 30_000;

/**
 * Looks until the image is there or the time is up. An archive that is here already is not waited past: the registry is asked
 * first, then the archive. Throws one sentence: what was looked for, where and for how long.
 */
export async function waitForImage(request: FindRequest, target: Target, tools: WaitTools): Promise<FoundImage> {
  const { registry, timing, print } = tools;
  const started = timing.now();
  let told = "";
  let toldAt = started;
  for (let looks = 1; ; looks += 1) {
    const look = await lookInRegistry(registry, target, request);
    if (look.outcome === "found") return foundInRegistry(request, target, look);
    const archive = request.archive === "" ? undefined : await loadArchive(request, target);
    if (archive?.outcome === "loaded") return archive.image;
    const reason = [look.reason, ...(archive === undefined ? [] : [archive.reason])].join("; ");
    const elapsed = timing.now() - started;
    if (elapsed >= request.wait) throw new Error(describeFailure(request, target, looks, reason));
    if (reason !== told || timing.now() - toldAt >= quiet) {
      print(`Waiting for the ${target.what} (${seconds(elapsed)} of ${seconds(request.wait)}): ${reason}.`);
      told = reason;
      toldAt = timing.now();
    }
    await timing.sleep(Math.min(request.interval, request.wait - elapsed));
  }
}

function foundInRegistry(
  { image: repository, platform }: FindRequest,
  { revision }: Target,
  { tag, image }: Extract<Awaited<ReturnType<typeof lookInRegistry>>, { outcome: "found" }>,
): FoundImage {
  // The look made sure that the platform is there.
  const digest = platform === "" ? image.digest : (image.platforms.get(platform) ?? image.digest);
  const platforms = [...image.platforms.keys()];
  return { source: "registry", reference: `${repository}@${digest}`, digest, tag, revision, platforms };
}

function describeFailure(request: FindRequest, target: Target, looks: number, reason: string): string {
  const names = target.tags.map((tag) => `${request.image}:${tag}`).join(", ");
  const more = target.lists
    ? ` and every tag of that repository that ends in ${target.revision.slice(0, 7)}${request.suffix}`
    : "";
  const complete = request.platforms.length === 0 ? "" : ` with ${request.platforms.join(", ")}`;
  const time = request.wait === 0 ? "at one look" : `within ${seconds(request.wait)} (${looks} looks)`;
  return `The ${target.what} was not found ${time}: looked for ${names}${more}${complete}; ${reason}. Check that its build has run and pushed, or raise the input \`wait\`.`;
}

function seconds(milliseconds: number): string {
  const whole = Math.round(milliseconds / 1000);
  return whole >= 120 && whole % 60 === 0 ? `${whole / 60} min` : `${whole} s`;
}
