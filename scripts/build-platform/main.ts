import { tmpdir } from "node:os";
import * as core from "@actions/core";
import { InputError } from "@longshore/language";
import {
  chooseProvenance,
  createStepCounter,
  formatCacheLine,
  nameArchives,
  type PlatformResult,
  planCache,
} from "@longshore/publishing";
import { $ } from "zx/core";
import { isPublicRepository } from "../lib/github/event.ts";
import { readDockerCredentials } from "../lib/registry/docker-credentials.ts";
import { openRegistry } from "../lib/registry/registry.ts";
import { codeText, escapeMarkdown } from "../lib/step/escape.ts";
import { readText } from "../lib/step/inputs.ts";
import { type MaskedInputs, refuseHiddenOutputs, writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { readRunAttempt } from "../lib/step/run-attempt.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { findBuildPlace, withReadableDockerfile } from "./build-place.ts";
import { fingerprintOf, tellWhyBuilt, warnOfMissingAttestations } from "./compare-builds.ts";
import { type Finished, findFinishedImage } from "./find-reusable.ts";
import { askPushAccess } from "./push-access.ts";
import { readPushedImage } from "./read-pushed.ts";
import { readRequest, type StepRequest } from "./read-request.ts";
import { BuildError, type BuildHistory, type BuildSetting, buildAndPush, buildArchive } from "./run-build.ts";
import { withKeyFile } from "./ssh-key-file.ts";

/** Results of this job, and the archives that were kept. */
interface Outcome {
  readonly results: readonly PlatformResult[];
  /** Paths. */
  readonly archives: readonly string[];
  /** Why archives were kept although the plan was to push: the last error. */
  readonly fallback?: BuildError;
}

await runStep(async () => {
  const request = readRequest();
  for (const line of [...request.secrets.map(({ value }) => value), request.sshKey].flatMap(tellingLines))
    maskSecret(line);
  refuseHiddenOutputs(listOutputs(request, outlineOf(request)), maskedOf(request));
  const outcome = await buildPlatforms(request);
  tellOutcome(request, outcome);
  if (outcome.fallback !== undefined && request.plan.kind !== "pull-request") {
    throw new Error(`${outcome.fallback.message} The image is kept as an archive: ${outcome.archives.join(", ")}.`);
  }
});

/** A line that is `{` alone tells nothing, and masked it would take every output that is JSON with it. */
function tellingLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => /[\p{L}\p{N}]/u.test(line));
}

/** What of the secrets is masked: by GitHub each line as it was given, by us each line of a value that tells anything. */
function maskedOf({ secrets, sshKey }: StepRequest): MaskedInputs {
  return {
    secrets: [readText("secrets"), ...secrets.flatMap(({ value }) => tellingLines(value))],
    "ssh-key": [sshKey],
  };
}

/** What this job's results look like, before there are any: a secret that hides them is told before anything is built. */
function outlineOf({ selected, plan: { revision } }: StepRequest): Outcome {
  const facts = { digest: "sha256:", manifest: "sha256:", size: 0, seconds: 0, reused: false, retries: [], revision };
  return { results: selected.map((platform) => ({ platform, ...facts, delivery: "registry" })), archives: [] };
}

async function buildPlatforms(request: StepRequest): Promise<Outcome> {
  const { plan, platforms, selection, selected } = request;
  if (plan.delivery === "none" || selected.length === 0) {
    printText(
      plan.delivery === "none" ? `Nothing to build: ${plan.reason}` : `No platform for ${selection} is asked for.`,
    );
    return { results: [], archives: [] };
  }
  warnOfMissingAttestations(request);
  const place = findBuildPlace(request.workspace, request.buildContexts);
  const fingerprint = fingerprintOf(request, place);
  const credentials = readDockerCredentials(process.env);
  const open = (options: { readonly attempts: number; readonly delay: number }) =>
    plan.images.map((image) =>
      openRegistry(image, { credentials, ...options, onRetry: (sentence) => core.warning(sentence) }),
    );
  const registries = open({ attempts: request.attempts, delay: request.retryDelay });
  if (plan.delivery === "registry") {
    // GHCR refuses reads of a package that does not exist yet in words that may also pass: not waited for long.
    const patience = { attempts: Math.min(2, request.attempts), delay: Math.min(2000, request.retryDelay) };
    const finished = await findFinishedImage({ plan, platforms, fingerprint }, open(patience));
    if (finished.type === "finished" && request.reuse) return reuseImage(request, finished, registries);
    tellWhyBuilt(request, finished);
  }
  const askAccess = () => askPushAccess(plan.images, credentials);
  const access = plan.delivery === "registry" ? await askAccess() : { type: "unknown" as const };
  if (access.type === "refused") throw new Error(access.sentence);

  const sourceDateEpoch = await readEpoch(request);
  const temp = process.env.RUNNER_TEMP || tmpdir();
  const provenance = chooseProvenance(request.provenance, isPublicRepository());
  return withReadableDockerfile(place, temp, (dockerfile) =>
    withKeyFile(request.sshKey, temp, (sshKeyFile) =>
      buildEach({
        ...{ context: place.context, dockerfile, fingerprint, provenance },
        ...{ request, temp, sshKeyFile, sourceDateEpoch, registries, askAccess },
        cacheOf: cacheOf(request),
      }),
    ),
  );
}

