import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Node as Yaml,
} from "yaml";
import type { Entry, Node, Problem } from "./node.ts";

/** More of them than any description has: aliases of aliases are counted as often as they stand for something. */
const maximumNodes = 20_000;
const maximumDepth = 30;

/** The documents of a YAML 1.2 text, each as it is spelled, or all that is wrong with it. An empty document is left out. */
export type YamlReading =
  | { readonly documents: readonly Node[] }
  | { readonly problems: readonly [Problem, ...Problem[]] };

/** @param name what the text is called in messages: `.github/longshore.yml` */
export function readYaml(text: string, name: string): YamlReading {
  const lines = new LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  // `strict` and `uniqueKeys` are its defaults; a merge key is an ordinary key in YAML 1.2.
  const parsed = parseAllDocuments(text, { lineCounter: lines, version: "1.2", prettyErrors: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const problems = documents.flatMap(({ errors }) =>
    errors.map(({ pos: [offset], message, code }) => ({ at: at(offset), sentence: explain(code, message) })),
  );
  const [first, ...others] = problems;
  if (first !== undefined) return { problems: [first, ...others] };
  const found: Problem[] = [];
  const nodes = documents.flatMap((document) => {
    const node = convert(document, at, found);
    return node.kind === "null" ? [] : [node];
  });
  const [problem, ...more] = found;
  return problem === undefined ? { documents: nodes } : { problems: [problem, ...more] };
}

function explain(code: string, message: string): string {
  const said = message.replace(/\s+/g, " ").trimEnd().replace(/[.:]$/, "");
  if (code === "DUPLICATE_KEY") return "a key is given twice: keep one of them.";
  const quotable = code === "BAD_ALIAS" || code === "BAD_SCALAR_START" || code === "MISSING_CHAR";
  return `this is not YAML (${said})${quotable ? ": write the text in quotes" : ""}.`;
}

function convert(document: Document.Parsed, at: (offset: number) => string, problems: Problem[]): Node {
  let count = 0;
  const refuse = (place: string, sentence: string): Node => {
    if (!problems.some((problem) => problem.sentence === sentence)) problems.push({ at: place, sentence });
    return { kind: "null", at: place };
  };
  const walk = (yaml: Yaml | null | undefined, before: string, depth: number): Node => {
    const place = yaml?.range ? at(yaml.range[0]) : before;
    count += 1;
    if (count > maximumNodes) return refuse(place, `this holds more than ${maximumNodes} entries: write fewer.`);
    if (depth > maximumDepth)
      return refuse(place, `this lies more than ${maximumDepth} levels deep: write it flatter.`);
    if (yaml === null || yaml === undefined) return { kind: "null", at: place };
    if (isAlias(yaml)) {
      const target = yaml.resolve(document);
      if (target === undefined) return refuse(place, `*${yaml.source} is no anchor: write the text in quotes.`);
      return walk(target, place, depth + 1);
    }
    if (isSeq(yaml)) {
      return { kind: "list", items: yaml.items.map((item) => walk(item as Yaml, place, depth + 1)), at: place };
    }
    if (isMap(yaml)) {
      const entries = yaml.items.map((pair): Entry => {
        const key = pair.key as Yaml | null;
        const where = key?.range ? at(key.range[0]) : place;
        const name = isScalar(key) ? spelled(key) : undefined;
        if (name === undefined) refuse(where, "a key is no text: write it in quotes.");
        return { name: name ?? "", at: where, node: walk(pair.value as Yaml | null, where, depth + 1) };
      });
      return { kind: "map", entries, at: place };
    }
    if (!isScalar(yaml)) return refuse(place, "this is no text, list or map.");
    return yaml.value === null ? { kind: "null", at: place } : { kind: "text", text: spelled(yaml) ?? "", at: place };
  };
  return walk(document.contents as Yaml | null, at(0), 0);
}

/** Numbers, dates and booleans as they stand: `3.10` is no 3.1. */
function spelled({ value, source }: { readonly value: unknown; readonly source?: string }): string | undefined {
  if (typeof value === "string") return value;
  return value === null || value === undefined ? undefined : (source ?? String(value));
}
