import { createHash } from "node:crypto";
import * as core from "@actions/core";
import { InputError } from "@longshore/language";
import { fingerprintBuild } from "@longshore/publishing";
import { printText } from "../lib/step/print-text.ts";
import type { BuildPlace } from "./build-place.ts";
import type { Finished } from "./find-reusable.ts";
import type { StepRequest } from "./read-request.ts";

/** Docker's media types have no place for what was asked for by name. */
export function warnOfMissingAttestations({ dockerMediaTypes, sbom, provenance }: StepRequest): void {
  if (!dockerMediaTypes) return;
  const asked = [...(sbom ? ["sbom"] : []), ...(["max", "min"].includes(provenance) ? ["provenance"] : [])];
  if (asked.length === 0) return;
  core.warning(
    `${asked.map((input) => `\`${input}\``).join(" and ")} cannot be attached with \`docker-media-types\`: leave that out where the registry takes OCI indexes, or attest the image by sign-image.yml.`,
  );
}

/** The fingerprint of what this build is told. */
export function fingerprintOf(request: StepRequest, { told, dockerfileText }: BuildPlace): string {
  return fingerprintBuild(
    {
      ...request,
      ...{ ...told, dockerfileText },
      secretIds: request.secrets.map(({ id }) => id),
      hasSshKey: request.sshKey !== "",
    },
    (text) => createHash("sha256").update(text).digest("hex"),
  );
}

/** An immutable tag keeps its image. Throws InputError where that is not the one asked for, unless it is to be built beside it. */
export function tellWhyBuilt({ plan, reuse }: StepRequest, finished: Finished): void {
  const name = `${plan.images[0]}:${plan.primaryTag}`;
  if (finished.type === "differs") {
    const inputs = finished.inputs.map((input) => `\`${input}\``).join(", ");
    const what = `${name} is an image of this commit that was built otherwise: ${inputs} ${finished.inputs.length === 1 ? "differs" : "differ"}`;
    if (!reuse) {
      core.warning(
        `${what}. This tag keeps that image; only moving tags name what is built now. Give it an image name or a suffix of its own to have both by name.`,
      );
      return;
    }
    throw new InputError(
      `${what}, and the tag never changes. Give this build an image name or a \`suffix\` of its own, name build arguments and labels that differ from run to run in \`volatile\`, or set \`reuse: false\` (a rebuild) to build it beside that image.`,
    );
  }
  if (finished.type === "finished") return;
  const { keeps } = finished;
  if (keeps !== undefined && keeps !== "other") {
    core.warning(
      `${finished.sentence} The image is built, but this tag never changes and keeps naming a broken one: delete version ${keeps.broken} of the package, then run this workflow again.`,
    );
    return;
  }
  if (!reuse) return;
  if (keeps === "other") {
    core.warning(
      `${finished.sentence} The image is built, but this tag keeps what it names: give images of other platforms a \`suffix\` of their own.`,
    );
  } else printText(finished.sentence);
}
