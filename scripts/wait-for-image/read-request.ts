import { InputError, normaliseImage } from "@longshore/language";
import { isDigest, parsePlatforms } from "@longshore/publishing";
import { parseSuffix } from "@longshore/tagging";
import { readGateInputs } from "../lib/scans/gate-inputs.ts";
import { quoteValue } from "../lib/step/escape.ts";
import { readChoice, readDuration, readText } from "../lib/step/inputs.ts";

/** The step's inputs, read once. */
export interface WaitRequest {
  /** Normalised */
  readonly repository: string;
  readonly digest: string;
  /** Empty asks for all. */
  readonly platforms: readonly string[];
  /** A reference, `auto`, or empty. */
  readonly baseline: string;
  /** What is found in an image that is its own baseline: all of it new, or all of it known. */
  readonly sameBaseline: "new" | "known";
  /** Of the image's tags: with its dash, or empty. */
  readonly suffix: string;
  /** Milliseconds */
  readonly wait: number;
  readonly token: string;
}

/** Throws InputError, also of what the gate is told, as it would be refused there after minutes of scanning. */
export function readRequest(): WaitRequest {
  readGateInputs();
  const platforms = readText("platforms");
  return {
    ...readImage(readText("image")),
    platforms: platforms === "" ? [] : parsePlatforms(platforms),
    baseline: readText("baseline"),
    sameBaseline: readChoice("same-baseline", ["new", "known"], "new"),
    suffix: parseSuffix(readText("suffix")),
    wait: readWait(),
    token: readText("token"),
  };
}

/** A job's own limit would end a longer one without a word of what is missing. */
function readWait(): number {
  const wait = readDuration("wait", "5m");
  if (wait <= 2 * 3_600_000) return wait;
  throw new InputError(`Input \`wait\` is ${quoteValue(readText("wait"))}: at most \`2h\`.`);
}

function readImage(image: string): Pick<WaitRequest, "repository" | "digest"> {
  if (image === "") {
    throw new InputError(
      "Input `image` is empty: give `repository@sha256:…`, and skip this job where the build pushed none (its output `delivery` is not `registry`).",
    );
  }
  const at = image.indexOf("@");
  const digest = image.slice(at + 1);
  if (at < 0 || !isDigest(digest)) {
    throw new InputError(
      `Input \`image\` is ${quoteValue(image, 200)}: give it by digest, \`repository@sha256:…\`, so that what is scanned is what ships.`,
    );
  }
  return { repository: normaliseImage(image.slice(0, at)), digest };
}
