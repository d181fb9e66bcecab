import type { ImageFacts, ImagePlan } from "@longshore/tagging";
import { compareFingerprints } from "../build/fingerprint.ts";
import { isAttestation, type OciIndex, type OciManifest, platformOf } from "./oci-content.ts";

/**
 * Whether an existing image can stand for this build:
 * - `reuse`: the digest of each platform's manifest, and the image's fingerprint, where it has one.
 * - `build`: why not, in a clause; `isOurs` where the tag is of this very revision and so stays with that image.
 * - `differs`: it is an image of this revision that was told something else, by these inputs.
 */
export type Reuse =
  | { readonly verdict: "reuse"; readonly manifests: ReadonlyMap<string, string>; readonly fingerprint?: string }
  | { readonly verdict: "build"; readonly reason: string; readonly isOurs: boolean }
  | { readonly verdict: "differs"; readonly inputs: readonly string[] };

export interface AskedBuild {
  readonly plan: ImagePlan;
  readonly platforms: readonly string[];
  readonly fingerprint: string;
}

/**
 * The image that the primary tag names is reused when it is an index of this very revision and component, built by the same inputs, and
 * holds exactly the platforms asked for. Whether its parts are all there is the registry's to say.
 */
export function judgeReuse(
  content: OciIndex | OciManifest,
  facts: ImageFacts,
  { plan, platforms, fingerprint }: AskedBuild,
): Reuse {
  if (content.type !== "index") return build("it is no index", false);
  if (facts.revision !== plan.revision) return build(`it is of revision ${facts.revision ?? "unknown"}`, false);
  if (facts.component !== plan.component) return build(`it is of component ${JSON.stringify(facts.component)}`, false);
  const inputs = compareFingerprints(facts.fingerprint, fingerprint);
  if (inputs.length > 0) return { verdict: "differs", inputs };
  const images = content.manifests.filter((descriptor) => !isAttestation(descriptor));
  const manifests = new Map(images.map((descriptor) => [platformOf(descriptor) ?? "unknown", descriptor.digest]));
  const same = images.length === platforms.length && platforms.every((platform) => manifests.has(platform));
  return same
    ? { verdict: "reuse", manifests, ...(facts.fingerprint === undefined ? {} : { fingerprint: facts.fingerprint }) }
    : build(`it holds ${[...manifests.keys()].join(", ") || "no platform"}`, true);
}

function build(reason: string, isOurs: boolean): Reuse {
  return { verdict: "build", reason, isOurs };
}
