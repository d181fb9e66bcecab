import type { Severity } from "./severity.ts";

export type Scanner = "trivy" | "grype";

/** One vulnerability of one package on one platform, as one scanner tells it. */
export interface Finding {
  /** The CVE where the scanner knows exactly one, else its own id, such as `GHSA-…` or `DLA-…`. Upper-cased. */
  readonly id: string;
  /** Every id the scanner gives it, `id` among them. */
  readonly ids: readonly string[];
  readonly package: string;
  /** The same for one package whatever its version: the package URL without version and qualifiers, else the name. */
  readonly packageKey: string;
  readonly installed: string;
  /** The version that fixes it; empty when there is none. */
  readonly fixed: string;
  readonly severity: Severity;
  /** `linux/amd64`; `source` for a file system. */
  readonly platform: string;
  readonly scanner: Scanner;
  /** One line; may be empty. */
  readonly title: string;
  /** Where to read on; may be empty. Not checked: it is the scanner's. */
  readonly url: string;
}

/** What one scanner says of one image or folder. */
export interface ScanReport {
  /** What the report is called in messages, such as its file's name. */
  readonly name: string;
  readonly scanner: Scanner;
  readonly kind: "image" | "filesystem";
  /** Digests of manifests that the report says it is about; none of a file system. */
  readonly digests: readonly string[];
  /** `os/architecture` or `os/architecture/variant` as the image's config says; undefined where the report does not tell. */
  readonly platform?: string;
  /** An operating system that gets no advisories any more, such as `debian 10.13`: a clean report says little. */
  readonly endOfLife?: string;
  readonly findings: readonly Omit<Finding, "platform">[];
}
