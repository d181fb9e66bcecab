import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  require_dist
} from "./chunk-parser.js";
import "./chunk-process.js";
import {
  __toESM
} from "./chunk-runtime.js";

// ../packages/config/src/read-yaml.ts
var import_yaml = __toESM(require_dist(), 1);
var maximumNodes = 2e4;
var maximumDepth = 30;
function readYaml(text, name) {
  const lines = new import_yaml.LineCounter();
  const at = (offset) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const parsed = (0, import_yaml.parseAllDocuments)(text, { lineCounter: lines, version: "1.2", prettyErrors: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const problems = documents.flatMap(
    ({ errors }) => errors.map(({ pos: [offset], message, code }) => ({ at: at(offset), sentence: explain(code, message) }))
  );
  const [first, ...others] = problems;
  if (first !== void 0) return { problems: [first, ...others] };
  const found = [];
  const nodes = documents.flatMap((document) => {
    const node = convert(document, at, found);
    return node.kind === "null" ? [] : [node];
  });
  const [problem, ...more] = found;
  return problem === void 0 ? { documents: nodes } : { problems: [problem, ...more] };
}
function explain(code, message) {
  const said = message.replace(/\s+/g, " ").trimEnd().replace(/[.:]$/, "");
  if (code === "DUPLICATE_KEY") return "a key is given twice: keep one of them.";
  const quotable = code === "BAD_ALIAS" || code === "BAD_SCALAR_START" || code === "MISSING_CHAR";
  return `this is not YAML (${said})${quotable ? ": write the text in quotes" : ""}.`;
}
function convert(document, at, problems) {
  let count = 0;
  const refuse = (place, sentence) => {
    if (!problems.some((problem) => problem.sentence === sentence)) problems.push({ at: place, sentence });
    return { kind: "null", at: place };
  };
  const walk = (yaml, before, depth) => {
    const place = yaml?.range ? at(yaml.range[0]) : before;
    count += 1;
    if (count > maximumNodes) return refuse(place, `this holds more than ${maximumNodes} entries: write fewer.`);
    if (depth > maximumDepth)
      return refuse(place, `this lies more than ${maximumDepth} levels deep: write it flatter.`);
    if (yaml === null || yaml === void 0) return { kind: "null", at: place };
    if ((0, import_yaml.isAlias)(yaml)) {
      const target = yaml.resolve(document);
      if (target === void 0) return refuse(place, `*${yaml.source} is no anchor: write the text in quotes.`);
      return walk(target, place, depth + 1);
    }
    if ((0, import_yaml.isSeq)(yaml)) {
      return { kind: "list", items: yaml.items.map((item) => walk(item, place, depth + 1)), at: place };
    }
    if ((0, import_yaml.isMap)(yaml)) {
      const entries = yaml.items.map((pair) => {
        const key = pair.key;
        const where = key?.range ? at(key.range[0]) : place;
        const name = (0, import_yaml.isScalar)(key) ? spelled(key) : void 0;
        if (name === void 0) refuse(where, "a key is no text: write it in quotes.");
        return { name: name ?? "", at: where, node: walk(pair.value, where, depth + 1) };
      });
      return { kind: "map", entries, at: place };
    }
    if (!(0, import_yaml.isScalar)(yaml)) return refuse(place, "this is no text, list or map.");
    return yaml.value === null ? { kind: "null", at: place } : { kind: "text", text: spelled(yaml) ?? "", at: place };
  };
  return walk(document.contents, at(0), 0);
}
function spelled({ value, source }) {
  if (typeof value === "string") return value;
  return value === null || value === void 0 ? void 0 : source ?? String(value);
}
export {
  readYaml
};
