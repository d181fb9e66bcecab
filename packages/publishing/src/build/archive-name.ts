import type { ImagePlan } from "@longshore/tagging";
import { nameHash } from "./name-hash.ts";
import { platformSlug } from "./platform.ts";
import type { PlatformSelection } from "./select-platforms.ts";

/** Characters of the part of a name that people read. */
const readable = 80;

/**
 * Name of the artifact that holds one job's archives, apart from every other job's and image's of the run. The name of an upload that
 * failed stays taken for the whole run, so each attempt has its own.
 */
export function nameArchives(plan: ImagePlan, selection: PlatformSelection, attempt: number): string {
  return `${stem(plan)}-${platformSlug(selection)}-${attempt}`;
}

/** File name of one platform's OCI archive. */
export function nameArchive(plan: ImagePlan, platform: string, attempt: number): string {
  return `${stem(plan)}-${platformSlug(platform)}-${attempt}${archiveEnding}`;
}

export const archiveEnding = ".oci.tar";

/** The attempt that a file name tells; 0 where it tells none. */
export function attemptOfArchive(fileName: string): number {
  return Number(/-([1-9][0-9]{0,5})\.oci\.tar$/.exec(fileName)?.[1] ?? 0);
}

/**
 * Characters that neither file systems nor artifacts (no `" : < > | * ? \ /`) object to. Those that get lost, and what is cut, could
 * make two images one; the hash keeps them apart.
 */
function stem({ images: [image = ""], component, suffix }: ImagePlan): string {
  const path = image.split("/").slice(1);
  const name = path.length > 1 ? path.slice(1) : path;
  const text = [...name, ...(component === "" ? [] : [component])].join("-") + suffix;
  return `image-${text.replaceAll(/[^A-Za-z0-9._-]+/g, "-").slice(0, readable)}-${nameHash([image, component, suffix].join("\n"))}`;
}
