import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const pinnedNode = join(root, "node_modules/node/bin/node");

/** The Node that runs steps: the pinned 24, as on a runner. */
export const nodePath = existsSync(pinnedNode) ? pinnedNode : process.execPath;

export interface BundleOptions {
  /** Input name → value, as `with:` gives them. Defaults of action.yml are not filled in. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Written to GITHUB_EVENT_PATH: text as it is, anything else as JSON. Left out: the variable names a file that is missing. */
  readonly event?: unknown;
  /** Variables such as GITHUB_EVENT_NAME; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Files of the workspace, path → text. The workspace is the working directory. */
  readonly files?: Readonly<Record<string, string>>;
  /** Links of the workspace, path → where it leads, made before the files. */
  readonly links?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Looks at the folder (`workspace`, `temp`, …) before it is removed. */
  readonly inspect?: (folder: string) => unknown;
  /** Is given the process, to send it a signal. */
  readonly onStart?: (child: { readonly kill: (signal: NodeJS.Signals) => boolean }) => void;
  /** Which Node runs it; default the pinned one, as on a runner. */
  readonly node?: string;
  /** Milliseconds; default 60 000. */
  readonly timeout?: number;
}

export interface BundleRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Messages of workflow commands, decoded. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
  readonly masks: readonly string[];
  /** Every line of stdout that a runner takes for a command, as printed. */
  readonly commands: readonly string[];
  readonly milliseconds: number;
}

/** Runs `scripts/dist/<step>.js` as a runner would: a process of its own, inputs and files as GitHub hands them over. */
export async function runBundle(step: string, options: BundleOptions = {}): Promise<BundleRun> {
  const folder = mkdtempSync(join(tmpdir(), "longshore-step-"));
  const path = (name: string) => join(folder, name);
  try {
    for (const name of ["workspace", "temp", "tool"]) mkdirSync(path(name));
    for (const name of ["output", "summary", "env", "path", "state"]) writeFileSync(path(name), "");
    for (const [name, target] of Object.entries(options.links ?? {})) {
      mkdirSync(dirname(join(folder, "workspace", name)), { recursive: true });
      symlinkSync(target, join(folder, "workspace", name));
    }
    for (const [name, text] of Object.entries(options.files ?? {})) {
      mkdirSync(dirname(join(folder, "workspace", name)), { recursive: true });
      writeFileSync(join(folder, "workspace", name), text);
    }
    if (options.event !== undefined) {
      writeFileSync(
        path("event.json"),
        typeof options.event === "string" ? options.event : JSON.stringify(options.event),
      );
    }
    const env = {
      ...withoutRunnerVariables(process.env),
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_PATH: path("event.json"),
      GITHUB_OUTPUT: path("output"),
      GITHUB_STEP_SUMMARY: path("summary"),
      GITHUB_ENV: path("env"),
      GITHUB_PATH: path("path"),
      GITHUB_STATE: path("state"),
      GITHUB_WORKSPACE: path("workspace"),
      GITHUB_RUN_ID: "4711",
      GITHUB_RUN_ATTEMPT: "1",
      RUNNER_TEMP: path("temp"),
      RUNNER_TOOL_CACHE: path("tool"),
      RUNNER_OS: "Linux",
      RUNNER_ARCH: "X64",
      ...inputVariables(options.inputs ?? {}),
      ...options.env,
    };
    const started = performance.now();
    const ended = await runProcess(join(root, `scripts/dist/${step}.js`), options, path("workspace"), env);
    const milliseconds = performance.now() - started;
    await options.inspect?.(folder);
    return {
      ...ended,
      milliseconds,
      outputs: parseOutputs(readFileSync(path("output"), "utf8")),
      summary: readFileSync(path("summary"), "utf8"),
      ...readCommands(ended.stdout),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withoutRunnerVariables(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const foreign = /^(?:GITHUB|INPUT|RUNNER|ACTIONS|STATE)_|^(?:SOURCE_DATE_EPOCH|NODE_OPTIONS|VITEST.*)$/u;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value]),
  );
}

function runProcess(
  bundle: string,
  options: BundleOptions,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Pick<BundleRun, "exitCode" | "stdout" | "stderr">> {
  return new Promise((resolve, reject) => {
    const child = spawn(options.node ?? nodePath, [bundle, ...(options.args ?? [])], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    options.onStart?.(child);
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout.on("data", (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.stderr.push(chunk));
    const timer = setTimeout(() => child.kill("SIGKILL"), options.timeout ?? 60_000);
    child.on("error", reject);
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      resolve({
        exitCode,
        stdout: Buffer.concat(chunks.stdout).toString(),
        stderr: Buffer.concat(chunks.stderr).toString(),
      });
    });
  });
}

/** Reads a GITHUB_OUTPUT file as the runner does: `name=value`, or `name<<delimiter`, lines, delimiter. */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (line === "") continue;
    const heredoc = /^(?<name>[^=<]+)<<(?<delimiter>.+)$/u.exec(line)?.groups;
    if (heredoc?.name && heredoc.delimiter) {
      const end = lines.indexOf(heredoc.delimiter, index + 1);
      if (end < 0) throw new Error(`GITHUB_OUTPUT: the value of ${heredoc.name} has no end`);
      outputs[heredoc.name] = lines.slice(index + 1, end).join("\n");
      index = end;
      continue;
    }
    const equals = line.indexOf("=");
    if (equals < 1) throw new Error(`GITHUB_OUTPUT: cannot read the line ${JSON.stringify(line)}`);
    outputs[line.slice(0, equals)] = line.slice(equals + 1);
  }
  return outputs;
}

/** Finds commands as the runner does: `::` after white space, or `##[` anywhere in a line; lines end at CR, LF or both. */
function readCommands(stdout: string): Pick<BundleRun, "errors" | "warnings" | "notices" | "masks" | "commands"> {
  const commands = stdout.split(/\r\n|\n|\r/u).filter((line) => /^\s*::/u.test(line) || line.includes("##["));
  const messages = (name: string) =>
    commands.flatMap((line) => {
      const message = new RegExp(`^\\s*::${name}(?: [^:]*)?::(.*)$`, "u").exec(line)?.[1];
      return message === undefined ? [] : [decodeMessage(message)];
    });
  return {
    commands,
    errors: messages("error"),
    warnings: messages("warning"),
    notices: messages("notice"),
    masks: messages("add-mask"),
  };
}

function decodeMessage(message: string): string {
  return message.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
