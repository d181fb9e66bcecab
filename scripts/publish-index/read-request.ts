import { InputError } from "@longshore/language";
import {
  checkResults,
  jobsWithoutResult,
  type PlatformResult,
  parsePlatformResults,
  parsePlatforms,
} from "@longshore/publishing";
import { type ImagePlan, parseImagePlan } from "@longshore/tagging";
import { readBoolean, readChoice, readDuration, readInteger, readRequired, readText } from "../lib/step/inputs.ts";

/** The step's inputs, read once. */
export interface PublishRequest {
  readonly plan: ImagePlan;
  /** In the order they are asked for. */
  readonly platforms: readonly string[];
  /** One for each platform, in the same order; none when the plan's delivery is `none`. */
  readonly results: readonly PlatformResult[];
  /** Whether this step puts moving tags too, or leaves them to a promotion. */
  readonly movingTags: "now" | "defer";
  readonly adopt: boolean;
  readonly attempts: number;
  /** Milliseconds */
  readonly retryDelay: number;
  readonly token: string;
  readonly apiUrl: string;
}

/** Reads and checks every input before anything is asked of a registry. Throws InputError. */
export function readRequest(): PublishRequest {
  const plan = parseImagePlan(readRequired("plan"));
  const platforms = parsePlatforms(readRequired("platforms"));
  return {
    plan,
    platforms,
    results: plan.delivery === "none" ? [] : readResults(plan, platforms),
    movingTags: readChoice("moving-tags", ["now", "defer"], "now"),
    adopt: readBoolean("adopt-tags", false),
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s"),
    token: readText("token"),
    apiUrl: process.env.GITHUB_API_URL || "https://api.github.com",
  };
}

/** No step of those jobs can know it: a password that only a login has is masked in the whole job. */
function explainSilence(jobs: readonly string[]): string {
  return `${jobs.map((job) => `\`${job}\``).join(", ")} ended well without an output, as GitHub drops each output that holds a line of a secret: look for a secret, such as a registry's password, with a line that is \`{\`, \`}\` or \`"\` or very short, and give it in one line or in base64 (of a Google key, the user \`_json_key_base64\`).`;
}

function readResults(plan: ImagePlan, platforms: readonly string[]): readonly PlatformResult[] {
  const results = parsePlatformResults(readRequired("results"));
  const problems = checkResults(platforms, results, plan.revision);
  if (problems.length > 0) {
    const silent = results.length < platforms.length ? jobsWithoutResult(readRequired("results")) : [];
    const why = silent.length === 0 ? [] : [explainSilence(silent)];
    throw new InputError(
      `Input results does not hold what input platforms asks for: ${[...problems, ...why].join(" ")}`,
    );
  }
  const pushed = results.find((result) => result.delivery === "registry");
  if (plan.delivery === "artifact" && pushed !== undefined) {
    throw new InputError(
      `Input results says ${pushed.platform} was pushed, but the plan delivers archives (${plan.reason}): use the plan the builds had.`,
    );
  }
  return platforms.flatMap((platform) => results.filter((result) => result.platform === platform));
}
