import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readConfig,
  readContent,
  readFirstImage
} from "./chunk-read-content.js";
import {
  mapParallel
} from "./chunk-parallel.js";
import {
  imagesOf,
  isAttestation,
  platformOf,
  readImageFacts
} from "./chunk-semver.js";

// lib/registry/read-image.ts
var together = 16;
var createdKey = "org.opencontainers.image.created";
async function readImage(registry, reference, about) {
  const found = await readContent(registry, reference, about);
  if (found === void 0) return void 0;
  const { digest, content } = found;
  if (content.type === "manifest") {
    const config = await readConfig(registry, content);
    const told = readImageFacts(content.annotations);
    const labels2 = config?.labels ?? {};
    return {
      ...{ digest, platforms: new Map(config === void 0 ? [] : [[config.platform, digest]]) },
      images: [],
      facts: told.revision === void 0 ? readImageFacts(labels2) : told,
      created: content.annotations[createdKey] || labels2[createdKey] || "",
      missing: config === void 0 ? [{ digest: content.config.digest, what: "its configuration" }] : []
    };
  }
  const parts = [...new Map(content.manifests.map((part) => [part.digest, part])).values()];
  const heads = await mapParallel(parts, together, (part) => registry.headManifest(part.digest, about));
  const images = imagesOf(content).map((part) => ({ digest: part.digest, platform: platformOf(part) ?? "unknown" }));
  const missing = parts.filter((_, position) => heads[position] === void 0).map((part) => ({ digest: part.digest, what: describePart(part) }));
  const annotated = readImageFacts(content.annotations);
  const labels = annotated.revision === void 0 ? await readLabels() : {};
  return {
    ...{ digest, missing, images },
    platforms: new Map(images.map((part) => [part.platform, part.digest])),
    facts: annotated.revision === void 0 ? readImageFacts(labels) : annotated,
    created: content.annotations[createdKey] || labels[createdKey] || ""
  };
  async function readLabels() {
    const first = content.type === "index" ? await readFirstImage(registry, content) : void 0;
    const config = first && await readConfig(registry, first);
    return config?.labels ?? {};
  }
}
function describePart(part) {
  return isAttestation(part) ? "an attestation" : platformOf(part) ?? "an image of an unknown platform";
}

export {
  readImage
};
