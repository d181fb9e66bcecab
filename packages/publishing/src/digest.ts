import { InputError } from "@longshore/language";

/** `sha256:` and 64 lower-case hex digits: the one algorithm registries agree on (OCI image-spec, descriptor.md). */
const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** Returns the digest, or throws InputError; `what` names where it came from, such as "digest of linux/arm64". */
export function parseDigest(text: string, what: string): string {
  if (isDigest(text)) return text;
  throw new InputError(
    `${what} is ${JSON.stringify(text)}, not a digest: expected sha256: and 64 lower-case hex digits.`,
  );
}
