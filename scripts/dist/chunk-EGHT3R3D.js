import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readTarFiles
} from "./chunk-7AEJAY44.js";
import {
  require_node_stream
} from "./chunk-6NTKPSGD.js";
import {
  runProgram
} from "./chunk-2T4NJN3K.js";
import {
  imagesOf,
  parseOciContent,
  readImageConfig
} from "./chunk-3K7WCUNP.js";
import {
  InputError
} from "./chunk-7GG5X4YI.js";
import {
  quoteValue,
  require_node_fs,
  showText
} from "./chunk-MKFSSSBL.js";
import {
  __toESM
} from "./chunk-VSKSHHTL.js";

// lib/archived-image.ts
var largest = 8 * 1024 * 1024;
var deepest = 4;
async function readArchivedImage(path) {
  const refuse = (why, cause) => new InputError(`The archive ${quoteValue(path, 300)} ${why}: download the artifact of the build again.`, { cause });
  const read = async (name) => {
    const files = await readTarFiles(path, (file, size) => file.replace(/^\.\//u, "") === name && size <= largest);
    const [text2] = files.values();
    if (text2 === void 0) throw refuse(`has no ${name}`);
    return text2;
  };
  const blob = (digest2) => read(`blobs/${digest2.replace(":", "/")}`);
  let text = await read("index.json");
  let digest = "";
  for (let depth = 0; depth < deepest; depth += 1) {
    const content = parseOciContent(text, `The archive ${path}`);
    if (content.type === "manifest") {
      const config = readImageConfig(await blob(content.config.digest));
      if (config === void 0) throw refuse("holds no image for a platform");
      const layers = content.layers.map((layer) => layer.digest);
      return { path, digest, config: content.config.digest, layers, ...config };
    }
    const [child, ...more] = imagesOf(content);
    if (child === void 0 || more.length > 0)
      throw refuse(`holds ${more.length + (child ? 1 : 0)} images instead of one`);
    digest = child.digest;
    text = await blob(digest);
  }
  throw refuse("is nested too deeply");
}

// lib/load-into-docker.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_stream = __toESM(require_node_stream(), 1);
var mostLoads = 5;
async function loadIntoDocker(image, reference) {
  const refuse = (why) => new Error(`Docker cannot load the archive ${showText(image.path)} (${why}).`);
  const engine = await runProgram("docker", ["version", "--format", "{{.Server.Version}}"]);
  if (engine.exitCode === 127) throw refuse("there is no docker here");
  if (engine.exitCode !== 0) throw refuse(`no engine answers: ${lastLine(engine.stderr)}`);
  for (let attempt = 1; ; attempt += 1) {
    const load = await runProgram("docker", ["load"], { input: import_node_stream.Readable.from(forBothStores(image, reference)) });
    if (load.exitCode !== 0) throw refuse(lastLine(load.stderr));
    const loaded = /^Loaded image(?: ID)?: (\S+)/mu.exec(load.stdout)?.[1];
    if (loaded === void 0) throw refuse("it does not say as what it was loaded");
    const tagged = await runProgram("docker", ["tag", loaded, reference]);
    if (tagged.exitCode === 0) return;
    const isTakenOver = /no such image/iu.test(tagged.stderr);
    if (!isTakenOver || attempt === mostLoads) throw refuse(lastLine(tagged.stderr));
  }
}
async function* forBothStores(image, reference) {
  const blob = (digest) => `blobs/${digest.replace(":", "/")}`;
  const entry = { Config: blob(image.config), RepoTags: [reference], Layers: image.layers.map(blob) };
  yield tarFile("manifest.json", Buffer.from(JSON.stringify([entry])));
  yield* (0, import_node_fs.createReadStream)(image.path);
}
function tarFile(name, content) {
  const file = Buffer.alloc(512 + Math.ceil(content.length / 512) * 512);
  const octal = (value, digits) => value.toString(8).padStart(digits, "0");
  file.write(name, 0);
  file.write(octal(420, 7), 100);
  file.write(octal(0, 7), 108);
  file.write(octal(0, 7), 116);
  file.write(octal(content.length, 11), 124);
  file.write(octal(0, 11), 136);
  file.write("        0", 148);
  file.write("ustar\x0000", 257);
  const sum = file.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  file.write(`${octal(sum, 6)}\0 `, 148);
  content.copy(file, 512);
  return file;
}
function lastLine(text) {
  return showText(text.trim().split("\n").at(-1) ?? "").slice(0, 200);
}

export {
  readArchivedImage,
  loadIntoDocker
};
