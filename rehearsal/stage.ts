import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type GitHubDouble, startGitHubDouble } from "../doubles/github-double.ts";
import { logIn, prepareMachine } from "./docker-config.ts";
import { pushBaseImage } from "./engine/base-image.ts";
import { startDebianRegistry } from "./engine/debian-registry.ts";
import { capture } from "./engine/run-command.ts";
import { libraryName } from "./examples.ts";
import { type Files, makeProductRepository, type ProductRepository } from "./product-repository.ts";
import { type RecordedEvents, recordedEvents } from "./recorded-events.ts";
import { type RegistryReader, readRegistry } from "./registry-reader.ts";
import type { ChapterReport, Check, StoryProgress } from "./report.ts";
import type { RecordedEvent } from "./runner/event.ts";
import { type Permissions, restrictedDefault } from "./runner/permissions.ts";
import type { RunRecord } from "./runner/progress.ts";
import { runWorkflow } from "./runner/run-workflow.ts";
import { standIns } from "./stand-ins/index.ts";
import type { RecordedVulnerability } from "./stand-ins/recorded-reports.ts";

/** Everything a story plays on: GitHub's double, a registry, a product repository, and the runner. */
export interface Stage {
  readonly github: GitHubDouble;
  /** `localhost:PORT` of the registry that images go to. */
  readonly host: string;
  /** Base image of the fixtures. */
  readonly base: string;
  readonly registry: RegistryReader;
  readonly product: ProductRepository;
  readonly events: RecordedEvents;
  readonly chapters: readonly ChapterReport[];
  /** `repository:tag` to the number of the chapter that put it where it is. */
  readonly madeBy: ReadonlyMap<string, number>;
  chapter(title: string, play: (chapter: Chapter) => Promise<void>): Promise<void>;
  /** Lets the days pass that the story began ago: to GitHub's double what was made so far is so many days old. */
  letDaysPass(): void;
  /** What the scanner finds in every image from now on. Nothing at first. */
  letScannerFind(vulnerabilities: readonly RecordedVulnerability[]): void;
  /** Runs the command of an image, and gives what it prints. */
  runImage(reference: string, platform: string): Promise<string>;
  stop(): Promise<void>;
}

export interface Chapter {
  /** Runs a workflow of the product repository; that it ends green, or red where `fails`, is a check. */
  run(event: RecordedEvent, options?: RunOptions): Promise<RunRecord>;
  check(sentence: string, found: unknown, expected: unknown): void;
  /** The files of the last run's artifacts, `artifact/file`, and the folder they lie in. */
  readonly artifacts: () => Promise<{ readonly folder: string; readonly files: readonly string[] }>;
}

export interface RunOptions {
  /** Default `.github/workflows/image.yml`. */
  readonly workflow?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Default 1. */
  readonly attempt?: number;
  /** Whether the run is to end red. */
  readonly fails?: boolean;
}

export interface StageOptions {
  readonly registry: "double" | "debian";
  /** Of GitHub's double. */
  readonly port?: number;
  /** Where summaries and logs are kept. */
  readonly kept: string;
  readonly repositories: readonly string[];
  readonly files: (host: string, base: string) => Promise<Files>;
  /** How many days ago the story begins. */
  readonly daysAgo?: number;
  readonly report: (progress: StoryProgress) => void;
  readonly signal: AbortSignal;
}

const projectRoot = join(import.meta.dirname, "..");
const fullName = "acme/app";
const firstRunId = 1001;

