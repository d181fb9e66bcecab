import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  imageSlug,
  readDefaultBranch
} from "./chunk-default-branch.js";
import {
  countProblems,
  problemsOf
} from "./chunk-health-report.js";
import {
  readWorkflowInput
} from "./chunk-workflow-input.js";
import {
  mapParallel
} from "./chunk-parallel.js";
import {
  readImage
} from "./chunk-read-image.js";
import "./chunk-read-content.js";
import {
  readRegistryCredentials
} from "./chunk-registry-credentials.js";
import "./chunk-docker-credentials.js";
import {
  require_node_os
} from "./chunk-os.js";
import {
  openRegistry
} from "./chunk-registry.js";
import "./chunk-stream.js";
import "./chunk-crypto.js";
import "./chunk-http-request.js";
import {
  runProgram
} from "./chunk-run-program.js";
import "./chunk-vendor-core.js";
import "./chunk-process.js";
import {
  readRepositoryInput,
  readRepositoryName
} from "./chunk-github-event.js";
import "./chunk-retry.js";
import {
  readGateInputs
} from "./chunk-gate-inputs.js";
import {
  readClock
} from "./chunk-clock.js";
import "./chunk-decide-gate.js";
import {
  GITHUB_ISSUER,
  attestationArguments,
  identityOf,
  judgeTagHealth,
  movingTagsOf,
  parsePlatforms,
  platformSlug,
  verifyArguments
} from "./chunk-push-error.js";
import {
  formatMarkdownTable,
  formatTextTable,
  writeSummary
} from "./chunk-summary.js";
import {
  maskSecret,
  readBoolean,
  readChoice,
  readDuration,
  readLines,
  readList,
  readText,
  runStep,
  setFailed,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  InputError,
  parseImages,
  parseSuffix,
  require_node_path
} from "./chunk-semver.js";
import {
  codeText,
  escapeMarkdown,
  quoteValue,
  require_node_fs,
  showText
} from "./chunk-escape.js";
import {
  __toESM
} from "./chunk-runtime.js";

// verify-image/describe-report.ts
function describeReport(report) {
  const rows = report.images.flatMap(
    ({ image, tags }) => tags.map(({ tag, digest, problems: problems2 }) => [
      showText(`${image}:${tag}`),
      digest || "no digest",
      problems2.length === 0 ? "ok" : countProblems(problems2)
    ])
  );
  const problems = problemsOf(report).map(({ where, kind, detail }) => showText(`${where}: ${kind}: ${detail}`));
  return [formatTextTable(rows), ...problems].filter((line) => line !== "").join("\n");
}
function summariseReport(report) {
  const problems = problemsOf(report);
  const title = problems.length === 0 ? "Published images are well" : `Published images have ${countProblems(problems)}`;
  const rows = report.images.flatMap(({ image, problems: own, tags }) => [
    ...own.length === 0 ? [] : [[codeText(image), "", "", "", listed(own)]],
    ...tags.map((tag) => [
      codeText(`${image}:${tag.tag}`),
      tag.digest === "" ? "" : codeText(tag.digest.slice(0, 19)),
      escapeMarkdown(Object.keys(tag.manifests).join(", ")),
      escapeMarkdown(tag.created.slice(0, 10)),
      tag.problems.length === 0 ? "ok" : listed(tag.problems)
    ])
  ]);
  return `### ${title}

${formatMarkdownTable({ header: ["tag", "digest", "platforms", "of", ""], rows })}`;
}
function listed(problems) {
  return problems.map(({ detail }) => escapeMarkdown(detail)).join("<br>");
}

// verify-image/list-scan-targets.ts
function listScanTargets({ images }) {
  const targets = images.flatMap(
    ({ image, tags }) => tags.flatMap(
      ({ manifests }) => Object.entries(manifests).map(([platform, digest]) => {
        const slug = platformSlug(platform);
        return {
          ...{ platform, slug, digest, reference: `${image}@${digest}` },
          name: `${imageSlug({ repository: image, digest })}-${slug}`
        };
      })
    )
  );
  const seen = /* @__PURE__ */ new Set();
  return targets.filter(({ digest }) => !seen.has(digest) && seen.add(digest));
}

