import type { PackageVersion } from "@longshore/cleanup";
import { showText } from "../step/escape.ts";
import { GitHubError } from "./error.ts";
import { ListRefused, largestPage, listAll, type PageReading, readPages } from "./list-pages.ts";
import { field } from "./reads.ts";
import { type GitHubRest, messageIn } from "./rest.ts";

/** GitHub keeps packages of users and organisations under two roots. */
export type OwnerKind = "orgs" | "users";

/** What became of one deletion. `refused`: GitHub will not, whoever asks; its words. */
export type Deletion =
  | { readonly outcome: "removed" | "gone" }
  | { readonly outcome: "refused"; readonly reason: string };

export type Restoration =
  | { readonly outcome: "restored" | "present" }
  | { readonly outcome: "refused"; readonly reason: string };

/** The Packages API, for one container package (https://docs.github.com/en/rest/packages/packages). */
export interface PackageApi {
  /** Name below the owner, such as `app/api`. */
  readonly name: string;
  /** Versions on a page; 100 but in tests of paging. */
  readonly pageSize: number;
  readonly listVersionPages: (state: "active" | "deleted", onPage?: (items: number) => void) => Promise<PageReading>;
  /** One page, from 1; shorter than `pageSize` where the list ends. */
  readonly readVersionPage: (page: number, state?: "active" | "deleted") => Promise<readonly PackageVersion[]>;
  /** undefined where it is not there. */
  readonly readVersion: (id: number) => Promise<PackageVersion | undefined>;
  /** Throws GitHubError where the token may not. */
  readonly deleteVersion: (id: number) => Promise<Deletion>;
  readonly restoreVersion: (id: number) => Promise<Restoration>;
}

/** Whether a user or an organisation owns it. Throws GitHubError where there is no such owner. */
export async function readOwnerKind(rest: GitHubRest, owner: string): Promise<OwnerKind> {
  const { status, data } = await rest.ask("GET", `/users/${encodeURIComponent(owner)}`);
  if (status !== 200) {
    throw new GitHubError(
      `GitHub knows no user or organisation ${showText(owner)}: check the input \`owner\`.`,
      status,
    );
  }
  return field(data, "type") === "Organization" ? "orgs" : "users";
}

/** Names of the owner's container packages. Throws GitHubError where the token may not list them. */
export async function listPackageNames(rest: GitHubRest, kind: OwnerKind, owner: string): Promise<readonly string[]> {
  const path = `/${kind}/${encodeURIComponent(owner)}/packages?package_type=container`;
  try {
    return await listAll(rest, path, (item) => String(field(item, "name")), String);
  } catch (error) {
    if (!(error instanceof GitHubError) || ![400, 403, 404, 422].includes(error.status)) throw error;
    throw new GitHubError(
      `This token cannot list the packages of ${showText(owner)}, which a pattern needs (a workflow's \`github.token\` never can): name the packages one by one in the input \`package\`, or pass a classic personal token with \`read:packages\` and \`delete:packages\`.`,
      error.status,
      { cause: error },
    );
  }
}

export function openPackage(
  rest: GitHubRest,
  kind: OwnerKind,
  owner: string,
  name: string,
  pageSize: number = largestPage,
): PackageApi {
  const base = `/${kind}/${encodeURIComponent(owner)}/packages/container/${encodeURIComponent(name)}/versions`;
  const whole = showText(`${owner}/${name}`);
  const stateOf = (state: "active" | "deleted") => (state === "deleted" ? "state=deleted&" : "");
  const notListed = (error: unknown): unknown => {
    if (!(error instanceof GitHubError) || (error.status !== 404 && error.status !== 403)) return error;
    return new GitHubError(
      `GitHub shows this token no container package ${whole} (${error.status}): check the inputs \`owner\` and \`package\`, and give the token the right to read it. ${tokenAdvice}`,
      error.status,
      { cause: error },
    );
  };
  const mayNot = (what: string, status: number, said: string, cause?: unknown): GitHubError =>
    new GitHubError(`The token may not ${what} of ${whole} (${status} ${said}). ${tokenAdvice}`, 403, { cause });
  /** GitHub's 403 as the advice; other errors as they are. */
  const change = async (method: "DELETE" | "POST", path: string, what: string) => {
    try {
      return await rest.ask(method, path);
    } catch (error) {
      if (error instanceof GitHubError && error.status === 403) throw mayNot(what, 403, "Forbidden", error);
      throw error;
    }
  };
  const readVersion = async (id: number): Promise<PackageVersion | undefined> => {
    const { status, data } = await rest.ask("GET", `${base}/${id}`);
    return status === 200 ? parseVersion(data) : undefined;
  };

  return {
    name,
    pageSize,
    listVersionPages: async (state, onPage) => {
      try {
        return await readPages(rest, `${base}?${stateOf(state)}`.replace(/[?&]$/u, ""), pageSize, onPage);
      } catch (error) {
        throw notListed(error);
      }
    },
    readVersionPage: async (page, state = "active") => {
      const path = `${base}?${stateOf(state)}per_page=${pageSize}&page=${page}`;
      const { status, data } = await rest.ask("GET", path);
      if (status !== 200 || !Array.isArray(data)) throw notListed(new ListRefused(base, status));
      return data.map(parseVersion);
    },
    readVersion,
    deleteVersion: async (id) => {
      for (let attempt = 1; ; attempt += 1) {
        const { status, data } = await change("DELETE", `${base}/${id}`, "delete versions");
        if (status < 300) return { outcome: "removed" };
        if (status !== 404) return { outcome: "refused", reason: `${messageIn(data)} (${status})` };
        // Also what a token gets that may read but not delete: what is still there tells the one from the other.
        if ((await readVersion(id)) === undefined) return { outcome: "gone" };
        if (attempt === 3) throw mayNot("delete versions", 404, "though the version is there");
      }
    },
    restoreVersion: async (id) => {
      const { status, data } = await change("POST", `${base}/${id}/restore`, "restore versions");
      if (status < 300) return { outcome: "restored" };
      const said = `${messageIn(data)} (${status})`;
      return (await readVersion(id)) === undefined ? { outcome: "refused", reason: said } : { outcome: "present" };
    },
  };
}

/** What a token must be for packages, in words. */
const tokenAdvice =
  "With `github.token`: grant the job `packages: write` and give this repository the Admin role in the package's settings (Package settings, Manage Actions access). Else pass a classic personal token with `read:packages` and `delete:packages`; fine-grained tokens do not work with packages.";

/** A version as GitHub lists it. Throws GitHubError where it is none. */
export function parseVersion(value: unknown): PackageVersion {
  const id = field(value, "id");
  const digest = field(value, "name");
  const tags = field(field(field(value, "metadata"), "container"), "tags") ?? [];
  const createdAt = Date.parse(String(field(value, "created_at")));
  const updatedAt = Date.parse(String(field(value, "updated_at") ?? field(value, "created_at")));
  const wellFormed =
    typeof id === "number" &&
    typeof digest === "string" &&
    Array.isArray(tags) &&
    tags.every((tag) => typeof tag === "string") &&
    Number.isFinite(createdAt) &&
    Number.isFinite(updatedAt);
  if (!wellFormed) {
    throw new GitHubError(
      "GitHub's API listed a package version that is not what its documentation says: check GITHUB_API_URL, then run the job again.",
      200,
    );
  }
  return { id, digest, tags, createdAt, updatedAt };
}
