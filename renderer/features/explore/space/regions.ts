/** @file A map in words, for users who cannot see it: the number of candidates in each of its nine parts. */
import { extentOf } from '../order.ts';

export interface Region {
  /** "top left", "middle", ... */
  readonly name: string;
  readonly numbers: Int32Array;
}

const names = [
  ['bottom left', 'bottom', 'bottom right'],
  ['left', 'middle', 'right'],
  ['top left', 'top', 'top right'],
] as const;

/**
 * The parts with at least one of the numbers, fullest first.
 * @param xs, ys coordinates by number; NaN if a candidate is not on the map
 */
export function regionsOf(numbers: Int32Array, xs: Float32Array, ys: Float32Array): Region[] {
  const [across, up] = [xs, ys].map((values) => extentOf(values) ?? { low: 0, high: 1 });
  const third = (value: number, { low, high }: { low: number; high: number }): number =>
    Math.min(2, Math.floor((3 * (value - low)) / (high - low || 1)));
  const parts = names.map((row) => row.map((name) => ({ name, numbers: [] as number[] })));
  for (const number of numbers)
    if (!Number.isNaN(xs[number]) && !Number.isNaN(ys[number]))
      parts[third(ys[number], up)][third(xs[number], across)].numbers.push(number);
  return parts
    .flat()
    .filter((part) => part.numbers.length > 0)
    .sort((a, b) => b.numbers.length - a.numbers.length)
    .map((part) => ({ name: part.name, numbers: Int32Array.from(part.numbers) }));
}

/** Mean of the known values at the numbers; NaN if none is known. */
export function meanAt(values: Float32Array | Int32Array, numbers: Int32Array): number {
  let [sum, count] = [0, 0];
  for (const number of numbers) {
    if (Number.isNaN(values[number])) continue;
    sum += values[number];
    count++;
  }
  return sum / count;
}
