/** One line of the table: a figure of Hearth against a figure beside it, measured in the same run. */
export interface Row {
  /** As in the list of promises, 1 to 10; from 11 on the control plane's. */
  number: number;
  what: string;
  /** The figure of Hearth, with its unit. */
  hearth: string;
  /** What it is compared to, with its unit. */
  beside: string;
  ratio: number;
  /** For example `≥ 2.0`. */
  bar: string;
  stretch: string;
}

/** The middle of an odd number of measurements; the mean of the middle two of an even one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Runs a measurement several times and takes the median. */
export async function medianOf(times: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < times; i += 1) values.push(await measure());
  return median(values);
}

/** Whether a ratio keeps a promise such as `≥ 2.0` or `≤ 5`. */
export function keeps(ratio: number, promise: string): boolean {
  const value = Number(promise.replace(/[^\d.]/g, ''));
  return promise.startsWith('≥') ? ratio >= value : ratio <= value;
}

export const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
export const perSecond = (value: number) => `${Math.round(value).toLocaleString('en')} /s`;
