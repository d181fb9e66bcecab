import { type Answer, json } from "../http-exchange.ts";
import type { RepositoryState } from "../repository-state.ts";
import type { ApiRequest, ApiRoute } from "./api-context.ts";
import { apiError } from "./api-error.ts";
import { unsigned } from "./commit-body.ts";
import { listAnswer } from "./page.ts";
import { nodeId } from "./user-body.ts";

export const refRoutes: readonly ApiRoute[] = [
  {
    path: "/repos/{owner}/{repo}/git/matching-refs/{ref}",
    kind: "matching-refs",
    documentation: "rest/git/refs#list-matching-references",
    permission: "contents",
    ofRepository: matchingRefs,
  },
  {
    path: "/repos/{owner}/{repo}/git/ref/{ref}",
    kind: "ref",
    documentation: "rest/git/refs#get-a-reference",
    permission: "contents",
    ofRepository: (repository, request) => {
      const wanted = `refs/${request.parameters.ref}`;
      const found = allRefs(repository, request.asOf).find(({ ref }) => ref === wanted);
      return found === undefined
        ? apiError(404, "Not Found", request.documentation)
        : json(200, refBody(repository, request, found));
    },
  },
  {
    path: "/repos/{owner}/{repo}/git/tags/{tag_sha}",
    kind: "git-tag",
    documentation: "rest/git/tags#get-a-tag",
    permission: "contents",
    ofRepository: gitTag,
  },
  {
    path: "/repos/{owner}/{repo}/tags",
    kind: "tags",
    documentation: "rest/repos/repos#list-repository-tags",
    permission: "contents",
    ofRepository: listTags,
  },
];

interface Ref {
  readonly ref: string;
  readonly sha: string;
}

function allRefs(repository: RepositoryState, asOf: number): readonly Ref[] {
  const refs = [
    ...repository.branches.entries(asOf).map(([name, sha]) => ({ ref: `refs/heads/${name}`, sha })),
    ...repository.tags.entries(asOf).map(([name, sha]) => ({ ref: `refs/tags/${name}`, sha })),
  ];
  return refs.sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

/** All at once: this endpoint has no pages. */
function matchingRefs(repository: RepositoryState, request: ApiRequest): Answer {
  const prefix = `refs/${request.parameters.ref}`;
  const matching = allRefs(repository, request.asOf).filter(({ ref }) => ref.startsWith(prefix));
  return json(
    200,
    matching.map((ref) => refBody(repository, request, ref)),
  );
}

function refBody(repository: RepositoryState, request: ApiRequest, { ref, sha }: Ref) {
  const type = repository.tagObjects.has(sha) ? "tag" : "commit";
  const git = `${request.url.origin}/repos/${repository.fullName}/git`;
  return {
    ref,
    node_id: nodeId("REF", ref),
    url: `${git}/${encodeURI(ref)}`,
    object: { sha, type, url: `${git}/${type}s/${sha}` },
  };
}

function gitTag(repository: RepositoryState, request: ApiRequest): Answer {
  const tag = repository.tagObjects.get(request.parameters.tag_sha ?? "");
  if (tag === undefined) return apiError(404, "Not Found", request.documentation);
  const git = `${request.url.origin}/repos/${repository.fullName}/git`;
  return json(200, {
    node_id: nodeId("TA", tag.sha),
    tag: tag.tag,
    sha: tag.sha,
    url: `${git}/tags/${tag.sha}`,
    message: tag.message,
    tagger: tag.tagger,
    object: { sha: tag.object, type: "commit", url: `${git}/commits/${tag.object}` },
    verification: unsigned,
  });
}

function listTags(repository: RepositoryState, request: ApiRequest): Answer {
  const url = `${request.url.origin}/repos/${repository.fullName}`;
  const names = [...repository.tags.entries(request.asOf)].sort(([a], [b]) => (a < b ? 1 : -1));
  return listAnswer(names, request.url, ([name, sha]) => {
    const commit = repository.tagObjects.get(sha)?.object ?? sha;
    return {
      name,
      zipball_url: `${url}/zipball/refs/tags/${encodeURI(name)}`,
      tarball_url: `${url}/tarball/refs/tags/${encodeURI(name)}`,
      commit: { sha: commit, url: `${url}/commits/${commit}` },
      node_id: nodeId("REF", name),
    };
  });
}
