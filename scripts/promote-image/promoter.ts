import * as core from "@actions/core";
import { InputError } from "@longshore/language";
import { checkName, checkVersionCommit, parseOciContent, type TagCandidate } from "@longshore/publishing";
import { gitTagOfVersion, type PlannedTag } from "@longshore/tagging";
import { connectGitHub } from "../lib/github/api.ts";
import { mapParallel } from "../lib/http/parallel.ts";
import { readDockerCredentials } from "../lib/registry/docker-credentials.ts";
import type { Manifest } from "../lib/registry/manifest.ts";
import { openRegistry, type Registry } from "../lib/registry/registry.ts";
import { decideTags, type Judgement, seeTags, type TagTask, type Target } from "../lib/registry/tags/decide-tags.ts";
import { type PutOptions, putTags } from "../lib/registry/tags/put-tags.ts";
import { createHistoryReader } from "../lib/registry/tags/read-history.ts";
import { createHolderReader } from "../lib/registry/tags/read-holder.ts";
import type { TagOutcome } from "../lib/registry/tags/tag-outcome.ts";
import { showText } from "../lib/step/escape.ts";
import { type CopyReport, copyImage } from "./copy-image.ts";
import type { PromoteRequest } from "./read-request.ts";

/** One image and the tags it is to have in some repositories. */
export interface Promotion {
  readonly source: Target;
  readonly targets: readonly Target[];
  readonly tags: readonly PlannedTag[];
  readonly candidate: TagCandidate;
  /** Somebody asks for the tags by name; `sourceTag` is the one the image is known by where it comes from. */
  readonly named?: { readonly backward: boolean; readonly sourceTag: string | undefined };
  /** All tags of the source, where they are known. */
  readonly sourceTags?: ReadonlySet<string>;
}

export interface DecidedPromotion {
  readonly promotion: Promotion;
  readonly judgement: Judgement;
  readonly tasks: readonly TagTask[];
}

/** What every kind of promotion is made of. */
export interface Promoter {
  readonly open: (image: string) => Target;
  /** Names of the repository's git tags that start with the prefix. */
  readonly listGitTags: (prefix: string) => Promise<readonly string[]>;
  /** Looks at every tag, puts none. Throws InputError when an immutable tag names another image. */
  readonly decide: (promotion: Promotion) => Promise<DecidedPromotion>;
  /** Copies the image where it is not, compares, and only then puts the tags. Throws before the first tag is put. */
  readonly carryOut: (
    decided: DecidedPromotion,
  ) => Promise<{ readonly tags: readonly TagOutcome[]; readonly copies: readonly CopyReport[] }>;
  /** What was tried again, one sentence each. */
  readonly notes: readonly string[];
}

export function createPromoter(request: PromoteRequest): Promoter {
  const { attempts, retryDelay, adopt, token, apiUrl } = request;
  const repository = "plan" in request.task ? request.task.plan.repository : request.repository;
  const notes: string[] = [];
  const onRetry = (sentence: string) => {
    core.warning(showText(sentence));
    notes.push(sentence);
  };
  const credentials = readDockerCredentials(process.env);
  const gitHub = connectGitHub({ token, url: apiUrl, onRetry });
  const options: PutOptions = { attempts, retryDelay, onRetry };
  const known = new Map<string, Target>();
  return {
    notes,
    listGitTags: (prefix) => gitHub.listTagNames(repository, prefix),
    open: (image) => {
      const registry =
        known.get(image)?.registry ?? openRegistry(image, { ...options, credentials, delay: retryDelay });
      const target = known.get(image) ?? { registry, readHolder: createHolderReader(registry) };
      known.set(image, target);
      return target;
    },
    decide: async (promotion) => {
      const { targets, tags, candidate, named } = promotion;
      if (named !== undefined) await requireOwnNames(promotion, named.sourceTag);
      const history = createHistoryReader(gitHub, { repository, ...candidate });
      const seen = await seeTags(targets, tags);
      // Its version's line is put with all other moving tags, and before `latest`.
      const republished = seen.some(
        ({ tag, head }) => tag.class === "version-line" && head?.digest === candidate.digest,
      );
      const judgement: Judgement = {
        ...{ candidate: { ...candidate, republished }, history, adopt },
        ...(named === undefined ? {} : { named }),
      };
      return { promotion, judgement, tasks: await decideTags(seen, judgement) };
    },
    carryOut: async ({ promotion, judgement, tasks }) => {
      const { source, targets, candidate, sourceTags } = promotion;
      const image = await source.registry.getManifest(candidate.digest, { expected: true });
      if (image === undefined) throw new InputError(`${source.registry.image} holds no ${candidate.digest}.`);
      const copies: CopyReport[] = [];
      for (const { registry } of targets) {
        const all = tasks.filter(({ target }) => target.registry === registry);
        if (all.length > 0 && all.every(({ decision }) => decision.action === "leave")) continue;
        if (registry.image === source.registry.image) await requireComplete(registry, image);
        else {
          const copy = await copyImage(source.registry, registry, candidate.digest, { sourceTags });
          for (const note of copy.notes) core.warning(showText(note));
          copies.push(copy);
        }
      }
      return { copies, tags: await putTags(tasks, image, judgement, options) };
    },
  };

  /** Throws InputError where an immutable name is of another commit, version or moment than the image. */
  async function requireOwnNames({ tags, candidate }: Promotion, sourceTag: string | undefined): Promise<void> {
    const checks = tags
      .filter(({ mutability }) => mutability === "immutable")
      .map(async ({ name }) => {
        const check = checkName(name, candidate, { isOwn: name === sourceTag });
        if (check.name !== "ask-git" || repository === "") return { name, check };
        const gitTag = gitTagOfVersion(
          check.version,
          candidate.component,
          await gitHub.listTagNames(repository, candidate.component),
        );
        const commit = gitTag && (await gitHub.resolveRef(repository, `refs/tags/${gitTag}`)).sha;
        return { name, check: checkVersionCommit(candidate, commit) };
      });
    const refused = (await Promise.all(checks)).flatMap(({ name, check }) =>
      check.name === "contradicts" ? [`${name} ${check.reason}.`] : [],
    );
    if (refused.length > 0) {
      throw new InputError(`No tag is put, as an immutable tag is of one image for good: ${refused.join(" ")}`);
    }
  }
}

/** Parts asked for at once. */
const together = 16;

/** An image that lacks a part gets no name. Its blobs were checked by the registry when its manifests were put. */
async function requireComplete(registry: Registry, { digest, bytes }: Manifest): Promise<void> {
  const what = `${registry.image}@${digest}`;
  const content = parseOciContent(new TextDecoder().decode(bytes), what);
  const children = content.type === "index" ? content.manifests.map((child) => child.digest) : [];
  await mapParallel([...new Set(children)], together, async (child) => {
    if ((await registry.headManifest(child, { expected: true })) !== undefined) return;
    throw new InputError(`${what} is not complete, it lacks ${child}: no tag is put.`);
  });
}
