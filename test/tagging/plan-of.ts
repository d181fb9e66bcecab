import { type EventContext, type ImagePlan, type PlanOptions, planImage, readBuildFacts } from "@longshore/tagging";

/** The moment of the examples. */
export const now = new Date("2024-06-28T14:30:22Z");

/** Plans an event with everything left at its default. */
export function planOf(event: EventContext, options: Partial<PlanOptions> = {}, component = ""): ImagePlan {
  return planImage(readBuildFacts(event, component), {
    images: ["ghcr.io/acme/app"],
    latest: "auto",
    push: "auto",
    suffix: "",
    extraTags: [],
    versionPrefix: false,
    versions: [],
    now,
    commitDate: "2024-06-28T14:30:22Z",
    ...options,
  });
}

/** Names of the plan's tags of one mutability, or of all. */
export function namesOf(plan: ImagePlan, mutability?: "immutable" | "moving"): readonly string[] {
  return plan.tags.filter((tag) => mutability === undefined || tag.mutability === mutability).map(({ name }) => name);
}
