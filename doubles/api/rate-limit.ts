import type { Token } from "../tokens.ts";

/** GitHub's `rate-limit`: requests of the running hour. `reset` is in seconds since 1970. */
export interface Rate {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
  readonly used: number;
}

/** Why a request is refused. `retryAfter` is in seconds. */
export type LimitReached =
  | { readonly limit: "primary"; readonly status: number }
  | { readonly limit: "secondary"; readonly status: number; readonly retryAfter: number };

/** Both of GitHub's limits, for each token and for nobody in particular. */
export interface ApiLimits {
  rate(token: Token | undefined): Rate;
  /** Counts a request, or says which limit refuses it; what is refused is not counted. */
  spend(token: Token | undefined, method: string): LimitReached | undefined;
}

const anonymousLimit = 60;
const hour = 3_600_000;
const minute = 60_000;

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export function apiLimits(now: () => Date, pointsPerMinute: number, status: 403 | 429): ApiLimits {
  let endsAt = now().getTime() + hour;
  let used = new Map<Token | undefined, number>();
  const spent = new Map<Token | undefined, { readonly at: number; readonly points: number }[]>();

  const rate = (token: Token | undefined): Rate => {
    const at = now().getTime();
    if (at >= endsAt) {
      endsAt = at + hour;
      used = new Map();
    }
    const limit = token?.limit ?? anonymousLimit;
    const count = used.get(token) ?? 0;
    return { limit, remaining: limit - count, reset: Math.floor(endsAt / 1000), used: count };
  };
  /** Milliseconds until so many points are free; 0 where they are, and then they are spent. */
  const takePoints = (token: Token | undefined, points: number): number => {
    const at = now().getTime();
    const recent = (spent.get(token) ?? []).filter((entry) => entry.at > at - minute);
    spent.set(token, recent);
    let total = recent.reduce((sum, entry) => sum + entry.points, points);
    if (total <= pointsPerMinute) {
      recent.push({ at, points });
      return 0;
    }
    for (const entry of recent) {
      total -= entry.points;
      if (total <= pointsPerMinute) return entry.at + minute - at;
    }
    return minute;
  };

  return {
    rate,
    spend: (token, method) => {
      const { remaining, used: count } = rate(token);
      if (remaining <= 0) return { limit: "primary", status };
      const points = method === "GET" || method === "HEAD" ? 1 : 5;
      const wait = pointsPerMinute === Number.POSITIVE_INFINITY ? 0 : takePoints(token, points);
      if (wait > 0) return { limit: "secondary", status, retryAfter: Math.ceil(wait / 1000) };
      used.set(token, count + 1);
      return undefined;
    },
  };
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
