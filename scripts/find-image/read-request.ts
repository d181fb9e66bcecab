import { InputError } from "@longshore/language";
import { parsePlatform, parsePlatforms } from "@longshore/publishing";
import { parseComponent, parseImages, parseSuffix } from "@longshore/tagging";
import { readApiUrl } from "../lib/github/event.ts";
import { readDuration, readInteger, readText } from "../lib/step/inputs.ts";

/** The step's inputs, read once. Durations in milliseconds. */
export interface FindRequest {
  readonly image: string;
  /** Empty: any. */
  readonly component: string;
  /** Empty, or with its dash. */
  readonly suffix: string;
  /** As given: SHA, branch or tag; empty: the event's. */
  readonly revision: string;
  /** 0: the event's. */
  readonly pullRequest: number;
  /** All must be there; empty: any. */
  readonly platforms: readonly string[];
  /** Empty: the whole image. */
  readonly platform: string;
  readonly wait: number;
  readonly interval: number;
  /** Folder; empty: none. */
  readonly archive: string;
  readonly token: string;
  readonly apiUrl: string;
}

const longestPullRequest = 999_999_999;

/** Throws InputError before anything is asked. */
export function readRequest(repository: string): FindRequest {
  const images = parseImages(readText("image"), repository);
  const [image = ""] = images;
  if (images.length > 1)
    throw new InputError(`Input \`image\` names ${images.length} repositories: give one to look in.`);
  const wanted = readText("platforms");
  const one = readText("platform");
  const platforms = wanted === "" ? [] : parsePlatforms(wanted);
  const platform = one === "" ? "" : parsePlatform(one);
  const interval = readDuration("interval", "10s");
  if (interval < 1000) throw new InputError("Input `interval` is `0s`: leave at least `1s` between two looks.");
  return {
    ...{ image, platform, interval },
    component: parseComponent(readText("component")),
    suffix: parseSuffix(readText("suffix")),
    revision: readText("revision"),
    pullRequest: readInteger("pull-request", { lowest: 1, highest: longestPullRequest, fallback: 0 }),
    platforms: platform === "" || platforms.includes(platform) ? platforms : [...platforms, platform],
    wait: readText("wait") === "0" ? 0 : readDuration("wait", "10m"),
    archive: readText("archive"),
    token: readText("token"),
    apiUrl: readApiUrl(),
  };
}