// verify-image/read-settings.ts
var import_node_os = __toESM(require_node_os(), 1);
function readSettings(repository) {
  readGateInputs();
  const tags = readList("tags");
  const wrong = tags.find((tag) => !/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/u.test(tag));
  if (wrong !== void 0) throw new InputError(`Input \`tags\` holds ${quoteValue(wrong)}, which is no tag.`);
  const age = readText("max-age");
  const workflow = readWorkflowInput();
  const signer = readRepositoryInput();
  const token = readText("token");
  const attestation = readBoolean("attestation", false);
  return {
    ...{ tags, token },
    images: parseImages(readText("image"), repository),
    suffixes: readLines("suffixes").map(parseSuffix),
    defaultBranch: tags.length > 0 ? "" : readDefaultBranch(readText("default-branch")),
    platforms: parsePlatforms(readText("platforms", "linux/amd64,linux/arm64")),
    maximumAge: age === "" ? void 0 : readDuration("max-age", age),
    signature: readSignatureCheck(workflow, signer),
    attestation: attestation ? { workflow, token, repository: signer } : void 0,
    failOnProblems: readBoolean("fail-on-problems", true),
    reportFolder: readText("report-folder", process.env.RUNNER_TEMP || (0, import_node_os.tmpdir)())
  };
}
function readSignatureCheck(workflow, repository) {
  const mode = readChoice("signature", ["none", "key", "keyless"], "none");
  const key = readText("cosign-public-key");
  const transparencyLog = readBoolean("transparency-log", true);
  if (mode === "none") return void 0;
  if (mode === "keyless") return { mode, workflow, repository };
  if (!key.includes("-----BEGIN PUBLIC KEY-----")) {
    throw new InputError("Input `cosign-public-key` is no public key in PEM, which `signature: key` needs.");
  }
  return { mode, key, transparencyLog };
}

// verify-image/check-signature.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_os2 = __toESM(require_node_os(), 1);
var import_node_path = __toESM(require_node_path(), 1);
async function checkSignature(reference, check) {
  const folder = (0, import_node_fs.mkdtempSync)((0, import_node_path.join)(process.env.RUNNER_TEMP || (0, import_node_os2.tmpdir)(), "longshore-key-"));
  try {
    return judgeRun(
      "signature",
      "cosign",
      await runProgram("cosign", verifyArguments(reference, trustOf(check, folder)))
    );
  } finally {
    (0, import_node_fs.rmSync)(folder, { recursive: true, force: true });
  }
}
function trustOf(check, folder) {
  if (check.mode === "keyless") {
    const serverUrl = process.env.GITHUB_SERVER_URL || "https://github.com";
    const { workflow, repository } = check;
    return { kind: "workflow", identity: identityOf(workflow, serverUrl), issuer: GITHUB_ISSUER, repository };
  }
  const publicKey = (0, import_node_path.join)(folder, "cosign.pub");
  (0, import_node_fs.writeFileSync)(publicKey, check.key);
  return { kind: "key", publicKey, transparencyLog: check.transparencyLog };
}
async function checkAttestation(reference, { repository, workflow, token }) {
  const args = attestationArguments(reference, repository, workflow);
  return judgeRun("attestation", "gh", await runProgram("gh", args, { env: { GH_TOKEN: token } }));
}
function judgeRun(kind, program, { exitCode, stderr }) {
  if (exitCode === 0) return [];
  if (exitCode === 127) {
    return [{ kind: "not-checked", detail: `The ${kind} was not verified: there is no ${program} on this runner.` }];
  }
  const said = stderr.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("WARNING"));
  return [
    { kind, detail: `The ${kind} does not verify: ${showText(said.at(-1) ?? "no reason given").slice(0, 300)}.` }
  ];
}

