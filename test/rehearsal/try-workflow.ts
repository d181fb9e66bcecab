import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RecordedEvent } from "../../rehearsal/runner/event.ts";
import type { PlainMap } from "../../rehearsal/runner/expressions.ts";
import { type Permissions, restrictedDefault } from "../../rehearsal/runner/permissions.ts";
import type { Result, RunRecord } from "../../rehearsal/runner/progress.ts";
import { runWorkflow } from "../../rehearsal/runner/run-workflow.ts";
import type { StandIn } from "../../rehearsal/runner/stand-in.ts";
import type { Surroundings } from "../../rehearsal/runner/surroundings.ts";

/** What a test says about a run: files of the product's repository and of another one, and what is around them. */
export interface Trial {
  /** Of `acme/app`; `entry.yml` is short for `.github/workflows/entry.yml`. */
  readonly files: Readonly<Record<string, string>>;
  /** Of `longshore/longshore`. */
  readonly library?: Readonly<Record<string, string>>;
  /** A folder in its place. */
  readonly libraryFolder?: string;
  readonly event?: Partial<RecordedEvent>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly standIns?: readonly StandIn[];
  /** Default `leak`. */
  readonly skippedInCalls?: Surroundings["skippedInCalls"];
}

export interface TrialResult {
  readonly run: RunRecord | undefined;
  /** Result by job. */
  readonly results: Readonly<Record<string, Result>>;
  /** What all steps printed, one line each. */
  readonly printed: readonly string[];
  readonly tokens: readonly Permissions[];
}

/** Runs `.github/workflows/entry.yml` for an event, with plain processes and no engine. */
export async function tryWorkflow(trial: Trial): Promise<TrialResult> {
  const folder = mkdtempSync(join(tmpdir(), "longshore-trial-"));
  const printed: string[] = [];
  const tokens: Permissions[] = [];
  try {
    const app = writeFiles(join(folder, "app"), trial.files);
    const library = trial.libraryFolder ?? writeFiles(join(folder, "library"), trial.library ?? {});
    const run = await runWorkflow(
      ".github/workflows/entry.yml",
      { ...pushToMain, ...trial.event },
      {
        repository: "acme/app",
        checkouts: { "acme/app": app, "longshore/longshore": library },
        standIns: trial.standIns ?? [],
        apiUrl: "http://localhost:1",
        serverUrl: "http://localhost:1",
        secrets: trial.secrets ?? {},
        variables: {},
        defaultPermissions: restrictedDefault,
        mintToken(permissions) {
          tokens.push(permissions);
          return `token-${tokens.length}-of-the-job`;
        },
        prepareMachine: async (home) => ({ PATH: process.env.PATH ?? "", HOME: home }),
        architecture: "amd64",
        skippedInCalls: trial.skippedInCalls ?? "leak",
        folder: join(folder, "run"),
        runId: 1,
        runAttempt: 1,
        report(progress) {
          if (progress.type === "line") printed.push(progress.text);
          if (progress.type === "annotation") printed.push(`${progress.level}: ${progress.message}`);
        },
      },
    );
    const results = Object.fromEntries((run?.jobs ?? []).map(({ job, result }) => [job, result]));
    return { run, results, printed, tokens };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const pushToMain: RecordedEvent = {
  name: "push",
  payload: { repository: { full_name: "acme/app" } } satisfies PlainMap,
  ref: "refs/heads/main",
  sha: "0123456789abcdef0123456789abcdef01234567",
  headRef: "",
  baseRef: "",
  actor: "ada",
  untrusted: false,
};

function writeFiles(root: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, /^[\w-]+\.yml$/.test(name) ? `.github/workflows/${name}` : name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return root;
}
