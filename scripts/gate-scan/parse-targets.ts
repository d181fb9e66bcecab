import type { ScanTarget } from "@longshore/guard";
import { InputError } from "@longshore/language";
import { isDigest, parsePlatform } from "@longshore/publishing";
import { quoteValue } from "../lib/step/escape.ts";

export interface GateTarget extends ScanTarget {
  /** Digest of the same platform's manifest in the image to compare with. */
  readonly baseline?: string;
}

/** Reads the `targets` output of wait-for-image. Throws InputError. */
export function parseTargets(text: string): readonly GateTarget[] {
  const list = parseList(text);
  if (list.length === 0) throw new InputError("Input `targets` is an empty list: give the output of wait-for-image.");
  return list.map((item) => {
    const { platform, digest, baseline = "" } = (item ?? {}) as Readonly<Record<string, unknown>>;
    if (
      typeof platform !== "string" ||
      typeof digest !== "string" ||
      !isDigest(digest) ||
      typeof baseline !== "string"
    ) {
      throw new InputError(
        "Input `targets` holds an item without `platform` or `digest`: give the output of wait-for-image.",
      );
    }
    const before = baseline.slice(baseline.indexOf("@") + 1);
    return { platform: parsePlatform(platform), digest, ...(isDigest(before) ? { baseline: before } : {}) };
  });
}

function parseList(text: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list;
  } catch {
    // said below
  }
  throw new InputError(`Input \`targets\` is no JSON list: it starts ${quoteValue(text, 40)}.`);
}
