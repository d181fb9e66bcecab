import { InputError } from "@longshore/language";

/** From the least to the worst, in Trivy's words. */
export const severities = ["UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;

export type Severity = (typeof severities)[number];

/** Negative when `one` is less bad than `other`. */
export function compareSeverity(one: Severity, other: Severity): number {
  return severities.indexOf(one) - severities.indexOf(other);
}

/** A scanner's word in any case; Grype's `Negligible` is LOW, a word that is not known is UNKNOWN. */
export function readSeverity(text: string): Severity {
  const word = text.trim().toUpperCase();
  return severities.find((severity) => severity === word) ?? (word === "NEGLIGIBLE" ? "LOW" : "UNKNOWN");
}

/** Severities between commas or white space, in any case. Throws InputError on an unknown one and on none. */
export function parseSeverities(text: string): readonly Severity[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const found = words.map((word) => {
    const severity = severities.find((name) => name === word.toUpperCase());
    if (severity === undefined) {
      throw new InputError(`Input severities names ${JSON.stringify(word)}: use ${severities.join(", ")}.`);
    }
    return severity;
  });
  if (found.length === 0) {
    throw new InputError("Input severities is empty: name at least one, such as CRITICAL; mode report blocks nothing.");
  }
  return [...new Set(found)];
}
