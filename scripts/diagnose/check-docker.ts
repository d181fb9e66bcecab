import { runProgram } from "../lib/programs/run-program.ts";
import { showText } from "../lib/step/escape.ts";
import { type Finding, ok, warn } from "./finding.ts";

/** Whether this machine can build: Docker, buildx, and a builder that pushes by digest. */
export async function checkDocker(): Promise<readonly Finding[]> {
  const engine = await runProgram("docker", ["version", "--format", "{{.Server.Version}}"]);
  if (engine.exitCode !== 0) {
    const why = engine.exitCode === 127 ? "There is no docker here" : "No Docker engine answers here";
    return [warn("docker", `${why}: nothing can be built.`, "Build on a runner with Docker, such as ubuntu-24.04.")];
  }
  const found = ok("docker", `Docker ${showText(engine.stdout.trim())} answers.`);
  const inspected = await runProgram("docker", ["buildx", "inspect"]);
  if (inspected.exitCode !== 0) {
    const fix = "Install buildx: on a runner by docker/setup-buildx-action, which Longshore's workflows do themselves.";
    return [found, warn("buildx", "There is no buildx, or it has no builder.", fix)];
  }
  const driver = showText(/^Driver:\s+(\S+)/mu.exec(inspected.stdout)?.[1] ?? "unknown");
  if (driver !== "docker") return [found, ok("buildx", `The builder has the driver ${driver}.`)];
  const fix =
    "That driver cannot push by digest: use docker/setup-buildx-action, or `docker buildx create --use`. Longshore's workflows do it themselves.";
  return [found, warn("buildx", "The builder has the driver docker.", fix)];
}
