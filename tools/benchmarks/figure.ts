/** One line of the benchmark: what was measured, against what, and how far it may go. */
export interface Figure {
  readonly name: string;
  /** Such as `412 ms` or `1.3 ×` */
  readonly measured: string;
  /** What it is compared with, measured in the same run unless it says where it is published. */
  readonly baseline: string;
  readonly limit: string;
  readonly kept: boolean;
}

/** The middle of several runs: one that was disturbed does not count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [lower = 0, upper = 0] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return (lower + upper) / 2;
}

export function milliseconds(value: number): string {
  return `${Math.round(value)} ms`;
}

export function seconds(value: number): string {
  return `${(value / 1000).toFixed(2)} s`;
}
