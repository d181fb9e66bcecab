import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  createProgress
} from "./chunk-progress.js";
import {
  readWorkflowInput
} from "./chunk-workflow-input.js";
import {
  readContent
} from "./chunk-read-content.js";
import {
  readDockerCredentials
} from "./chunk-docker-credentials.js";
import {
  openRegistry
} from "./chunk-registry.js";
import "./chunk-stream.js";
import "./chunk-login.js";
import {
  require_node_os
} from "./chunk-os.js";
import "./chunk-link-header.js";
import {
  require_node_crypto
} from "./chunk-crypto.js";
import "./chunk-parse-json.js";
import "./chunk-request.js";
import "./chunk-refusal.js";
import {
  runProgram
} from "./chunk-run-program.js";
import "./chunk-vendor-core.js";
import "./chunk-process.js";
import {
  readRepositoryName,
  readRunRef,
  readTrigger
} from "./chunk-event.js";
import {
  require_promises,
  retry
} from "./chunk-retry.js";
import {
  formatMarkdownTable,
  writeSummary
} from "./chunk-step-summary.js";
import {
  maskSecret,
  notice,
  readBoolean,
  readDuration,
  readInteger,
  readList,
  readRequired,
  readText,
  refuseHiddenOutputs,
  runStep,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  GITHUB_ISSUER,
  classifyPushError,
  decideSigning,
  finalCosignError,
  formatCommandLine,
  identityOf,
  imagesOf,
  isDigest,
  isPassing,
  parseDigest,
  platformOf,
  require_node_path,
  signArguments,
  verifyArguments
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  codeText,
  escapeMarkdown,
  quoteValue,
  require_node_fs
} from "./chunk-escape.js";
import {
  InputError,
  normaliseImage
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// sign-image/main.ts
var import_node_fs2 = __toESM(require_node_fs(), 1);
var import_node_os = __toESM(require_node_os(), 1);
var import_node_path2 = __toESM(require_node_path(), 1);

// sign-image/describe-result.ts
function toResult(images, { trust }, signed) {
  return trust.kind === "workflow" ? { mode: "keyless", identity: trust.identity, issuer: trust.issuer, transparencyLog: true, images, signed } : { mode: "key", transparencyLog: trust.transparencyLog, images, signed };
}
function listOutputs({ images, signed, ...result }, publicKey) {
  return {
    repository: images[0]?.repository ?? "",
    digest: images[0]?.digest ?? "",
    signed: signed.map(({ reference }) => reference).join("\n"),
    "verify-commands": signed.map(({ verifyCommand }) => verifyCommand).join("\n"),
    "public-key": publicKey,
    result: JSON.stringify({ ...result, images, signed })
  };
}
function summariseResult({ mode, transparencyLog, signed }, publicKey) {
  const how = mode === "keyless" ? "Keyless, by Sigstore" : "With a key";
  const log = transparencyLog ? "in the public transparency log" : "without a transparency log";
  const retries = signed.flatMap((digest) => digest.retries);
  return [
    `### Image signed and verified

${how}, ${log}.

`,
    formatMarkdownTable({
      header: ["what", "digest", "signature"],
      rows: signed.map(({ reference, platform, alreadySigned }) => [
        platform ?? "image",
        codeText(reference),
        alreadySigned ? "was there already" : "made now"
      ])
    }),
    retries.length === 0 ? "" : `${retries.map((retry2) => `- ${escapeMarkdown(retry2)}`).join("\n")}

`,
    publicKey === "" ? "" : `The public key, \`cosign.pub\`:

${codeBlock(publicKey)}
`,
    // Every part of these was checked: no fence can be in them.
    `To verify it yourself:

\`\`\`sh
${signed.map(({ verifyCommand }) => verifyCommand).join("\n")}
\`\`\`
`
  ].join("");
}
function codeBlock(text) {
  return `<pre>${text.split("\n").map(escapeMarkdown).join("\n")}</pre>
`;
}

// sign-image/find-signable.ts
var import_promises = __toESM(require_promises(), 1);
var FIRST_PAUSE = 500;
var TOLD_EVERY = 1e4;
async function findSignable(registry, { repository, digest }, patience) {
  const started = performance.now();
  const progress = createProgress(printText, () => performance.now(), TOLD_EVERY);
  const until = async (what, read) => {
    for (let look = 0; ; look += 1) {
      const found = await read();
      if (found !== void 0) return found;
      const waited = performance.now() - started;
      if (waited >= patience.wait) {
        throw new Error(
          `${repository} does not show ${what} within ${patience.wait / 1e3} s: check that the digest was pushed there, or give the registry more time by \`wait\`.`
        );
      }
      if (look === 0) printText(`Waiting until ${repository} shows ${what}.`);
      else progress.tell(() => `Still waiting, ${Math.round(waited / 1e3)} of ${patience.wait / 1e3} s.`);
      await (0, import_promises.setTimeout)(Math.min(FIRST_PAUSE * 2 ** look, patience.pause, patience.wait - waited));
    }
  };
  const { content } = await until(digest, () => readContent(registry, digest));
  const named = content.type === "index" ? imagesOf(content) : [];
  const platforms = [...new Map(named.map((child) => [child.digest, child])).values()];
  for (const child of platforms) {
    await until(child.digest, () => registry.headManifest(child.digest));
  }
  return [
    { reference: `${repository}@${digest}` },
    ...platforms.map((child) => ({
      reference: `${repository}@${child.digest}`,
      platform: platformOf(child) ?? "unknown"
    }))
  ];
}

// sign-image/prepare-signer.ts
var import_node_crypto = __toESM(require_node_crypto(), 1);
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);

