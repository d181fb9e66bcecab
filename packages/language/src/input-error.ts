/** Input that cannot be used. The message is one sentence: what was given, its value, and what to do. */
export class InputError extends Error {
  override readonly name = "InputError";
}
