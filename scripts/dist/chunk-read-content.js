import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  imagesOf,
  parseOciContent,
  readImageConfig
} from "./chunk-semver.js";

// lib/registry/read-content.ts
var MAXIMUM_CONFIG = 8 * 1024 * 1024;
async function readContent(registry, reference, about) {
  const found = await registry.getManifest(reference, about);
  if (found === void 0) return void 0;
  const content = parseOciContent(new TextDecoder().decode(found.bytes), `${registry.image} ${reference}`);
  return { digest: found.digest, content: { ...content, mediaType: content.mediaType || found.mediaType } };
}
async function readConfig(registry, manifest) {
  const bytes = await registry.getBlob(manifest.config.digest, MAXIMUM_CONFIG);
  return bytes && readImageConfig(new TextDecoder().decode(bytes));
}
async function readFirstImage(registry, content) {
  if (content.type === "manifest") return content;
  const [first] = imagesOf(content);
  const child = first && await readContent(registry, first.digest);
  return child?.content.type === "manifest" ? child.content : void 0;
}

export {
  readContent,
  readConfig,
  readFirstImage
};
