import type { EventContext } from "@longshore/tagging";
import type { GitHubDouble } from "../../doubles/github-double.ts";
import { type BundleOptions, type BundleRun, runBundle } from "../../tools/run-bundle.ts";
import { amd64, annotationsOf, arm64, pushPlatform, putEarlierIndex } from "./publish-index-run.ts";

export interface FindOptions extends BundleOptions {
  readonly github: GitHubDouble;
  /** Repository of the image at the double. */
  readonly path: string;
  /** The event that the step runs for; its repository stays `Acme/App`. */
  readonly on?: EventContext;
}

/** Runs find-image for an event against the double, with no login but the token, looking once unless told otherwise. */
export function runFindImage({ github, path, on, inputs, env, ...rest }: FindOptions): Promise<BundleRun> {
  return runBundle("find-image", {
    ...rest,
    ...(on === undefined ? {} : { event: on.payload }),
    inputs: { image: `${github.host}/${path}`, token: github.token(), wait: "0", interval: "1s", ...inputs },
    env: {
      DOCKER_CONFIG: "/nonexistent",
      GITHUB_REPOSITORY: on?.repository ?? "Acme/App",
      GITHUB_API_URL: github.url,
      ...(on === undefined
        ? {}
        : {
            GITHUB_EVENT_NAME: on.eventName,
            GITHUB_REF: on.ref,
            GITHUB_SHA: on.sha,
            GITHUB_ACTOR: on.actor,
            GITHUB_SERVER_URL: on.serverUrl,
          }),
      ...env,
    },
  });
}

export interface StoredImage {
  readonly tags: readonly string[];
  readonly revision: string;
  readonly component?: string;
  readonly platforms?: readonly string[];
  /** Says it by labels only, as images of Docker's media types do. */
  readonly byLabels?: boolean;
}

/** An image as a build leaves it. Gives its digest and that of each platform. */
export async function storeImage(
  github: GitHubDouble,
  path: string,
  { tags, revision, component, platforms = [amd64, arm64], byLabels = false }: StoredImage,
): Promise<{ readonly digest: string; readonly manifests: ReadonlyMap<string, string> }> {
  const annotations = annotationsOf(revision, component === undefined ? {} : { component });
  const labels = byLabels ? annotations : {};
  const seed = `${tags}${revision}`;
  const results = await Promise.all(
    platforms.map((platform) => pushPlatform(github, path, { platform, labels, seed, attestation: false })),
  );
  const digest = putEarlierIndex(github, path, results, byLabels ? {} : annotations, tags);
  return { digest, manifests: new Map(results.map(({ platform, manifest }) => [platform, manifest])) };
}
