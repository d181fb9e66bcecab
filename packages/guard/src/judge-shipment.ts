/** How a job of a run ended, in GitHub's words. */
export type JobResult = "success" | "failure" | "cancelled" | "skipped";

/** What a shipment is judged by: its build, and the parts behind it that were asked for. */
export interface ShipmentResults {
  readonly build: JobResult;
  /** What the build says it delivered; empty where it said nothing */
  readonly delivery: string;
  /** Whether the event had a moving tag to put */
  readonly moves: boolean;
  readonly parts: Readonly<
    Record<"scan" | "sign" | "promote", { readonly asked: boolean; readonly result: JobResult }>
  >;
}

/**
 * Why a shipment did not do what was asked of it, a sentence each; none: it did. An image that is kept as an archive (a fork's pull
 * request cannot push) and an event that makes none have nothing to scan, sign or name. Whatever else was asked for and did not end well
 * counts, skipped or cancelled as well: its result may be required for a merge.
 */
export function judgeShipment({ build, delivery, moves, parts }: ShipmentResults): readonly string[] {
  if (build !== "success") return [`The build ended as ${build}.`];
  if (delivery === "artifact" || delivery === "none") return [];
  if (delivery !== "registry") {
    return [
      "The build ended well and does not say what it delivered: GitHub drops an output that holds a line of a secret.",
    ];
  }
  return (["scan", "sign", "promote"] as const).flatMap((part) => {
    const { asked, result } = parts[part];
    const isOwed = asked && (part !== "promote" || moves);
    return isOwed && result !== "success" ? [`The part ${part} was asked for and ended as ${result}.`] : [];
  });
}
