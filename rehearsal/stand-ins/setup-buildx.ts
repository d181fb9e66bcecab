import type { StandIn } from "../runner/stand-in.ts";

/** docker/setup-buildx-action: the engine's builder is there already, and `BUILDX_BUILDER` names it. */
export function setupBuildx(builder: string): StandIn {
  return {
    action: "docker/setup-buildx-action",
    inputs: { "cache-binary": "true", cleanup: "true", install: "false", version: "" },
    async run(step) {
      step.print(`The builder is ${builder}, the engine's own.`);
      return { outputs: { name: builder } };
    },
  };
}
