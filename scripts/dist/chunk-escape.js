import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  __commonJS
} from "./chunk-runtime.js";

// node:node:fs
var require_node_fs = __commonJS({
  "node:node:fs"(exports, module) {
    module.exports = process.getBuiltinModule("node:fs");
  }
});

// lib/step/escape.ts
var zeroWidthSpace = "​";
var unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
function showCodePoint(character) {
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "	") return "\\t";
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
function showText(text) {
  return text.replace(unprintable, showCodePoint);
}
function quoteValue(value, limit = 100) {
  const characters = [...showText(value)];
  return `"${characters.length > limit ? `${characters.slice(0, limit).join("")}…` : characters.join("")}"`;
}
function neutraliseLine(line) {
  const shown = line.replace(unprintable, (character) => character === "	" ? "	" : showCodePoint(character));
  const broken = shown.replaceAll("##[", `#${zeroWidthSpace}#[`);
  return /^\s*::/u.test(broken) ? `${zeroWidthSpace}${broken}` : broken;
}
function escapeMarkdown(text) {
  return showText(text).replace(/[&<>\\`*_[\]#|~$@]|^[-+=]|:(?=\/\/|[\w+-]+:)|(?<=www)\./giu, asEntity);
}
function asEntity(character) {
  return `&#${character.codePointAt(0)};`;
}
function codeText(text) {
  return /^[\w./:@+=,%()-][\w./:@+=,%() -]*$/u.test(text) ? `\`${text}\`` : `<code>${escapeMarkdown(text)}</code>`;
}
function linkText(text, url) {
  if (!/^https?:\/\/[^\s]+$/u.test(url) || !URL.canParse(url)) return escapeMarkdown(text);
  const target = new URL(url).href.replace(/[()<>|`"'\\[\]]/gu, (character) => encodeCharacter(character));
  return `[${escapeMarkdown(text)}](${target})`;
}
function encodeCharacter(character) {
  return `%${(character.codePointAt(0) ?? 0).toString(16).padStart(2, "0").toUpperCase()}`;
}

export {
  require_node_fs,
  showText,
  quoteValue,
  neutraliseLine,
  escapeMarkdown,
  codeText,
  linkText
};
