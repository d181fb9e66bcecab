import { platformSlug } from "@longshore/publishing";
import type { HealthReport } from "../lib/scans/health-report.ts";
import { imageSlug } from "../lib/scans/image-slug.ts";

/** One platform's image to be scanned, for a job of a matrix. */
interface ScanTarget {
  readonly platform: string;
  readonly slug: string;
  /** Of the platform's manifest */
  readonly digest: string;
  /** `ghcr.io/acme/app@sha256:…` */
  readonly reference: string;
  /** `app-0123456789ab-linux-amd64`: safe in the name of an artifact */
  readonly name: string;
}

/** Every platform that the tags reach, each manifest once: from the first repository that holds it. */
export function listScanTargets({ images }: HealthReport): readonly ScanTarget[] {
  const targets = images.flatMap(({ image, tags }) =>
    tags.flatMap(({ manifests }) =>
      Object.entries(manifests).map(([platform, digest]) => {
        const slug = platformSlug(platform);
        return {
          ...{ platform, slug, digest, reference: `${image}@${digest}` },
          name: `${imageSlug({ repository: image, digest })}-${slug}`,
        };
      }),
    ),
  );
  const seen = new Set<string>();
  return targets.filter(({ digest }) => !seen.has(digest) && seen.add(digest));
}
