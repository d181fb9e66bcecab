import type { StandIn } from "../runner/stand-in.ts";

/** sigstore/cosign-installer: the engine's cosign, a real one, is on the PATH already. */
export const cosignInstaller: StandIn = {
  action: "sigstore/cosign-installer",
  inputs: { "cosign-release": "" },
  async run(step) {
    step.print("The engine's cosign is on the PATH.");
    return {};
  },
};
