import type { GitHubDouble } from "./github-double.ts";

export interface PackagesAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON, where there is some. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it.
  readonly body: any;
}

/** A client of the Packages API that hides nothing. Paths go on from the place: `/versions/1`. */
export interface PackagesSession {
  ask(path: string, method?: string): Promise<PackagesAnswer>;
  versions(query?: string): Promise<PackagesAnswer>;
  remove(id: number): Promise<PackagesAnswer>;
  restore(id: number): Promise<PackagesAnswer>;
}

export function packagesSession(
  double: GitHubDouble,
  token: string | undefined,
  place = "orgs/acme/packages/container/app",
): PackagesSession {
  const ask: PackagesSession["ask"] = async (path, method = "GET") => {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${double.url}/${place}${path}`, { method, headers });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return {
    ask,
    versions: (query = "") => ask(`/versions${query}`),
    remove: (id) => ask(`/versions/${id}`, "DELETE"),
    restore: (id) => ask(`/versions/${id}/restore`, "POST"),
  };
}
