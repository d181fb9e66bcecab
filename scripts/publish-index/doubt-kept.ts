import { readContent } from "../lib/registry/read-content.ts";
import type { Registry } from "../lib/registry/registry.ts";
import type { TagOutcome } from "../lib/registry/tags/tag-outcome.ts";

/**
 * What is wrong with immutable tags that no run can mend, as they never change: one keeps an image whose parts are gone, or names
 * another image in one registry than in the next. A sentence each, with what to do. Never throws: the tags are put already.
 */
export async function doubtKeptTags(
  registries: readonly Registry[],
  tags: readonly TagOutcome[],
): Promise<readonly string[]> {
  const broken = await Promise.all(
    tags.filter(({ outcome }) => outcome === "kept").map((tag) => findBroken(registries, tag)),
  );
  return [...broken.flat(), ...findDifferences(tags)];
}

async function findBroken(
  registries: readonly Registry[],
  { image, name, digest }: TagOutcome,
): Promise<readonly string[]> {
  const registry = registries.find((each) => each.image === image);
  if (registry === undefined || digest === undefined) return [];
  try {
    const found = await readContent(registry, digest);
    const parts = found?.content.type === "index" ? found.content.manifests.map((part) => part.digest) : [];
    const heads = await Promise.all(parts.map((part) => registry.headManifest(part)));
    const missing = parts.filter((_, position) => heads[position] === undefined);
    if (missing.length === 0) return [];
    return [
      `${image}:${name} keeps a broken image, which lacks ${missing.join(", ")}: delete version ${digest} of the package, then run this workflow again.`,
    ];
  } catch {
    return []; // nobody knows
  }
}

function findDifferences(tags: readonly TagOutcome[]): readonly string[] {
  const known = tags.filter(
    ({ mutability, outcome }) => mutability === "immutable" && ["written", "done", "kept"].includes(outcome),
  );
  return [...new Set(known.map(({ name }) => name))].flatMap((name) => {
    const holders = known.filter((tag) => tag.name === name);
    if (new Set(holders.map(({ digest }) => digest)).size < 2) return [];
    const told = holders.map(({ digest, image }) => `${digest} in ${image}`).join(", ");
    return [
      `The immutable tag ${name} names different images: ${told}. It keeps both: delete that version where it is the wrong one, and copy the other image there by promote-image.yml.`,
    ];
  });
}
