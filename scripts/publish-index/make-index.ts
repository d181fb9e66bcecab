import {
  checkIndex,
  claimAttestations,
  classifyPushError,
  compareFingerprints,
  type OciIndex,
  type PlatformResult,
  parseOciContent,
} from "@longshore/publishing";
import { type ImagePlan, readImageFacts } from "@longshore/tagging";
import { retry } from "../lib/http/retry.ts";
import { docker } from "../lib/programs/docker.ts";
import { digestOf, type Registry } from "../lib/registry/registry.ts";

/** An index and its very bytes: what every repository gets. */
export interface MadeIndex {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly content: OciIndex;
  /** Whether it is the one that the primary tag names already. */
  readonly reused: boolean;
}

export interface MakeOptions {
  readonly attempts: number;
  /** Milliseconds */
  readonly retryDelay: number;
  readonly onRetry: (sentence: string) => void;
}

/** The index under the primary tag, when every platform was reused from it and it holds exactly those. */
export async function findReusedIndex(
  registry: Registry,
  plan: ImagePlan,
  results: readonly PlatformResult[],
): Promise<MadeIndex | undefined> {
  if (!results.every((result) => result.reused)) return undefined;
  const found = await registry.getManifest(plan.primaryTag);
  if (found === undefined) return undefined;
  const made = toIndex(found.bytes, found.mediaType, true);
  if (made === undefined) return undefined;
  if (checkIndex(made.content, claimAttestations(made.content, results), undefined).length > 0) return undefined;
  const { revision, component, fingerprint } = readImageFacts(made.content.annotations);
  const isSame = compareFingerprints(fingerprint, results[0]?.fingerprint).length === 0;
  return revision === plan.revision && component === plan.component && isSame ? made : undefined;
}

/**
 * Lets `docker buildx imagetools create` join what was pushed, without pushing or naming anything: it takes the images and
 * attestations out of each platform's index, copies their descriptors and adds the annotations. Asks `image` only, and does not wait
 * for what it does not serve yet. Throws JoinError.
 */
export async function joinPlatforms(
  image: string,
  results: readonly PlatformResult[],
  annotations: Readonly<Record<string, string>>,
  options: MakeOptions,
): Promise<MadeIndex> {
  const args = [
    ...["buildx", "imagetools", "create", "--dry-run"],
    ...Object.entries(annotations).flatMap(([key, value]) => ["--annotation", `index:${key}=${value}`]),
    ...results.map(({ digest }) => `${image}@${digest}`),
  ];
  const output = await retry(() => runBuildx(args), {
    attempts: options.attempts,
    delay: options.retryDelay,
    isTransient: (error) => error instanceof JoinError && error.transient,
    retryAfter: (error) => (error instanceof JoinError ? error.retryAfter : undefined),
    onRetry: ({ error, attempt, attempts, delay }) =>
      options.onRetry(
        `${error instanceof Error ? error.message : error} Trying again in ${delay / 1000} s (attempt ${attempt + 1} of ${attempts}).`,
      ),
  });
  const made = toIndex(new TextEncoder().encode(output.replace(/\n$/u, "")), "", false);
  if (made === undefined) throw new Error("docker buildx imagetools create gave no index: update docker buildx.");
  return made;
}

/** Docker could not join the platforms. */
export class JoinError extends Error {
  /** Whether it did not find what it was to join. */
  readonly absent: boolean;
  readonly transient: boolean;
  readonly retryAfter: number | undefined;
  constructor(message: string, transient: boolean, retryAfter?: number) {
    super(message);
    this.name = "JoinError";
    this.absent = /: not found\b/.test(message);
    this.transient = transient;
    this.retryAfter = retryAfter;
  }
}

async function runBuildx(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await docker(args);
  if (exitCode === 0) return stdout;
  if (exitCode === 127 || /is not a docker command|unknown command: docker buildx/iu.test(stderr)) {
    throw new JoinError("There is no docker with buildx here: run docker/setup-buildx-action before this step.", false);
  }
  const { message, advice, transient, retryAfter } = classifyPushError(stderr);
  const sentence = `docker buildx imagetools create failed: ${message.replace(/\.$/u, "")}. ${advice}`;
  throw new JoinError(sentence, transient, retryAfter === undefined ? undefined : retryAfter * 1000);
}

function toIndex(bytes: Uint8Array, mediaType: string, reused: boolean): MadeIndex | undefined {
  const content = parseOciContent(new TextDecoder().decode(bytes), "The index");
  if (content.type !== "index") return undefined;
  const known = content.mediaType || mediaType;
  return { digest: digestOf(bytes), mediaType: known, bytes, content: { ...content, mediaType: known }, reused };
}