// verify-image/verify-repository.ts
var together = 4;
async function verifyRepository(registry, settings, now) {
  const { image } = registry;
  const verified = /* @__PURE__ */ new Map();
  const checkOnce = (digest) => {
    const known = verified.get(digest) ?? checkTrust(`${image}@${digest}`, settings);
    verified.set(digest, known);
    return known;
  };
  let tags;
  try {
    tags = settings.tags.length > 0 ? settings.tags : await listMovingTags(registry, settings);
  } catch (error) {
    return { image, tags: [], problems: [{ kind: "not-readable", detail: sentence(error) }] };
  }
  const problems = tags.length > 0 ? [] : [{ kind: "not-resolving", detail: "No moving tag is published here." }];
  const looked = await mapParallel(tags, together, (tag) => verifyTag(registry, tag, settings, now, checkOnce));
  return { image, problems, tags: looked };
}
async function listMovingTags(registry, settings) {
  return movingTagsOf(await registry.listTags() ?? [], settings);
}
async function verifyTag(registry, tag, { platforms, maximumAge }, now, checkOnce) {
  const nothing = { digest: "", revision: "", created: "", manifests: {} };
  try {
    const seen = await readImage(registry, tag);
    const judged = judgeTagHealth(seen && { ...seen, platforms: [...seen.platforms.keys()] }, {
      ...{ platforms, maximumAge, now }
    });
    if (seen === void 0) return { tag, ...nothing, problems: judged };
    return {
      ...{ tag, digest: seen.digest, created: seen.created, revision: seen.facts.revision ?? "" },
      manifests: manifestsOf(seen),
      problems: [...judged, ...await checkOnce(seen.digest)]
    };
  } catch (error) {
    return { tag, ...nothing, problems: [{ kind: "not-readable", detail: sentence(error) }] };
  }
}
function manifestsOf({ platforms, missing }) {
  const gone = new Set(missing.map(({ digest }) => digest));
  return Object.fromEntries([...platforms].filter(([platform, digest]) => platform !== "unknown" && !gone.has(digest)));
}
async function checkTrust(reference, { signature, attestation }) {
  return [
    ...signature === void 0 ? [] : await checkSignature(reference, signature),
    ...attestation === void 0 ? [] : await checkAttestation(reference, attestation)
  ];
}
function sentence(error) {
  return error instanceof Error ? error.message : String(error);
}

// verify-image/write-report.ts
var import_node_fs2 = __toESM(require_node_fs(), 1);
var import_node_path2 = __toESM(require_node_path(), 1);
function writeReport(folder, report) {
  const path = (0, import_node_path2.join)(folder, "verify-report.json");
  try {
    (0, import_node_fs2.mkdirSync)(folder, { recursive: true });
    (0, import_node_fs2.writeFileSync)(path, `${JSON.stringify(report, void 0, 1)}
`);
    return path;
  } catch (cause) {
    throw new InputError(`Input \`report-folder\` is ${quoteValue(folder, 300)}, where no file can be written.`, {
      cause
    });
  }
}

// verify-image/main.ts
var pause = 5e3;
var mostTargets = 256;
await runStep(async () => {
  const settings = readSettings(readRepositoryName());
  maskSecret(settings.token);
  const now = readClock();
  const credentials = readRegistryCredentials(process.env, settings.token);
  const onRetry = (sentence3) => warning(showText(sentence3));
  const images = [];
  for (const image of settings.images) {
    const registry = openRegistry(image, { credentials, delay: pause, onRetry });
    images.push(await verifyRepository(registry, settings, now.getTime()));
  }
  const report = { format: "longshore-verify-1", checkedAt: now.toISOString(), run: pageOfRun(), images };
  const problems = problemsOf(report);
  const targets = listScanTargets(report);
  if (targets.length > mostTargets) {
    warning(
      `${targets.length} platforms are published, and a matrix takes ${mostTargets}: name the \`tags\` that matter most.`
    );
  }
  printText(describeReport(report));
  writeSummary(summariseReport(report));
  writeOutputs({
    healthy: String(problems.length === 0),
    problems: String(problems.length),
    checked: String(images.reduce((sum, { tags }) => sum + tags.length, 0)),
    targets: JSON.stringify(targets.slice(0, mostTargets)),
    report: writeReport(settings.reportFolder, report)
  });
  const [first] = problems;
  if (first === void 0) return;
  const more = problems.length === 1 ? "" : ` and ${problems.length - 1} more, see the summary`;
  const sentence2 = `${first.where}: ${first.detail.replace(/\.$/u, "")}${more}.`;
  if (settings.failOnProblems) setFailed(showText(sentence2));
  else warning(showText(sentence2));
});
function pageOfRun() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = process.env;
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : "";
}
