import { InputError } from "@longshore/language";
import {
  checkPushed,
  type ExpectedChild,
  expectChild,
  imagesOf,
  type OciIndex,
  type OciManifest,
  type PlatformResult,
} from "@longshore/publishing";
import { readConfig, readContent } from "../lib/registry/read-content.ts";
import type { Registry } from "../lib/registry/registry.ts";

/**
 * Checks every result against every repository: the digest is there with all its parts, and it is really one image of that
 * platform. What a digest holds is the same everywhere, so it is looked into once. Gives what the index must hold, in the order of
 * the results. Throws InputError with every problem found.
 */
export async function collectPushed(
  registries: readonly Registry[],
  results: readonly PlatformResult[],
): Promise<readonly ExpectedChild[]> {
  const checks = await Promise.all(results.map((result) => checkResult(registries, result)));
  const problems = checks.flatMap((check) => check.problems);
  if (problems.length > 0) throw new InputError(`No index is made and no tag is put: ${problems.join(" ")}`);
  return checks.flatMap(({ child }) => child ?? []);
}

interface Check {
  readonly problems: readonly string[];
  readonly child?: ExpectedChild;
}

async function checkResult(registries: readonly Registry[], result: PlatformResult): Promise<Check> {
  const places = await Promise.all(registries.map((registry) => findPushed(registry, result)));
  const problems = places.flatMap((place) => place.problems);
  const [first] = registries;
  const pushed = places[0]?.pushed;
  if (first === undefined || pushed === undefined || problems.length > 0) return { problems };
  const image = await readImage(first, pushed, result);
  if (image === undefined) {
    return { problems: [`${result.manifest}, given for ${result.platform}, is no image manifest.`] };
  }
  const config = await readConfig(first, image);
  if (config === undefined) {
    return { problems: [`${result.manifest}, given for ${result.platform}, has no image config.`] };
  }
  return { problems: checkPushed(result, { pushed, platform: config.platform }), child: expectChild(result, pushed) };
}

/** The pushed digest and, of an index, whether each of its parts is there. */
async function findPushed(
  registry: Registry,
  { digest, platform }: PlatformResult,
): Promise<{ readonly problems: readonly string[]; readonly pushed?: OciIndex | OciManifest }> {
  const found = await readContent(registry, digest, { expected: true });
  if (found === undefined) {
    return { problems: [`${registry.image} holds no ${digest}, which was given for ${platform}.`] };
  }
  const parts = found.content.type === "index" ? found.content.manifests : [];
  const heads = await Promise.all(parts.map((part) => registry.headManifest(part.digest, { expected: true })));
  const problems = parts
    .filter((_, position) => heads[position] === undefined)
    .map((part) => `${registry.image} holds no ${part.digest}, a part of ${digest} given for ${platform}.`);
  return { problems, pushed: found.content };
}

async function readImage(
  registry: Registry,
  pushed: OciIndex | OciManifest,
  result: PlatformResult,
): Promise<OciManifest | undefined> {
  if (pushed.type === "manifest") return pushed;
  const child = imagesOf(pushed).find(({ digest }) => digest === result.manifest) ?? imagesOf(pushed)[0];
  const image = child && (await readContent(registry, child.digest));
  return image?.content.type === "manifest" ? image.content : undefined;
}
