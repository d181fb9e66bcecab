import type { PlatformResult } from "@longshore/publishing";
import type { ImagePlan, PlannedTag } from "@longshore/tagging";
import type { GitHubDouble } from "../../doubles/github-double.ts";
import type { PublishResult } from "../../scripts/publish-index/publish-result.ts";
import { logIn } from "../../tools/benchmarks/build-platform-run.ts";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";
import { type BundleOptions, type BundleRun, runBundle } from "../../tools/run-bundle.ts";

export const amd64 = "linux/amd64";
export const arm64 = "linux/arm64";

export interface PublishRun extends BundleRun {
  /** Output `result`; fails the test when there is none. */
  readonly result: PublishResult;
}

export interface PublishOptions extends BundleOptions {
  readonly github: GitHubDouble;
  readonly plan: ImagePlan;
  readonly results: unknown;
  /** Logins beside that of the double; default none. */
  readonly logins?: Readonly<Record<string, string>>;
  /** The token of the login at the double and of the API. */
  readonly token?: string;
}

/** Runs the step against the double, without pauses, for the platforms of the results unless told otherwise. */
export async function runPublishIndex(options: PublishOptions): Promise<PublishRun> {
  const { github, plan, results, token = github.token(), logins, inputs, env, ...rest } = options;
  const login = await logIn({ [github.host]: token, ...logins });
  const platforms = Array.isArray(results) ? results.map(({ platform }) => platform) : [amd64];
  try {
    const run = await runBundle("publish-index", {
      ...rest,
      env: { ...login.env, GITHUB_API_URL: github.url, GITHUB_SERVER_URL: github.url, ...env },
      inputs: {
        plan: JSON.stringify(plan),
        platforms: platforms.join(","),
        results: typeof results === "string" ? results : JSON.stringify(results),
        "retry-delay": "0s",
        token,
        ...inputs,
      },
    });
    return {
      ...run,
      get result() {
        if (!run.outputs.result) throw new Error(`no result: ${run.errors.join(" ")} ${run.stderr}`);
        return JSON.parse(run.outputs.result) as PublishResult;
      },
    };
  } finally {
    await login.remove();
  }
}

export interface PlatformOptions {
  readonly platform?: string;
  readonly revision?: string;
  readonly fingerprint?: string;
  /** Default true: an index of the image and an attestation, as BuildKit pushes it. */
  readonly attestation?: boolean;
  readonly docker?: boolean;
  /** Makes another image of the same platform. */
  readonly seed?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Bytes of the only layer; default few. */
  readonly layer?: number;
}

/** Puts what a build of one platform pushes by digest, and gives the build's result. */
export async function pushPlatform(
  { registry }: GitHubDouble,
  path: string,
  options: PlatformOptions = {},
): Promise<PlatformResult> {
  const { platform = amd64, attestation = true, docker = false, seed = "", labels = {} } = options;
  const [os = "", architecture = "", variant] = platform.split("/");
  const target = { architecture, os, ...(variant === undefined ? {} : { variant }) };
  const put = async (text: string | Uint8Array, mediaType: string) => {
    const bytes = Buffer.from(text);
    return { mediaType, digest: await registry.putBlob(path, bytes), size: bytes.length };
  };
  const types = docker ? DOCKER : OCI;
  const config = JSON.stringify({ ...target, config: { Labels: labels }, rootfs: { type: "layers", diff_ids: [] } });
  const layer = Buffer.alloc(options.layer ?? 64, `${platform}${seed}`);
  const manifest = {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: await put(config, types.config),
    layers: [await put(layer, types.layer)],
  };
  const image = registry.putManifest(path, manifest);
  const result: PlatformResult = {
    ...(options.fingerprint === undefined ? {} : { fingerprint: options.fingerprint }),
    ...{ platform, digest: image, manifest: image, size: manifest.config.size + layer.length, seconds: 12.3 },
    ...{ reused: false, retries: [], revision: options.revision ?? examplePlan().revision, delivery: "registry" },
  };
  if (!attestation || docker) return result;
  const statement = await put(JSON.stringify({ subject: image }), "application/vnd.in-toto+json");
  const about = {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: await put("{}", OCI.config),
    layers: [statement],
  };
  const descriptor = (content: object, digest: string, more: object) => ({
    ...{ mediaType: types.manifest, digest, size: JSON.stringify(content).length },
    ...more,
  });
  const digest = registry.putManifest(path, {
    schemaVersion: 2,
    mediaType: OCI.index,
    manifests: [
      descriptor(manifest, image, { platform: target }),
      descriptor(about, registry.putManifest(path, about), {
        platform: { architecture: "unknown", os: "unknown" },
        annotations: {
          "vnd.docker.reference.digest": image,
          "vnd.docker.reference.type": "attestation-manifest",
        },
      }),
    ],
  });
  return { ...result, digest };
}

export const OCI = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar+gzip",
};

export const DOCKER = {
  index: "application/vnd.docker.distribution.manifest.list.v2+json",
  manifest: "application/vnd.docker.distribution.manifest.v2+json",
  config: "application/vnd.docker.container.image.v1+json",
  layer: "application/vnd.docker.image.rootfs.diff.tar.gzip",
};

export function immutable(name: string): PlannedTag {
  return { name, class: "default-branch", mutability: "immutable", reason: "a commit" };
}

export function moving(name: string, rule: "ancestor" | "highest-version" = "ancestor"): PlannedTag {
  return { name, class: name === "latest" ? "latest" : "branch", mutability: "moving", rule, reason: "newest" };
}

/** The plan of a commit of the default branch: `main-…`, then `main` and `latest`. */
export function planOfMain(github: GitHubDouble, path: string, changes: Partial<ImagePlan> = {}): ImagePlan {
  const revision = changes.revision ?? examplePlan().revision;
  const primaryTag = changes.primaryTag ?? `main-${revision.slice(0, 7)}`;
  return examplePlan({
    ...{ kind: "default-branch", images: [`${github.host}/${path}`], repository: path, branch: "main" },
    ...{ revision, primaryTag },
    ...{ version: primaryTag, tags: [immutable(primaryTag), moving("main"), moving("latest")] },
    annotations: annotationsOf(revision, { ref: primaryTag }),
    ...changes,
  });
}

/** What the index says of itself. */
export function annotationsOf(
  revision: string,
  { ref, ...own }: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    "org.opencontainers.image.revision": revision,
    ...(ref === undefined ? {} : { "org.opencontainers.image.version": ref }),
    "dev.longshore.kind": "default-branch",
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`dev.longshore.${key}`, value])),
  };
}

/** An index as an earlier run left it, of these results, under these tags. Gives its digest. */
export function putEarlierIndex(
  { registry }: GitHubDouble,
  path: string,
  results: readonly PlatformResult[],
  annotations: Readonly<Record<string, string>>,
  tags: readonly string[],
): string {
  const manifests = results.map(({ platform, manifest }) => {
    const [os = "", architecture = ""] = platform.split("/");
    const size = registry.manifest(path, manifest)?.bytes.length ?? 0;
    return { mediaType: OCI.manifest, digest: manifest, size, platform: { architecture, os } };
  });
  return registry.putManifest(path, { schemaVersion: 2, mediaType: OCI.index, manifests, annotations }, tags);
}

/** The same results, as build-platform gives them when it reuses. */
export function reused(results: readonly PlatformResult[]): readonly PlatformResult[] {
  return results.map((result) => ({ ...result, digest: result.manifest, reused: true, seconds: 0 }));
}
