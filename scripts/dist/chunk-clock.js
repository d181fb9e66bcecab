import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  quoteValue
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";

// lib/step/clock.ts
function readClock(env = process.env) {
  const text = env.SOURCE_DATE_EPOCH ?? "";
  if (text === "") return /* @__PURE__ */ new Date();
  if (!/^\d{1,12}$/u.test(text)) {
    throw new InputError(`SOURCE_DATE_EPOCH is ${quoteValue(text)}: use whole seconds since 1970, or leave it unset.`);
  }
  return new Date(Number(text) * 1e3);
}

export {
  readClock
};
