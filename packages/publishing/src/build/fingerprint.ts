import { splitPair } from "./build-inputs.ts";

/** What a build is told, besides the commit it is of. What differs from run to run by its nature is not among it. */
export interface BuildInputs {
  /** Dockerfile, relative to the repository, and its text. */
  readonly file: string;
  readonly dockerfileText: string;
  /** Relative to the repository; empty for the repository itself. */
  readonly context: string;
  readonly target: string;
  readonly buildArgs: readonly string[];
  readonly buildContexts: readonly string[];
  readonly labels: readonly string[];
  /** Names of build arguments and labels that do not make it another build. */
  readonly volatile: readonly string[];
  /** Their ids: a value may be renewed at any time. */
  readonly secretIds: readonly string[];
  readonly hasSshKey: boolean;
  /** As it is asked for, so that a repository that becomes public has no other builds. */
  readonly provenance: string;
  readonly sbom: boolean;
  readonly dockerMediaTypes: boolean;
  readonly reproducible: boolean;
  /** `false`, `true` or `recursive`: whether their files were there. */
  readonly submodules: string;
}

/** The word of a fingerprint → the input it is of. */
const inputOf: Readonly<Record<string, string>> = {
  file: "file",
  context: "context",
  target: "target",
  args: "build-args",
  contexts: "build-contexts",
  labels: "labels",
  secrets: "secrets",
  ssh: "ssh-key",
  provenance: "provenance",
  sbom: "sbom",
  "media-types": "docker-media-types",
  reproducible: "reproducible",
  submodules: "submodules",
};

/**
 * A short hash of each input, as `file=1a2b3c4d,args=5e6f7a8b`: it tells which differ and none of their values. What is left at its
 * default is left out, so that an input that is new one day changes nothing of the builds of before.
 * `hash` gives the hexadecimal digits of SHA-256.
 */
export function fingerprintBuild(inputs: BuildInputs, hash: (text: string) => string): string {
  const lasting = (lines: readonly string[]) => lines.filter((line) => !inputs.volatile.includes(splitPair(line).name));
  const parts: readonly (readonly [word: string, told: readonly string[]])[] = [
    ["file", [inputs.file, inputs.dockerfileText]],
    ["context", inputs.context === "" ? [] : [inputs.context]],
    ["target", inputs.target === "" ? [] : [inputs.target]],
    ["args", sortByName(lasting(inputs.buildArgs))],
    ["contexts", sortByName(inputs.buildContexts)],
    ["labels", sortByName(lasting(inputs.labels))],
    ["secrets", [...inputs.secretIds].sort()],
    ["ssh", inputs.hasSshKey ? ["default"] : []],
    ["provenance", inputs.provenance === "auto" ? [] : [inputs.provenance]],
    ["sbom", inputs.sbom ? ["true"] : []],
    ["media-types", inputs.dockerMediaTypes ? ["docker"] : []],
    ["reproducible", inputs.reproducible ? ["true"] : []],
    ["submodules", inputs.submodules === "false" ? [] : [inputs.submodules]],
  ];
  return parts
    .filter(([, told]) => told.length > 0)
    .map(([word, told]) => `${word}=${hash(JSON.stringify(told)).slice(0, 8)}`)
    .join(",");
}

/** The order of lines of one name stays: of such the last counts. */
function sortByName(lines: readonly string[]): readonly string[] {
  const nameOf = (line: string) => `${splitPair(line).name}=`;
  return [...lines].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : nameOf(one) > nameOf(other) ? 1 : 0));
}

/** The inputs, by name, in which two fingerprints differ; none where one of them is not known. */
export function compareFingerprints(one: string | undefined, other: string | undefined): readonly string[] {
  if (one === undefined || other === undefined) return [];
  const [left, right] = [parse(one), parse(other)];
  const words = [...new Set([...left.keys(), ...right.keys()])];
  return words.filter((word) => left.get(word) !== right.get(word)).map((word) => inputOf[word] ?? word);
}

function parse(fingerprint: string): ReadonlyMap<string, string> {
  return new Map(fingerprint.split(",").map((part) => [part.split("=", 1)[0] ?? "", part]));
}
