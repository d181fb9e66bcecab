import * as core from "@actions/core";
import {
  candidateOf,
  claimAttestations,
  isDockerList,
  type PlatformResult,
  type TagCandidate,
} from "@longshore/publishing";
import { fingerprintKey, type ImagePlan, isOfClock } from "@longshore/tagging";
import { connectGitHub } from "../lib/github/api.ts";
import { readDockerCredentials } from "../lib/registry/docker-credentials.ts";
import { openRegistry } from "../lib/registry/registry.ts";
import { decideTags, type Judgement, type SeenTag, seeTags } from "../lib/registry/tags/decide-tags.ts";
import { freeHeldTags, listLeftTags } from "../lib/registry/tags/free-tags.ts";
import { isMadeBefore } from "../lib/registry/tags/made-before.ts";
import { putTags } from "../lib/registry/tags/put-tags.ts";
import { createHistoryReader } from "../lib/registry/tags/read-history.ts";
import { createHolderReader } from "../lib/registry/tags/read-holder.ts";
import type { TagOutcome } from "../lib/registry/tags/tag-outcome.ts";
import { showText } from "../lib/step/escape.ts";
import { collectPushed } from "./collect-pushed.ts";
import { doubtKeptTags } from "./doubt-kept.ts";
import { findReusedIndex, JoinError, joinPlatforms, type MadeIndex, type MakeOptions } from "./make-index.ts";
import { measureBase } from "./measure-base.ts";
import type { PlatformOutcome, PublishResult } from "./publish-result.ts";
import { putIndex, requireExact } from "./put-index.ts";
import type { PublishRequest } from "./read-request.ts";

/**
 * Verify, join, put by digest, read back and compare, decide every tag, and only then put tags. Throws before anything is named;
 * from the first tag on, failures are outcomes of tags.
 */
export async function publishImage(request: PublishRequest): Promise<PublishResult> {
  const { results, adopt } = request;
  const isDeferred = request.movingTags === "defer";
  const notes: string[] = [];
  const onRetry = (sentence: string) => {
    core.warning(showText(sentence));
    notes.push(sentence);
  };
  const options: MakeOptions = { attempts: request.attempts, retryDelay: request.retryDelay, onRetry };
  const credentials = readDockerCredentials(process.env);
  const targets = request.plan.images.map((image) => {
    const { attempts, retryDelay } = request;
    const registry = openRegistry(image, { credentials, attempts, delay: retryDelay, onRetry });
    return { registry, readHolder: createHolderReader(registry) };
  });
  const registries = targets.map(({ registry }) => registry);
  const [target] = targets;
  if (target === undefined) throw new Error("The plan names no repository.");
  const first = target.registry;
  // A promotion looks for itself what is held back by the time that it moves something.
  const { plan, notMoved } = isDeferred
    ? { plan: request.plan, notMoved: listLeftTags(request.plan) }
    : await freeHeldTags(request.plan, target);
  const tagsToPut = plan.tags.filter(({ mutability }) => mutability === "immutable" || !isDeferred);

  const fingerprint = results[0]?.fingerprint;
  const planned = { ...plan.annotations, ...(fingerprint === undefined ? {} : { [fingerprintKey]: fingerprint }) };
  // Nothing of this writes, so it is asked for at the same time; the first problem to tell is that of the builds.
  const collecting = collectPushed(registries, results);
  const join = () => joinPlatforms(first.image, results, planned, options);
  const joinWhenServed = (error: unknown) => {
    if (error instanceof JoinError && error.absent) return collecting.then(join);
    throw error;
  };
  const [pushed, made, seen, base] = await Promise.allSettled([
    collecting,
    findReusedIndex(first, plan, results).then((reused) => reused ?? join().catch(joinWhenServed)),
    seeTags(targets, tagsToPut),
    measureBase(first, plan),
  ]);
  const expected = settled(pushed);
  const index = settled(made);
  const tagsBefore = settled(seen);

  const annotations = index.reused ? undefined : planned;
  const children = index.reused ? claimAttestations(index.content, expected) : expected;
  requireExact("the new index", index.content, children, annotations);
  await Promise.all(registries.map((registry) => putIndex(registry, index, children, annotations)));

  const gitHub = connectGitHub({ token: request.token, url: request.apiUrl, onRetry });
  const judgement: Judgement = {
    candidate: toCandidate({ ...request, plan }, index, tagsBefore),
    history: createHistoryReader(gitHub, plan),
    adopt,
  };
  const isOfBefore = isMadeBefore(tagsBefore, index.digest);
  const named = isOfBefore ? tagsBefore.filter(({ tag }) => !isOfClock(tag)) : tagsBefore;
  const tasks = await decideTags(named, judgement);
  const put = await putTags(tasks, index, judgement, options);
  const tags = isDeferred ? [...put, ...deferMoving(plan)] : put;
  const doubts = await doubtKeptTags(registries, put);
  for (const sentence of doubts) core.warning(showText(sentence));
  const unnamed = isOfBefore ? plan.tags.filter(isOfClock).map(({ name }) => name) : [];
  const { sizes, name, problem } = settled(base);
  return {
    ...{ kind: plan.kind, delivery: "registry", reason: plan.reason, revision: plan.revision, images: plan.images },
    ...{ primaryTag: plan.primaryTag, digest: index.digest, mediaType: index.mediaType, reused: index.reused },
    platforms: results.map((result) => toPlatformOutcome(result, sizes)),
    ...{ tags, notMoved, comparedWith: name },
    notes: [
      ...notes,
      ...doubts,
      ...(problem === undefined ? [] : [problem]),
      ...explain(index, results, tags),
      ...explainClock(unnamed),
    ],
  };
}

