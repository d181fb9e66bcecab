import { type ManifestEntry, parseManifestFacts } from "@longshore/cleanup";
import { mapParallel } from "../lib/http/parallel.ts";
import { retry } from "../lib/http/retry.ts";
import { RegistryError } from "../lib/registry/error.ts";
import type { Registry } from "../lib/registry/registry.ts";
import { isTransientError, retryAfterOf } from "../lib/registry/registry.ts";
import type { Timing } from "../lib/step/timing.ts";

export interface ManifestReading {
  readonly registry: Registry;
  readonly timing: Timing;
  readonly onRetry: (sentence: string) => void;
  readonly onRead: () => void;
  /** Is given the bytes of each manifest that makes sense. */
  readonly keep: (digest: string, bytes: Uint8Array) => void;
  readonly beforeRequest?: (() => void) | undefined;
}

/** GHCR takes 44,000 requests a minute; more at once than this gains nothing. */
const together = 50;
const attempts = 5;
const missing = "the registry has none";

/**
 * Reads manifests by digest, many at once. One that is not there, or makes no sense, is an entry that says so; a registry
 * that fails or refuses throws RegistryError, since then nothing is known.
 */
export function readManifests(digests: readonly string[], reading: ManifestReading): Promise<readonly ManifestEntry[]> {
  return mapParallel(digests, together, async (digest) => {
    const entry = await readEntry(digest, reading);
    reading.onRead();
    return entry;
  });
}

/** Of an image's config, which is a few kilobytes. */
const largestConfig = 4 * 1024 * 1024;

/** Reads configs for their labels. One that the registry does not give is an entry that says so: its image stays. */
export function readConfigs(
  digests: readonly string[],
  { registry, beforeRequest, keep }: Pick<ManifestReading, "registry" | "beforeRequest" | "keep">,
): Promise<readonly ManifestEntry[]> {
  return mapParallel(digests, together, async (digest) => {
    beforeRequest?.();
    try {
      const bytes = await registry.getBlob(digest, largestConfig);
      return bytes === undefined ? { digest, unreadable: missing, missing: true } : parseEntry(digest, bytes, keep);
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      return { digest, unreadable: error.message };
    }
  });
}

async function readEntry(digest: string, reading: ManifestReading): Promise<ManifestEntry> {
  const { registry, timing, onRetry } = reading;
  let pause = 500;
  const read = () =>
    retry(
      () => {
        reading.beforeRequest?.();
        return registry.getManifest(digest, { attempts: 1 });
      },
      {
        attempts,
        delay: 0,
        isTransient: isTransientError,
        retryAfter: (error) => {
          pause *= 2;
          return Math.max(pause, retryAfterOf(error) ?? 0);
        },
        onRetry: ({ error, delay }) =>
          onRetry(`${error instanceof Error ? error.message : String(error)} Trying again in ${delay / 1000} s.`),
        sleep: timing.sleep,
      },
    );
  // A listed version that the registry does not know is rare enough to ask twice.
  const manifest = (await read()) ?? (await read());
  if (manifest === undefined) return { digest, unreadable: missing, missing: true };
  return parseEntry(digest, manifest.bytes, reading.keep);
}

function parseEntry(digest: string, bytes: Uint8Array, keep: ManifestReading["keep"]): ManifestEntry {
  try {
    const facts = parseManifestFacts(digest, Buffer.from(bytes).toString());
    keep(digest, bytes);
    return facts;
  } catch (error) {
    return { digest, unreadable: error instanceof Error ? error.message : String(error) };
  }
}
