import { createHash } from "node:crypto";
import type { GitHubDouble } from "../../doubles/github-double.ts";
import type { PromoteResult } from "../../scripts/promote-image/promote-result.ts";
import { logIn } from "../../tools/benchmarks/build-platform-run.ts";
import { type BundleOptions, type BundleRun, runBundle } from "../../tools/run-bundle.ts";
import { amd64, annotationsOf, arm64, OCI, pushPlatform, putEarlierIndex } from "./publish-index-run.ts";

export interface PromoteRun extends BundleRun {
  /** Output `result`; fails the test when there is none. */
  readonly result: PromoteResult;
  /** `tag` → outcome, of the first repository of each. */
  readonly outcomes: Readonly<Record<string, string>>;
}

export interface PromoteOptions extends BundleOptions {
  readonly github: GitHubDouble;
  /** Other registries that are logged in to. */
  readonly others?: readonly GitHubDouble[];
  /** Whose commits the images are of. */
  readonly repository?: string;
  readonly token?: string;
}

/** Runs the step against doubles, without pauses. */
export async function runPromoteImage(options: PromoteOptions): Promise<PromoteRun> {
  const { github, others = [], repository = "acme/app", token = github.token(), inputs, env, ...rest } = options;
  const logins = Object.fromEntries(others.map((other) => [other.host, other.token()]));
  const login = await logIn({ [github.host]: token, ...logins });
  try {
    const run = await runBundle("promote-image", {
      ...rest,
      env: { ...login.env, GITHUB_API_URL: github.url, GITHUB_SERVER_URL: github.url, ...env },
      inputs: { "retry-delay": "0s", token, repository, ...inputs },
    });
    const readResult = (): PromoteResult => {
      if (!run.outputs.result) throw new Error(`no result: ${run.errors.join(" ")} ${run.stderr}`);
      return JSON.parse(run.outputs.result) as PromoteResult;
    };
    return {
      ...run,
      get result() {
        return readResult();
      },
      get outcomes() {
        return Object.fromEntries(readResult().tags.map(({ name, outcome }) => [name, outcome]));
      },
    };
  } finally {
    await login.remove();
  }
}

export interface PutImageOptions {
  readonly tags?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  /** Makes another image of the same revision. */
  readonly seed?: string;
  /** Bytes of the layer of each platform. */
  readonly layer?: number;
}

/** An index of both platforms as a build left it. Gives its digest. */
export async function putImage(
  github: GitHubDouble,
  path: string,
  revision: string,
  { tags = [], annotations = annotationsOf(revision), seed = "", layer }: PutImageOptions = {},
): Promise<string> {
  const results = await Promise.all(
    [amd64, arm64].map((platform) =>
      pushPlatform(github, path, {
        ...{ platform, revision, seed: `${revision}${seed}`, attestation: false },
        ...(layer === undefined ? {} : { layer }),
      }),
    ),
  );
  return putEarlierIndex(github, path, results, annotations, tags);
}

/** A signature as cosign leaves it, under the tag of what it signs. Gives its digest. */
export async function putSignature(
  { registry }: GitHubDouble,
  path: string,
  subject: string,
  { ending = ".sig", seed = "" }: { readonly ending?: string; readonly seed?: string } = {},
): Promise<string> {
  const put = async (text: string, mediaType: string) => ({
    ...{ mediaType, digest: await registry.putBlob(path, Buffer.from(text)), size: Buffer.byteLength(text) },
  });
  const config = await put(`{"rootfs":{"type":"layers","diff_ids":["${subject}"]}}`, OCI.config);
  const layers = [await put(`{"critical":"${subject}${seed}"}`, "application/vnd.dev.cosign.simplesigning.v1+json")];
  const content = { schemaVersion: 2, mediaType: OCI.manifest, config, layers };
  return registry.putManifest(path, content, [`${subject.replace(":", "-")}${ending}`]);
}

/** A referrer with a list under the fallback tag, as oras leaves it. Gives its digest. */
export async function putReferrer({ registry }: GitHubDouble, path: string, subject: string): Promise<string> {
  const put = async (text: string, mediaType: string) => ({
    ...{ mediaType, digest: await registry.putBlob(path, Buffer.from(text)), size: Buffer.byteLength(text) },
  });
  const size = registry.manifest(path, subject)?.bytes.length ?? 0;
  const referrer = {
    ...{ schemaVersion: 2, mediaType: OCI.manifest, artifactType: "application/sbom" },
    config: await put("{}", "application/vnd.oci.empty.v1+json"),
    layers: [await put(`{"packages":"${subject}"}`, "application/json")],
    subject: { mediaType: OCI.index, digest: subject, size },
  };
  const digest = registry.putManifest(path, referrer);
  const entry = {
    ...{ mediaType: OCI.manifest, digest, size: JSON.stringify(referrer).length, artifactType: "application/sbom" },
    annotations: { "org.example": "kept" },
  };
  registry.putManifest(path, { schemaVersion: 2, mediaType: OCI.index, manifests: [entry] }, [
    subject.replace(":", "-"),
  ]);
  return digest;
}

export function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
