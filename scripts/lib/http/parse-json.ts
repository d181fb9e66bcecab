import { TooLarge } from "./refusal.ts";

/** Objects and lists of a real answer are some thousands. Four megabytes of `{},` are 1.3 million, and 100 MB in memory. */
const mostValues = 1_000_000;

/** Parses foreign JSON. Throws SyntaxError where it is none, and TooLarge. */
export function parseJson(bytes: Uint8Array): unknown {
  checkValues(bytes);
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}

/** Throws TooLarge where a text would take many times its size in memory when it is parsed. */
export function checkValues(bytes: Uint8Array): void {
  let values = 0;
  for (const byte of bytes) if (byte === 0x2c || byte === 0x5b || byte === 0x7b) values += 1;
  if (values > mostValues) throw new TooLarge(`it holds more than ${mostValues} values`);
}
