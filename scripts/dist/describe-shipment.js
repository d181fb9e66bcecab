import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  judgeShipment
} from "./chunk-decide-gate.js";
import {
  formatMarkdownTable,
  formatTextTable,
  writeSummary
} from "./chunk-step-summary.js";
import {
  notice,
  readBoolean,
  readJson,
  runStep,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  escapeMarkdown,
  showText
} from "./chunk-escape.js";
import {
  InputError,
  isRecord
} from "./chunk-image-name.js";
import "./chunk-runtime.js";

// describe-shipment/list-parts.ts
function listParts(shipment) {
  const { build, asked } = shipment;
  const { delivery = "", digest = "" } = build.outputs;
  if (build.result !== "success") {
    const smoke2 = asked.smokeTest ? " or its smoke test" : "";
    return [{ part: "image", state: "failed", why: `The build${smoke2} ended as ${build.result}: nothing has a name.` }];
  }
  if (delivery === "none") return [{ part: "image", state: "has-not", why: "This event makes no image." }];
  const smoke = asked.smokeTest ? { part: "smoke test", state: "has", why: "The commands ended well on each platform." } : { part: "smoke test", state: "has-not", why: "The input smoke-test is empty." };
  if (delivery !== "registry") {
    const why = `${shipment.reason || "The image is kept as an archive."} It is an artifact of this run.`;
    return [
      { part: "image", state: "has", why },
      smoke,
      ...["immutable tags", "scan", "SBOM", "signature", "attestation", "moving tags"].map((part) => {
        return { part, state: "has-not", why: "An archive is in no registry." };
      })
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
    movingTagsOf(shipment)
  ];
}
function explainLostPlan({ build, asked }) {
  const isLost = build.result === "success" && build.outputs.delivery === "registry" && !build.outputs.plan;
  return isLost && asked.promote ? "GitHub has emptied the build's plan because it holds the value of a secret, so no moving tag was put: no secret may be a word that stands in the names of images, tags or branches." : void 0;
}
function immutableTagsOf({ build }) {
  const part = "immutable tags";
  if (!build.outputs.plan) return { part, state: "has", why: "GitHub hides their names: they hold a secret's value." };
  const tags = tagsOf(build.outputs.references ?? "");
  return tags === "" ? { part, state: "has-not", why: "None was put." } : { part, state: "has", why: tags };
}
function scanOf({ scan, asked }) {
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
    why: `The gate stops nothing, but the scan ended as ${scan.result}: its jobs say why.`
  };
}
function sbomOf(shipment) {
  const part = "SBOM";
  const { scan, sign, asked } = shipment;
  if (!asked.scan) return { part, state: "has-not", why: "The input scan is false." };
  if (!asked.sbom) return { part, state: "has-not", why: "The input scan-sbom is false." };
  if (!scan.outputs.verdict) return { part, state: "failed", why: endedAs("scan", scan) };
  if (failedPart(shipment) === "attestation of the SBOMs") {
    return {
      part,
      state: "failed",
      why: `They are artifacts of this run. ${endedAs("attestation of the SBOMs", sign)}`
    };
  }
  const attested = sign.outputs["sbom-verify-commands"] ? "; attested at GitHub, one of each format verified" : "";
  return { part, state: "has", why: `SPDX and CycloneDX of each platform, as artifacts of this run${attested}.` };
}
function signatureOf(shipment) {
  const part = "signature";
  const { sign, asked } = shipment;
  if (!asked.sign) return { part, state: "has-not", why: "The input sign is false." };
  if (sign.result === "skipped") return { part, state: "has-not", why: "What came before did not pass." };
  if (failedPart(shipment) === "signature") return { part, state: "failed", why: endedAs("signature", sign) };
  const unsigned = whyUnsigned(sign);
  if (unsigned !== void 0) return { part, state: "has-not", why: unsigned };
  const how = sign.outputs["public-key"] ? "with a key" : "keyless";
  return { part, state: "has", why: `${countSigned(sign)} digests signed ${how} and verified.` };
}
function attestationOf(shipment) {
  const part = "attestation";
  const { sign, asked } = shipment;
  const failed = failedPart(shipment);
  if (!asked.sign) return { part, state: "has-not", why: "The input sign is false." };
  if (!asked.attestations) return { part, state: "has-not", why: "The input attestations is false." };
  if (sign.result === "skipped" || failed === "signature") {
    return { part, state: "has-not", why: "What came before did not pass." };
  }
  const unsigned = whyUnsigned(sign);
  if (unsigned !== void 0) return { part, state: "has-not", why: unsigned };
  if (failed === "attestation") return { part, state: "failed", why: endedAs("attestation", sign) };
  return sign.outputs.attested === "true" ? { part, state: "has", why: "Made at GitHub and verified." } : {
    part,
    state: "has-not",
    why: "GitHub made none: a private repository has them with GitHub Enterprise Cloud only."
  };
}
function movingTagsOf(shipment) {
  const part = "moving tags";
  const { build, promote, asked } = shipment;
  const lost = explainLostPlan(shipment);
  if (lost !== void 0) return { part, state: "failed", why: lost };
  if (!asked.promote) return { part, state: "has-not", why: "The input promote is false: they stay where they are." };
  if (!movesTags(build)) {
    return { part, state: "has-not", why: "This event moves none." };
  }
  if (promote.result === "success") {
    const tags = tagsOf(promote.outputs.references ?? "");
    return tags === "" ? { part, state: "has-not", why: "None may move: the promotion says why." } : { part, state: "has", why: tags };
  }
  return promote.result === "skipped" ? {
    part,
    state: "has-not",
    why: `They stay where they are: the ${failedPart(shipment) ?? "promotion"} did not pass.`
  } : { part, state: "failed", why: endedAs("promotion", promote) };
}
function movesTags({ outputs }) {
  return (outputs.plan ?? "").includes('"mutability":"moving"');
}
function failedPart({ scan, sign, asked }) {
  if (asked.scan && scan.result !== "success") return "scan";
  if (!asked.sign || sign.result === "success") return void 0;
  if (countSigned(sign) === 0) return "signature";
  return sign.outputs.attested ? "attestation of the SBOMs" : "attestation";
}
function whyUnsigned(sign) {
  if (sign.result !== "success" || countSigned(sign) > 0) return void 0;
  try {
    const { why } = JSON.parse(sign.outputs.result ?? "");
    if (typeof why === "string") return why.replace("`pull-requests`", "`sign-pull-requests`");
  } catch {
  }
  return "The signature's job says why it signed nothing.";
}
function countSigned({ outputs }) {
  return (outputs.signed ?? "").split("\n").filter((line) => line !== "").length;
}
function tagsOf(references) {
  const names = references.split("\n").map((reference) => reference.slice(reference.lastIndexOf(":") + 1));
  return [...new Set(names)].filter((name) => name !== "").join(", ");
}
function endedAs(what, { result }) {
  return `The ${what} ended as ${result}: its job says why.`;
}

