/** `app-0123456789ab`: the last part of the repository and the start of the digest; safe in the name of an artifact. */
export function imageSlug({ repository, digest }: { readonly repository: string; readonly digest: string }): string {
  return `${repository.split("/").at(-1)}-${digest.slice("sha256:".length).slice(0, 12)}`;
}
