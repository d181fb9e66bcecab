import { InputError } from "./input-error.ts";
import { quote } from "./quote.ts";

/**
 * The one voice of refusals: `<key> is <value>: <what to do>.`, in the word that the caller wrote.
 * @param advice what to do, a clause without its full stop
 */
export function describeRefusal(key: string, value: unknown, advice: string): string {
  return `${key} is ${quote(value)}: ${advice}.`;
}

/** @throws InputError with that sentence */
export function refuse(key: string, value: unknown, advice: string): never {
  throw new InputError(describeRefusal(key, value, advice));
}
