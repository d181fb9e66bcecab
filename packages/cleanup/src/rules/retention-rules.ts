import { keepBuildCache } from "./build-cache.ts";
import { keepContradiction } from "./contradiction.ts";
import { keepDefaultBranch } from "./default-branch.ts";
import { keepExistingBranch, keepYoungFeature } from "./feature.ts";
import { keepForeignReferrer } from "./foreign-referrer.ts";
import { keepOtherPullRequest } from "./other-pull-request.ts";
import { keepOtherRepository } from "./other-repository.ts";
import { keepOtherTag } from "./other-tag.ts";
import { keepOpenPullRequest, keepYoungPullRequest } from "./pull-request.ts";
import type { RetentionRule } from "./retention-rule.ts";
import { keepUnreadable } from "./unreadable.ts";
import { keepYoung } from "./young.ts";

/** Every rule that looks at a version alone; the minimum kept looks at what they leave. A version stays when one of them says so, for the reason of the first; the order decides nothing else. */
export const retentionRules: readonly RetentionRule[] = [
  keepOtherRepository,
  keepContradiction,
  keepOtherTag,
  keepDefaultBranch,
  keepOpenPullRequest,
  keepYoungPullRequest,
  keepExistingBranch,
  keepYoungFeature,
  keepBuildCache,
  keepUnreadable,
  keepYoung,
  keepOtherPullRequest,
  keepForeignReferrer,
];
