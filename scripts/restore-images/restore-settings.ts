import { readFileSync, statSync } from "node:fs";
import { InputError } from "@longshore/language";
import { isDigest } from "@longshore/publishing";
import { readApiUrl, readRepositoryName } from "../lib/github/event.ts";
import { quoteValue } from "../lib/step/escape.ts";
import { type Environment, readBoolean, readInteger, readList, readText } from "../lib/step/inputs.ts";
import { parseOwner, parsePackageNames, parseRegistry } from "../lib/step/package-inputs.ts";
import type { ReportRun } from "./check-run.ts";
import { type LostPackage, type PruneReport, parsePruneReport } from "./prune-report.ts";

/** Everything a restoration is told. */
export interface RestoreSettings {
  readonly apiUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly registry: string;
  readonly packages: readonly LostPackage[];
  /** To be checked before anything else; undefined where none is told. */
  readonly run: ReportRun | undefined;
  readonly runToken: string;
  /** Digests and tags to bring back; empty: all of the report. */
  readonly wanted: readonly string[];
  readonly dryRun: boolean;
  readonly changesPerMinute: number;
  /** Milliseconds */
  readonly longestWait: number;
}

/** Reads and checks every input, and the report. Throws InputError. */
export function readSettings(env: Environment): RestoreSettings {
  const path = readText("report", "", env);
  const owner = parseOwner(readText("owner", env.GITHUB_REPOSITORY_OWNER ?? "", env));
  const registry = parseRegistry(readText("registry", "ghcr.io", env));
  const report = path === "" ? undefined : readReport(path, owner, registry);
  const runId = readText("run-id", "", env);
  if (runId !== "" && !/^[1-9]\d{0,17}$/u.test(runId)) {
    throw new InputError(
      `Input \`run-id\` is ${quoteValue(runId)}: give the number in the address of the run that pruned.`,
    );
  }
  const wanted = readList("digests", env);
  const names = readList("package", env);
  const packages = report === undefined ? [] : selectPackages(report, names);
  if (report === undefined) {
    const wrong = wanted.find((digest) => !isDigest(digest));
    if (wanted.length === 0) {
      throw new InputError("Inputs `report` and `digests` are both missing: say what is to come back.");
    }
    if (wrong !== undefined) {
      throw new InputError(
        `Input \`digests\` holds ${quoteValue(wrong)}: without a report give digests such as \`sha256:…\`, since a tag is gone with its version.`,
      );
    }
    if (names.length !== 1) {
      throw new InputError(
        "Input `package` must name one package where there is no report: say whose digests these are.",
      );
    }
  }
  return {
    apiUrl: readApiUrl(env),
    token: readText("token", "", env),
    owner,
    registry,
    run: runId === "" ? undefined : { repository: readRepositoryName(env), id: runId },
    runToken: readText("run-token", "", env),
    packages: report === undefined ? parseNames(names).map((name) => ({ name, versions: [] })) : packages,
    wanted,
    dryRun: readBoolean("dry-run", false, env),
    changesPerMinute: readInteger("deletes-per-minute", { lowest: 1, highest: 180, fallback: 150 }, env),
    longestWait: readInteger("wait-minutes", { lowest: 0, highest: 1440, fallback: 10 }, env) * 60_000,
  };
}

const largestReport = 256 * 1024 * 1024;

/** A report says what was there, not where: the token goes to whom the inputs name, so it must be about the same. */
function readReport(path: string, owner: string, registry: string): PruneReport {
  let text: string;
  try {
    const { size } = statSync(path);
    if (size > largestReport) throw new Error(`it has ${size} bytes, which no report has`);
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(`Input \`report\` is ${quoteValue(path, 300)}, which cannot be read: give a prune's report.`, {
      cause,
    });
  }
  const report = parsePruneReport(text, path);
  if (report.owner.toLowerCase() === owner.toLowerCase() && report.registry.toLowerCase() === registry) return report;
  throw new InputError(
    `Input \`report\` is about packages of ${quoteValue(report.owner)} at ${quoteValue(report.registry)}, and this restores those of ${owner} at ${registry}: give a report of theirs, or say \`owner\` and \`registry\` if it is yours.`,
  );
}

function parseNames(names: readonly string[]): readonly string[] {
  const parsed = parsePackageNames(names);
  const pattern = parsed.find((name) => name.includes("*"));
  if (pattern === undefined) return parsed;
  throw new InputError(`Input \`package\` is ${quoteValue(pattern)}: name the packages one by one.`);
}

function selectPackages(report: PruneReport, names: readonly string[]): readonly LostPackage[] {
  if (names.length === 0) return report.packages;
  return parseNames(names).map((name) => {
    const found = report.packages.find((each) => each.name === name);
    if (found !== undefined) return found;
    throw new InputError(`Input \`package\` is ${quoteValue(name)}, of which the report says nothing.`);
  });
}
