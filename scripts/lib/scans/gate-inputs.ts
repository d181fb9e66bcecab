import { parseSeverities, type Scanner, type Severity } from "@longshore/guard";
import { InputError } from "@longshore/language";
import { quoteValue } from "../step/escape.ts";
import { readChoice, readList, readText } from "../step/inputs.ts";

/** What a gate is told by inputs of these names, in each step that has them: what scans is known before anything is scanned. */
export interface GateInputs {
  /** At least one, each once. */
  readonly scanners: readonly Scanner[];
  readonly mode: "auto" | "block" | "report";
  /** At least one, each once. */
  readonly severities: readonly Severity[];
  /** What a system that gets no security updates any more does. */
  readonly endOfLife: "warn" | "block";
  /** What an image does in which no scanner recognised anything. */
  readonly unrecognised: "warn" | "block";
}

/** Throws InputError at the first that is wrong. */
export function readGateInputs(): GateInputs {
  return {
    scanners: readScanners(),
    mode: readChoice("mode", ["auto", "block", "report"], "auto"),
    severities: parseSeverities(readText("severities", "CRITICAL,HIGH")),
    endOfLife: readChoice("end-of-life", ["warn", "block"], "warn"),
    unrecognised: readChoice("unrecognised", ["warn", "block"], "warn"),
  };
}

function readScanners(): readonly Scanner[] {
  const names = readList("scanners");
  const known = names.map((name) => {
    if (name === "trivy" || name === "grype") return name;
    throw new InputError(`Input \`scanners\` names ${quoteValue(name)}: use \`trivy\`, \`grype\` or both.`);
  });
  const twice = known.find((name, at) => known.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new InputError(`Input \`scanners\` names \`${twice}\` twice: a second opinion is another scanner's.`);
  }
  return known.length === 0 ? ["trivy"] : known;
}
