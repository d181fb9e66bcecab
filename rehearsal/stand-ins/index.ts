import type { StandIn } from "../runner/stand-in.ts";
import { attest } from "./attest.ts";
import { cache } from "./cache.ts";
import { checkout } from "./checkout.ts";
import { cosignInstaller } from "./cosign-installer.ts";
import { downloadArtifact } from "./download-artifact.ts";
import { grype } from "./grype.ts";
import type { RecordedVulnerability } from "./recorded-reports.ts";
import { setupBuildx } from "./setup-buildx.ts";
import { setupQemu } from "./setup-qemu.ts";
import { trivy } from "./trivy.ts";
import { uploadArtifact } from "./upload-artifact.ts";
import { uploadSarif } from "./upload-sarif.ts";

export interface StandInOptions {
  /** Folders of git repositories by `owner/name`. */
  readonly repositories: Readonly<Record<string, string>>;
  /** The builder of the engine at hand. */
  readonly builder: string;
  /** Where caches are kept from run to run. */
  readonly caches: string;
  /** Folder of a run's artifacts. */
  readonly artifactsOf: (runId: string) => string | undefined;
  /** What the scanner is to find. */
  readonly scannerFinds: () => readonly RecordedVulnerability[];
}

/** Every foreign action the rehearsal can play. */
export function standIns(options: StandInOptions): readonly StandIn[] {
  return [
    checkout(options.repositories),
    setupBuildx(options.builder),
    setupQemu,
    uploadArtifact,
    downloadArtifact(options.artifactsOf),
    cache(options.caches),
    trivy(options.scannerFinds),
    grype,
    uploadSarif,
    cosignInstaller,
    attest,
  ];
}
