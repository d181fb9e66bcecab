/** What a request is for: faults are aimed and calls are counted by it. */
export type RequestKind = ApiKind | RegistryKind;

export type ApiKind =
  | "repository"
  | "matching-refs"
  | "ref"
  | "git-tag"
  | "git-commit"
  | "commit"
  | "compare"
  | "pulls"
  | "pull"
  | "branches"
  | "branch"
  | "tags"
  | "releases"
  | "user"
  | "packages"
  | "package"
  | "package-versions"
  | "package-version"
  | "package-version-delete"
  | "package-version-restore"
  | "rate-limit"
  | "unknown-api";

export type RegistryKind =
  | "ping"
  | "token"
  | "blob-read"
  | "upload-start"
  | "upload-chunk"
  | "upload-finish"
  | "upload-status"
  | "upload-cancel"
  | "manifest-read"
  | "manifest-write"
  | "manifest-delete"
  | "tags-list"
  | "referrers"
  | "unknown-registry";
