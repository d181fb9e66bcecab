import type { ImageFacts } from "@longshore/tagging";

/** The image a downstream job needs. */
export interface WantedImage {
  /** Commit SHA, 40 hexadecimal digits */
  readonly revision: string;
  /** Empty: any */
  readonly component: string;
  /** Normalised; all must be there. Empty: any */
  readonly platforms: readonly string[];
}

/** What a registry or an archive holds under a name that should be it. */
export interface SeenImage {
  /** By the index's annotations, else by an image's labels */
  readonly facts: Pick<ImageFacts, "revision" | "component">;
  readonly platforms: readonly string[];
  /** Digests of its parts that cannot be read */
  readonly missing: readonly string[];
}

/** `incomplete` may heal with time, since registries lag behind a push; `other` never does. The reason is a clause. */
export type ImageVerdict =
  | { readonly verdict: "found" }
  | { readonly verdict: "incomplete" | "other"; readonly reason: string };

/** Whether what is there is the image that is wanted (G8): the commit first, since nothing else matters of another one's image. */
export function judgeFoundImage(wanted: WantedImage, { facts, platforms, missing }: SeenImage): ImageVerdict {
  if (facts.revision === undefined) {
    // Labels are read from a part, which may only be late.
    if (missing.length > 0) return incomplete(missing);
    return {
      verdict: "other",
      reason: `it does not say which commit it is of (no org.opencontainers.image.revision), and ${wanted.revision} is expected`,
    };
  }
  if (facts.revision !== wanted.revision) {
    return { verdict: "other", reason: `it is of commit ${facts.revision}, and ${wanted.revision} is expected` };
  }
  if (wanted.component !== "" && facts.component !== wanted.component) {
    const own = facts.component === "" ? "no component" : `component ${facts.component}`;
    return { verdict: "other", reason: `it is of ${own}, and ${wanted.component} is expected` };
  }
  const lacking = wanted.platforms.filter((platform) => !platforms.includes(platform));
  if (lacking.length > 0) {
    return {
      verdict: "incomplete",
      reason: `it lacks ${lacking.join(", ")} (it has ${platforms.join(", ") || "no platform"})`,
    };
  }
  return missing.length > 0 ? incomplete(missing) : { verdict: "found" };
}

function incomplete(missing: readonly string[]): ImageVerdict {
  return { verdict: "incomplete", reason: `its part ${missing[0]} cannot be read` };
}
