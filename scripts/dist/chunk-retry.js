import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  __commonJS,
  __toESM
} from "./chunk-runtime.js";

// node:node:timers/promises
var require_promises = __commonJS({
  "node:node:timers/promises"(exports, module) {
    module.exports = process.getBuiltinModule("node:timers/promises");
  }
});

// lib/http/retry.ts
var import_promises = __toESM(require_promises(), 1);
async function retry(action, options) {
  const { attempts, isTransient, retryAfter, onRetry, longestDelay = 3e5, sleep = import_promises.setTimeout } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action(attempt);
    } catch (error) {
      const delay = Math.max(options.delay, retryAfter?.(error) ?? 0);
      if (attempt >= attempts || !isTransient(error, attempt) || delay > longestDelay) throw error;
      onRetry?.({ attempt, attempts, delay, error });
      await sleep(delay);
    }
  }
}
function parseRetryAfter(header, now) {
  if (!header) return void 0;
  if (/^\d+(?:\.\d+)?$/u.test(header.trim())) return Math.ceil(Number(header) * 1e3);
  const date = Date.parse(header);
  return Number.isNaN(date) ? void 0 : Math.max(0, date - now);
}

export {
  require_promises,
  retry,
  parseRetryAfter
};
