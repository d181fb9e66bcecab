import { InputError, normaliseImage } from "@longshore/language";
import { isDigest } from "@longshore/publishing";
import { formatTag } from "@longshore/tagging";
import { readDefaultBranch } from "../lib/github/default-branch.ts";
import { type ReadImage, readImage } from "../lib/registry/read-image.ts";
import type { Registry } from "../lib/registry/registry.ts";
import { quoteValue } from "../lib/step/escape.ts";
import type { WaitRequest } from "./read-request.ts";

export interface Baseline {
  /** Normalised */
  readonly repository: string;
  readonly image: ReadImage;
}

/**
 * What the image is compared with; a sentence instead where there is nothing. Undefined where nothing is to be compared.
 * Throws InputError and RegistryError.
 */
export async function findBaseline(
  { repository, digest, baseline, sameBaseline, suffix }: WaitRequest,
  open: (repository: string) => Registry,
): Promise<Baseline | string | undefined> {
  if (baseline === "") return undefined;
  const wanted = baseline === "auto" ? { repository, reference: defaultBranchTag(suffix) } : parseReference(baseline);
  const separator = isDigest(wanted.reference) ? "@" : ":";
  const name = `${wanted.repository}${separator}${wanted.reference}`;
  const image = await readImage(open(wanted.repository), wanted.reference);
  if (image === undefined)
    return `There is no ${name} to compare with: everything found counts as new. Build it, or name another image in the input \`baseline\`.`;
  // Where images are named before they are scanned, one that has its name would know all its own flaws.
  if (image.digest === digest && sameBaseline === "new")
    return `${name} is this very image, which is no comparison: everything found counts as new. Name another image in the input \`baseline\`, or put tags after the scan and say \`same-baseline: known\`.`;
  return { repository: wanted.repository, image };
}

function parseReference(text: string): { readonly repository: string; readonly reference: string } {
  const at = text.indexOf("@");
  const colon = text.lastIndexOf(":");
  const cut = at >= 0 ? at : colon > text.lastIndexOf("/") ? colon : -1;
  const reference = text.slice(cut + 1);
  if (cut < 0 || !(at >= 0 ? isDigest(reference) : /^\w[\w.-]{0,127}$/u.test(reference))) {
    throw new InputError(
      `Input \`baseline\` is ${quoteValue(text, 200)}: give \`repository:tag\`, \`repository@sha256:…\` or \`auto\`.`,
    );
  }
  return { repository: normaliseImage(text.slice(0, cut)), reference };
}

/** The moving tag of the default branch, as a build names it. */
function defaultBranchTag(suffix: string): string {
  const missing = "Input `baseline` is `auto`, and this event does not tell the default branch: give `repository:tag`.";
  return formatTag({ class: "branch", suffix }, { defaultBranch: readDefaultBranch("", missing) });
}
