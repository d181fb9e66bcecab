/** What the step gives. */
export interface FoundImage {
  readonly source: "registry" | "archive";
  /** Pinned by digest; of an archive the name it was loaded under. */
  readonly reference: string;
  readonly digest: string;
  readonly tag: string;
  readonly revision: string;
  readonly platforms: readonly string[];
}
