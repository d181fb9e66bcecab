import { tagDefaultBranch } from "./default-branch.ts";
import { tagExtra } from "./extra.ts";
import { tagFeature } from "./feature.ts";
import { tagLatest } from "./latest.ts";
import { tagMergeQueue } from "./merge-queue.ts";
import { tagOtherTag } from "./other-tag.ts";
import { tagPullRequest } from "./pull-request.ts";
import { tagRelease } from "./release.ts";
import type { TagRule } from "./tag-rule.ts";

/** Every rule, in the order of a plan's tags. The first immutable tag is the primary one. */
export const tagRules: readonly TagRule[] = [
  tagPullRequest,
  tagMergeQueue,
  tagFeature,
  tagDefaultBranch,
  tagRelease,
  tagLatest,
  tagOtherTag,
  tagExtra,
];
