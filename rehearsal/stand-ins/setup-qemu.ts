import type { StandIn } from "../runner/stand-in.ts";

/** docker/setup-qemu-action: the engine has its emulators already. */
export const setupQemu: StandIn = {
  action: "docker/setup-qemu-action",
  inputs: { platforms: "all", image: "", "cache-image": "true" },
  async run(step) {
    step.print("The engine's emulators are in place.");
    return {};
  },
};
