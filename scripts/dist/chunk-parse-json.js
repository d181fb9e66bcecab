import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  TooLarge
} from "./chunk-refusal.js";

// lib/http/parse-json.ts
var mostValues = 1e6;
function parseJson(bytes) {
  checkValues(bytes);
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}
function checkValues(bytes) {
  let values = 0;
  for (const byte of bytes) if (byte === 44 || byte === 91 || byte === 123) values += 1;
  if (values > mostValues) throw new TooLarge(`it holds more than ${mostValues} values`);
}

export {
  parseJson,
  checkValues
};
