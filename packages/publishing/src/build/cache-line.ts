import { InputError } from "@longshore/language";
import type { StepCount } from "./build-steps.ts";
import { parsePlatform } from "./platform.ts";

/** What one platform's build had from the cache. */
export interface CacheHits extends StepCount {
  /** Normalised, such as `linux/arm/v7`. */
  readonly platform: string;
}

/** The line of a build's log that tells it. `diagnose` reads it out of logs that GitHub keeps, so other words are another grammar. */
export function formatCacheLine({ platform, total, cached }: CacheHits): string {
  return `Cache ${platform}: ${cached} of ${total} steps came from the cache.`;
}

/** Undefined for any other line. */
export function parseCacheLine(line: string): CacheHits | undefined {
  const [, platform = "", cachedText, totalText] = pattern.exec(line) ?? [];
  const [cached, total] = [Number(cachedText), Number(totalText)];
  return cached <= total && isPlatform(platform) ? { platform, total, cached } : undefined;
}

const pattern = /^Cache (\S+): (0|[1-9]\d{0,3}) of ([1-9]\d{0,3}) steps came from the cache\.$/u;

function isPlatform(text: string): boolean {
  try {
    return parsePlatform(text) === text;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
