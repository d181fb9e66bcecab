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
  const { delivery = "", digest = "", references = "" } = build.outputs;
  if (build.result !== "success") {
    const smoke = asked.smokeTest ? " or its smoke test" : "";
    return [{ part: "image", state: "failed", why: `The build${smoke} ended as ${build.result}: nothing has a name.` }];
  }
  if (delivery === "none") return [{ part: "image", state: "has-not", why: "This event makes no image." }];
  const smoke: Part = asked.smokeTest
    ? { part: "smoke test", state: "has", why: "The commands ended well on each platform." }
    : { part: "smoke test", state: "has-not", why: "The input smoke-test is empty." };
  if (delivery !== "registry") {
    return [
      {
        part: "image",
        state: "has",
        why: "It is kept as an artifact of this run: the registry could not be written to.",
      },
      smoke,
      ...(["immutable tags", "scan", "SBOM", "signature", "moving tags"] as const).map((part): Part => {
        return { part, state: "has-not", why: "An archive is in no registry." };
      }),
    ];
  }
  return [
    { part: "image", state: "has", why: `${build.outputs.image ?? digest}` },
    {
      part: "immutable tags",
      state: references === "" ? "has-not" : "has",
      why: tagsOf(references) || "None was put.",
    },
    smoke,
    scanOf(shipment),
    sbomOf(shipment),
    signatureOf(shipment),
    attestationOf(shipment),
    movingTagsOf(shipment),
  ];
}

function scanOf({ scan, asked }: Shipment): Part {
  const part = "scan";
  if (!asked.scan) return { part, state: "has-not", why: "The input scan is false." };
  const { verdict = "", reason = "" } = scan.outputs;
  if (scan.result === "success") {
    return { part, state: "has", why: verdict === "report" ? `Only reported: ${reason}` : reason };
  }
  return { part, state: "failed", why: reason || endedAs("scan", scan) };
}

/** The scanners write SBOMs before the gate decides, so an image that it stops has them too. */
function sbomOf({ scan, sign, asked }: Shipment): Part {
  const part = "SBOM";
  if (!asked.scan) return { part, state: "has-not", why: "The input scan is false." };
  if (!asked.sbom) return { part, state: "has-not", why: "The input scan-sbom is false." };
  if (!scan.outputs.verdict) return { part, state: "failed", why: endedAs("scan", scan) };
  const attested = sign.outputs["sbom-verify-commands"] ? ", attested at GitHub and verified" : "";
  return { part, state: "has", why: `SPDX and CycloneDX of each platform, as artifacts of this run${attested}.` };
}

function signatureOf({ sign, asked }: Shipment): Part {
  const part = "signature";
  if (!asked.sign) return { part, state: "has-not", why: "The input sign is false." };
  if (sign.result === "skipped") return { part, state: "has-not", why: "What came before did not pass." };
  // The SBOMs are attested after the signature, in jobs of their own: one of them may have failed.
  const signed = (sign.outputs.signed ?? "").split("\n").filter((line) => line !== "").length;
  if (signed === 0) return { part, state: "failed", why: endedAs("signature", sign) };
  const how = sign.outputs["public-key"] ? "with a key" : "keyless";
  return { part, state: "has", why: `${signed} digests signed ${how} and verified.` };
}

function attestationOf({ sign, asked }: Shipment): Part {
  const part = "attestation";
  if (!asked.sign) return { part, state: "has-not", why: "The input sign is false." };
  if (sign.result === "skipped") return { part, state: "has-not", why: "What came before did not pass." };
  if (sign.result !== "success") return { part, state: "failed", why: endedAs("part that signs and attests", sign) };
  return sign.outputs.attested === "true"
    ? { part, state: "has", why: "Made at GitHub and verified." }
    : { part, state: "has-not", why: "It was switched off, or GitHub made none: the signing job says which." };
}

function movingTagsOf({ build, scan, sign, promote, asked }: Shipment): Part {
  const part = "moving tags";
  if (!(build.outputs.plan ?? "").includes('"mutability":"moving"')) {
    return { part, state: "has-not", why: "This event moves none." };
  }
  if (!asked.promote) return { part, state: "has-not", why: "The input promote is false: they stay where they are." };
  if (promote.result === "success") {
    const tags = tagsOf(promote.outputs.references ?? "");
    return tags === ""
      ? { part, state: "has-not", why: "None may move: the promotion says why." }
      : { part, state: "has", why: tags };
  }
  const stopped = [
    asked.scan && scan.result !== "success" && "scan",
    asked.sign && sign.result !== "success" && "signature",
  ]
    .filter((name) => name !== false)
    .slice(0, 1);
  return promote.result === "skipped"
    ? { part, state: "has-not", why: `They stay where they are: the ${stopped[0] ?? "promotion"} did not pass.` }
    : { part, state: "failed", why: endedAs("promotion", promote) };
}

function tagsOf(references: string): string {
  const names = references.split("\n").map((reference) => reference.slice(reference.lastIndexOf(":") + 1));
  return [...new Set(names)].filter((name) => name !== "").join(", ");
}

function endedAs(what: string, { result }: ShippedJob): string {
  return `The ${what} ended as ${result}: its job says why.`;
}
