import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  docker
} from "./chunk-docker.js";
import {
  loadIntoDocker,
  readArchivedImage
} from "./chunk-load-into-docker.js";
import "./chunk-tar-file.js";
import "./chunk-stream.js";
import {
  require_node_os
} from "./chunk-os.js";
import {
  require_node_crypto
} from "./chunk-crypto.js";
import "./chunk-run-program.js";
import {
  $
} from "./chunk-vendor-core.js";
import "./chunk-process.js";
import {
  retry
} from "./chunk-retry.js";
import {
  findInside
} from "./chunk-inside-repository.js";
import {
  formatMarkdownTable,
  writeSummary
} from "./chunk-step-summary.js";
import {
  endGroup,
  readBoolean,
  readDuration,
  readInteger,
  readLines,
  readRequired,
  readText,
  runStep,
  startGroup,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  classifyPushError,
  formatCommandLine,
  parseCommandLines,
  parseImagePlan,
  parsePlatformResults,
  require_node_path
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  codeText,
  quoteValue,
  require_node_fs,
  showText
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// smoke-test/check-compose-file.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);
var NEEDED = ["PATH", "HOME", "DOCKER_CONFIG", "DOCKER_HOST", "DOCKER_CONTEXT"];
async function checkComposeFile({ composeFile, workspace }) {
  const shown = quoteValue((0, import_node_path.relative)(workspace, composeFile), 200);
  if (!(0, import_node_fs.existsSync)(composeFile)) throw new InputError(`Input \`compose-file\` is ${shown}: there is no such file.`);
  const { checkComposePaths } = await import("./chunk-check-compose-paths.js");
  checkComposePaths(workspace, composeFile);
  const env = Object.fromEntries(NEEDED.map((name) => [name, process.env[name]]));
  const compose = (...args) => docker(["compose", ...args], { cwd: workspace, env, bare: true });
  if ((await compose("version")).exitCode !== 0) {
    throw new Error(
      `The compose file ${shown} cannot be checked: this runner's docker has no compose plugin, so install it or leave \`compose-file\` out.`
    );
  }
  const { exitCode, stderr } = await compose("--file", composeFile, "config", "--quiet");
  if (stderr.trim() !== "") printText(stderr);
  if (exitCode !== 0)
    throw new InputError(`The compose file ${shown} is not valid: docker compose config says why above.`);
}

// smoke-test/fetch-image.ts
var import_node_crypto = __toESM(require_node_crypto(), 1);
var import_node_path2 = __toESM(require_node_path(), 1);
function fetchImage(result, request) {
  return result.delivery === "artifact" ? loadArchive(result, request) : pullImage(result, request);
}
async function pullImage({ platform, manifest }, request) {
  const reference = `${request.image}@${manifest}`;
  await retry(
    async () => {
      const run = await docker(["pull", "--quiet", "--platform", platform, reference]);
      if (run.exitCode !== 0) throw new PullError(platform, run.stderr);
    },
    {
      attempts: request.attempts,
      delay: request.retryDelay,
      // What was pushed a moment ago may not be seen everywhere yet.
      isTransient: (error) => error instanceof PullError && error.transient,
      onRetry: ({ error, delay }) => warning(`${error instanceof Error ? error.message : error} Trying again in ${delay / 1e3} s.`)
    }
  );
  return { name: reference, forget: async () => {
  } };
}
var PullError = class extends Error {
  transient;
  constructor(platform, output) {
    const lagging = /not found|manifest unknown/i.test(output);
    const { message, transient, advice } = classifyPushError(output.replace(/^Error response from daemon: /gm, ""));
    super(
      `The smoke test of ${platform} cannot pull the image: ${message}. ${lagging ? "The registry does not have it." : advice}`
    );
    this.transient = transient || lagging;
  }
};
async function loadArchive({ platform, archive = "" }, request) {
  const path = request.archives.find((candidate) => (0, import_node_path2.basename)(candidate) === archive);
  if (path === void 0) {
    throw new InputError(`Input \`archives\` has no ${archive} for ${platform}: give the output of build-platform.`);
  }
  const name = `longshore-smoke:${(0, import_node_crypto.randomUUID)()}`;
  await loadIntoDocker(await readArchivedImage(path), name);
  return { name, forget: () => docker(["image", "rm", name]) };
}

// smoke-test/read-request.ts
var import_node_path3 = __toESM(require_node_path(), 1);
function readRequest() {
  const [image] = parseImagePlan(readRequired("plan")).images;
  if (image === void 0) throw new InputError("Input plan names no image: use the output of plan-image.");
  const workspace = process.env.GITHUB_WORKSPACE || process.cwd();
  const composeFile = readText("compose-file");
  if (composeFile !== "") findInside(workspace, composeFile, "Input `compose-file`");
  return {
    image,
    results: parsePlatformResults(readRequired("results")),
    archives: readLines("archives"),
    commands: parseCommandLines(readText("smoke-test"), "Input `smoke-test`"),
    timeLimit: readDuration("smoke-test-timeout", "60s"),
    network: readBoolean("smoke-test-network", false),
    composeFile: composeFile === "" ? "" : (0, import_node_path3.resolve)(workspace, composeFile),
    workspace,
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s")
  };
}

// smoke-test/run-command.ts
var import_node_crypto2 = __toESM(require_node_crypto(), 1);
var import_node_os = __toESM(require_node_os(), 1);

// smoke-test/watch-container.ts
var NEEDED2 = [
  ...["PATH", "HOME", "XDG_RUNTIME_DIR"],
  ...["DOCKER_CONFIG", "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY"]
];
var SCRIPT = `read -r word && exit
for pause in 0 1 1 2 2 4; do sleep "$pause"; docker rm --force --volumes "$1"; done`;
function watchContainer(name) {
  const env = Object.fromEntries(NEEDED2.map((variable) => [variable, process.env[variable]]));
  const watcher = $({
    ...{ env, cwd: "/", nothrow: true, quiet: true },
    // In a session of its own, so that what ends the step's processes leaves it.
    ...{ detached: true, stdio: ["pipe", "ignore", "ignore"] }
  })`exec sh -c ${SCRIPT} watch-container ${name}`;
  watcher.child?.stdin?.on("error", () => {
  });
  return () => {
    watcher.stdin.end("done\n");
    return watcher;
  };
}

// smoke-test/run-command.ts
var CAPABILITIES = [
  ...[
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "NET_BIND_SERVICE",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT"
  ]
];
var MOST_PROCESSES = 4096;
function limits() {
  return [
    "--cap-drop=ALL",
    ...CAPABILITIES.map((name) => `--cap-add=${name}`),
    "--security-opt=no-new-privileges",
    `--pids-limit=${MOST_PROCESSES}`,
    `--memory=${Math.floor((0, import_node_os.totalmem)() * 0.75)}`,
    // What it prints is read here; the engine would keep all of it on the disk.
    "--log-driver=none"
  ];
}
async function runCommand({
  image,
  platform,
  command,
  network,
  timeLimit
}) {
  const name = `longshore-smoke-${(0, import_node_crypto2.randomUUID)()}`;
  const started = performance.now();
  const options = ["--rm", "--pull", "never", "--name", name, "--platform", platform, ...limits()];
  const remove = () => docker(["rm", "--force", "--volumes", name]);
  let late = false;
  let again;
  const limit = setTimeout(() => {
    late = true;
    void remove();
    again = setInterval(() => void remove(), 1e3);
  }, timeLimit);
  const endWatch = watchContainer(name);
  try {
    const { exitCode } = await docker(
      ["run", ...options, ...network ? [] : ["--network", "none"], image, ...command],
      { print: true }
    );
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    return late ? { seconds } : { exitCode, seconds };
  } finally {
    clearTimeout(limit);
    clearInterval(again);
    await remove();
    await endWatch();
  }
}

// smoke-test/main.ts
await runStep(async () => {
  const request = readRequest();
  const passed = [];
  if (request.composeFile !== "") {
    await checkComposeFile(request);
    printText("The compose file is valid.");
  }
  for (const result of request.commands.length === 0 ? [] : request.results) {
    passed.push(...await testPlatform(result, request));
  }
  writeOutputs({ result: JSON.stringify(passed) });
  if (passed.length > 0) writeSummary(describePassed(passed));
});
async function testPlatform(result, request) {
  const { platform } = result;
  const passed = [];
  for (const words of request.commands) {
    const command = formatCommandLine(words);
    startGroup(`Smoke test on ${platform}: ${showText(command)}`);
    const { exitCode, seconds } = await runOnce(result, words, request);
    endGroup();
    const { network, timeLimit } = request;
    if (exitCode !== 0) throw new Error(describeFailure({ platform, command, exitCode, timeLimit, network }));
    printText(`${platform}  ${command}  passed in ${seconds} s`);
    passed.push({ platform, command, seconds });
  }
  return passed;
}
async function runOnce(result, command, request) {
  const { platform, delivery } = result;
  const { network, timeLimit } = request;
  for (let attempt = 1; ; attempt += 1) {
    const image = await fetchImage(result, request);
    const outcome = await runCommand({ image: image.name, platform, command, network, timeLimit });
    await image.forget();
    if (outcome.exitCode !== 125 || delivery !== "artifact" || attempt >= request.attempts) return outcome;
  }
}
function describeFailure({ platform, command, exitCode, timeLimit, network }) {
  const what = `The smoke test failed on ${platform}: \`${showText(command)}\``;
  if (exitCode === void 0) {
    return `${what} was ended after ${timeLimit / 1e3} s, the limit in \`smoke-test-timeout\`.`;
  }
  if (exitCode === 125) return `${what} could not be started by docker (exit code 125); the group above says why.`;
  if (exitCode === 126 || exitCode === 127) {
    return `${what} ended with exit code ${exitCode}: the image has no such program, or it cannot be run there.`;
  }
  if (exitCode === 137) {
    return `${what} was killed (exit code 137): it may have needed more than the three quarters of the machine's memory that it may have.`;
  }
  const hint = network ? "" : " It had no network; `smoke-test-network: true` gives it one.";
  return `${what} ended with exit code ${exitCode}; its output is in the group above.${hint}`;
}
function describePassed(passed) {
  const rows = passed.map(({ platform, command, seconds }) => [platform, codeText(command), `${seconds.toFixed(1)} s`]);
  return `### Smoke test passed

${formatMarkdownTable({ header: ["platform", "command", "time"], rows })}`;
}
