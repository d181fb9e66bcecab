import { InputError } from "@longshore/language";

/** Where a Dockerfile is looked for, relative to the context, in this order. */
const PLACES = ["Dockerfile", "docker/Dockerfile", "build/Dockerfile"] as const;

/**
 * The Dockerfile relative to the context: `file` when given, else the first place that exists. Throws InputError that lists the
 * places looked at. `exists` is asked for paths relative to the context.
 */
export function findDockerfile(file: string, context: string, exists: (path: string) => boolean): string {
  const places: readonly string[] = file === "" ? PLACES : [file];
  const found = places.find(exists);
  if (found !== undefined) return found;
  const where = `in context ${JSON.stringify(context)}`;
  if (file !== "") {
    throw new InputError(
      `Input file is ${JSON.stringify(file)}, but there is no such file ${where}: it is relative to the context.`,
    );
  }
  throw new InputError(`No Dockerfile ${where}: looked for ${places.join(", ")}. Add one or name it in input file.`);
}
