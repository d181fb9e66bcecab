import { createRequire } from "node:module"; const require = createRequire(import.meta.url);

// lib/step/run-attempt.ts
function readRunAttempt(env = process.env) {
  const text = env.GITHUB_RUN_ATTEMPT ?? "";
  return /^[1-9][0-9]{0,5}$/u.test(text) ? Number(text) : 1;
}

export {
  readRunAttempt
};
