import { checkResults, type PlatformResult, parsePlatformResults, parsePlatforms } from "@longshore/publishing";
import { type ImagePlan, InputError, parseImagePlan } from "@longshore/tagging";
import { readBoolean, readChoice, readDuration, readInteger, readRequired, readText } from "../lib/inputs.ts";

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

function readResults(plan: ImagePlan, platforms: readonly string[]): readonly PlatformResult[] {
  const results = parsePlatformResults(readRequired("results"));
  const problems = checkResults(platforms, results, plan.revision);
  if (problems.length > 0) {
    throw new InputError(`Input results does not hold what input platforms asks for: ${problems.join(" ")}`);
  }
  const pushed = results.find((result) => result.delivery === "registry");
  if (plan.delivery === "artifact" && pushed !== undefined) {
    throw new InputError(
      `Input results says ${pushed.platform} was pushed, but the plan delivers archives (${plan.reason}): use the plan the builds had.`,
    );
  }
  return platforms.flatMap((platform) => results.filter((result) => result.platform === platform));
}
