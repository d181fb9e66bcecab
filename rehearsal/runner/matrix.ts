import type { Plain, PlainMap } from "./expressions.ts";
import { Refusal } from "./refusal.ts";

/**
 * The combinations of a matrix in GitHub's order, `exclude` applied before `include`:
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix
 */
export function expandMatrix(matrix: Plain, where: string): readonly PlainMap[] {
  if (!isMap(matrix)) throw new Refusal(`${where}: the matrix is no mapping.`);
  const { include, exclude, ...axes } = matrix;
  const excluded = readEntries(exclude, `${where}, exclude`);
  const combinations = Object.entries(axes)
    .reduce<readonly PlainMap[]>(
      (found, [axis, values]) => {
        if (!Array.isArray(values)) throw new Refusal(`${where}: \`${axis}\` of the matrix is no list.`);
        return found.flatMap((combination) => values.map((value) => ({ ...combination, [axis]: value })));
      },
      Object.keys(axes).length === 0 ? [] : [{}],
    )
    .filter((combination) => !excluded.some((entry) => agrees(combination, entry, Object.keys(entry))));
  const result = combinations.map((combination) => ({ original: combination, extended: combination }));
  const added: PlainMap[] = [];
  for (const entry of readEntries(include, `${where}, include`)) {
    // An entry joins each combination whose own values it would not change; one that joins none stands alone.
    const keys = Object.keys(entry).filter((key) => key in axes);
    const joined = result.filter(({ original }) => agrees(original, entry, keys));
    for (const combination of joined) combination.extended = { ...combination.extended, ...entry };
    if (joined.length === 0) added.push(entry);
  }
  const all = [...result.map(({ extended }) => extended), ...added];
  if (all.length === 0) throw new Refusal(`${where}: the matrix holds nothing.`);
  return all;
}

function agrees(combination: PlainMap, entry: PlainMap, keys: readonly string[]): boolean {
  return keys.every((key) => JSON.stringify(combination[key]) === JSON.stringify(entry[key]));
}

function readEntries(value: Plain | undefined, where: string): readonly PlainMap[] {
  if (value === undefined || value === null || value === "") return [];
  if (!Array.isArray(value) || !value.every(isMap)) throw new Refusal(`${where}: is no list of mappings.`);
  return value;
}

function isMap(value: Plain | undefined): value is PlainMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
