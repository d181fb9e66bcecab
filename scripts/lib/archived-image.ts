import { imagesOf, parseOciContent, readImageConfig } from "@longshore/publishing";
import { InputError } from "@longshore/tagging";
import { quoteValue } from "./escape.ts";
import { readTarFiles } from "./oci-archive.ts";

/** The one image of an OCI archive (image-spec, image-layout.md), as BuildKit writes it. */
export interface ArchivedImage {
  readonly path: string;
  /** Of its manifest. */
  readonly digest: string;
  /** Digest of its configuration. */
  readonly config: string;
  /** Digests of its layers, in their order. */
  readonly layers: readonly string[];
  readonly platform: string;
  readonly labels: Readonly<Record<string, string>>;
}

const largest = 8 * 1024 * 1024;
/** index.json, an index, an index of attestations: nothing real is deeper. */
const deepest = 4;

/** Reads index, manifest and configuration; no layer is touched. Throws InputError where it is no such archive. */
export async function readArchivedImage(path: string): Promise<ArchivedImage> {
  const refuse = (why: string, cause?: unknown): InputError =>
    new InputError(`The archive ${quoteValue(path, 300)} ${why}: download the artifact of the build again.`, { cause });
  const read = async (name: string): Promise<string> => {
    const files = await readTarFiles(path, (file, size) => file.replace(/^\.\//u, "") === name && size <= largest);
    const [text] = files.values();
    if (text === undefined) throw refuse(`has no ${name}`);
    return text;
  };
  const blob = (digest: string) => read(`blobs/${digest.replace(":", "/")}`);
  let text = await read("index.json");
  let digest = "";
  for (let depth = 0; depth < deepest; depth += 1) {
    const content = parseOciContent(text, `The archive ${path}`);
    if (content.type === "manifest") {
      const config = readImageConfig(await blob(content.config.digest));
      if (config === undefined) throw refuse("holds no image for a platform");
      const layers = content.layers.map((layer) => layer.digest);
      return { path, digest, config: content.config.digest, layers, ...config };
    }
    const [child, ...more] = imagesOf(content);
    if (child === undefined || more.length > 0)
      throw refuse(`holds ${more.length + (child ? 1 : 0)} images instead of one`);
    digest = child.digest;
    text = await blob(digest);
  }
  throw refuse("is nested too deeply");
}
