import { entries, isMapping, type TemplateToken } from "./tokens.ts";
import { workflowSchema } from "./workflow-schema.ts";

export type Level = "none" | "read" | "write";

/** What a GITHUB_TOKEN may do, by scope; a scope that is not named is `none`. */
export type Permissions = Readonly<Record<string, Level>>;

const order: readonly Level[] = ["none", "read", "write"];

/** A `permissions` block; `read-all` and `write-all` name every scope GitHub knows. */
export function readPermissions(token: TemplateToken | undefined): Permissions | undefined {
  if (token === undefined) return undefined;
  if (isMapping(token)) return Object.fromEntries(entries(token).map(([scope, level]) => [scope, readLevel(level)]));
  const level: Level = token.toString() === "write-all" ? "write" : token.toString() === "read-all" ? "read" : "none";
  return Object.fromEntries(knownScopes().map((scope) => [scope, level]));
}

/**
 * The first scope that is asked for beyond what was granted, as GitHub says it when a called workflow asks too much
 * (`if` plays no part): https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows
 */
export function excess(asked: Permissions, granted: Permissions): string | undefined {
  for (const [scope, level] of Object.entries(asked)) {
    const limit = granted[scope] ?? "none";
    if (order.indexOf(level) > order.indexOf(limit)) {
      return `requests \`${scope}: ${level}\`, but its caller grants \`${scope}: ${limit}\``;
    }
  }
  return undefined;
}

/** A token of a fork's or Dependabot's pull request: GitHub lowers it to reading at run time, without a word. */
export function readOnly(permissions: Permissions): Permissions {
  return Object.fromEntries(
    Object.entries(permissions).map(([scope, level]) => [
      scope,
      level === "write" ? (scope === "id-token" ? "none" : "read") : level,
    ]),
  );
}

/** What a repository with GitHub's restricted default gives where no `permissions` are written. */
export const restrictedDefault: Permissions = { contents: "read", packages: "read" };

function readLevel(token: TemplateToken): Level {
  return order.find((level) => level === token.toString()) ?? "none";
}

function knownScopes(): readonly string[] {
  const mapping = workflowSchema().definitions["permissions-mapping"] as unknown as { readonly properties: object };
  return Object.keys(mapping.properties);
}
