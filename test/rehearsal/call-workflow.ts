import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { GitHubDouble } from "../../doubles/github-double.ts";
import { libraryName } from "../../rehearsal/examples.ts";
import type { RecordedEvent } from "../../rehearsal/runner/event.ts";
import type { PlainMap } from "../../rehearsal/runner/expressions.ts";
import { type Permissions, restrictedDefault } from "../../rehearsal/runner/permissions.ts";
import type { RunRecord } from "../../rehearsal/runner/progress.ts";
import { runWorkflow } from "../../rehearsal/runner/run-workflow.ts";
import type { StandIn } from "../../rehearsal/runner/stand-in.ts";
import { nodePath } from "../../tools/run-bundle.ts";
import { root } from "../../tools/workflows/workflow-files.ts";

export interface WorkflowCall {
  readonly github: GitHubDouble;
  /** `owner/name` of the product repository. */
  readonly repository: string;
  /** Text of its workflow file. */
  readonly caller: string;
  /** The payload's `repository` is filled in. */
  readonly event: Pick<RecordedEvent, "name" | "sha"> & { readonly ref?: string; readonly payload?: PlainMap };
  readonly standIns: readonly StandIn[];
  readonly secrets?: Readonly<Record<string, string>>;
  /** What a job's token may do at the double. */
  readonly allow: (permissions: Permissions) => NonNullable<Parameters<GitHubDouble["token"]>[0]>;
}

export interface CalledRun {
  readonly run: RunRecord;
  /** Permissions of each job's token. */
  readonly tokens: readonly Permissions[];
  readonly errors: readonly string[];
  readonly notices: readonly string[];
}

/** Runs a caller of a workflow of this repository, which is as it is; no engine is needed. */
export async function callWorkflow(call: WorkflowCall): Promise<CalledRun> {
  const { github, repository: fullName, event } = call;
  const folder = mkdtempSync(join(tmpdir(), "longshore-call-"));
  const tokens: Permissions[] = [];
  const told: { readonly level: string; readonly message: string }[] = [];
  const [owner = "", name = ""] = fullName.split("/");
  const repository = { name, full_name: fullName, default_branch: "main", owner: { login: owner }, private: false };
  try {
    mkdirSync(join(folder, "app/.github/workflows"), { recursive: true });
    writeFileSync(join(folder, "app/.github/workflows/entry.yml"), call.caller);
    const run = await runWorkflow(
      ".github/workflows/entry.yml",
      {
        ...{ ref: "refs/heads/main", ...event, payload: { repository, ...event.payload } },
        ...{ headRef: "", baseRef: "", actor: "ada", untrusted: false },
      },
      {
        repository: fullName,
        checkouts: { [fullName]: join(folder, "app"), [await libraryName()]: root },
        standIns: call.standIns,
        ...{ apiUrl: github.url, serverUrl: github.url, variables: {}, defaultPermissions: restrictedDefault },
        secrets: call.secrets ?? {},
        mintToken(permissions) {
          tokens.push(permissions);
          return github.token(call.allow(permissions));
        },
        async prepareMachine(home) {
          const DOCKER_CONFIG = join(home, ".docker");
          mkdirSync(DOCKER_CONFIG, { recursive: true });
          return { PATH: `${dirname(nodePath)}:${process.env.PATH}`, HOME: home, DOCKER_CONFIG };
        },
        skippedInCalls: "leak",
        ...{ architecture: "amd64", folder: join(folder, "run"), runId: 1, runAttempt: 1 },
        report(progress) {
          if (progress.type === "annotation") told.push(progress);
        },
      },
    );
    if (run === undefined) throw new Error("The event did not start the workflow.");
    const messages = (wanted: string) => told.filter(({ level }) => level === wanted).map(({ message }) => message);
    return { run, tokens, errors: messages("error"), notices: messages("notice") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
