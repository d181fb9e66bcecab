const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** What is said of a text that is no duration. */
export const durationAdvice = "use a duration such as 10s, 90m, 24h, 7d or 2w";

/** The form of a duration: a whole number and its unit. */
export const durationPattern = /^\d{1,6}[smhdw]$/;

/** A duration in milliseconds; undefined for anything else, which is never "no limit". */
export function parseDuration(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  return Number(text.slice(0, -1)) * units[text.slice(-1) as keyof typeof units];
}