// describe-shipment/read-request.ts
function readRequest() {
  const jobs = readJson("jobs");
  const build = readJob(jobs, "build");
  return {
    build,
    scan: readJob(jobs, "scan"),
    sign: readJob(jobs, "sign"),
    promote: readJob(jobs, "promote"),
    reason: readReason(build.outputs.plan ?? ""),
    asked: {
      smokeTest: readBoolean("smoke-test", false),
      scan: readBoolean("scan", true),
      sbom: readBoolean("sbom", true),
      sign: readBoolean("sign", true),
      attestations: readBoolean("attestations", true),
      promote: readBoolean("promote", true)
    }
  };
}
function readJob(jobs, id) {
  const job = isRecord(jobs) ? jobs[id] : void 0;
  const { result, outputs } = isRecord(job) ? job : {};
  if (result !== "success" && result !== "failure" && result !== "cancelled" && result !== "skipped") {
    throw new InputError(`Input \`jobs\` has no result of ${id}: give \`toJSON(needs)\` of ship-image.yml.`);
  }
  const texts = Object.entries(isRecord(outputs) ? outputs : {}).filter(
    (entry) => typeof entry[1] === "string"
  );
  return { result, outputs: Object.fromEntries(texts) };
}
function readReason(plan) {
  try {
    const { reason } = JSON.parse(plan);
    return typeof reason === "string" ? reason : "";
  } catch {
    return "";
  }
}

// describe-shipment/main.ts
var words = { has: "has", "has-not": "has not", failed: "failed" };
await runStep(async () => {
  const shipment = readRequest();
  const parts = listParts(shipment);
  const rows = parts.map(({ part, state, why }) => [part, words[state], why]);
  printText(formatTextTable(rows.map((row) => row.map(showText))));
  writeOutputs({ result: JSON.stringify(parts) });
  writeSummary(
    `### What this image has and has not

${formatMarkdownTable({
      header: ["part", "state", "why"],
      rows: rows.map((row) => row.map(escapeMarkdown))
    })}`
  );
  const missing = parts.filter(({ state }) => state !== "has");
  if (missing.length > 0) notice(showText(missing.map(tell).join(" ")));
  const lost = explainLostPlan(shipment);
  if (lost !== void 0) throw new InputError(lost);
  const reasons = judgeShipment(resultsOf(shipment));
  if (reasons.length > 0) throw new InputError(reasons.join(" "));
});
function resultsOf({ build, scan, sign, promote, asked }) {
  return {
    build: build.result,
    delivery: build.outputs.delivery ?? "",
    moves: movesTags(build),
    parts: {
      scan: { asked: asked.scan, result: scan.result },
      sign: { asked: asked.sign, result: sign.result },
      promote: { asked: asked.promote, result: promote.result }
    }
  };
}
function tell({ part, state, why }) {
  return state === "failed" ? `${part} failed: ${why}` : `no ${part}: ${why}`;
}
