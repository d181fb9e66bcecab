import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { InputError } from "@longshore/language";
import { findDockerfile, localContextOf, splitPair } from "@longshore/publishing";
import { quoteValue } from "../lib/step/escape.ts";
import { readText } from "../lib/step/inputs.ts";
import { findInside } from "../lib/step/inside-repository.ts";

/** What is built, found in the workspace. */
export interface BuildPlace {
  /** Absolute path. */
  readonly context: string;
  /** Absolute path by the name that is given: BuildKit looks for `<name>.dockerignore` beside it. */
  readonly dockerfile: string;
  readonly dockerfileText: string;
  /** The same two, relative to the workspace; the context is empty where it is the workspace. */
  readonly told: { readonly context: string; readonly file: string };
}

/**
 * Finds context and Dockerfile in the workspace, and the folders of named contexts. Throws InputError that names what is missing or
 * lies outside.
 */
export function findBuildPlace(workspace: string, buildContexts: readonly string[]): BuildPlace {
  const input = readText("context", ".");
  if (/^(?:[a-z+]+:\/\/|git@|github\.com\/|-$)/i.test(input)) {
    throw new InputError(
      `Input context is ${quoteValue(input)}: only a folder of the checked out repository can be built.`,
    );
  }
  const context = requireFolder(workspace, input, "Input context");
  for (const { name, value } of buildContexts.map(splitPair)) {
    const path = localContextOf(value);
    if (path !== undefined) requireFolder(workspace, path, `Input build-contexts: the folder of ${name}`);
  }
  const asked = readText("file");
  const found = findDockerfile(asked, input, (path) => existsSync(resolve(context, path)));
  const path = resolve(context, found);
  const real = findInside(workspace, found, "Input file", context) ?? path;
  if (!statSync(real).isFile()) throw new InputError(`Input file is ${quoteValue(found)}, which is no file.`);
  const dockerfile = join(realpathSync(dirname(path)), basename(path));
  findInside(workspace, `${basename(dockerfile)}.dockerignore`, "The ignore file", dirname(dockerfile));
  findInside(workspace, ".dockerignore", "The ignore file", context);
  const root = realpathSync(workspace);
  return {
    ...{ context, dockerfile, dockerfileText: readFileSync(real, "utf8") },
    told: { context: relative(root, context), file: relative(root, dockerfile) },
  };
}

function requireFolder(workspace: string, path: string, what: string): string {
  const folder = findInside(workspace, path, what);
  if (folder !== undefined && statSync(folder).isDirectory()) return folder;
  throw new InputError(`${what} is ${quoteValue(path)}: there is no such folder in the repository.`);
}

/**
 * BuildKit sees the folder of the Dockerfile only: a link that leads out of it is no file there. Such a Dockerfile is copied, with its
 * ignore file, under the name that is given. Gives the path for docker to `use`.
 */
export async function withReadableDockerfile<T>(
  { dockerfile, dockerfileText }: BuildPlace,
  temp: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  if (!lstatSync(dockerfile).isSymbolicLink() || leadsBelow(dockerfile)) return use(dockerfile);
  const folder = join(temp, `longshore-${process.pid}-dockerfile`);
  try {
    mkdirSync(folder);
    const copy = join(folder, basename(dockerfile));
    writeFileSync(copy, dockerfileText);
    const ignoreFile = `${dockerfile}.dockerignore`;
    if (existsSync(ignoreFile)) writeFileSync(`${copy}.dockerignore`, readFileSync(ignoreFile));
    return await use(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether it is one relative link to a file in its folder or below, which BuildKit follows. */
function leadsBelow(link: string): boolean {
  const target = readlinkSync(link);
  const path = resolve(dirname(link), target);
  return !target.startsWith("/") && path.startsWith(`${dirname(link)}/`) && path === realpathSync(link);
}