/** An image of before was given its moment and its day when it was made. */
function explainClock(names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${names.join(", ")} is of images made now, and this one was made before.`];
}

/** Moving tags that wait until somebody promotes the image, such as after its scan and signature. */
function deferMoving({ images, tags }: ImagePlan): readonly TagOutcome[] {
  const moving = tags.filter(({ mutability }) => mutability === "moving");
  return images.flatMap((image) =>
    moving.map(({ name, mutability, reason }) => ({
      ...{ image, name, mutability, outcome: "deferred" as const },
      reason: `left to a promotion: ${reason}`,
    })),
  );
}

/** What a reader of the summary would wonder about. */
function explain(index: MadeIndex, results: readonly PlatformResult[], tags: readonly TagOutcome[]): readonly string[] {
  const kept = tags.filter(({ outcome }) => outcome === "kept").map(({ name }) => name);
  const bare = index.reused ? [] : results.filter(({ reused }) => reused).map(({ platform }) => platform);
  return [
    ...(kept.length === 0
      ? []
      : [
          `${[...new Set(kept)].join(", ")} keeps the first image of this revision; moving tags name the new build ${index.digest}.`,
        ]),
    ...(bare.length === 0 ? [] : [`${bare.join(", ")} is reused beside a new build, without its attestations.`]),
    ...(isDockerList(index.content)
      ? ["Docker's media types have no annotations: what the image is of stands in its labels only."]
      : []),
  ];
}

function settled<T>(result: PromiseSettledResult<T>): T {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

function toCandidate({ plan, results }: PublishRequest, index: MadeIndex, before: readonly SeenTag[]): TagCandidate {
  const { fingerprint, rebuilt } = results[0] ?? {};
  const had = before.filter(({ head }) => head?.digest === index.digest);
  const candidate = {
    // Joined anew it is the same image where the same parts are joined.
    ...candidateOf(plan, {
      digest: index.digest,
      reused: index.reused || had.some(({ tag }) => tag.name === plan.primaryTag),
    }),
    republished: index.reused || had.some(({ tag }) => tag.class === "version-line"),
  };
  return rebuilt || fingerprint === undefined ? candidate : { ...candidate, fingerprint };
}

function toPlatformOutcome(result: PlatformResult, sizes: ReadonlyMap<string, number>): PlatformOutcome {
  const { platform, manifest, size, seconds, reused, retries, steps } = result;
  const sizeBefore = sizes.get(platform);
  return {
    ...{ platform, digest: manifest, size, seconds, reused, retries },
    ...(sizeBefore === undefined ? {} : { sizeBefore }),
    ...(steps === undefined ? {} : { steps }),
  };
}
