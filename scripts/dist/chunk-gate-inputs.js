import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  parseSeverities
} from "./chunk-decide-gate.js";
import {
  readChoice,
  readList,
  readText
} from "./chunk-actions-core-summary.js";
import {
  quoteValue
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";

// lib/scans/gate-inputs.ts
function readGateInputs() {
  return {
    scanners: readScanners(),
    mode: readChoice("mode", ["auto", "block", "report"], "auto"),
    severities: parseSeverities(readText("severities", "CRITICAL,HIGH")),
    endOfLife: readChoice("end-of-life", ["warn", "block"], "warn"),
    unrecognised: readChoice("unrecognised", ["warn", "block"], "warn")
  };
}
function readScanners() {
  const names = readList("scanners");
  const known = names.map((name) => {
    if (name === "trivy" || name === "grype") return name;
    throw new InputError(`Input \`scanners\` names ${quoteValue(name)}: use \`trivy\`, \`grype\` or both.`);
  });
  const twice = known.find((name, at) => known.indexOf(name) !== at);
  if (twice !== void 0) {
    throw new InputError(`Input \`scanners\` names \`${twice}\` twice: a second opinion is another scanner's.`);
  }
  return known.length === 0 ? ["trivy"] : known;
}

export {
  readGateInputs
};
