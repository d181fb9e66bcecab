import { isDigest } from "@longshore/publishing";
import { InputError } from "@longshore/tagging";
import { quoteValue } from "../lib/escape.ts";
import { field } from "../lib/github-reads.ts";

/** A version that a prune removed, or may have removed where it was interrupted. */
export interface LostVersion {
  readonly id: number;
  readonly digest: string;
  readonly tags: readonly string[];
  /** Digests below it, as far as the prune knew. */
  readonly parts: readonly string[];
  /** What it is a signature or an SBOM of. */
  readonly about: string | undefined;
}

export interface LostPackage {
  readonly name: string;
  /** In the order they went: parents before children. */
  readonly versions: readonly LostVersion[];
}

export interface PruneReport {
  readonly owner: string;
  readonly registry: string;
  readonly packages: readonly LostPackage[];
}

/** Reads a report of prune-images. Throws InputError where it is none. */
export function parsePruneReport(text: string, path: string): PruneReport {
  const refuse = (why: string, cause?: unknown): InputError =>
    new InputError(
      `Input \`report\` is ${quoteValue(path, 300)}, which is no report of a prune (${why}): give the file that prune-images wrote.`,
      {
        cause,
      },
    );
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch (cause) {
    throw refuse("it is not JSON", cause);
  }
  const owner = field(report, "owner");
  const registry = field(report, "registry");
  const packages = field(report, "packages");
  const format = field(report, "format");
  if (format !== "longshore-prune-1") throw refuse(`its format is ${quoteValue(String(format))}`);
  if (typeof owner !== "string" || typeof registry !== "string" || !Array.isArray(packages))
    throw refuse("parts are missing");
  return {
    owner,
    registry,
    packages: packages.map((each) => {
      const name = field(each, "package");
      const remove = field(each, "remove");
      if (typeof name !== "string" || !Array.isArray(remove)) throw refuse("a package is cut short");
      return { name, versions: remove.filter(mayBeGone).map((item) => readVersion(item) ?? fail(refuse)) };
    }),
  };
}

function fail(refuse: (why: string) => InputError): never {
  throw refuse("a version is cut short");
}

/** `left` is what an interrupted run had not come to when the report was written. */
function mayBeGone(item: unknown): boolean {
  return ["removed", "gone", "left"].includes(String(field(item, "outcome")));
}

function readVersion(item: unknown): LostVersion | undefined {
  const id = field(item, "id");
  const digest = field(item, "digest");
  const about = field(item, "about");
  if (typeof id !== "number" || typeof digest !== "string" || !isDigest(digest)) return undefined;
  return {
    id,
    digest,
    tags: texts(field(item, "tags")),
    parts: texts(field(item, "parts")),
    about: typeof about === "string" ? about : undefined,
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text): text is string => typeof text === "string") : [];
}
