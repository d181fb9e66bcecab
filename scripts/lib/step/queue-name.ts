import { createHash } from "node:crypto";

/** Sixteen digits for a concurrency group, which GitHub wants shorter than 400 characters. */
export function nameQueue(queue: string): string {
  return createHash("sha256").update(queue).digest("hex").slice(0, 16);
}
