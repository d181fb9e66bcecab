import type { Shipment, ShippedJob } from "./read-request.ts";

/** One thing an image can have. */
export interface Part {
  readonly part:
    | "image"
    | "immutable tags"
    | "smoke test"
    | "scan"
    | "SBOM"
    | "signature"
    | "attestation"
    | "moving tags";
  readonly state: "has" | "has-not" | "failed";
  /** A sentence. */
  readonly why: string;
}

/** What the image has and has not, in the order it comes to it. */
export function listParts(shipment: Shipment): readonly Part[] {
  const { build, asked } = shipment;
  const { delivery = "", digest = "" } = build.outputs;
  if (build.result !== "success") {
    const smoke = asked.smokeTest ? " or its smoke test" : "";
    return [{ part: "image", state: "failed", why: `The build${smoke} ended as ${build.result}: nothing has a name.` }];
  }
  if (delivery === "none") return [{ part: "image", state: "has-not", why: "This event makes no image." }];
  const smoke: Part = asked.smokeTest
    ? { part: "smoke test", state: "has", why: "The commands ended well on each platform." }
    : { part: "smoke test", state: "has-not", why: "The input smoke-test is empty." };
  if (delivery !== "registry") {
    const why = `${shipment.reason || "The image is kept as an archive."} It is an artifact of this run.`;
    return [
      { part: "image", state: "has", why },
      smoke,
      ...(["immutable tags", "scan", "SBOM", "signature", "attestation", "moving tags"] as const).map((part): Part => {
        return { part, state: "has-not", why: "An archive is in no registry." };
      }),
    ];
  }
  return [
    { part: "image", state: "has", why: build.outputs.image || digest },
    immutableTagsOf(shipment),
    smoke,
    scanOf(shipment),
    sbomOf(shipment),
    signatureOf(shipment),
    attestationOf(shipment),
    movingTagsOf(shipment),
  ];
}

/**
 * The sentence that says why no moving tag was put where GitHub has emptied the plan, as it does with every output that holds a
 * secret's value; undefined where the plan is there, or nothing was to move. No job fails by that, so who reads this has to.
 */
export function explainLostPlan({ build, asked }: Shipment): string | undefined {
  const isLost = build.result === "success" && build.outputs.delivery === "registry" && !build.outputs.plan;
  return isLost && asked.promote
    ? "GitHub has emptied the build's plan because it holds the value of a secret, so no moving tag was put: no secret may be a word that stands in the names of images, tags or branches."
    : undefined;
}

function immutableTagsOf({ build }: Shipment): Part {
  const part = "immutable tags";
  if (!build.outputs.plan) return { part, state: "has", why: "GitHub hides their names: they hold a secret's value." };
  const tags = tagsOf(build.outputs.references ?? "");
  return tags === "" ? { part, state: "has-not", why: "None was put." } : { part, state: "has", why: tags };
}

function scanOf({ scan, asked }: Shipment): Part {
  const part = "scan";
  if (!asked.scan) return { part, state: "has-not", why: "The input scan is false." };
  const { verdict = "", reason = "" } = scan.outputs;
  if (scan.result === "success") {
    return { part, state: "has", why: verdict === "report" ? `Only reported: ${reason}` : reason };
  }
  if (verdict === "" || verdict === "block") return { part, state: "failed", why: reason || endedAs("scan", scan) };
  return {
    part,
    state: "failed",
    why: `The gate stops nothing, but the scan ended as ${scan.result}: its jobs say why.`,
  };
}

/** The scanners write SBOMs before the gate decides, so an image that it stops has them too. */
function sbomOf(shipment: Shipment): Part {
  const part = "SBOM";
  const { scan, sign, asked } = shipment;
  if (!asked.scan) return { part, state: "has-not", why: "The input scan is false." };
  if (!asked.sbom) return { part, state: "has-not", why: "The input scan-sbom is false." };
  if (!scan.outputs.verdict) return { part, state: "failed", why: endedAs("scan", scan) };
  if (failedPart(shipment) === "attestation of the SBOMs") {
    return {
      part,
      state: "failed",
      why: `They are artifacts of this run. ${endedAs("attestation of the SBOMs", sign)}`,
    };
  }
  const attested = sign.outputs["sbom-verify-commands"] ? "; attested at GitHub, one of each format verified" : "";
  return { part, state: "has", why: `SPDX and CycloneDX of each platform, as artifacts of this run${attested}.` };
}

