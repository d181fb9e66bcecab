import type { Token } from "../tokens.ts";

/** GitHub's `rate-limit`: requests of the running hour. `reset` is in seconds since 1970. */
export interface Rate {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
  readonly used: number;
}

const anonymousLimit = 60;

/** A running hour of the double's clock, and how many requests each token, or nobody in particular, made in it. */
export interface RateHour {
  readonly endsAt: Date;
  readonly used: Map<Token | undefined, number>;
}

export function rateOf(token: Token | undefined, hour: RateHour): Rate {
  const limit = token?.limit ?? anonymousLimit;
  const used = Math.min(limit, hour.used.get(token) ?? 0);
  return { limit, remaining: limit - used, reset: Math.floor(hour.endsAt.getTime() / 1000), used };
}

/** Counts a request. False where none was left. */
export function spendOne(token: Token | undefined, hour: RateHour): boolean {
  const { remaining, used } = rateOf(token, hour);
  if (remaining > 0) hour.used.set(token, used + 1);
  return remaining > 0;
}

export function rateHeaders(rate: Rate): Readonly<Record<string, string>> {
  return {
    "x-ratelimit-limit": String(rate.limit),
    "x-ratelimit-remaining": String(rate.remaining),
    "x-ratelimit-reset": String(rate.reset),
    "x-ratelimit-used": String(rate.used),
    "x-ratelimit-resource": "core",
  };
}
