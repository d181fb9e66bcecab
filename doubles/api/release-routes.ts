import { gitHubDate } from "../git-object.ts";
import type { ApiRoute } from "./api-context.ts";
import { listAnswer } from "./page.ts";
import { nodeId, userBody } from "./user-body.ts";

export const releaseRoutes: readonly ApiRoute[] = [
  {
    path: "/repos/{owner}/{repo}/releases",
    kind: "releases",
    documentation: "rest/releases/releases#list-releases",
    permission: "contents",
    ofRepository: (repository, request) => {
      const { origin } = request.url;
      const api = `${origin}/repos/${repository.fullName}`;
      return listAnswer(repository.releases, request.url, (release) => ({
        url: `${api}/releases/${release.id}`,
        assets_url: `${api}/releases/${release.id}/assets`,
        upload_url: `${api}/releases/${release.id}/assets{?name,label}`,
        html_url: `${origin}/${repository.fullName}/releases/tag/${encodeURIComponent(release.tag)}`,
        id: release.id,
        node_id: nodeId("RE", release.id),
        author: userBody(origin, "octocat"),
        tag_name: release.tag,
        target_commitish: repository.defaultBranch,
        name: release.tag,
        body: null,
        draft: release.draft,
        prerelease: release.prerelease,
        created_at: gitHubDate(release.createdAt),
        published_at: release.draft ? null : gitHubDate(release.createdAt),
        tarball_url: `${api}/tarball/${encodeURIComponent(release.tag)}`,
        zipball_url: `${api}/zipball/${encodeURIComponent(release.tag)}`,
        assets: [],
      }));
    },
  },
];
