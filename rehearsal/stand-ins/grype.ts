import { StepFailure } from "../runner/refusal.ts";
import type { StandIn } from "../runner/stand-in.ts";

/** anchore/scan-action: no story asks for the second scanner, so nothing of it is recorded. */
export const grype: StandIn = {
  action: "anchore/scan-action",
  inputs: { image: "", "fail-build": "true", "output-format": "sarif", "output-file": "" },
  async run() {
    throw new StepFailure("The rehearsal has no recorded report of Grype.");
  },
};
