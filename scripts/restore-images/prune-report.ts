import { InputError } from "@longshore/language";
import { isDigest } from "@longshore/publishing";
import { field } from "../lib/github/reads.ts";
import { quoteValue } from "../lib/step/escape.ts";

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

/** Bounds far beyond any package. */
const mostPackages = 10_000;
const mostVersions = 500_000;
const mostOfVersion = 10_000;
const tagPattern = /^\w[\w.-]{0,127}$/u;
/** Of any algorithm: what a manifest names. */
const partPattern = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[A-Za-z0-9=_-]{1,200}$/u;
const packagePattern = /^[a-z\d](?:[a-z\d._-]|\/(?=[a-z\d])){0,254}$/u;

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
  if (packages.length > mostPackages) throw refuse(`it has ${packages.length} packages`);
  return {
    owner,
    registry,
    packages: packages.map((each) => {
      const name = field(each, "package");
      const remove = field(each, "remove");
      if (typeof name !== "string" || !Array.isArray(remove)) throw refuse("a package is cut short");
      if (!packagePattern.test(name)) throw refuse(`${quoteValue(name)} is no package`);
      if (remove.length > mostVersions) throw refuse(`a package has ${remove.length} versions`);
      return { name, versions: remove.filter(mayBeGone).map((item) => readVersion(item) ?? fail(refuse)) };
    }),
  };
}

function fail(refuse: (why: string) => InputError): never {
  throw refuse("a version has parts that are missing or make no sense");
}

/** `left` is what an interrupted run had not come to when the report was written. */
function mayBeGone(item: unknown): boolean {
  return ["removed", "gone", "left"].includes(String(field(item, "outcome")));
}

function readVersion(item: unknown): LostVersion | undefined {
  const id = field(item, "id");
  const digest = field(item, "digest");
  const about = field(item, "about");
  const tags = textsOf(field(item, "tags"), (text) => tagPattern.test(text));
  const parts = textsOf(field(item, "parts") ?? [], (text) => partPattern.test(text));
  if (!Number.isSafeInteger(id) || Number(id) <= 0 || typeof digest !== "string" || !isDigest(digest)) return undefined;
  if (tags === undefined || parts === undefined) return undefined;
  if (about !== undefined && (typeof about !== "string" || !partPattern.test(about))) return undefined;
  return { id: Number(id), digest, tags, parts, about };
}

/** Nothing where it is no list of such texts. */
function textsOf(value: unknown, is: (text: string) => boolean): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > mostOfVersion) return undefined;
  return value.every((text): text is string => typeof text === "string" && is(text)) ? value : undefined;
}
