import { fingerprintKey, type ImagePlan } from "@longshore/tagging";
import type { BuildSecret } from "./build-inputs.ts";
import type { CachePlan } from "./cache.ts";
import { formatCsv } from "./csv.ts";

/** Input `provenance`. */
export type Provenance = "auto" | "max" | "min" | "none";

/** `auto` is `max` where everybody sees the repository anyway: that publishes build arguments, which may be private elsewhere. */
export function chooseProvenance(asked: Provenance, isPublic: boolean): Exclude<Provenance, "auto"> {
  if (asked !== "auto") return asked;
  return isPublic ? "max" : "min";
}

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
  readonly provenance: Exclude<Provenance, "auto">;
  readonly sbom: boolean;
  readonly dockerMediaTypes: boolean;
  readonly cache: CachePlan;
  /** Of what this build is told, see `fingerprintBuild`. */
  readonly fingerprint: string;
  /** Seconds since 1970 of the commit: what the image is dated. */
  readonly sourceDateEpoch?: number;
  /** Whether building it again must give the same image. Goes with `noCache` and a date. */
  readonly reproducible: boolean;
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
  const { plan, secrets, cache, fingerprint, dockerMediaTypes, reproducible, sourceDateEpoch } = request;
  const own = { ...plan.labels, ...(dockerMediaTypes ? { [fingerprintKey]: fingerprint } : {}) };
  const labels = [...Object.entries(own).map(([key, value]) => `${key}=${value}`), ...request.labels];
  const args = [
    ...["buildx", "build", "--progress=plain", `--platform=${request.platform}`],
    `--file=${request.dockerfile}`,
    `--metadata-file=${request.metadataFile}`,
    `--output=${formatOutput(request)}`,
    ...attestations(request),
    // Docker's media types have no annotations: there it is a label.
    ...(dockerMediaTypes ? [] : ["--annotation", `manifest:${fingerprintKey}=${fingerprint}`]),
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
      // In the environment it reaches the steps of the build as well: BuildKit dates the folder of WORKDIR by it, and so another
      // commit would have nothing behind that in the cache.
      ...(reproducible && sourceDateEpoch !== undefined ? { SOURCE_DATE_EPOCH: String(sourceDateEpoch) } : {}),
    },
  };
}

function secretVariable(index: number): string {
  return `LONGSHORE_SECRET_${index}`;
}

/** One build pushes the same bytes to every repository: `name` takes a list. Tags come later, in publish-index. */
function formatOutput({ plan, archive, dockerMediaTypes, sourceDateEpoch, reproducible }: BuildRequest): string {
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
    ...(sourceDateEpoch === undefined ? [] : [["source-date-epoch", String(sourceDateEpoch)] as const]),
    // Rewrites every layer that is not the base's, cached ones too: each commit would have other layers and upload them all.
    ...(reproducible ? [["rewrite-timestamp", "true"] as const] : []),
  ]);
}

/** Archives and Docker's media types have none: an archive with one plain image is what every tool can load. */
function attestations({ provenance, sbom, dockerMediaTypes, archive }: BuildRequest): readonly string[] {
  const without = dockerMediaTypes || archive !== undefined;
  return [
    without || provenance === "none" ? "--provenance=false" : `--provenance=mode=${provenance}`,
    `--sbom=${!without && sbom}`,
  ];
}
