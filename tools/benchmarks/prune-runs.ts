import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { type BundleRun, runBundle } from "../run-bundle.ts";
import { type Figure, seconds } from "./figure.ts";
import { type BusyPackage, seedBusyPackage } from "./prune-package.ts";

/** dataaxiom/ghcr-cleanup-action v1.2.1 on the same shape of package, 20 ms a request, on a machine of the same kind. */
interface Published {
  readonly lists: number;
  readonly reads: number;
  /** Everything before the first delete, milliseconds. */
  readonly analysis: number;
  readonly megabytes: number;
}

const published: ReadonlyMap<number, Published> = new Map([
  [1000, { lists: 198, reads: 6590, analysis: 16_300, megabytes: 298 }],
  [5000, { lists: 972, reads: 32_825, analysis: 77_400, megabytes: 510 }],
]);

/** Of a request, milliseconds. */
const latency = 20;
const memoryLimit = 250;
/** Time may grow this much faster than the number of images, for the noise of the machine; were it quadratic it would be four times. */
const slack = 2;

interface Analysis {
  readonly milliseconds: number;
  readonly lists: number;
  readonly reads: number;
  readonly megabytes: number;
  /** Versions the plan removes although something that stays needs them. */
  readonly wrong: number;
  /** Versions the plan leaves although nothing needs them. */
  readonly missed: number;
}

interface Measured {
  readonly tagged: number;
  readonly busy: BusyPackage;
  readonly cold: Analysis;
  readonly warm: Analysis;
}

/** The step as a process, in a dry run: all that comes before the first delete. Cold, and again with its cache. */
export async function measurePrunePlans(sizes: readonly number[]): Promise<readonly Figure[]> {
  const all: Measured[] = [];
  for (const tagged of sizes) all.push(await measurePlans(tagged));
  return all.flatMap((one, place) => figuresOf(one, all[place - 1]));
}

async function measurePlans(tagged: number): Promise<Measured> {
  const gitHub = await startGitHubDouble({ latencyMs: latency });
  const folder = mkdtempSync(join(tmpdir(), "longshore-prune-bench-"));
  try {
    const busy = seedBusyPackage(gitHub, tagged, Date.now());
    const cold = await analyse(gitHub, busy, folder);
    const warm = await analyse(gitHub, busy, folder);
    return { tagged, busy, cold, warm };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await gitHub.stop();
  }
}

async function analyse(gitHub: GitHubDouble, busy: BusyPackage, folder: string): Promise<Analysis> {
  gitHub.clearRequests();
  const run = await runPrune(gitHub, {
    "dry-run": "true",
    "cache-folder": join(folder, "cache"),
    "report-folder": folder,
  });
  if (run.exitCode !== 0) throw new Error(`prune-images failed: ${run.errors.join(" ")}${run.stderr}`);
  const report = JSON.parse(readFileSync(join(folder, "prune-report.json"), "utf8")) as Report;
  const removed = new Set(report.packages.flatMap(({ remove }) => remove.map(({ digest }) => digest)));
  const asked = (pattern: RegExp) => gitHub.requests.filter(({ path }) => pattern.test(path)).length;
  return {
    milliseconds: run.milliseconds,
    lists: asked(/\/versions\?/),
    // Answers, not requests: the first ones are sent without a login, as the registry's protocol has it.
    reads: gitHub.requests.filter(({ path, status }) => path.includes("/manifests/") && status === 200).length,
    megabytes: report.figures.peakMemoryBytes / 1_000_000,
    wrong: [...removed].filter((digest) => busy.needed.has(digest)).length,
    missed: [...busy.unneeded].filter((digest) => !removed.has(digest)).length,
  };
}

interface Report {
  readonly packages: readonly { readonly remove: readonly { readonly digest: string }[] }[];
  readonly figures: { readonly peakMemoryBytes: number };
}

function runPrune(
  gitHub: GitHubDouble,
  inputs: Readonly<Record<string, string>>,
  timeout = 600_000,
): Promise<BundleRun> {
  const token = gitHub.token({ type: "personal", requestsPerHour: 1_000_000 });
  return runBundle("prune-images", {
    inputs: { token, owner: "acme", package: "app", registry: gitHub.url, repository: "acme/app", ...inputs },
    env: { GITHUB_API_URL: gitHub.url, GITHUB_REPOSITORY: "acme/app", GITHUB_REPOSITORY_OWNER: "acme" },
    timeout,
  });
}

