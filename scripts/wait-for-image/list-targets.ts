import { InputError } from "@longshore/language";
import { platformSlug } from "@longshore/publishing";
import type { ReadImage } from "../lib/registry/read-image.ts";
import { imageSlug } from "../lib/scans/image-slug.ts";
import type { Baseline } from "./find-baseline.ts";
import type { WaitRequest } from "./read-request.ts";

/** One platform's image, for a job of a matrix. */
export interface Target {
  readonly platform: string;
  readonly slug: string;
  /** Of the platform's manifest. */
  readonly digest: string;
  readonly reference: string;
  /** `app-0123456789ab-linux-amd64`: safe in the name of an artifact and unique to image and platform. */
  readonly name: string;
  /**
   * `ghcr.io/acme/app/linux-amd64`, of a variant `ghcr.io/acme/app/linux-amd64/alpine`: the same for every commit, and its own for
   * each variant, which would close each other's alerts.
   */
  readonly category: string;
  /** The same platform of the baseline, by digest; empty where there is none. */
  readonly baseline: string;
}

/** The asked platforms, or all. Throws InputError where one is missing. */
export function listTargets(
  request: WaitRequest,
  { platforms }: ReadImage,
  baseline: Baseline | undefined,
): readonly Target[] {
  const asked = request.platforms.length === 0 ? [...platforms.keys()] : request.platforms;
  const what = `${request.repository}@${request.digest}`;
  if (asked.length === 0) throw new InputError(`Input \`image\` names ${what}, which holds no image of any platform.`);
  if (asked.includes("unknown")) {
    throw new InputError(
      `${what} holds an image of a platform that is not known: name those to scan in the input \`platforms\`.`,
    );
  }
  const variant = request.suffix === "" ? [] : [request.suffix.replace(/^-/, "")];
  return asked.map((platform) => {
    const digest = platforms.get(platform);
    if (digest === undefined) {
      const has = [...platforms.keys()].join(", ");
      throw new InputError(`Input \`platforms\` names ${platform}, which ${what} has not: it has ${has || "none"}.`);
    }
    const slug = platformSlug(platform);
    const before = baseline?.image.platforms.get(platform);
    return {
      ...{
        platform,
        slug,
        digest,
        reference: `${request.repository}@${digest}`,
        name: `${imageSlug(request)}-${slug}`,
      },
      category: [request.repository, slug, ...variant].join("/"),
      baseline: before === undefined ? "" : `${baseline?.repository}@${before}`,
    };
  });
}
