/** What a command finds in its environment, beside Docker's own DOCKER_HOST, DOCKER_CONFIG and BUILDX_BUILDER. */
export interface EngineEnvironment {
  readonly LONGSHORE_ENGINE: "host" | "private";
  /** One line for people. */
  readonly LONGSHORE_ENGINE_DESCRIPTION: string;
  /** The platform that runs through emulation, or nothing if both run natively. */
  readonly LONGSHORE_EMULATED: string;
  /** The folder with `usr/bin/…` of a private engine's packages; empty on a host engine. */
  readonly LONGSHORE_TOOLS: string;
}