// sign-image/cosign.ts
var CosignError = class extends Error {
  /** Whether the same command may well succeed a little later. */
  transient;
  /** Whether something that was written just now is not seen yet, as far as cosign can tell. */
  lagging;
  constructor(message, about) {
    super(message);
    this.transient = about.transient;
    this.lagging = about.lagging;
  }
};
async function cosign(args, options = {}) {
  const run = await runProgram("cosign", args, options);
  if (run.exitCode === 0) return run.stdout;
  if (run.exitCode === 127) {
    throw new CosignError(
      "cosign is not on the PATH: install it before this step, as sigstore/cosign-installer does.",
      {
        transient: false,
        lagging: false
      }
    );
  }
  throw readCosignError(run);
}
function readCosignError({ stderr }) {
  const error = finalCosignError(stderr);
  const [said = ""] = error.split("\n");
  const { message, transient } = classifyPushError(`error: ${said}`);
  return new CosignError(message, {
    transient: transient || isPassing(error),
    lagging: /no signatures found|MANIFEST_UNKNOWN|manifest unknown|: 404 Not Found/i.test(said)
  });
}

// sign-image/prepare-signer.ts
var PUBLIC_KEY_FILE = "cosign.pub";
async function prepareSigner(mode, folder) {
  if (mode.kind === "keyless") {
    const identity = identityOf(mode.workflow, mode.serverUrl);
    const { repository, ref, trigger } = mode;
    const trust = { kind: "workflow", identity, issuer: GITHUB_ISSUER, repository, ref, trigger };
    return { signer: { kind: "keyless" }, trust, env: {}, publicKey: "", usesSigningConfig: false };
  }
  const { transparencyLog } = mode;
  const env = { COSIGN_PRIVATE_KEY: mode.privateKey, COSIGN_PASSWORD: mode.password };
  const derived = await derivePublicKey(env);
  const publicKey = mode.publicKey || derived;
  if (bytesOf(publicKey) !== bytesOf(derived)) {
    throw new InputError("Input `cosign-public-key` does not belong to `cosign-key`: nothing was signed.");
  }
  (0, import_node_fs.writeFileSync)((0, import_node_path.join)(folder, PUBLIC_KEY_FILE), publicKey);
  return {
    signer: { kind: "key", transparencyLog },
    trust: { kind: "key", publicKey: PUBLIC_KEY_FILE, transparencyLog },
    env,
    publicKey: publicKey.trim(),
    // Debian's cosign does not know its own version; its help knows its options.
    usesSigningConfig: !transparencyLog && (await cosign(["sign", "--help"])).includes("--use-signing-config")
  };
}
async function derivePublicKey(env) {
  try {
    return await cosign(["public-key", "--key", "env://COSIGN_PRIVATE_KEY"], { env });
  } catch (cause) {
    if (!(cause instanceof CosignError) || cause.message.startsWith("cosign is not")) throw cause;
    throw new InputError(
      "Input `cosign-key` cannot be opened: give the whole PEM text of cosign.key, and its password as `cosign-password`.",
      { cause }
    );
  }
}
function bytesOf(pem) {
  return (0, import_node_crypto.createPublicKey)(pem).export({ type: "spki", format: "der" }).toString("base64");
}

