import {
  type PlanOptions,
  parseComponent,
  parseExtraTags,
  parseImages,
  parseLatest,
  parsePush,
  parseSuffix,
} from "@longshore/tagging";
import { readApiUrl } from "../lib/github/event.ts";
import { readBoolean, readText } from "../lib/step/inputs.ts";

/** The step's inputs, read once. */
export interface PlanRequest {
  readonly component: string;
  /** Branch, tag or SHA to plan for instead of the event's; empty: the event's. */
  readonly ref: string;
  readonly token: string;
  readonly apiUrl: string;
  readonly options: Omit<PlanOptions, "versions" | "commitDate" | "now">;
}

/** Reads and checks every input before anything is asked of GitHub. Throws InputError. */
export function readRequest(repository: string): PlanRequest {
  return {
    component: parseComponent(readText("component")),
    ref: readText("ref"),
    token: readText("token"),
    apiUrl: readApiUrl(),
    options: {
      images: parseImages(readText("image"), repository),
      latest: parseLatest(readText("latest", "auto")),
      push: parsePush(readText("push", "auto")),
      suffix: parseSuffix(readText("suffix")),
      extraTags: parseExtraTags(readText("extra-tags")),
      versionPrefix: readBoolean("version-prefix", false),
    },
  };
}
