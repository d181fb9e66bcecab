import type { ImagePlan } from "@longshore/tagging";

/** The plan of a pull request, with what a test cares about replaced. */
export function examplePlan(changes: Partial<ImagePlan> = {}): ImagePlan {
  return {
    kind: "pull-request",
    images: ["ghcr.io/acme/app", "docker.io/acme/app"],
    tags: [{ name: "pr-12-abc1234", class: "pull-request", mutability: "immutable", reason: "pull request 12" }],
    notMoved: [],
    primaryTag: "pr-12-abc1234",
    revision: "abc1234".padEnd(40, "0"),
    created: "2024-06-28T14:20:22Z",
    version: "pr-12-abc1234",
    repository: "acme/app",
    defaultBranch: "main",
    branch: "feature/x",
    component: "",
    suffix: "",
    delivery: "registry",
    reason: "The token can write.",
    cache: { own: "pr-12", fallback: "main", write: true },
    labels: {},
    annotations: {},
    ...changes,
  };
}