// sign-image/read-request.ts
var import_node_crypto2 = __toESM(require_node_crypto(), 1);
function readRequest() {
  readRequired("image");
  return {
    images: readImages(readList("image"), readText("digest")),
    mode: readMode(),
    unsigned: readUnsigned(readBoolean("pull-requests", false)),
    wait: readDuration("wait", "2m"),
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s")
  };
}
function readUnsigned(asked) {
  const { event, cause } = readTrigger();
  const decided = decideSigning(event, readRunRef(), cause);
  switch (decided.right) {
    case "signs":
      return void 0;
    case "on-request":
      if (asked) return void 0;
      return {
        asked,
        why: `It is an image of ${decided.what}, which is signed with the input \`pull-requests\` only.`
      };
    case "never": {
      const run = `A run by ${decided.event} that a pull request causes has the default branch's ref in its certificate`;
      return { asked, why: `${run}, as a release has: sign on the event \`pull_request\` itself.` };
    }
  }
}
function readImages(lines, digest) {
  if (digest !== "") parseDigest(digest, "Input `digest`");
  return lines.map((line) => {
    const [name = "", own = digest] = line.split("@");
    if (!isDigest(own)) {
      throw new InputError(
        `Input \`image\` holds ${quoteValue(line)}, which names no digest: write \`repository@sha256:…\`; a tag may move between signing and use.`
      );
    }
    return { repository: normaliseImage(name), digest: own };
  });
}
function readMode() {
  const privateKey = readText("cosign-key");
  const password = readText("cosign-password");
  const publicKey = checkPublicKey(readText("cosign-public-key"));
  const transparencyLog = readBoolean("transparency-log", true);
  if (privateKey !== "") return { kind: "key", privateKey, password, publicKey, transparencyLog };
  if (publicKey !== "" || password !== "") {
    throw new InputError("Input `cosign-key` is missing: a password or public key is given, but no private key.");
  }
  if (!transparencyLog) {
    throw new InputError(
      "Input `transparency-log` is false without a `cosign-key`: a keyless signature cannot be verified without the log."
    );
  }
  if (!process.env.ACTIONS_ID_TOKEN_REQUEST_URL) {
    throw new InputError(
      "A keyless signature needs an OIDC token: grant the job `id-token: write`, or give a `cosign-key`."
    );
  }
  const serverUrl = process.env.GITHUB_SERVER_URL || "https://github.com";
  const run = { repository: readRepositoryName(), ref: readRunRef(), trigger: readTrigger().event };
  return { kind: "keyless", workflow: readWorkflowInput(), serverUrl, ...run };
}
function checkPublicKey(pem) {
  if (pem === "") return "";
  try {
    (0, import_node_crypto2.createPublicKey)(pem);
    return pem;
  } catch (cause) {
    throw new InputError("Input `cosign-public-key` is no public key: give the whole PEM text of cosign.pub.", {
      cause
    });
  }
}

