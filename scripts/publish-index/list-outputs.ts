import { namesImage } from "../lib/registry/tags/tag-outcome.ts";
import type { PublishResult } from "./publish-result.ts";

/** Every output of action.yml, by its name. */
export function listOutputs(result: PublishResult): Readonly<Record<string, string>> {
  const { digest, images, tags, delivery } = result;
  const named = tags.filter(namesImage);
  const names = [...new Set(named.map(({ name }) => name))].filter((name) =>
    images.every((image) => named.some((tag) => tag.image === image && tag.name === name)),
  );
  return {
    digest: digest ?? "",
    image: digest === undefined ? "" : `${images[0]}@${digest}`,
    references: named.map(({ image, name }) => `${image}:${name}`).join("\n"),
    tags: names.join("\n"),
    delivery,
    result: JSON.stringify(result),
  };
}
