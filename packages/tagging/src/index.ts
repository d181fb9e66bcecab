export { defaultBranchSlug, featureSlug } from "./branch-slug.ts";
export type {
  BranchFacts,
  BuildFacts,
  BuildKind,
  EventContext,
  MergeQueueFacts,
  NoFacts,
  OtherTagFacts,
  PullRequestFacts,
  RepositoryFacts,
  TokenOrigin,
  VersionFacts,
} from "./build-facts.ts";
export { branchScope } from "./cache-scope.ts";
export { formatReferrersTag, formatSignatureTags, parseCompanionTag } from "./companion-tag.ts";
export { vouchedCommits } from "./events/vouched-commits.ts";
export { gitTagOfVersion, looksLikeVersion } from "./git-tag.ts";
export { groupBy } from "./group-by.ts";
export { type ImageFacts, isFingerprint, readImageFacts } from "./image-facts.ts";
export type { Delivery, ImagePlan, LeftTag, MoveRule, PlannedTag } from "./image-plan.ts";
export { fingerprintKey } from "./labels.ts";
export { neededFacts } from "./needed-facts.ts";
export { parseImagePlan } from "./parse-image-plan.ts";
export { parseImages } from "./parse-images.ts";
export { parseComponent, parseExtraTags, parseLatest, parsePush, parseSuffix } from "./parse-options.ts";
export { planImage } from "./plan-image.ts";
export type { LatestOwner, PlanOptions, PushMode } from "./plan-options.ts";
export { publishQueue } from "./publish-queue.ts";
export { defaultBranchOf, readBuildFacts } from "./read-build-facts.ts";
export { freeTags, needsRefresh, obstaclesOf, refreshPlan } from "./refresh-plan.ts";
export { slugifyName } from "./slug.ts";
export type { Mutability, Tag, TagClass, TagContext } from "./tag.ts";
export { formatCacheTag, formatTag, isOciTag, isOfClock, mutabilityOf, parseTag } from "./tag-grammar.ts";
export { isHigherVersion } from "./version.ts";
export { isWithdrawn } from "./withdrawn.ts";
