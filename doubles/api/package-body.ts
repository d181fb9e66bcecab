import { gitHubDate } from "../git-object.ts";
import type { PackageRecord } from "../package-record.ts";
import type { PackageVersion } from "../registry-view.ts";
import type { ApiContext } from "./api-context.ts";
import { repositoryBody } from "./repository-body.ts";
import { userBody } from "./user-body.ts";

/** A package, and under which address it was asked for. */
export interface PackagePlace {
  readonly record: PackageRecord;
  readonly login: string;
  readonly side: "orgs" | "users";
  readonly origin: string;
}

/** GitHub's `package`. */
export function packageBody(place: PackagePlace, context: ApiContext, asOf: number) {
  const { record, login, side, origin } = place;
  const repository = context.find(record.name.split("/").slice(0, 2).join("/"));
  return {
    id: record.id,
    name: bareName(record),
    package_type: "container",
    owner: userBody(origin, login, side === "orgs" ? "Organization" : "User"),
    version_count: record.listing("active", asOf).length,
    visibility: record.visibility,
    url: addressOf(place),
    created_at: gitHubDate(record.createdAt),
    updated_at: gitHubDate(record.updatedAt),
    ...(repository === undefined ? {} : { repository: repositoryBody(origin, repository) }),
    html_url: pageOf(place),
  };
}

/** GitHub's `package-version`: no size, media type, parent or download count. */
export function packageVersionBody(place: PackagePlace, version: PackageVersion) {
  const page = pageOf(place);
  return {
    id: version.id,
    name: version.digest,
    url: `${addressOf(place)}/versions/${version.id}`,
    package_html_url: page,
    created_at: gitHubDate(version.createdAt),
    updated_at: gitHubDate(version.updatedAt),
    ...(version.deletedAt === undefined ? {} : { deleted_at: gitHubDate(version.deletedAt) }),
    html_url: `${page.replace("/package/", "/")}/${version.id}`,
    metadata: { package_type: "container", container: { tags: version.tags } },
  };
}

function bareName(record: PackageRecord): string {
  return record.name.split("/").slice(1).join("/");
}

function addressOf({ origin, side, login, record }: PackagePlace): string {
  return `${origin}/${side}/${login}/packages/container/${encodeURIComponent(bareName(record))}`;
}

function pageOf({ origin, side, login, record }: PackagePlace): string {
  return `${origin}/${side}/${login}/packages/container/package/${encodeURIComponent(bareName(record))}`;
}
