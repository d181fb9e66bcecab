import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { showText } from "../step/escape.ts";
import type { ArchivedImage } from "./archived-image.ts";
import { blobName, type OciArchive, withOciArchive } from "./oci-archive.ts";
import { runProgram } from "./run-program.ts";
import { formatTarHeader, padTarFile, tarEnd } from "./tar-file.ts";

/**
 * Loads the image into the Docker engine, under this name and no other. Docker does not get the archive but a new one that holds the
 * proved image alone: whatever else the archive says, such as names, other images or the same file twice, is left behind. Throws one
 * sentence where Docker cannot, or where a layer is not what its digest says.
 */
export async function loadIntoDocker(image: ArchivedImage, reference: string): Promise<void> {
  const refuse = (why: string): Error => new Error(`Docker cannot load the archive ${showText(image.path)} (${why}).`);
  const engine = await runProgram("docker", ["version", "--format", "{{.Server.Version}}"]);
  if (engine.exitCode === 127) throw refuse("there is no docker here");
  if (engine.exitCode !== 0) throw refuse(`no engine answers: ${lastLine(engine.stderr)}`);
  const load = await withOciArchive(image.path, async (archive) => {
    let failure: unknown;
    // An error in the stream would be nobody's; without its end Docker has nothing to load.
    async function* carefully(): AsyncGenerator<Buffer> {
      try {
        yield* writeProved(archive, image, reference);
      } catch (error) {
        failure = error;
      }
    }
    const run = await runProgram("docker", ["load"], { input: Readable.from(carefully()) });
    if (failure !== undefined) throw failure;
    return run;
  });
  if (load.exitCode !== 0) throw refuse(lastLine(load.stderr));
  const loaded = /^Loaded image(?: ID)?: (\S+)/mu.exec(load.stdout)?.[1];
  if (loaded === undefined) throw refuse("it does not say as what it was loaded");
  if (loaded === reference) return;
  const tagged = await runProgram("docker", ["tag", loaded, reference]);
  if (tagged.exitCode !== 0) throw refuse(lastLine(tagged.stderr));
}

/**
 * An engine with the containerd image store reads `index.json`; one with the older store knows only `manifest.json` of `docker save`,
 * which points at the same blobs
 * (https://github.com/moby/docker-image-spec/blob/main/spec.md#combined-image-json--filesystem-changeset-format). Both come last, when
 * every blob has been found to be what its digest says.
 */
async function* writeProved(archive: OciArchive, image: ArchivedImage, reference: string): AsyncGenerator<Buffer> {
  const { digest, mediaType, config, layers } = image;
  for (const part of new Set([digest, config, ...layers])) {
    const size = archive.sizeOf(part);
    const hash = createHash("sha256");
    yield formatTarHeader(blobName(part), size);
    for await (const bytes of archive.streamBlob(part)) {
      hash.update(bytes);
      yield bytes;
    }
    yield padTarFile(size);
    if (`sha256:${hash.digest("hex")}` !== part)
      throw archive.refuse(`has other content than the digest says in ${blobName(part)}`);
  }
  const manifests = [{ mediaType, digest, size: archive.sizeOf(digest) }];
  const entry = { Config: blobName(config), RepoTags: [reference], Layers: layers.map(blobName) };
  yield* writeJson("oci-layout", { imageLayoutVersion: "1.0.0" });
  yield* writeJson("index.json", { schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests });
  yield* writeJson("manifest.json", [entry]);
  yield tarEnd;
}

function* writeJson(name: string, value: unknown): Generator<Buffer> {
  const bytes = Buffer.from(JSON.stringify(value));
  yield formatTarHeader(name, bytes.length);
  yield bytes;
  yield padTarFile(bytes.length);
}

function lastLine(text: string): string {
  return showText(text.trim().split("\n").at(-1) ?? "").slice(0, 200);
}
