import type { Environment } from "./inputs.ts";

/** Which attempt of its run this is (GITHUB_RUN_ATTEMPT); the first where nothing tells. */
export function readRunAttempt(env: Environment = process.env): number {
  const text = env.GITHUB_RUN_ATTEMPT ?? "";
  return /^[1-9][0-9]{0,5}$/u.test(text) ? Number(text) : 1;
}
