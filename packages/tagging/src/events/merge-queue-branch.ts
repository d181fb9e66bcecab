import { InputError, quote } from "@longshore/language";

/** `gh-readonly-queue/{base}/pr-{number}-{sha}`, with or without `refs/heads/`. @throws InputError */
export function parseMergeQueueBranch(ref: string): { readonly base: string; readonly number: number } {
  const [, base, digits] = /^(?:refs\/heads\/)?gh-readonly-queue\/(.+)\/pr-([1-9]\d{0,14})-[0-9a-f]+$/s.exec(ref) ?? [];
  if (base !== undefined && digits !== undefined) return { base, number: Number(digits) };
  throw new InputError(`Merge queue branch ${quote(ref)} does not read as gh-readonly-queue/<base>/pr-<number>-<sha>.`);
}
