import type { PackageView, ViewedVersion } from "../package-view.ts";

/** Says why a version stays, a sentence; undefined where this rule has nothing to say. A rule can only ever keep. */
export interface RetentionRule {
  readonly name: string;
  readonly keep: (version: ViewedVersion, view: PackageView) => string | undefined;
}
