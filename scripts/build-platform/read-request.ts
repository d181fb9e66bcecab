import { existsSync, realpathSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import {
  type BuildSecret,
  type CacheStore,
  findDockerfile,
  type PlatformSelection,
  type Provenance,
  parseCacheStores,
  parsePairs,
  parsePlatformSelection,
  parsePlatforms,
  parseSecrets,
  selectPlatforms,
} from "@longshore/publishing";
import { type ImagePlan, InputError, normaliseImage, parseImagePlan } from "@longshore/tagging";
import { quoteValue } from "../lib/escape.ts";
import {
  readBoolean,
  readChoice,
  readDuration,
  readInteger,
  readLines,
  readList,
  readRequired,
  readText,
} from "../lib/inputs.ts";

/** What the step is asked for, all of it checked. */
export interface StepRequest {
  readonly plan: ImagePlan;
  /** Platforms of the whole image. */
  readonly platforms: readonly string[];
  readonly selection: PlatformSelection;
  /** Platforms this job builds. */
  readonly selected: readonly string[];
  readonly workspace: string;
  readonly target: string;
  readonly buildArgs: readonly string[];
  readonly buildContexts: readonly string[];
  readonly labels: readonly string[];
  readonly secrets: readonly BuildSecret[];
  readonly sshKey: string;
  readonly noCache: boolean;
  readonly pull: boolean;
  readonly reuse: boolean;
  readonly provenance: Provenance;
  readonly sbom: boolean;
  readonly dockerMediaTypes: boolean;
  readonly cacheStores: readonly CacheStore[];
  readonly cacheImage: string;
  readonly attempts: number;
  /** Milliseconds. */
  readonly retryDelay: number;
}

/** Reads the inputs; throws InputError at the first that is wrong. Nothing is changed before all are right. */
export function readRequest(): StepRequest {
  const plan = parseImagePlan(readRequired("plan"));
  const platforms = parsePlatforms(readRequired("platforms"));
  const selection = parsePlatformSelection(readRequired("select"));
  const cacheImage = readText("cache-image");
  return {
    plan,
    platforms,
    selection,
    selected: selectPlatforms(platforms, selection),
    workspace: process.env.GITHUB_WORKSPACE || process.cwd(),
    target: readText("target"),
    buildArgs: parsePairs("build-args", readLines("build-args"), "NAME=value"),
    buildContexts: parsePairs("build-contexts", readLines("build-contexts"), "name=path-or-image"),
    labels: checkLabels(parsePairs("labels", readLines("labels"), "key=value")),
    secrets: parseSecrets(readText("secrets")),
    sshKey: readText("ssh-key"),
    noCache: readBoolean("no-cache", false),
    pull: readBoolean("pull", false),
    reuse: readBoolean("reuse", true),
    provenance: readChoice("provenance", ["min", "max", "false"], "max"),
    sbom: readBoolean("sbom", false),
    dockerMediaTypes: readBoolean("docker-media-types", false),
    cacheStores: parseCacheStores(readList("cache")),
    cacheImage: cacheImage === "" ? (plan.images[0] ?? "") : normaliseImage(cacheImage),
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s"),
  };
}

/** What cleanup and freshness checks read is not for callers to write. */
function checkLabels(labels: readonly string[]): readonly string[] {
  const own = labels.find((label) => /^(?:dev\.longshore\.|org\.opencontainers\.image\.revision=)/.test(label));
  if (own === undefined) return labels;
  const key = own.slice(0, own.indexOf("="));
  throw new InputError(`Input labels sets ${quoteValue(key)}, which says what the image was built from: leave it out.`);
}

export interface BuildPlace {
  /** Absolute paths. */
  readonly context: string;
  readonly dockerfile: string;
}

/** Finds context and Dockerfile in the workspace; throws InputError that names what is missing or lies outside. */
export function findBuildPlace(workspace: string): BuildPlace {
  const input = readText("context", ".");
  if (/^(?:[a-z+]+:\/\/|git@|github\.com\/|-$)/i.test(input)) {
    throw new InputError(
      `Input context is ${quoteValue(input)}: only a folder of the checked out repository can be built.`,
    );
  }
  const context = inside(workspace, resolve(workspace, input), "context", input);
  if (context === undefined || !statSync(context).isDirectory()) {
    throw new InputError(`Input context is ${quoteValue(input)}: there is no such folder in the repository.`);
  }
  const file = readText("file");
  const found = findDockerfile(file, input, (path) => existsSync(resolve(context, path)));
  const dockerfile = inside(workspace, resolve(context, found), "file", found) ?? resolve(context, found);
  if (statSync(dockerfile).isFile()) return { context, dockerfile };
  throw new InputError(`Input file is ${quoteValue(found)}, which is no file.`);
}

/** The path with links followed, undefined when there is nothing; throws when it leaves the workspace. */
function inside(workspace: string, path: string, input: string, value: string): string | undefined {
  const root = realpathSync(workspace);
  const real = existsSync(path) ? realpathSync(path) : undefined;
  const lexical = path === resolve(workspace) || path.startsWith(`${resolve(workspace)}${sep}`);
  if (lexical && (real === undefined || real === root || real.startsWith(`${root}${sep}`))) return real;
  throw new InputError(
    `Input ${input} is ${quoteValue(value)}, which lies outside the repository: use a path inside it.`,
  );
}
