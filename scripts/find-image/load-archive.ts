import { readdirSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@longshore/language";
import { archiveEnding, attemptOfArchive, judgeFoundImage } from "@longshore/publishing";
import { groupBy, readImageFacts } from "@longshore/tagging";
import { type ArchivedImage, readArchivedImage } from "../lib/programs/archived-image.ts";
import { loadIntoDocker } from "../lib/programs/load-into-docker.ts";
import { quoteValue, showText } from "../lib/step/escape.ts";
import { isOfVersion, type Target, tagsOfRevision } from "./find-target.ts";
import type { FoundImage } from "./found-image.ts";
import { OtherImage } from "./look-in-registry.ts";
import type { FindRequest } from "./read-request.ts";

const mostTold = 10;

export type ArchiveLook =
  | { readonly outcome: "loaded"; readonly image: FoundImage }
  | { readonly outcome: "not-yet"; readonly reason: string };

/** Platform of this machine in OCI's words; archives of others are for other runners. */
const machines: Readonly<Record<string, string>> = { x64: "linux/amd64", arm64: "linux/arm64", arm: "linux/arm/v7" };

/**
 * Loads the archive of the wanted image into Docker, after its name has told that it is of the repository, and its labels that it is
 * of the commit. Of one image's archives for one platform the newest attempt's counts.
 * Throws OtherImage where it is of another one, and InputError where the choice is not clear.
 */
export async function loadArchive(request: FindRequest, target: Target): Promise<ArchiveLook> {
  const { archive: folder, component, suffix } = request;
  const platform = request.platform || (machines[process.arch] ?? `linux/${process.arch}`);
  const found = await Promise.all(listArchives(folder).map(readArchivedImage));
  const ours = found.filter(
    (image) =>
      repositoryOf(image) === request.image &&
      (component === "" || readImageFacts(image.labels).component === component),
  );
  if (ours.length === 0) return notYet(`the folder ${folder} holds no archive of it${listOthers(found)}`);
  const called = ours.filter((image) => isCalled(image, target, suffix));
  if (called.length === 0 && ours.some((image) => isOf(image, target))) {
    return notYet(`the folder ${folder} holds no archive of that name${listNames(ours)}`);
  }
  // Without one of its name all are of other commits, which is told below.
  const known = called.length === 0 ? ours : called;
  const fitting = newestAttempts(known.filter((image) => image.platform === platform));
  if (fitting.length === 0) return notYet(`the folder ${folder} holds no archive for ${platform}`);
  const [chosen, ...more] = fitting;
  if (chosen === undefined || more.length > 0) {
    const names = fitting.map(({ path }) => path).join(", ");
    throw new InputError(
      `Input \`archive\` holds ${fitting.length} archives for ${platform} (${names}): say which by \`component\` or \`suffix\`, or download one artifact only.`,
    );
  }
  const platforms = known.filter((image) => isOf(image, target)).map((image) => image.platform);
  const verdict = judgeFoundImage(
    { revision: target.revision, component, platforms: request.platforms },
    { facts: readImageFacts(chosen.labels), platforms: [...new Set([chosen.platform, ...platforms])], missing: [] },
  );
  if (verdict.verdict === "other") {
    throw new OtherImage(
      `Not the image that is wanted: the archive ${showText(chosen.path)} is there, but ${verdict.reason}.`,
    );
  }
  if (verdict.verdict === "incomplete") return notYet(`as archives ${verdict.reason}`);
  const tag = nameOf(chosen);
  const reference = `${request.image}:${tag}`;
  await loadIntoDocker(chosen, reference);
  const { digest } = chosen;
  return {
    outcome: "loaded",
    image: { source: "archive", reference, digest, tag, revision: target.revision, platforms: [platform] },
  };
}

function notYet(reason: string): ArchiveLook {
  return { outcome: "not-yet", reason };
}

/** Where artifacts are downloaded side by side, each has a folder of its own. No folder is no archive. */
function listArchives(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return names
      .filter((name) => name.endsWith(archiveEnding))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new InputError(`Input \`archive\` is ${quoteValue(folder, 300)}, which is no folder that can be read.`, {
      cause: error,
    });
  }
}

/** The repository that the build gave it, by its name without the tag; empty where it has none. */
function repositoryOf({ name }: ArchivedImage): string {
  return name.replace(/:[^:/]*$/u, "");
}

/** So that a wrong `image` is seen. */
function listOthers(images: readonly ArchivedImage[]): string {
  const names = [...new Set(images.map((image) => quoteValue(repositoryOf(image))))];
  return names.length === 0 ? "" : ` (it has archives of ${names.slice(0, mostTold).join(", ")})`;
}

/** So that another variant is seen for what it is. */
function listNames(images: readonly ArchivedImage[]): string {
  const names = [...new Set(images.map((image) => quoteValue(`${repositoryOf(image)}:${nameOf(image)}`, 300)))];
  return ` (it has ${names.slice(0, mostTold).join(", ")})`;
}

function newestAttempts(images: readonly ArchivedImage[]): readonly ArchivedImage[] {
  const groups = groupBy(images, (image) =>
    JSON.stringify([readImageFacts(image.labels).component, nameOf(image), readImageFacts(image.labels).revision]),
  );
  return [...groups.values()].flatMap((group) => {
    const newest = Math.max(...group.map(({ path }) => attemptOfArchive(path)));
    return group.filter(({ path }) => attemptOfArchive(path) === newest);
  });
}

/** The primary tag that the build planned for it. */
function nameOf({ labels }: ArchivedImage): string {
  return labels["org.opencontainers.image.ref.name"] ?? "";
}

function isOf({ labels }: ArchivedImage, { revision }: Target): boolean {
  return readImageFacts(labels).revision === revision;
}

/** Whether its name is one that the image of this target has, with this very suffix. */
function isCalled(image: ArchivedImage, { tags, lists, revision }: Target, suffix: string): boolean {
  const name = nameOf(image);
  if (tags.includes(name)) return true;
  if (!lists) return false;
  const { version } = readImageFacts(image.labels);
  return (
    tagsOfRevision([name], revision, suffix).length > 0 || (version !== undefined && isOfVersion(name, version, suffix))
  );
}
