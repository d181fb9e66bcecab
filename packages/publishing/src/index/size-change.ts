/** Compressed size of one platform against the default branch's image. */
export interface SizeChange {
  /** Bytes now */
  readonly size: number;
  /** Bytes there; undefined where there is no such image */
  readonly before: number | undefined;
}

/** `1.9 MB`: decimal units, as registries count. */
export function formatSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"] as const;
  let value = bytes;
  let unit = 0;
  while (Number(value.toFixed(1)) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** `+1.2 MB (+3.4 %)`, `−19 B` where that is no tenth of a percent, `no change`, or `new` where there is nothing to compare with. */
export function formatSizeChange({ size, before }: SizeChange): string {
  if (before === undefined) return "new";
  const difference = size - before;
  if (difference === 0) return "no change";
  const sign = difference > 0 ? "+" : "−";
  const percent = ((Math.abs(difference) / before) * 100).toFixed(1);
  const share = before === 0 || percent === "0.0" ? "" : ` (${sign}${percent} %)`;
  return `${sign}${formatSize(Math.abs(difference))}${share}`;
}
