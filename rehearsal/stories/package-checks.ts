import type { GitHubDouble } from "../../doubles/github-double.ts";

/** Digests of the versions of a package that were deleted and are not restored. */
export function deletedVersions(github: GitHubDouble, repository: string): readonly string[] {
  const versions = github.registry.versions(repository);
  return versions.filter(({ deletedAt }) => deletedAt !== undefined).map(({ digest }) => digest);
}

/** Digests of the versions that no tag names and that nothing reaches which a tag names. */
export function unneededVersions(github: GitHubDouble, repository: string): readonly string[] {
  const versions = github.registry.versions(repository).filter(({ deletedAt }) => deletedAt === undefined);
  const needed = new Set<string>();
  const visit = (digest: string): void => {
    if (needed.has(digest)) return;
    needed.add(digest);
    for (const child of childrenOf(github, repository, digest)) visit(child);
  };
  for (const { digest, tags } of versions) if (tags.length > 0) visit(digest);
  return versions.map(({ digest }) => digest).filter((digest) => !needed.has(digest));
}

function childrenOf(github: GitHubDouble, repository: string, digest: string): readonly string[] {
  const content = github.registry.manifest(repository, digest)?.content as
    | { readonly manifests?: readonly { readonly digest: string }[] }
    | undefined;
  return (content?.manifests ?? []).map((child) => child.digest);
}
