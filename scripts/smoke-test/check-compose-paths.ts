import { readFileSync, statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { InputError } from "@longshore/language";
import { listComposePaths } from "@longshore/publishing";
import { parseAllDocuments } from "yaml";
import { quoteValue } from "../lib/step/escape.ts";
import { findInside } from "../lib/step/inside-repository.ts";

const MAXIMUM_FILES = 100;
const MAXIMUM_BYTES = 1024 * 1024;

/**
 * Refuses a compose file that names files of the runner, itself or by a file that it takes in: docker compose reads them, and shows of
 * them what it cannot read. Throws InputError before docker compose is asked.
 */
export function checkComposePaths(workspace: string, composeFile: string): void {
  const seen = new Set<string>();
  const check = (file: string, folder: string): void => {
    const reading = `${file}\n${folder}`;
    if (seen.has(reading)) return;
    seen.add(reading);
    const name = `The compose file ${quoteValue(relative(workspace, file), 200)}`;
    if (seen.size > MAXIMUM_FILES) throw new InputError(`${name} is one of more than ${MAXIMUM_FILES}: take in fewer.`);
    findInside(workspace, ".env", `${name}: the variables' file`, folder);
    for (const document of readDocuments(file, name)) {
      for (const { key, path, use, folder: own } of namedPaths(document, name)) {
        const found = findInside(workspace, path, `${name}: ${key}`, folder);
        // What is missing is for docker compose to say.
        if (use === "compose" && found !== undefined && statSync(found).isFile()) {
          check(found, own === undefined ? dirname(found) : resolve(folder, own));
        }
      }
    }
  };
  check(composeFile, dirname(composeFile));
}

function readDocuments(file: string, name: string): readonly unknown[] {
  if (statSync(file).size > MAXIMUM_BYTES) throw new InputError(`${name} is larger than 1 MiB: make it smaller.`);
  const documents = parseAllDocuments(readFileSync(file, "utf8"), {
    merge: true,
    prettyErrors: false,
    logLevel: "error",
  });
  return [...documents].map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new InputError(`${name} is no YAML: ${error.code} at character ${error.pos[0]}.`);
    try {
      return document.toJS({ maxAliasCount: 1000 });
    } catch (cause) {
      throw new InputError(`${name} is no YAML that can be read: an alias leads nowhere, or there are too many.`, {
        cause,
      });
    }
  });
}

function namedPaths(document: unknown, name: string): ReturnType<typeof listComposePaths> {
  try {
    return listComposePaths(document);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${name}: ${error.message}`, { cause: error }) : error;
  }
}
