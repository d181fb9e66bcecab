import { InputError, normaliseImage } from "@longshore/language";
import { isOciTag } from "@longshore/tagging";
import { parseDigest } from "../digest.ts";

/** A repository, and what of it is meant; the digest decides where both are given. */
export interface ImageReference {
  /** Normalised, without tag and digest. */
  readonly image: string;
  readonly tag?: string;
  readonly digest?: string;
}

/**
 * Reads `repository`, `repository:tag`, `repository@sha256:…` or `repository:tag@sha256:…`, as Docker does. `input` names where
 * it came from in the InputError.
 */
export function parseImageReference(text: string, input: string): ImageReference {
  const [name = "", ...digests] = text.trim().split("@");
  if (digests.length > 1) throw refuse(text, input, "holds more than one `@`");
  const colon = name.lastIndexOf(":");
  const hasTag = colon > name.lastIndexOf("/") && colon > 0;
  const tag = hasTag ? name.slice(colon + 1) : undefined;
  if (tag !== undefined && !isOciTag(tag))
    throw refuse(text, input, `has ${JSON.stringify(tag)} where its tag should be`);
  const digest = digests[0] === undefined ? undefined : parseDigest(digests[0], `The digest of input ${input}`);
  return {
    image: normaliseImage(hasTag ? name.slice(0, colon) : name),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

function refuse(text: string, input: string, why: string): InputError {
  const shown = JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}…` : text);
  return new InputError(`Input ${input} is ${shown}, which ${why}: give a reference such as ghcr.io/acme/app:1.2.3.`);
}
