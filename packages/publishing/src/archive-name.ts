import type { ImagePlan } from "@longshore/tagging";
import { platformSlug } from "./platform.ts";
import type { PlatformSelection } from "./select-platforms.ts";

/** Name of the artifact that holds one job's archives: the same on each attempt, apart from every other job's of the run. */
export function nameArchives(plan: ImagePlan, selection: PlatformSelection): string {
  return `${stem(plan)}-${platformSlug(selection)}`;
}

/** File name of one platform's OCI archive. */
export function nameArchive(plan: ImagePlan, platform: string): string {
  return `${stem(plan)}-${platformSlug(platform)}.oci.tar`;
}

/** Characters that neither file systems nor artifacts (no `" : < > | * ? \ /`) object to. */
function stem({ component, repository, suffix }: ImagePlan): string {
  const name = component || (repository.split("/")[1] ?? "");
  return `image-${name}${suffix}`.replaceAll(/[^A-Za-z0-9._-]+/g, "-");
}
