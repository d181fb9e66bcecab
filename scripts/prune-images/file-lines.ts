import { createReadStream } from "node:fs";

const chunkSize = 1024 * 1024;

/**
 * The lines of a file, one after the other, however large it is; `undefined` in the place of one with more than so many bytes, which
 * is never held. Empty lines are left out. Throws where the file cannot be read.
 */
export async function* readFileLines(path: string, longest: number): AsyncGenerator<Buffer | undefined> {
  let begun: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer): void => {
    length += part.length;
    if (length > longest) begun = [];
    else if (part.length > 0) begun.push(part);
  };
  const finish = (): Buffer | undefined => {
    const line = length > longest ? undefined : Buffer.concat(begun, length);
    begun = [];
    length = 0;
    return line;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      add(chunk.subarray(start, end));
      start = end + 1;
      if (length > 0) yield finish();
    }
    add(chunk.subarray(start));
  }
  if (length > 0) yield finish();
}
