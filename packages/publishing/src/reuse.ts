import { type ImagePlan, readImageFacts } from "@longshore/tagging";
import { isAttestation, type OciIndex, type OciManifest, platformOf } from "./oci-content.ts";

/** Whether an existing image can stand for this build: the digest of each platform's manifest, or why not, in a clause. */
export type Reuse =
  | { readonly reusable: true; readonly manifests: ReadonlyMap<string, string> }
  | { readonly reusable: false; readonly reason: string };

/**
 * The image that the primary tag names is reused when it is an index of this very revision and component and holds exactly the
 * platforms asked for. Whether its parts are all there is the registry's to say.
 */
export function judgeReuse(content: OciIndex | OciManifest, plan: ImagePlan, platforms: readonly string[]): Reuse {
  if (content.type !== "index") return refuse("it is no index");
  const facts = readImageFacts(content.annotations);
  if (facts.revision !== plan.revision) return refuse(`it is of revision ${facts.revision ?? "unknown"}`);
  if (facts.component !== plan.component) return refuse(`it is of component ${JSON.stringify(facts.component)}`);
  const images = content.manifests.filter((descriptor) => !isAttestation(descriptor));
  const manifests = new Map(images.map((descriptor) => [platformOf(descriptor) ?? "unknown", descriptor.digest]));
  const same = images.length === platforms.length && platforms.every((platform) => manifests.has(platform));
  return same ? { reusable: true, manifests } : refuse(`it holds ${[...manifests.keys()].join(", ") || "no platform"}`);
}

function refuse(reason: string): Reuse {
  return { reusable: false, reason };
}