/** @param smaller the size before, which time must grow from by no more than the number of images */
function figuresOf({ tagged, busy, cold, warm }: Measured, smaller: Measured | undefined): readonly Figure[] {
  const other = published.get(tagged);
  const images = `${count(tagged)} images`;
  const against = (text: (figures: Published) => string) => (other === undefined ? "" : `${text(other)} (published)`);
  /** A minute has 900 points for requests to the API, whoever makes them; the step takes 850. */
  const paused = Math.floor(cold.lists / 850) * 60_000;
  const time = (run: "cold" | "warm", part: number): Pick<Figure, "measured" | "limit" | "kept"> => {
    const measured = { cold, warm }[run];
    const grown = ((smaller?.[run].milliseconds ?? 0) * tagged * slack) / (smaller?.tagged ?? tagged);
    const limit = other === undefined ? grown + paused : other.analysis * part;
    return {
      measured: seconds(measured.milliseconds),
      limit: `${seconds(limit)}${other === undefined && paused > 0 ? `, ${paused / 1000} s of it for GitHub's limit` : ""}`,
      kept: measured.milliseconds <= limit,
    };
  };
  const wrong = cold.wrong + warm.wrong;
  const forgotten = cold.missed + warm.missed;
  const megabytes = Math.max(cold.megabytes, warm.megabytes);
  const lists = Math.ceil(busy.versions / 100) + 3;
  return [
    {
      name: `${images}, ${count(busy.versions)} versions, ${count(busy.unneeded.size)} to go: removed wrongly, forgotten`,
      measured: `${wrong}, ${forgotten}`,
      baseline: against(() => "parts of 1 % of the images removed wrongly"),
      limit: "0, 0",
      kept: wrong + forgotten === 0,
    },
    {
      name: `${images}: list calls`,
      measured: count(cold.lists),
      baseline: against((figures) => count(figures.lists)),
      limit: count(lists),
      kept: cold.lists <= lists && warm.lists <= lists,
    },
    {
      name: `${images}: manifests read by the first run, by the next`,
      measured: `${count(cold.reads)}, ${count(warm.reads)}`,
      baseline: against((figures) => `${count(figures.reads)}, ${count(figures.reads)}`),
      limit: `${count(busy.readable)}, 0`,
      kept: cold.reads <= busy.readable && warm.reads === 0,
    },
    {
      name: `${images}: first run, up to the first delete`,
      baseline: against((figures) => seconds(figures.analysis)),
      ...time("cold", 1 / 4),
    },
    {
      name: `${images}: next run, up to the first delete`,
      baseline: against((figures) => seconds(figures.analysis)),
      ...time("warm", 1 / 10),
    },
    {
      name: `${images}: peak memory`,
      measured: `${megabytes.toFixed(0)} MB`,
      baseline: against((figures) => `${figures.megabytes} MB`),
      limit: tagged > 5000 ? "" : `${memoryLimit} MB`,
      kept: tagged > 5000 || megabytes < memoryLimit,
    },
  ];
}

function count(value: number): string {
  return value.toLocaleString("en");
}

/** How long a prune that removes is watched, and how fast it should be. */
export const watchedSeconds = 20;
const settled = 6000;
const leastDeletes = 140;
const mostDeletes = 180;

/** The step removes for a while at its own pace, and is killed; what is left must be whole. */
export async function measureDeletes(): Promise<Figure> {
  const gitHub = await startGitHubDouble({ latencyMs: latency, pointsPerMinute: 900 });
  try {
    const busy = seedBusyPackage(gitHub, 1000, Date.now());
    const times: number[] = [];
    gitHub.onRequest(({ when, method }) => {
      if (when === "before" && method === "DELETE") times.push(performance.now());
    });
    await runPrune(gitHub, {}, watchedSeconds * 1000);
    // The first ones come at once; what counts is the pace it settles at.
    const steady = times.filter((time) => time > (times[0] ?? 0) + settled);
    const [first = 0] = steady;
    const perMinute = ((steady.length - 1) / ((steady.at(-1) ?? first) - first)) * 60_000;
    const gone = gitHub.registry.versions("acme/app").filter(({ deletedAt }) => deletedAt !== undefined);
    const broken = gone.filter(({ digest }) => busy.needed.has(digest)).length;
    return {
      name: "deletes a minute; images broken when it is killed in the middle",
      measured: `${perMinute.toFixed(0)}; ${broken}`,
      baseline: "60 (published)",
      limit: `${leastDeletes} to ${mostDeletes}`,
      kept: perMinute >= leastDeletes && perMinute <= mostDeletes && broken === 0,
    };
  } finally {
    await gitHub.stop();
  }
}
