import type { BuildKind } from "./build-facts.ts";

/** What an image says about itself; empty `component` where it names none, `unknown` kind where it is not ours. */
export interface ImageFacts {
  readonly kind: BuildKind | "unknown";
  readonly component: string;
  readonly pullRequest?: number;
  readonly branch?: string;
  readonly revision?: string;
  readonly version?: string;
}

/** Reads labels or annotations back; never throws, since other people's images are read too. */
export function readImageFacts(_labelsOrAnnotations: Readonly<Record<string, string>>): ImageFacts {
  throw new Error("to be written");
}
