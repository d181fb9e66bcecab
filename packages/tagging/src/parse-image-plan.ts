import type { ImagePlan } from "./image-plan.ts";

/** Reads the `plan` output back. @throws InputError that names the field */
export function parseImagePlan(_text: string): ImagePlan {
  throw new Error("to be written");
}
