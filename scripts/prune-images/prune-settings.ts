import { tmpdir } from "node:os";
import { type PruneRules, parseDuration } from "@longshore/cleanup";
import { InputError } from "@longshore/language";
import { parseSuffix } from "@longshore/tagging";
import { readApiUrl } from "../lib/github/event.ts";
import { quoteValue } from "../lib/step/escape.ts";
import { type Environment, readBoolean, readInteger, readList, readText } from "../lib/step/inputs.ts";
import { parseOwner, parsePackageNames, parseRegistry } from "../lib/step/package-inputs.ts";

/** Everything a prune is told. */
export interface PruneSettings {
  readonly apiUrl: string;
  /** Of the server that the repository is on. */
  readonly serverUrl: string;
  readonly token: string;
  readonly owner: string;
  /** Names, or patterns with `*`. */
  readonly packages: readonly string[];
  /** Host, such as `ghcr.io` or `localhost:5000`. */
  readonly registry: string;
  /** `owner/name` */
  readonly repository: string;
  readonly rules: PruneRules;
  readonly dryRun: boolean;
  readonly measureBytes: boolean;
  /** Empty: nothing is kept between runs. */
  readonly cacheFolder: string;
  readonly reportFolder: string;
  readonly deletesPerMinute: number;
  /** Milliseconds */
  readonly longestWait: number;
  /** Moment of planning, milliseconds since 1970; undefined: the clock at each plan. */
  readonly plannedAt?: number | undefined;
}

/** Reads and checks every input before anything is asked of GitHub. Throws InputError. */
export function readSettings(env: Environment): PruneSettings {
  const repository = readText("repository", env.GITHUB_REPOSITORY ?? "", env);
  const owner = parseOwner(readText("owner", env.GITHUB_REPOSITORY_OWNER || repository.split("/")[0], env));
  if (!/^[\w.-]+\/[\w.-]+$/u.test(repository)) {
    throw new InputError(
      `Input \`repository\` is ${quoteValue(repository)}: give the \`owner/name\` whose pull requests and branches the images belong to.`,
    );
  }
  const named = readList("package", env);
  return {
    apiUrl: readApiUrl(env),
    serverUrl: env.GITHUB_SERVER_URL || "https://github.com",
    token: readText("token", "", env),
    owner,
    packages: parsePackageNames(named.length > 0 ? named : [repository.split("/")[1] ?? ""]),
    registry: parseRegistry(readText("registry", "ghcr.io", env)),
    repository,
    rules: {
      pullRequestMaxAge: parseDuration("pull-request-max-age", readText("pull-request-max-age", "24h", env)),
      featureMaxAge: parseDuration("feature-max-age", readText("feature-max-age", "7d", env)),
      untaggedGrace: parseDuration("untagged-grace", readText("untagged-grace", "24h", env)),
      keepDefaultBranch: optional(readText("keep-default-branch", "", env), () =>
        readInteger("keep-default-branch", { lowest: 0, highest: 1_000_000, fallback: 0 }, env),
      ),
      minimumKept: readInteger("minimum-kept", { lowest: 0, highest: 1_000_000, fallback: 5 }, env),
      trustTagNames: readBoolean("trust-tag-names", false, env),
      pullRequest: optional(readText("pull-request", "", env), () =>
        readInteger("pull-request", { lowest: 1, highest: Number.MAX_SAFE_INTEGER, fallback: 0 }, env),
      ),
      suffixes: readList("suffixes", env).map(checkSuffix),
    },
    dryRun: readBoolean("dry-run", false, env),
    measureBytes: readBoolean("measure-bytes", false, env),
    cacheFolder: readText("cache-folder", "", env),
    reportFolder: readText("report-folder", env.RUNNER_TEMP || tmpdir(), env),
    // GitHub allows 900 points a minute and a deletion costs 5.
    deletesPerMinute: readInteger("deletes-per-minute", { lowest: 1, highest: 180, fallback: 150 }, env),
    longestWait: readInteger("wait-minutes", { lowest: 0, highest: 1440, fallback: 10 }, env) * 60_000,
  };
}

function checkSuffix(text: string): string {
  try {
    return parseSuffix(text);
  } catch (cause) {
    throw new InputError(
      `Input \`suffixes\` holds ${quoteValue(text)}: use suffixes that images are built with, such as \`-alpine\`.`,
      {
        cause,
      },
    );
  }
}

function optional(text: string, read: () => number): number | undefined {
  return text === "" ? undefined : read();
}
