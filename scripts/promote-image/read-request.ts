import { InputError, normaliseImage } from "@longshore/language";
import { isDigest, parseImageReference, planNamedTag } from "@longshore/publishing";
import { type ImagePlan, type PlannedTag, parseImagePlan } from "@longshore/tagging";
import { readApiUrl } from "../lib/github/event.ts";
import { quoteValue } from "../lib/step/escape.ts";
import { readBoolean, readDuration, readInteger, readLines, readList, readText } from "../lib/step/inputs.ts";

/** What is asked for. */
export type PromotionTask =
  /** The moving tags of the plan for an image that a build has made. */
  | { readonly kind: "deferred"; readonly plan: ImagePlan; readonly digest: string }
  /** All tags of the plan for the image of its revision, which is looked for. */
  | { readonly kind: "release"; readonly plan: ImagePlan }
  /** Tags for one image, in its own repository or in others. */
  | {
      readonly kind: "image";
      readonly source: string;
      /** Tag or digest. */
      readonly reference: string;
      readonly targets: readonly string[];
      readonly tags: readonly PlannedTag[];
    }
  /** Tags of one repository, under their own names, in others. */
  | {
      readonly kind: "repository";
      readonly source: string;
      readonly targets: readonly string[];
      /** Names, or patterns with `*`. */
      readonly patterns: readonly string[];
    };

export interface PromoteRequest {
  readonly task: PromotionTask;
  readonly backward: boolean;
  readonly reason: string;
  readonly adopt: boolean;
  /** `owner/name`; empty outside a job. */
  readonly repository: string;
  readonly attempts: number;
  /** Milliseconds */
  readonly retryDelay: number;
  readonly token: string;
  readonly apiUrl: string;
}

/** Reads and checks every input before anything is asked of a registry. Throws InputError. */
export function readRequest(): PromoteRequest {
  const reason = readText("reason");
  const backward = readBoolean("allow-backward", false);
  const task = readTask();
  if (backward && (task.kind === "deferred" || task.kind === "release")) {
    throw new InputError("Input `allow-backward` is for `source`: a plan's tags only go forward.");
  }
  if (backward && reason === "") {
    throw new InputError(
      "Input `reason` is missing: with `allow-backward` say why, such as `1.3.0 breaks logins`; it stands in the summary.",
    );
  }
  return {
    ...{ task, backward, reason },
    adopt: readBoolean("adopt-tags", false),
    repository: readText("repository") || (process.env.GITHUB_REPOSITORY ?? ""),
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s"),
    token: readText("token"),
    apiUrl: readApiUrl(),
  };
}

function readTask(): PromotionTask {
  const plan = readText("plan");
  const source = readText("source");
  const targets = readLines("target").map(normaliseImage);
  const tags = [...new Set(readList("tags"))];
  if ((plan === "") === (source === "")) {
    const what = plan === "" ? "are both missing" : "are both given";
    throw new InputError(`Inputs \`plan\` and \`source\` ${what}: give one of them.`);
  }
  if (plan !== "") return readPlanned(plan, [...targets, ...tags]);
  if (readText("digest") !== "") {
    throw new InputError("Input `digest` goes with `plan`: write the digest into `source`, as `repository@sha256:…`.");
  }
  return readSource(source, targets, tags);
}

function readPlanned(text: string, unused: readonly string[]): PromotionTask {
  if (unused.length > 0) {
    throw new InputError("Inputs `target` and `tags` go with `source`: a plan says itself which tags go where.");
  }
  const plan = parseImagePlan(text);
  const digest = readText("digest");
  if (digest === "") return { kind: "release", plan };
  const { image, digest: given } = isDigest(digest) ? { digest } : parseImageReference(digest, "digest");
  if (given === undefined) {
    throw new InputError(`Input \`digest\` is ${quoteValue(digest)}: give \`sha256:…\` or \`repository@sha256:…\`.`);
  }
  if (image !== undefined && !plan.images.includes(image)) {
    throw new InputError(`Input \`digest\` is of ${image}, and the plan is of ${plan.images.join(", ")}.`);
  }
  return { kind: "deferred", plan, digest: given };
}

function readSource(text: string, given: readonly string[], tags: readonly string[]): PromotionTask {
  const { image: source, tag, digest } = parseImageReference(text, "source");
  const reference = digest ?? tag;
  const targets = given.length === 0 ? [source] : [...new Set(given)];
  if (reference === undefined) {
    if (tags.length === 0) {
      throw new InputError(
        `Input \`source\` is the repository ${source}: name the image, as \`${source}:1.2.3\`, or give the \`tags\` that are copied.`,
      );
    }
    if (targets.includes(source)) {
      throw new InputError(`Input \`target\` is the source ${source} itself: give the repositories that get its tags.`);
    }
    const bad = tags.find((pattern) => !/^[\w.*-]{1,128}$/u.test(pattern));
    if (bad === undefined) return { kind: "repository", source, targets, patterns: tags };
    throw new InputError(`Input \`tags\` holds ${quoteValue(bad)}: give tag names, or patterns such as \`1.*\`.`);
  }
  const names = tags.length === 0 && tag !== undefined ? [tag] : tags;
  if (names.length === 0) {
    throw new InputError(`Input \`tags\` is missing: say what ${quoteValue(text, 200)} is called from now on.`);
  }
  const asked = "asked for by input tags";
  return { kind: "image", source, reference, targets, tags: names.map((name) => planNamedTag(name, asked)) };
}
