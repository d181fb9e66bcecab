import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { ArchivedImage } from "./archived-image.ts";
import { showText } from "./escape.ts";
import { runProgram } from "./run-program.ts";

const mostLoads = 5;

/** Loads the archive into the Docker engine and names it. Throws one sentence where Docker cannot. */
export async function loadIntoDocker(image: ArchivedImage, reference: string): Promise<void> {
  const refuse = (why: string): Error => new Error(`Docker cannot load the archive ${showText(image.path)} (${why}).`);
  const engine = await runProgram("docker", ["version", "--format", "{{.Server.Version}}"]);
  if (engine.exitCode === 127) throw refuse("there is no docker here");
  if (engine.exitCode !== 0) throw refuse(`no engine answers: ${lastLine(engine.stderr)}`);
  for (let attempt = 1; ; attempt += 1) {
    const load = await runProgram("docker", ["load"], { input: Readable.from(forBothStores(image, reference)) });
    if (load.exitCode !== 0) throw refuse(lastLine(load.stderr));
    const loaded = /^Loaded image(?: ID)?: (\S+)/mu.exec(load.stdout)?.[1];
    if (loaded === undefined) throw refuse("it does not say as what it was loaded");
    const tagged = await runProgram("docker", ["tag", loaded, reference]);
    if (tagged.exitCode === 0) return;
    // The archives of all platforms hold one name. A job beside this one that shares the engine has just taken it over.
    const isTakenOver = /no such image/iu.test(tagged.stderr);
    if (!isTakenOver || attempt === mostLoads) throw refuse(lastLine(tagged.stderr));
  }
}

/**
 * The archive as it is, behind one file more: an engine with the containerd image store reads `index.json`; one with the older
 * store knows only `manifest.json` of `docker save`, which points at the same blobs
 * (https://github.com/moby/docker-image-spec/blob/main/spec.md#combined-image-json--filesystem-changeset-format).
 */
async function* forBothStores(image: ArchivedImage, reference: string): AsyncGenerator<Buffer> {
  const blob = (digest: string) => `blobs/${digest.replace(":", "/")}`;
  const entry = { Config: blob(image.config), RepoTags: [reference], Layers: image.layers.map(blob) };
  yield tarFile("manifest.json", Buffer.from(JSON.stringify([entry])));
  yield* createReadStream(image.path) as AsyncIterable<Buffer>;
}

/** One file of a tar, POSIX ustar (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06). */
function tarFile(name: string, content: Buffer): Buffer {
  const file = Buffer.alloc(512 + Math.ceil(content.length / 512) * 512);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  file.write(name, 0);
  file.write(octal(0o644, 7), 100);
  file.write(octal(0, 7), 108);
  file.write(octal(0, 7), 116);
  file.write(octal(content.length, 11), 124);
  file.write(octal(0, 11), 136);
  file.write("        0", 148); // the checksum counts as spaces; then the type: a regular file
  file.write("ustar\u000000", 257);
  const sum = file.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  file.write(`${octal(sum, 6)}\u0000 `, 148);
  content.copy(file, 512);
  return file;
}

function lastLine(text: string): string {
  return showText(text.trim().split("\n").at(-1) ?? "").slice(0, 200);
}
