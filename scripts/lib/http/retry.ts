import { setTimeout as wait } from "node:timers/promises";

/** One failed attempt that is followed by another. */
export interface RetryNotice {
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  readonly attempts: number;
  /** Pause before the next one, milliseconds. */
  readonly delay: number;
  readonly error: unknown;
}

export interface RetryOptions {
  /** How often it is tried in all; at least 1. */
  readonly attempts: number;
  /** Pause between attempts, milliseconds. */
  readonly delay: number;
  /** Whether trying again after this attempt, from 1, can help. Everything else is thrown at once. */
  readonly isTransient: (error: unknown, attempt: number) => boolean;
  /** The pause the server asked for (`Retry-After`), milliseconds. The longer of the two pauses is kept. */
  readonly retryAfter?: (error: unknown) => number | undefined;
  /** A pause longer than this (milliseconds, default five minutes) is not waited for: the error is thrown. */
  readonly longestDelay?: number;
  readonly onRetry?: (notice: RetryNotice) => void;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** Does the action until it succeeds, fails for good, or the attempts are used up; then the last error is thrown. */
export async function retry<T>(action: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { attempts, isTransient, retryAfter, onRetry, longestDelay = 300_000, sleep = wait } = options;
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

/** The value of a `Retry-After` header (RFC 9110, 10.2.3: seconds or a date) in milliseconds; undefined when there is none. */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  if (!header) return undefined;
  if (/^\d+(?:\.\d+)?$/u.test(header.trim())) return Math.ceil(Number(header) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
