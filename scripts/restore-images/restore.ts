import { createPacing } from "../lib/github/pacing.ts";
import { openPackage, readOwnerKind } from "../lib/github/packages-api.ts";
import { connectRest } from "../lib/github/rest.ts";
import { openRegistry } from "../lib/registry/registry.ts";
import { createProgress } from "../lib/step/progress.ts";
import type { Timing } from "../lib/step/timing.ts";
import { checkRun } from "./check-run.ts";
import { type PackageRestoration, restorePackage } from "./restore-package.ts";
import type { RestoreSettings } from "./restore-settings.ts";

export interface RestorePorts {
  readonly timing: Timing;
  readonly print: (line: string) => void;
  readonly warn: (sentence: string) => void;
}

/** Restores the packages one after the other. Throws GitHubError and LimitReached; running it again goes on. */
export async function restore(settings: RestoreSettings, ports: RestorePorts): Promise<readonly PackageRestoration[]> {
  const { timing, print, warn } = ports;
  const pacing = createPacing({
    timing,
    deletesPerMinute: settings.changesPerMinute,
    longestWait: settings.longestWait,
    onWait: warn,
  });
  const rest = connectRest({ url: settings.apiUrl, token: settings.token, pacing, timing, onRetry: print });
  if (settings.run !== undefined) {
    const reader = connectRest({ url: settings.apiUrl, token: settings.runToken, pacing, timing, onRetry: print });
    await checkRun(reader, settings.run);
  }
  const kind = await readOwnerKind(rest, settings.owner);
  const results: PackageRestoration[] = [];
  for (const lost of settings.packages) {
    const registry = openRegistry(`${settings.registry}/${settings.owner}/${lost.name}`.toLowerCase(), {
      credentials: async () =>
        settings.token === "" ? undefined : { kind: "password", username: "longshore", password: settings.token },
      attempts: 5,
      delay: 1000,
      onRetry: print,
    });
    const api = openPackage(rest, kind, settings.owner, lost.name);
    const progress = createProgress(print, timing.now);
    results.push(
      await restorePackage({ api, registry, progress, print, wanted: settings.wanted, dryRun: settings.dryRun }, lost),
    );
  }
  return results;
}
