import { InputError, isRecord } from "@longshore/language";
import { readBoolean, readJson } from "../lib/step/inputs.ts";

export interface ShippedJob {
  readonly result: "success" | "failure" | "cancelled" | "skipped";
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Shipment {
  readonly build: ShippedJob;
  readonly scan: ShippedJob;
  readonly sign: ShippedJob;
  readonly promote: ShippedJob;
  /** Why the build delivers as it does, a sentence of its plan; empty where there is no plan. */
  readonly reason: string;
  /** What the caller asked for. */
  readonly asked: Readonly<Record<"smokeTest" | "scan" | "sbom" | "sign" | "attestations" | "promote", boolean>>;
}

/** Reads the inputs; throws InputError. */
export function readRequest(): Shipment {
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
      promote: readBoolean("promote", true),
    },
  };
}

function readJob(jobs: unknown, id: string): ShippedJob {
  const job = isRecord(jobs) ? jobs[id] : undefined;
  const { result, outputs } = isRecord(job) ? job : {};
  if (result !== "success" && result !== "failure" && result !== "cancelled" && result !== "skipped") {
    throw new InputError(`Input \`jobs\` has no result of ${id}: give \`toJSON(needs)\` of ship-image.yml.`);
  }
  const texts = Object.entries(isRecord(outputs) ? outputs : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { result, outputs: Object.fromEntries(texts) };
}

function readReason(plan: string): string {
  try {
    const { reason } = JSON.parse(plan) as { readonly reason?: unknown };
    return typeof reason === "string" ? reason : "";
  } catch {
    return ""; // GitHub empties an output that holds a secret's value
  }
}
