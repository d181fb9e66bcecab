import type { Files } from "../product-repository.ts";
import type { Stage } from "../stage.ts";

/** A story: what is there at first, and what happens. */
export interface Story {
  readonly name: string;
  /** One line for `--list`. */
  readonly title: string;
  /** The repositories of its images, without host. */
  readonly repositories: readonly string[];
  /** The product's first commit. */
  readonly files: (host: string, base: string) => Promise<Files>;
  /** How many days ago the story begins, to the double of GitHub; the stage lets them pass. Default 0. */
  readonly daysAgo?: number;
  readonly play: (stage: Stage) => Promise<void>;
}