function signatureOf(shipment: Shipment): Part {
  const part = "signature";
  const { sign, asked } = shipment;
  if (!asked.sign) return { part, state: "has-not", why: "The input sign is false." };
  if (sign.result === "skipped") return { part, state: "has-not", why: "What came before did not pass." };
  if (failedPart(shipment) === "signature") return { part, state: "failed", why: endedAs("signature", sign) };
  const unsigned = whyUnsigned(sign);
  if (unsigned !== undefined) return { part, state: "has-not", why: unsigned };
  const how = sign.outputs["public-key"] ? "with a key" : "keyless";
  return { part, state: "has", why: `${countSigned(sign)} digests signed ${how} and verified.` };
}

function attestationOf(shipment: Shipment): Part {
  const part = "attestation";
  const { sign, asked } = shipment;
  const failed = failedPart(shipment);
  if (!asked.sign) return { part, state: "has-not", why: "The input sign is false." };
  if (!asked.attestations) return { part, state: "has-not", why: "The input attestations is false." };
  if (sign.result === "skipped" || failed === "signature") {
    return { part, state: "has-not", why: "What came before did not pass." };
  }
  const unsigned = whyUnsigned(sign);
  if (unsigned !== undefined) return { part, state: "has-not", why: unsigned };
  if (failed === "attestation") return { part, state: "failed", why: endedAs("attestation", sign) };
  return sign.outputs.attested === "true"
    ? { part, state: "has", why: "Made at GitHub and verified." }
    : {
        part,
        state: "has-not",
        why: "GitHub made none: a private repository has them with GitHub Enterprise Cloud only.",
      };
}

function movingTagsOf(shipment: Shipment): Part {
  const part = "moving tags";
  const { build, promote, asked } = shipment;
  const lost = explainLostPlan(shipment);
  if (lost !== undefined) return { part, state: "failed", why: lost };
  if (!asked.promote) return { part, state: "has-not", why: "The input promote is false: they stay where they are." };
  if (!movesTags(build)) {
    return { part, state: "has-not", why: "This event moves none." };
  }
  if (promote.result === "success") {
    const tags = tagsOf(promote.outputs.references ?? "");
    return tags === ""
      ? { part, state: "has-not", why: "None may move: the promotion says why." }
      : { part, state: "has", why: tags };
  }
  return promote.result === "skipped"
    ? {
        part,
        state: "has-not",
        why: `They stay where they are: the ${failedPart(shipment) ?? "promotion"} did not pass.`,
      }
    : { part, state: "failed", why: endedAs("promotion", promote) };
}

/** Whether the event has a moving tag to put, as its plan says. */
export function movesTags({ outputs }: ShippedJob): boolean {
  return (outputs.plan ?? "").includes('"mutability":"moving"');
}

/** The first part between build and promotion that was asked for and did not pass. */
function failedPart({ scan, sign, asked }: Shipment): string | undefined {
  if (asked.scan && scan.result !== "success") return "scan";
  if (!asked.sign || sign.result === "success") return undefined;
  // sign-image.yml signs, then attests where the image was built, then the SBOMs in jobs of their own; each says what it has done.
  if (countSigned(sign) === 0) return "signature";
  return sign.outputs.attested ? "attestation of the SBOMs" : "attestation";
}

/** The sentence of a sign job that ended well and was not to sign this event's image; undefined where it has signed. */
function whyUnsigned(sign: ShippedJob): string | undefined {
  if (sign.result !== "success" || countSigned(sign) > 0) return undefined;
  try {
    const { why } = JSON.parse(sign.outputs.result ?? "") as { readonly why?: unknown };
    if (typeof why === "string") return why.replace("`pull-requests`", "`sign-pull-requests`");
  } catch {
    // GitHub empties an output that holds a secret's value
  }
  return "The signature's job says why it signed nothing.";
}

function countSigned({ outputs }: ShippedJob): number {
  return (outputs.signed ?? "").split("\n").filter((line) => line !== "").length;
}

function tagsOf(references: string): string {
  const names = references.split("\n").map((reference) => reference.slice(reference.lastIndexOf(":") + 1));
  return [...new Set(names)].filter((name) => name !== "").join(", ");
}

function endedAs(what: string, { result }: ShippedJob): string {
  return `The ${what} ended as ${result}: its job says why.`;
}