/** Sets the stage; where that fails, nothing of it is left. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  return setStage(options, closing, stop).catch(async (error) => {
    await stop();
    throw error;
  });
}

async function setStage(
  options: StageOptions,
  closing: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "longshore-rehearsal-"));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  await rm(options.kept, { recursive: true, force: true });
  await mkdir(join(options.kept, "logs"), { recursive: true });
  options.report({ type: "preparing", text: "a registry, a base image and a product repository" });
  let daysBehind = options.daysAgo ?? 0;
  const github = await startGitHubDouble({
    now: () => new Date(Date.now() - daysBehind * 86_400_000),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  closing.push(() => github.stop());
  const debian = options.registry === "debian" ? await startDebianRegistry() : undefined;
  if (debian !== undefined) closing.push(() => debian.stop());
  const host = debian?.host ?? github.host;
  const engines = process.env.DOCKER_CONFIG ?? "";
  closing.push(async () => {
    process.env.DOCKER_CONFIG = engines;
  });
  await logIn(join(folder, "docker"), github.host, github.token({ user: "ada" }));
  const base = await pushBaseImage(host);
  if (debian === undefined) github.registry.setVisibility("base/busybox", "public");
  const product = await makeProductRepository(fullName, join(folder, "product"), await options.files(host, base));

  const reader = readRegistry(host, debian === undefined ? github.token({ user: "ada", packages: "read" }) : undefined);
  const chapters: ChapterReport[] = [];
  const madeBy = new Map<string, number>();
  const known = new Map<string, string>();
  const artifactFolders: string[] = [];
  let found: readonly RecordedVulnerability[] = [];
  let artifacts = "";

  const playRun = async (event: RecordedEvent, run: RunOptions): Promise<RunRecord | undefined> => {
    await github.repository(fullName).loadGit(product.folder);
    const runFolder = join(folder, `run-${artifactFolders.length}`);
    const runId = firstRunId + artifactFolders.length;
    artifacts = join(runFolder, "artifacts");
    artifactFolders.push(artifacts);
    const number = chapters.length + 1;
    const path = run.workflow ?? ".github/workflows/image.yml";
    github.repository(fullName).addRun({ id: runId, event: event.name, path });
    const record = await runWorkflow(
      path,
      event,
      {
        repository: fullName,
        checkouts: { [fullName]: product.folder, [await libraryName()]: projectRoot },
        standIns: standIns({
          repositories: { [fullName]: product.folder },
          builder: process.env.BUILDX_BUILDER ?? "default",
          caches: join(folder, "caches"),
          artifactsOf: (id) => artifactFolders[Number(id) - firstRunId],
          scannerFinds: () => found,
        }),
        apiUrl: github.url,
        serverUrl: github.url,
        secrets: run.secrets ?? {},
        variables: {},
        defaultPermissions: restrictedDefault,
        mintToken: (permissions) => github.token(tokenOptions(permissions)),
        prepareMachine,
        architecture: process.arch === "arm64" ? "arm64" : "amd64",
        skippedInCalls: "leak",
        folder: runFolder,
        runId,
        runAttempt: run.attempt ?? 1,
        report: (progress) => {
          if (progress.type === "line") logs.push(`${number}\t${progress.job}\t${progress.step}\t${progress.text}`);
          options.report(progress);
        },
      },
      options.signal,
    );
    for (const { job, summary } of record?.jobs ?? []) {
      if (summary !== "")
        await writeFile(join(options.kept, `${number}-${job.replace(/[^A-Za-z0-9]+/g, "-")}.md`), summary);
    }
    await writeFile(join(options.kept, "logs", `${number}.log`), `${logs.splice(0).join("\n")}\n`);
    return record;
  };
  const logs: string[] = [];

  return {
    github,
    host,
    base,
    registry: reader,
    product,
    events: recordedEvents(product, github.url),
    chapters,
    madeBy,
    async chapter(title, play) {
      options.signal.throwIfAborted();
      const start = performance.now();
      const number = chapters.length + 1;
      const checks: Check[] = [];
      const records: RunRecord[] = [];
      options.report({ type: "chapter-started", number, title });
      const check = (sentence: string, found: unknown, expected: unknown): void => {
        const ok = isDeepStrictEqual(found, expected);
        const one: Check = ok ? { sentence, ok } : { sentence, ok, found: `${show(found)}, not ${show(expected)}` };
        checks.push(one);
        options.report({ type: "check", ...one });
      };
      try {
        await github.repository(fullName).loadGit(product.folder);
        await play({
          async run(event, run = {}) {
            const record = await playRun(event, run);
            if (record === undefined) throw new Error("The event starts no run.");
            records.push(record);
            if (run.fails === true) {
              check("the run is red", record.result, "failure");
              return record;
            }
            const errors = record.annotations.filter(({ level }) => level === "error").map(({ message }) => message);
            check("the run is green", { result: record.result, errors }, { result: "success", errors: [] });
            if (record.result !== "success") throw new RunFailed();
            return record;
          },
          check,
          artifacts: async () => ({ folder: artifacts, files: await listFiles(artifacts) }),
        });
      } catch (error) {
        // That it failed is a check already; what follows could only fail too.
        if (!(error instanceof RunFailed)) check("the chapter is played to its end", messageOf(error), "");
      }
      for (const repository of options.repositories) {
        for (const [tag, digest] of Object.entries(await reader.tags(repository))) {
          if (known.get(`${repository}:${tag}`) === digest) continue;
          known.set(`${repository}:${tag}`, digest);
          madeBy.set(`${repository}:${tag}`, number);
        }
      }
      chapters.push({ number, title, ms: performance.now() - start, runs: records, checks });
    },
    letDaysPass: () => {
      daysBehind = 0;
    },
    letScannerFind: (vulnerabilities) => {
      found = vulnerabilities;
    },
    runImage: async (reference, platform) =>
      (await capture("docker", ["run", "--rm", "--pull=always", "--platform", platform, reference])).trim(),
    stop,
  };
}

class RunFailed extends Error {}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a token of these permissions may do at the double. */
function tokenOptions(permissions: Permissions): NonNullable<Parameters<GitHubDouble["token"]>[0]> {
  return {
    contents: permissions.contents ?? "none",
    actions: permissions.actions ?? "none",
    pullRequests: permissions["pull-requests"] ?? "none",
    packages: permissions.packages ?? "none",
    issues: permissions.issues ?? "none",
    only: [fullName],
  };
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function show(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : JSON.stringify(value);
}
