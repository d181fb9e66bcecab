import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type GitHubDouble, type GitHubDoubleOptions, startGitHubDouble } from "../../doubles/github-double.ts";
import { type BundleOptions, type BundleRun, runBundle } from "../../tools/run-bundle.ts";

export const start = Date.UTC(2026, 10, 1);
const day = 86_400_000;

/** A double with three old images of pull requests (1 is open), one of a branch that is gone, and six releases. */
export async function startPopulated(options: GitHubDoubleOptions = {}): Promise<GitHubDouble> {
  const double = await startGitHubDouble({ now: () => new Date(start), ...options });
  const repository = double.repository("acme/app");
  const sha = repository.addCommit();
  repository.setBranch("main", sha);
  repository.openPullRequest({ number: 1, head: { branch: "topic", sha, repository: "fork/app" } });
  double.registry.seedImages("acme/app", 10, (index) => ({
    tags: [tagOf(index)],
    createdAt: new Date(start - 20 * day + index * 60_000),
    ...(index === 3
      ? {
          annotations: {
            "dev.longshore.kind": "feature",
            "dev.longshore.branch": "feature/gone",
            "org.opencontainers.image.revision": "abc1234000000000000000000000000000000000",
          },
        }
      : {}),
  }));
  return double;
}

function tagOf(index: number): string {
  if (index < 3) return `pr-${index + 1}-abc123${index}`;
  return index === 3 ? "feature-gone-abc1234" : `1.0.${index}`;
}

/** What goes of it: two pull requests' images and the branch's, of five versions each. */
export const goes = 15;
export const stays = 35;

export interface PruneRun extends BundleRun {
  /** The JSON report; fails the test where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it.
  readonly report: any;
  readonly reportText: string;
}

/** Runs the step as a process against the double. */
export async function runPrune(double: GitHubDouble, options: BundleOptions = {}): Promise<PruneRun> {
  let reportText = "";
  const run = await runBundle("prune-images", {
    ...options,
    inputs: { token: double.token(), registry: double.url, "deletes-per-minute": "180", ...options.inputs },
    env: {
      GITHUB_REPOSITORY: "acme/app",
      GITHUB_REPOSITORY_OWNER: "acme",
      GITHUB_API_URL: double.url,
      SOURCE_DATE_EPOCH: String(start / 1000),
      ...options.env,
    },
    inspect: (folder) => {
      try {
        reportText = readFileSync(join(folder, "temp", "prune-report.json"), "utf8");
      } catch {
        // there is none
      }
      return options.inspect?.(folder);
    },
  });
  return {
    ...run,
    reportText,
    get report() {
      return JSON.parse(reportText);
    },
  };
}
