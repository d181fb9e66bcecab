import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  formatTarHeader,
  padTarFile,
  readTarEntries,
  TarRefusal,
  tarEnd,
} from "../../scripts/lib/programs/tar-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "longshore-tar-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(bytes: Buffer): Promise<readonly (readonly [name: string, content: string])[]> {
  const path = join(folder, "a.tar");
  writeFileSync(path, bytes);
  const file = await open(path);
  try {
    const entries = [...(await readTarEntries(file)).values()];
    return entries.map(({ name, position, size }) => [name, bytes.toString("latin1", position, position + size)]);
  } finally {
    await file.close();
  }
}

const file = (name: string, content: string) =>
  Buffer.concat([formatTarHeader(name, content.length), Buffer.from(content, "latin1"), padTarFile(content.length)]);

/** A header with some of its bytes replaced, and a check sum that is right. */
function headerWith(changes: Readonly<Record<number, string>>, content = ""): Buffer {
  const header = formatTarHeader("a", content.length);
  for (const [place, text] of Object.entries(changes)) header.write(text, Number(place), "latin1");
  header.fill(" ", 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, Buffer.from(content, "latin1"), padTarFile(content.length)]);
}

const pax = (key: string, value: string) => {
  const rest = ` ${key}=${value}\n`;
  const length = [rest.length + 1, rest.length + 2, rest.length + 3].find((n) => String(n).length + rest.length === n);
  return headerWith({ 156: "x" }, `${length}${rest}`);
};

describe("a tar", () => {
  it("that was written is read again", async () => {
    const name = fc.stringMatching(/^[a-z0-9/]{1,90}$/);
    const files = fc.uniqueArray(fc.tuple(name, fc.string({ unit: "grapheme-ascii", maxLength: 2000 })), {
      selector: ([each]) => each,
      maxLength: 5,
    });
    const law = fc.asyncProperty(files, async (list) => {
      const tar = Buffer.concat([...list.map(([each, content]) => file(each, content)), tarEnd]);
      expect(await read(tar)).toEqual(list);
    });
    await fc.assert(law, { numRuns: 50 });
  });

  it.each(["ustar", "posix", "gnu"])("of the program tar is read, in the form %s", async (form) => {
    const from = mkdtempSync(join(folder, "from-"));
    writeFileSync(join(from, "index.json"), "{}");
    const bytes = execFileSync("tar", [`--format=${form}`, "-C", from, "-cf", "-", "."]);
    expect(await read(bytes)).toEqual([["index.json", "{}"]]);
  });

  it("may tell name and size in a header before", async () => {
    const tar = Buffer.concat([pax("path", "blobs/long"), pax("size", "3"), headerWith({}, "abc"), tarEnd]);
    expect(await read(tar)).toEqual([["a", "abc"]]); // only the header right before counts
    expect(await read(Buffer.concat([pax("path", "blobs/long"), headerWith({}, "abc"), tarEnd]))).toEqual([
      ["blobs/long", "abc"],
    ]);
  });

  it("may hold a layer of more than 8 GiB", () => {
    const header = formatTarHeader("a", 9 * 2 ** 30);
    expect([...header.subarray(124, 136)]).toEqual([0x80, 0, 0, 0, 0, 0, 0, 2, 0x40, 0, 0, 0]);
  });

  it.each<[string, Buffer, RegExp]>([
    ["a negative size to the base 256", headerWith({ 124: "\xff".repeat(12) }), /negative size/],
    ["a minus in a size", headerWith({ 124: "-0000000777\0" }), /size is no number/],
    ["a size that is none", headerWith({ 124: "\0".repeat(12) }), /size is no number/],
    ["a size beyond all numbers", headerWith({ 124: `\x80${"\xff".repeat(11)}` }), /size is no number/],
    ["a size beyond its end", headerWith({ 124: "77777777777\0" }), /cut short/],
    ["a negative size in a header before", Buffer.concat([pax("size", "-512"), headerWith({}, "abc")]), /no number/],
    ["a header before that never ends", headerWith({ 156: "x" }, "0 a=b\n"), /makes no sense/],
    ["a header before that is cut", headerWith({ 156: "x" }, "99 a=b\n"), /makes no sense/],
    ["a global header with a path", headerWith({ 156: "g" }, "9 path=a\n"), /makes no sense|global header/],
    ["a header before of 1 MB", headerWith({ 156: "x" }, " ".repeat(1_000_000)), /too large/],
    ["a symbolic link", headerWith({ 156: "2", 157: "/etc/passwd" }), /no plain file/],
    ["a hard link", headerWith({ 156: "1", 157: "b" }), /no plain file/],
    ["a device", headerWith({ 156: "3" }), /no plain file/],
    ["GNU's long name", headerWith({ 156: "L" }, "b"), /no plain file/],
    ["one name twice", Buffer.concat([file("a", "1"), file("./a", "2")]), /holds "a" twice/],
    ["a wrong check sum", Buffer.concat([file("a", "1")]).fill("b", 0, 1), /is no tar/],
    [
      "more entries than any image",
      Buffer.concat(Array.from({ length: 10_001 }, (_, i) => file(`${i}`, ""))),
      /more than/,
    ],
  ])("with %s is refused", async (_what, bytes, words) => {
    await expect(read(Buffer.concat([bytes, tarEnd]))).rejects.toThrow(words);
  });

  it("of any bytes is read or refused, and nothing of it lies beyond its end", async () => {
    const whole = Buffer.concat([pax("path", "b"), file("a", "x".repeat(600)), file("c", "y"), tarEnd]);
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 });
    const law = fc.asyncProperty(changes, fc.nat(whole.length), fc.boolean(), async (list, cut, repair) => {
      const bytes = Buffer.from(whole.subarray(0, cut));
      for (const [place, byte] of list) if (place < bytes.length) bytes[place] = byte;
      // With a right check sum what comes after it is tried, too.
      for (let start = 0; repair && start + 512 <= bytes.length; start += 512) {
        if (bytes.toString("latin1", start + 257, start + 262) !== "ustar") continue;
        bytes.fill(" ", start + 148, start + 156);
        const sum = bytes.subarray(start, start + 512).reduce((total, byte) => total + byte, 0);
        bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, start + 148);
      }
      const path = join(folder, "b.tar");
      writeFileSync(path, bytes);
      const opened = await open(path);
      try {
        for (const { position, size } of (await readTarEntries(opened)).values()) {
          expect(size).toBeGreaterThanOrEqual(0);
          expect(position + size).toBeLessThanOrEqual(bytes.length);
        }
      } catch (error) {
        if (!(error instanceof TarRefusal)) throw error;
      } finally {
        await opened.close();
      }
    });
    await fc.assert(law, { numRuns: 500 });
  });
});
