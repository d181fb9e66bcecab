/** One field of a comma separated list as Go's encoding/csv reads it, which buildx uses for `--output`, `--cache-to` and `--secret`. */
export function formatCsvField(field: string): string {
  return /[",\r\n]|^\s|^$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** `key=value` pairs as one such list. */
export function formatCsv(pairs: readonly (readonly [key: string, value: string])[]): string {
  return pairs.map(([key, value]) => formatCsvField(`${key}=${value}`)).join(",");
}
