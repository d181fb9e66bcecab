import { setTimeout as wait } from "node:timers/promises";
import { retry } from "../../http/retry.ts";
import { RegistryError } from "../error.ts";
import { isTransientError, retryAfterOf } from "../registry.ts";
import { type Judgement, judgeTag, type TagTask } from "./decide-tags.ts";
import { hasFailed, type TagOutcome } from "./tag-outcome.ts";

/** What the tags shall name: its very bytes. */
export interface NamedImage {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface PutOptions {
  readonly attempts: number;
  /** Milliseconds */
  readonly retryDelay: number;
  readonly onRetry: (sentence: string) => void;
}

/** Pauses while a registry still tells what a tag named before it was put. Milliseconds. */
const LAG_PAUSES = [100, 250, 500, 1000, 2000, 4000];

/**
 * Puts the tags: the repositories at the same time, in each one tag after the other. First the immutable ones; only when they all
 * stand everywhere, the moving ones. One tag's failure is its outcome, not an error.
 */
export async function putTags(
  tasks: readonly TagTask[],
  image: NamedImage,
  judgement: Judgement,
  options: PutOptions,
): Promise<readonly TagOutcome[]> {
  const of = (mutability: TagTask["tag"]["mutability"]) => tasks.filter(({ tag }) => tag.mutability === mutability);
  const put = (task: TagTask) => putTag(task, image, judgement, options);
  const immutable = await forEachRepository(of("immutable"), put);
  const failed = immutable.find(hasFailed);
  if (failed === undefined) return [...immutable, ...(await forEachRepository(of("moving"), put))];
  const reason = `not tried, as ${failed.image}:${failed.name} failed`;
  return [...immutable, ...of("moving").map((task) => outcomeOf(task, "skipped", reason, task.seen))];
}

async function forEachRepository(
  tasks: readonly TagTask[],
  put: (task: TagTask) => Promise<TagOutcome>,
): Promise<readonly TagOutcome[]> {
  const targets = [...new Set(tasks.map(({ target }) => target))];
  const outcomes = await Promise.all(
    targets.map(async (target) => {
      const done: TagOutcome[] = [];
      for (const task of tasks.filter((candidate) => candidate.target === target)) done.push(await put(task));
      return done;
    }),
  );
  return outcomes.flat();
}

async function putTag(
  task: TagTask,
  image: NamedImage,
  judgement: Judgement,
  options: PutOptions,
): Promise<TagOutcome> {
  if (task.decision.action !== "write") return settle(task, image.digest);
  try {
    return await retry((attempt) => putOnce(task, image, judgement, attempt), {
      attempts: options.attempts,
      delay: options.retryDelay,
      isTransient: isTransientError,
      retryAfter: retryAfterOf,
      onRetry: ({ error, attempt, attempts, delay }) =>
        options.onRetry(
          `${messageOf(error)} Trying again in ${delay / 1000} s (attempt ${attempt + 1} of ${attempts}).`,
        ),
    });
  } catch (error) {
    return outcomeOf(task, "failed", messageOf(error).replace(/\.$/u, ""), task.seen);
  }
}

/**
 * Looks again right before the tag is put: what another run did since the decision, or a put of ours whose reply was lost,
 * is seen then, and nothing is written on an outdated decision.
 */
async function putOnce(task: TagTask, image: NamedImage, judgement: Judgement, attempt: number): Promise<TagOutcome> {
  const { target, tag } = task;
  const once = { attempts: 1 };
  const now = (await target.registry.headManifest(tag.name, once))?.digest;
  if (now === image.digest) {
    return outcomeOf(
      task,
      attempt > 1 ? "written" : "done",
      attempt > 1 ? task.decision.reason : "put by another run",
      now,
    );
  }
  if (now !== task.seen) {
    const decision = await judgeTag(target, tag, now, lookAgain(judgement));
    if (decision.action !== "write") return settle({ ...task, seen: now, decision }, image.digest);
  }
  await target.registry.putManifest(tag.name, image.bytes, image.mediaType, once);
  for (const pause of [...LAG_PAUSES, undefined]) {
    const head = await target.registry.headManifest(tag.name, { ...once, expected: false });
    if (head?.digest === image.digest) return outcomeOf(task, "written", task.decision.reason, image.digest);
    if (head !== undefined && head.digest !== now) {
      // Another run was faster; or the registry is so late that it tells something even older, which may be left.
      const decision = await judgeTag(target, tag, head.digest, lookAgain(judgement));
      if (decision.action !== "write") return settle({ ...task, seen: head.digest, decision }, image.digest);
    }
    if (pause !== undefined) await wait(pause);
  }
  throw new RegistryError(`${target.registry.image}:${tag.name} was put and does not name the image yet.`, {
    transient: true,
  });
}

/** Another run has moved the tag since: its branch may have another tip than when it was asked for. */
function lookAgain(judgement: Judgement): Judgement {
  return { ...judgement, history: judgement.history.askAgain() };
}

/** The outcome of a decision that writes nothing. */
function settle(task: TagTask, digest: string): TagOutcome {
  const { action, reason } = task.decision;
  switch (action) {
    case "done":
      return outcomeOf(task, "done", reason, digest);
    case "keep":
      return outcomeOf(task, "kept", reason, task.seen);
    case "leave":
      return leftTag(task);
    case "write":
    case "refuse":
    case "fail":
      return outcomeOf(task, "failed", reason, task.seen);
  }
}

/** A moving tag that stays where it is. */
export function leftTag(task: TagTask): TagOutcome {
  const isNewer = "newer" in task.decision;
  return {
    ...outcomeOf(task, "left", task.decision.reason, task.seen),
    ...(isNewer ? { newer: true } : {}),
  };
}

function outcomeOf(
  { target, tag }: TagTask,
  outcome: TagOutcome["outcome"],
  reason: string,
  digest: string | undefined,
): TagOutcome {
  const { name, mutability } = tag;
  return {
    image: target.registry.image,
    name,
    mutability,
    outcome,
    reason,
    ...(digest === undefined ? {} : { digest }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