// sign-image/sign-digest.ts
async function signDigest(signable, prepared, folder, request) {
  const { reference } = signable;
  const verifying = verifyArguments(reference, prepared.trust);
  const verifyCommand = formatCommandLine(["cosign", ...verifying]);
  if (await isSigned(verifying, folder)) {
    return { ...signable, alreadySigned: true, verifyCommand, retries: [] };
  }
  const retries = [];
  const { attempts, retryDelay: delay } = request;
  const keepTrying = (what, action, isTransient) => retry(action, {
    attempts,
    delay,
    isTransient: (error) => error instanceof CosignError && isTransient(error),
    onRetry: ({ error, attempt }) => {
      const sentence = `${what} ${reference}: ${error instanceof Error ? error.message : error}`;
      retries.push(sentence);
      warning(`${sentence} Trying again in ${delay / 1e3} s (attempt ${attempt + 1} of ${attempts}).`);
    }
  }).catch((error) => {
    if (!(error instanceof CosignError)) throw error;
    throw new Error(`${what} ${reference} failed: ${error.message}`, { cause: error });
  });
  const signing = signArguments(reference, prepared.signer, prepared.usesSigningConfig);
  await keepTrying(
    "Signing",
    () => cosign(signing, { env: prepared.env }),
    (error) => error.transient || error.lagging
  );
  const deadline = performance.now() + request.wait;
  const verify = () => retry(() => cosign(verifying, { cwd: folder }), {
    attempts: Number.POSITIVE_INFINITY,
    delay: Math.min(delay, 5e3),
    isTransient: (error) => error instanceof CosignError && error.lagging && performance.now() < deadline
  });
  await keepTrying("Verifying", verify, (error) => error.transient);
  return { ...signable, alreadySigned: false, verifyCommand, retries };
}
async function isSigned(looking, cwd) {
  try {
    await cosign(looking, { cwd });
    return true;
  } catch (error) {
    if (error instanceof CosignError) return false;
    throw error;
  }
}

// sign-image/main.ts
await runStep(async () => {
  const request = readRequest();
  const { mode } = request;
  if (mode.kind === "key") for (const line of [mode.password, ...mode.privateKey.split("\n")]) maskSecret(line);
  if (request.unsigned !== void 0) return tellUnsigned(request, request.unsigned);
  const folder = (0, import_node_fs2.mkdtempSync)((0, import_node_path2.join)(process.env.RUNNER_TEMP || (0, import_node_os.tmpdir)(), "longshore-sign-"));
  try {
    await signAll(request, folder);
  } finally {
    (0, import_node_fs2.rmSync)(folder, { recursive: true, force: true });
  }
});
function maskedOf({ mode }) {
  return mode.kind === "key" ? { "cosign-key": [mode.privateKey], "cosign-password": [mode.password] } : {};
}
function tellUnsigned({ images }, { why, asked }) {
  const sentence = `Nothing was signed: ${why}`;
  if (asked) warning(sentence);
  else notice(sentence);
  writeOutputs(listOutputs({ mode: "none", why, transparencyLog: false, images, signed: [] }, ""));
  writeSummary(`### Image not signed

${escapeMarkdown(why)}
`);
}
async function signAll(request, folder) {
  const { attempts, retryDelay, wait } = request;
  const prepared = await prepareSigner(request.mode, folder);
  refuseHiddenOutputs(listOutputs(toResult(request.images, prepared, []), prepared.publicKey), maskedOf(request));
  const credentials = readDockerCredentials(process.env);
  const signed = [];
  for (const image of request.images) {
    const registry = openRegistry(image.repository, {
      ...{ credentials, attempts, delay: retryDelay },
      onRetry: (sentence) => warning(sentence)
    });
    for (const signable of await findSignable(registry, image, {
      wait,
      pause: Math.min(Math.max(retryDelay, 100), 5e3)
    })) {
      const digest = await signDigest(signable, prepared, folder, request);
      const done = digest.alreadySigned ? "signed already, verified" : "signed and verified";
      printText(`${done}  ${digest.platform ?? "image"}  ${digest.reference}`);
      signed.push(digest);
    }
  }
  const result = toResult(request.images, prepared, signed);
  printText(`
To verify it yourself:
${signed.map(({ verifyCommand }) => verifyCommand).join("\n")}`);
  writeOutputs(listOutputs(result, prepared.publicKey), maskedOf(request));
  writeSummary(summariseResult(result, prepared.publicKey));
}
