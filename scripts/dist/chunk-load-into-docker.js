import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  blobName,
  formatTarHeader,
  padTarFile,
  tarEnd,
  withOciArchive
} from "./chunk-tar-file.js";
import {
  require_node_stream
} from "./chunk-stream.js";
import {
  require_node_crypto
} from "./chunk-crypto.js";
import {
  runProgram
} from "./chunk-run-program.js";
import {
  imagesOf,
  parseOciContent,
  readImageConfig
} from "./chunk-semver.js";
import {
  showText
} from "./chunk-escape.js";
import {
  __toESM
} from "./chunk-runtime.js";

// lib/programs/archived-image.ts
var deepest = 4;
var mostLayers = 500;
var nameKey = "io.containerd.image.name";
var manifestType = "application/vnd.oci.image.manifest.v1+json";
function readArchivedImage(path) {
  return withOciArchive(path, (archive) => readImage(path, archive));
}
async function readImage(path, archive) {
  const { refuse } = archive;
  let text = await archive.readIndex();
  let digest = "";
  let name = "";
  for (let depth = 0; depth < deepest; depth += 1) {
    const content = parseOciContent(text, `The archive ${path}`);
    if (content.type === "manifest") {
      if (digest === "") throw refuse("has a manifest in the place of its index");
      const config = readImageConfig((await archive.readBlob(content.config.digest)).toString());
      if (config === void 0) throw refuse("holds no image for a platform");
      if (content.layers.length > mostLayers) throw refuse(`holds an image of ${content.layers.length} layers`);
      for (const part of content.layers) checkSize(part, archive);
      const layers = content.layers.map((layer) => layer.digest);
      const mediaType = content.mediaType || manifestType;
      return { path, digest, mediaType, config: content.config.digest, layers, name, ...config };
    }
    const [child, ...more] = imagesOf(content);
    if (child === void 0 || more.length > 0)
      throw refuse(`holds ${more.length + (child ? 1 : 0)} images instead of one`);
    digest = child.digest;
    name ||= child.annotations?.[nameKey] ?? "";
    text = (await archive.readBlob(digest)).toString();
  }
  throw refuse("is nested too deeply");
}
function checkSize({ digest, size }, { sizeOf, refuse }) {
  if (sizeOf(digest) !== size) throw refuse(`has ${sizeOf(digest)} bytes of ${digest}, which has ${size}`);
}

// lib/programs/load-into-docker.ts
var import_node_crypto = __toESM(require_node_crypto(), 1);
var import_node_stream = __toESM(require_node_stream(), 1);
async function loadIntoDocker(image, reference) {
  const refuse = (why) => new Error(`Docker cannot load the archive ${showText(image.path)} (${why}).`);
  const engine = await runProgram("docker", ["version", "--format", "{{.Server.Version}}"]);
  if (engine.exitCode === 127) throw refuse("there is no docker here");
  if (engine.exitCode !== 0) throw refuse(`no engine answers: ${lastLine(engine.stderr)}`);
  const load = await withOciArchive(image.path, async (archive) => {
    let failure;
    async function* carefully() {
      try {
        yield* writeProved(archive, image, reference);
      } catch (error) {
        failure = error;
      }
    }
    const run = await runProgram("docker", ["load"], { input: import_node_stream.Readable.from(carefully()) });
    if (failure !== void 0) throw failure;
    return run;
  });
  if (load.exitCode !== 0) throw refuse(lastLine(load.stderr));
  const loaded = /^Loaded image(?: ID)?: (\S+)/mu.exec(load.stdout)?.[1];
  if (loaded === void 0) throw refuse("it does not say as what it was loaded");
  if (loaded === reference) return;
  const tagged = await runProgram("docker", ["tag", loaded, reference]);
  if (tagged.exitCode !== 0) throw refuse(lastLine(tagged.stderr));
}
async function* writeProved(archive, image, reference) {
  const { digest, mediaType, config, layers } = image;
  for (const part of /* @__PURE__ */ new Set([digest, config, ...layers])) {
    const size = archive.sizeOf(part);
    const hash = (0, import_node_crypto.createHash)("sha256");
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
function* writeJson(name, value) {
  const bytes = Buffer.from(JSON.stringify(value));
  yield formatTarHeader(name, bytes.length);
  yield bytes;
  yield padTarFile(bytes.length);
}
function lastLine(text) {
  return showText(text.trim().split("\n").at(-1) ?? "").slice(0, 200);
}

export {
  readArchivedImage,
  loadIntoDocker
};