/** One platform after the other. After a registry stayed down, the rest of a run is kept as archives too. */
async function buildEach(setting: BuildSetting): Promise<Outcome> {
  const { request } = setting;
  const results: PlatformResult[] = [];
  const archives: string[] = [];
  let fallback: BuildError | undefined;
  for (const platform of request.selected) {
    const history: BuildHistory = { retries: [], steps: createStepCounter() };
    let alreadyBuilt = false;
    if (request.plan.delivery === "registry" && fallback === undefined) {
      try {
        results.push(await buildAndPush(platform, setting, history));
        continue;
      } catch (error) {
        if (!(error instanceof BuildError) || !staysDown(error)) throw error;
        core.warning(`${error.message} The image is kept as an archive instead.`);
        alreadyBuilt = true;
        fallback = error;
      }
    }
    const { path, ...result } = await buildArchive(platform, setting, { history, alreadyBuilt });
    results.push(result);
    archives.push(path);
  }
  return { results, archives, ...(fallback === undefined ? {} : { fallback }) };
}

/** The image is built and only the registry fails. A registry that goes on refusing is up: that is for people to mend. */
function staysDown({ reason }: BuildError): boolean {
  return reason.built && reason.transient && reason.kind !== "denied";
}

async function reuseImage(
  { plan, selected }: StepRequest,
  { manifests, fingerprint }: Extract<Finished, { type: "finished" }>,
  registries: BuildSetting["registries"],
): Promise<Outcome> {
  const [first] = registries;
  const results = await Promise.all(
    selected.map(async (platform): Promise<PlatformResult> => {
      const started = performance.now();
      const digest = manifests.get(platform);
      if (first === undefined || digest === undefined) throw new Error(`${platform} is not in the image to be reused.`);
      const { size } = await readPushedImage(first, digest, platform);
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      const facts = {
        reused: true,
        ...(fingerprint === undefined ? {} : { fingerprint }),
        retries: [],
        revision: plan.revision,
        delivery: "registry" as const,
      };
      return { platform, digest, manifest: digest, size, seconds, ...facts };
    }),
  );
  if (fingerprint === undefined) {
    core.warning(
      `${plan.images[0]}:${plan.primaryTag} does not tell by which inputs it was built, so it is taken as it is: set \`reuse: false\` to build it anyway.`,
    );
  }
  core.notice(`Nothing was built: ${plan.images[0]}:${plan.primaryTag} is complete and of this revision.`);
  return { results, archives: [] };
}

function cacheOf(request: StepRequest): BuildSetting["cacheOf"] {
  const ghaReachable = Boolean(process.env.ACTIONS_RUNTIME_TOKEN && process.env.ACTIONS_RESULTS_URL);
  const plan = (platform: string) =>
    planCache({
      ...{ stores: request.cacheStores, ghaReachable, repository: request.cacheImage, plan: request.plan, platform },
      ...{ cold: request.noCache, dockerMediaTypes: request.dockerMediaTypes },
    });
  for (const notice of plan(request.selected[0] ?? "linux/amd64").notices) core.notice(notice);
  return plan;
}

/** Date of the commit in seconds, from the plan or the checked out repository. */
async function readEpoch({ plan, workspace, reproducible }: StepRequest): Promise<number | undefined> {
  const planned = Date.parse(plan.created);
  if (!Number.isNaN(planned)) return Math.floor(planned / 1000);
  const git = $({ cwd: workspace, nothrow: true, quiet: true });
  const { exitCode, stdout } = await git`git log -1 --format=%ct ${plan.revision} --`;
  if (exitCode === 0 && /^\d+\s*$/.test(stdout)) return Number(stdout);
  if (reproducible) {
    throw new InputError(
      "Input `reproducible` is true, but the date of the commit, which everything is to have, is not known: check out the repository, or set it to false.",
    );
  }
  printText("The date of the commit is not known, so the image is dated by its build.");
  return undefined;
}

/** Every output of action.yml. */
function listOutputs({ plan, selection }: StepRequest, { results, archives }: Outcome) {
  return {
    result: JSON.stringify(results),
    digest: results[0]?.digest ?? "",
    reused: String(results.length > 0 && results.every(({ reused }) => reused)),
    delivery: results.length === 0 ? plan.delivery : archives.length > 0 ? "artifact" : "registry",
    archives: archives.join("\n"),
    "archive-name": nameArchives(plan, selection, readRunAttempt()),
  };
}

function tellOutcome(request: StepRequest, outcome: Outcome): void {
  const { plan } = request;
  const { results, archives, fallback } = outcome;
  for (const { platform, digest, size, seconds, delivery, archive, steps } of results) {
    printText(`${platform}  ${digest}  ${size} bytes  ${seconds} s  ${archive ?? delivery}`);
    if (steps !== undefined) printText(formatCacheLine({ platform, ...steps }));
  }
  const outputs = listOutputs(request, outcome);
  writeOutputs(outputs, maskedOf(request));
  if (archives.length > 0) {
    const why = fallback === undefined ? plan.reason : "The registry stayed down.";
    writeSummary(
      `Kept as OCI archives in the artifact ${codeText(outputs["archive-name"])}: ${escapeMarkdown(why)}\n\n`,
    );
  }
}
