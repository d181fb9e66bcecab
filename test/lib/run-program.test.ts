import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { runProgram } from "../../scripts/lib/programs/run-program.ts";

const shell = (script: string, options = {}) => runProgram("sh", ["-c", script], options);

test("what a program says is given, with its exit code", async () => {
  expect(await shell("echo said; echo told >&2; exit 3")).toEqual({ exitCode: 3, stdout: "said\n", stderr: "told\n" });
});

test("a program that is not there is exit code 127", async () => {
  expect((await runProgram("no-such-program", [])).exitCode).toBe(127);
});

test("characters that are cut between two reads stay whole", async () => {
  expect((await shell("printf '\\303'; sleep 0.1; printf '\\251'")).stdout).toBe("é");
});

test("a program that says more than anyone could read is ended, with one sentence", async () => {
  await expect(shell("yes")).rejects.toThrow(/^sh says more than 16777216 bytes/);
});

test("a program that does not read its input to the end is no failure of ours", async () => {
  const input = Readable.from([Buffer.alloc(10_000_000)]);
  expect((await shell("echo no >&2; exit 4", { input })).exitCode).toBe(4);
});
