import { isRecord } from "@longshore/language";
import { platformOf } from "./oci-content.ts";

/** What an image's config blob tells (https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md). */
export interface ImageConfig {
  /** Normalised where it is one we know, else `os/architecture`. */
  readonly platform: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Reads the blob; undefined when it is no image's config. */
export function readImageConfig(text: string): ImageConfig | undefined {
  const content = parseRecord(text);
  if (content === undefined) return undefined;
  const { os, architecture, variant, config } = content;
  if (typeof os !== "string" || typeof architecture !== "string") return undefined;
  const platform = { os, architecture, ...(typeof variant === "string" && variant !== "" ? { variant } : {}) };
  const labels = isRecord(config) && isRecord(config.Labels) ? config.Labels : {};
  return {
    platform: platformOf({ mediaType: "", digest: "", size: 0, platform }) ?? `${os}/${architecture}`,
    labels: Object.fromEntries(
      Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    ),
  };
}

function parseRecord(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
