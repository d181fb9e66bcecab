import type { ImagePlan } from "@longshore/tagging";
import type { PublishResult } from "./publish-result.ts";
import type { PublishRequest } from "./read-request.ts";

/** What is told when at least one platform was kept as an archive: nothing is joined and nothing is named. */
export function keepArchives({ plan, results }: PublishRequest): PublishResult {
  const pushed = results.filter((result) => result.delivery === "registry").map((result) => result.platform);
  return {
    ...{ kind: plan.kind, delivery: "artifact", reason: reasonOf(plan), revision: plan.revision, images: plan.images },
    ...{ primaryTag: plan.primaryTag, reused: false },
    platforms: results.map(({ platform, manifest, size, seconds, reused, retries, archive, steps }) => ({
      ...{ platform, digest: manifest, size, seconds, reused, retries },
      ...(archive === undefined ? {} : { archive }),
      ...(steps === undefined ? {} : { steps }),
    })),
    tags: [],
    notMoved: [],
    notes:
      pushed.length === 0
        ? []
        : [`${pushed.join(", ")} lies in the registry without a name: without every platform there is no index.`],
  };
}

function reasonOf(plan: ImagePlan): string {
  return plan.delivery === "artifact"
    ? plan.reason
    : "the registry could not be written to, so the build kept an archive";
}
