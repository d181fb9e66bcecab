import type { AskGitHub } from "./ask-github.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import type { DiagnoseRequest } from "./read-request.ts";

/** By the prefix (https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats). */
const kinds: readonly (readonly [prefix: string, kind: string])[] = [
  ["ghs_", "a workflow's or an app's token"],
  ["ghp_", "a classic personal token"],
  ["github_pat_", "a fine-grained personal token"],
  ["gho_", "a token of an OAuth app, such as the gh command"],
  ["ghu_", "a user's token of an app"],
];

/** Whether GitHub takes the token, what kind it is, and what it may by its scopes. Asking for one's limits costs nothing. */
export async function checkToken({ token, access }: DiagnoseRequest, ask: AskGitHub): Promise<readonly Finding[]> {
  if (token === "") {
    const fix = "Pass one as the input `token`, or from a terminal as GITHUB_TOKEN or GH_TOKEN.";
    return [fail("token", "There is no token.", fix)];
  }
  const { status, headers, data, said } = await ask("/rate_limit");
  if (status === 0) {
    const fix = "Check GITHUB_API_URL, the network and its proxy.";
    return [fail("token", `GitHub's API cannot be asked (${said}).`, fix)];
  }
  if (status === 401) {
    const fix = "A workflow's token ends with its job; make a new personal token where one has expired.";
    return [fail("token", `GitHub refuses the token (401 ${said}).`, fix)];
  }
  if (status !== 200) {
    return [warn("token", `GitHub did not tell about the token (${status} ${said}).`, "Run this again later.")];
  }
  const kind = kinds.find(([prefix]) => token.startsWith(prefix))?.[1] ?? "a token of a kind not known here";
  return [judgeKind(kind, headers.get("x-oauth-scopes"), access), ...judgeLimit(data)];
}

function judgeKind(kind: string, scopes: string | undefined, access: DiagnoseRequest["access"]): Finding {
  const told = `GitHub takes the token: it is ${kind}`;
  if (kind.includes("fine-grained")) {
    const fix = "Use the workflow's own token, or a classic personal token.";
    return fail("token", `${told}, which does not work with packages.`, fix);
  }
  // A workflow's token has permissions instead of scopes, which only trying tells.
  if (scopes === undefined) return ok("token", `${told}.`);
  const has = scopes.split(/,\s*/u);
  const needed = access === "push" ? ["write:packages"] : ["read:packages", "write:packages"];
  const listed = scopes.trim() === "" ? "no scope" : `the scopes ${scopes}`;
  if (needed.some((scope) => has.includes(scope))) return ok("token", `${told} with ${listed}.`);
  return fail("token", `${told} with ${listed}.`, `Give it the scope \`${needed[0]}\`.`);
}

function judgeLimit(data: unknown): readonly Finding[] {
  const { limit, remaining, reset } =
    (data as { rate?: { limit?: number; remaining?: number; reset?: number } }).rate ?? {};
  if (limit === undefined || remaining === undefined || reset === undefined) return [];
  const told = `${remaining} of ${limit} requests to the API are left in this hour.`;
  if (remaining > limit / 10) return [ok("api-limit", told)];
  const until = new Date(reset * 1000).toISOString();
  return [warn("api-limit", told, `More are given at ${until}; use fewer jobs at once or another token.`)];
}
