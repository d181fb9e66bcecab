import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  InputError,
  formatMarkdownTable,
  formatTextTable,
  notice,
  readBoolean,
  readJson,
  runStep,
  writeOutputs,
  writeSummary
} from "./chunk-FGZBZWEO.js";
import {
  escapeMarkdown,
  printText,
  showText
} from "./chunk-MKFSSSBL.js";
import "./chunk-VSKSHHTL.js";

// describe-shipment/list-parts.ts
function listParts(shipment) {
  const { build, asked } = shipment;
  const { delivery = "", digest = "", references = "" } = build.outputs;
  if (build.result !== "success") {
    const smoke2 = asked.smokeTest ? " or its smoke test" : "";
    return [{ part: "image", state: "failed", why: `The build${smoke2} ended as ${build.result}: nothing has a name.` }];
  }
  if (delivery === "none") return [{ part: "image", state: "has-not", why: "This event makes no image." }];
  const smoke = asked.smokeTest ? { part: "smoke test", state: "has", why: "The commands ended well on each platform." } : { part: "smoke test", state: "has-not", why: "The input smoke-test is empty." };
  if (delivery !== "registry") {
    return [
      {
        part: "image",
        state: "has",
        why: "It is kept as an artifact of this run: the registry could not be written to."
      },
      smoke,
      ...["immutable tags", "scan", "SBOM", "signature", "moving tags"].map((part) => {
        return { part, state: "has-not", why: "An archive is in no registry." };
      })
    ];
  }
  return [
    { part: "image", state: "has", why: `${build.outputs.image ?? digest}` },
    {
      part: "immutable tags",
      state: references === "" ? "has-not" : "has",
      why: tagsOf(references) || "None was put."
    },
    smoke,
    scanOf(shipment),
    sbomOf(shipment),
    signatureOf(shipment),
    attestationOf(shipment),
    movingTagsOf(shipment)
  ];
}
function scanOf({ scan, asked }) {
  const part = "scan";
  if (!asked.scan) return { part, state: "has-not", why: "The input scan is false." };
  const { verdict = "", reason = "" } = scan.outputs;
  if (scan.result === "success") {
    return { part, state: "has", why: verdict === "report" ? `Only reported: ${reason}` : reason };
  }
  return { part, state: "failed", why: reason || endedAs("scan", scan) };
}
function sbomOf({ scan, sign, asked }) {
  const part = "SBOM";
  if (!asked.scan) return { part, state: "has-not", why: "The input scan is false." };
  if (!asked.sbom) return { part, state: "has-not", why: "The input scan-sbom is false." };
  if (!scan.outputs.verdict) return { part, state: "failed", why: endedAs("scan", scan) };
  const attested = sign.outputs["sbom-verify-commands"] ? ", attested at GitHub and verified" : "";
  return { part, state: "has", why: `SPDX and CycloneDX of each platform, as artifacts of this run${attested}.` };
}
function signatureOf({ sign, asked }) {
  const part = "signature";
  if (!asked.sign) return { part, state: "has-not", why: "The input sign is false." };
  if (sign.result === "skipped") return { part, state: "has-not", why: "What came before did not pass." };
  const signed = (sign.outputs.signed ?? "").split("\n").filter((line) => line !== "").length;
  if (signed === 0) return { part, state: "failed", why: endedAs("signature", sign) };
  const how = sign.outputs["public-key"] ? "with a key" : "keyless";
  return { part, state: "has", why: `${signed} digests signed ${how} and verified.` };
}
function attestationOf({ sign, asked }) {
  const part = "attestation";
  if (!asked.sign) return { part, state: "has-not", why: "The input sign is false." };
  if (sign.result === "skipped") return { part, state: "has-not", why: "What came before did not pass." };
  if (sign.result !== "success") return { part, state: "failed", why: endedAs("part that signs and attests", sign) };
  return sign.outputs.attested === "true" ? { part, state: "has", why: "Made at GitHub and verified." } : { part, state: "has-not", why: "It was switched off, or GitHub made none: the signing job says which." };
}
function movingTagsOf({ build, scan, sign, promote, asked }) {
  const part = "moving tags";
  if (!(build.outputs.plan ?? "").includes('"mutability":"moving"')) {
    return { part, state: "has-not", why: "This event moves none." };
  }
  if (!asked.promote) return { part, state: "has-not", why: "The input promote is false: they stay where they are." };
  if (promote.result === "success") {
    const tags = tagsOf(promote.outputs.references ?? "");
    return tags === "" ? { part, state: "has-not", why: "None may move: the promotion says why." } : { part, state: "has", why: tags };
  }
  const stopped = [
    asked.scan && scan.result !== "success" && "scan",
    asked.sign && sign.result !== "success" && "signature"
  ].filter((name) => name !== false).slice(0, 1);
  return promote.result === "skipped" ? { part, state: "has-not", why: `They stay where they are: the ${stopped[0] ?? "promotion"} did not pass.` } : { part, state: "failed", why: endedAs("promotion", promote) };
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
  return {
    build: readJob(jobs, "build"),
    scan: readJob(jobs, "scan"),
    sign: readJob(jobs, "sign"),
    promote: readJob(jobs, "promote"),
    asked: {
      smokeTest: readBoolean("smoke-test", false),
      scan: readBoolean("scan", true),
      sbom: readBoolean("sbom", true),
      sign: readBoolean("sign", true),
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
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// describe-shipment/main.ts
var words = { has: "has", "has-not": "has not", failed: "failed" };
await runStep(async () => {
  const parts = listParts(readRequest());
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
  if (missing.length > 0) {
    notice(showText(missing.map(({ part, state, why }) => `${part} ${words[state]}: ${why}`).join(" ")));
  }
});
