import { createHash } from "node:crypto";

/** GitHub's `simple-user`. */
export function userBody(origin: string, login: string, type: "User" | "Organization" | "Bot" = typeOf(login)) {
  const id = createHash("sha1").update(login.toLowerCase()).digest().readUInt32BE() >>> 4;
  const api = `${origin}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId("U", id),
    avatar_url: `${origin}/avatars/u/${id}?v=4`,
    gravatar_id: "",
    url: api,
    html_url: `${origin}/${encodeURIComponent(login)}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type,
    user_view_type: "public",
    site_admin: false,
  };
}

function typeOf(login: string): "User" | "Bot" {
  return login.endsWith("[bot]") ? "Bot" : "User";
}

/** An opaque id as GitHub's GraphQL has it. */
export function nodeId(prefix: string, id: number | string): string {
  return `${prefix}_${Buffer.from(String(id)).toString("base64url")}`;
}
