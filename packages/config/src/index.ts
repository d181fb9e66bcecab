export { chooseImage, type DescribedImage, describeImages, type Layers, type Surroundings } from "./describe-images.ts";
export type { Description } from "./keys/index.ts";
export { type ListedKey, listKeys } from "./list-keys.ts";
export type { Node, Problem } from "./node.ts";
export { fillDescription, readDescription } from "./read-description.ts";
export { makeSchema } from "./schema.ts";
