import { InputError } from "@longshore/language";
import { quoteValue } from "./escape.ts";
import type { Environment } from "./inputs.ts";

/** SOURCE_DATE_EPOCH (seconds, https://reproducible-builds.org/specs/source-date-epoch/) when set, else now. Throws InputError. */
export function readClock(env: Environment = process.env): Date {
  const text = env.SOURCE_DATE_EPOCH ?? "";
  if (text === "") return new Date();
  // Twelve digits end in the year 33658, which a Date still holds.
  if (!/^\d{1,12}$/u.test(text)) {
    throw new InputError(`SOURCE_DATE_EPOCH is ${quoteValue(text)}: use whole seconds since 1970, or leave it unset.`);
  }
  return new Date(Number(text) * 1000);
}
