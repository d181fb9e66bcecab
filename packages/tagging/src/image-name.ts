/** One repository, `host[:port]/path`, lower-cased. @throws InputError that names the value */
export function normaliseImage(_text: string): string {
  throw new Error("to be written");
}

/** `ghcr.io/<owner>/<repo>`, lower-cased. */
export function defaultImage(_repository: string): string {
  throw new Error("to be written");
}

/** The `image` input: repositories separated by lines or commas, without duplicates; the default where it is empty. */
export function parseImages(_text: string, _repository: string): readonly string[] {
  throw new Error("to be written");
}
