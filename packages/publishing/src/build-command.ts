import type { ImagePlan } from "@longshore/tagging";
import type { BuildSecret } from "./build-inputs.ts";
import type { CachePlan } from "./cache.ts";
import { formatCsv } from "./csv.ts";

export type Provenance = "min" | "max" | "false";

export interface BuildRequest {
  readonly plan: ImagePlan;
  readonly platform: string;
  /** Absolute paths. */
  readonly context: string;
  readonly dockerfile: string;
  readonly metadataFile: string;
  /** Path of an OCI archive to write instead of pushing. */
  readonly archive?: string;
  readonly sshKeyFile?: string;
  readonly target: string;
  readonly buildArgs: readonly string[];
  readonly buildContexts: readonly string[];
  readonly labels: readonly string[];
  readonly secrets: readonly BuildSecret[];
  readonly noCache: boolean;
  readonly pull: boolean;
  readonly provenance: Provenance;
  readonly sbom: boolean;
  readonly dockerMediaTypes: boolean;
  readonly cache: CachePlan;
  /** Seconds since 1970 of the commit, so that building it again gives the same image. */
  readonly sourceDateEpoch?: number;
}

export interface BuildCommand {
  /** Arguments of `docker`. No secret is among them. */
  readonly args: readonly string[];
  /** What the command needs in its environment besides the usual. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The command that builds one platform. Every value is an argument of its own that follows its flag, or is joined to it, so
 * that a value which starts with `-` or holds a line break stays a value.
 */
export function planBuildCommand(request: BuildRequest): BuildCommand {
  const { plan, secrets, cache } = request;
  const labels = [...Object.entries(plan.labels).map(([key, value]) => `${key}=${value}`), ...request.labels];
  const args = [
    ...["buildx", "build", "--progress=plain", `--platform=${request.platform}`],
    `--file=${request.dockerfile}`,
    `--metadata-file=${request.metadataFile}`,
    `--output=${formatOutput(request)}`,
    ...attestations(request),
    ...(request.target === "" ? [] : [`--target=${request.target}`]),
    ...request.buildArgs.flatMap((value) => ["--build-arg", value]),
    ...request.buildContexts.flatMap((value) => ["--build-context", value]),
    ...labels.flatMap((value) => ["--label", value]),
    ...secrets.flatMap(({ id }, index) => ["--secret", formatCsv([["id", id], ["env", secretVariable(index)]])]), // biome-ignore format: one flag a line
    ...(request.sshKeyFile === undefined ? [] : ["--ssh", `default=${request.sshKeyFile}`]),
    ...(request.noCache ? ["--no-cache"] : []),
    ...(request.pull ? ["--pull"] : []),
    ...cache.from.flatMap((value) => ["--cache-from", value]),
    ...cache.to.flatMap((value) => ["--cache-to", value]),
    request.context,
  ];
  return {
    args,
    env: {
      ...Object.fromEntries(secrets.map(({ value }, index) => [secretVariable(index), value])),
      ...(request.sourceDateEpoch === undefined ? {} : { SOURCE_DATE_EPOCH: String(request.sourceDateEpoch) }),
    },
  };
}

function secretVariable(index: number): string {
  return `LONGSHORE_SECRET_${index}`;
}

/** One build pushes the same bytes to every repository: `name` takes a list. Tags come later, in publish-index. */
function formatOutput({ plan, archive, dockerMediaTypes, sourceDateEpoch }: BuildRequest): string {
  const target: readonly (readonly [string, string])[] =
    archive === undefined
      ? [
          ["type", "image"],
          ["name", plan.images.join(",")],
          ["push-by-digest", "true"],
          ["name-canonical", "true"],
          ["push", "true"],
          // Only the registry is to have it. In an engine's image store builds of one name would also get in each other's
          // way: "already exists" (https://github.com/docker/buildx/issues/3576).
          ["store", "false"],
        ]
      : [
          ["type", "oci"],
          ["name", `${plan.images[0]}:${plan.primaryTag}`],
          ["dest", archive],
        ];
  return formatCsv([
    ...target,
    // Said either way: without attestations BuildKit falls back to Docker's types, whose lists carry no annotations.
    ...(archive === undefined ? [["oci-mediatypes", String(!dockerMediaTypes)] as const] : []),
    ...(sourceDateEpoch === undefined ? [] : [["rewrite-timestamp", "true"] as const]),
  ]);
}

/** Archives and Docker's media types have none: an archive with one plain image is what every tool can load. */
function attestations({ provenance, sbom, dockerMediaTypes, archive }: BuildRequest): readonly string[] {
  const without = dockerMediaTypes || archive !== undefined;
  return [
    without || provenance === "false" ? "--provenance=false" : `--provenance=mode=${provenance}`,
    `--sbom=${!without && sbom}`,
  ];
}
