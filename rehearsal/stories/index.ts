import { componentsStory } from "./components.ts";
import { morePlatforms } from "./more-platforms.ts";
import { pipeline } from "./pipeline.ts";
import { rebuild } from "./rebuild.ts";
import { ship } from "./ship.ts";
import type { Story } from "./story.ts";
import { twoRegistries } from "./two-registries.ts";
import { weather } from "./weather.ts";

/** All stories; the first is played where none is named. */
export const stories: readonly Story[] = [
  pipeline,
  twoRegistries,
  componentsStory,
  morePlatforms,
  rebuild,
  ship,
  weather,
];
