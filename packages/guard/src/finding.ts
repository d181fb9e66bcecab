import type { Severity } from "./severity.ts";

export type Scanner = "trivy" | "grype";

/** One vulnerability of one package on one platform, or one secret in one file, as one scanner tells it. */
export interface Finding {
  /** The CVE where the scanner knows exactly one, else its own id, such as `GHSA-…` or `DLA-…`; a secret's rule. Upper-cased. */
  readonly id: string;
  /** Every id that names all of it: aliases of one flaw, and advisories that hold it. `id` among them. */
  readonly ids: readonly string[];
  /** The flaws of an advisory that bundles several, which name it only together; left out where it is one flaw. */
  readonly parts?: readonly string[];
  /** A secret: no version fixes it, so none can be waited for. */
  readonly secret?: true;
  /** The package's name; of a secret the file. */
  readonly package: string;
  /** The same for one package whatever its version: the package URL without version and qualifiers, else the name. */
  readonly packageKey: string;
  /** Its version; of a secret the line. */
  readonly installed: string;
  /** The version that fixes it; empty when there is none. */
  readonly fixed: string;
  /**
   * Where this copy of it lies, without the root: of packages of languages, and of secrets. Left out of packages of the operating
   * system, of which it has one.
   */
  readonly path?: string;
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
  /** Whether the scanner found anything to look up: packages of an operating system or of a language. */
  readonly recognised: boolean;
  /** An operating system that gets no advisories any more, such as `debian 10.13`: a clean report says little. */
  readonly endOfLife?: string;
  /** What the report holds beside and the gate decides nothing about, such as `2 misconfigurations`. */
  readonly undecided: readonly string[];
  readonly findings: readonly Omit<Finding, "platform">[];
}
