import { InputError } from "@longshore/language";

const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * A duration such as `90m`, `24h`, `7d` or `2w`, in milliseconds. `input` names it in the message.
 * @throws InputError for anything else: a limit that is not understood is never "no limit"
 */
export function parseDuration(input: string, text: string): number {
  const [, digits, unit] = /^(\d{1,6})([mhdw])$/.exec(text.trim()) ?? [];
  if (digits === undefined || unit === undefined) {
    throw new InputError(
      `Input ${input} is ${JSON.stringify(text)}; give a number and a unit such as 90m, 24h, 7d or 2w.`,
    );
  }
  return Number(digits) * units[unit as keyof typeof units];
}
