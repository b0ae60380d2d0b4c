/**
 * @file Totals, orders and filters of 100,000 candidates within one or two frames, in plain loops over typed arrays.
 */
import type { Aggregate } from '../../../contract/api.ts';

/** How a weighted score is added to the total so far. Same rule as in the workspace. */
const add: Readonly<Record<Aggregate, (total: number, score: number, share: number) => number>> = {
  arithmetic: (total, score, share) => total + share * score,
  geometric: (total, score, share) => total + share * Math.log(score),
  product: (total, score) => total * score,
  worst: (total, score) => Math.min(total, score),
};
const start: Readonly<Record<Aggregate, number>> = { arithmetic: 0, geometric: 0, product: 1, worst: 1 };

/**
 * The total of each candidate; NaN if a weighted score is missing.
 * @param shares of the weights, summing to 1; if all are 0, the totals are NaN
 */
export function totalsOf(
  scores: readonly Float32Array[],
  shares: readonly number[],
  aggregate: Aggregate,
  count: number,
): Float32Array {
  const totals = new Float64Array(count).fill(shares.some((share) => share > 0) ? start[aggregate] : NaN);
  shares.forEach((share, goal) => {
    if (share > 0) addGoal(totals, scores[goal], share, add[aggregate]);
  });
  return Float32Array.from(totals, aggregate === 'geometric' ? Math.exp : Number);
}

function addGoal(
  totals: Float64Array,
  scores: Float32Array,
  share: number,
  plus: (total: number, score: number, share: number) => number,
): void {
  for (let i = 0; i < totals.length; i++) totals[i] = plus(totals[i], scores[i], share);
}

const digitBits = 11;
const digits = 1 << digitBits;
const digitMask = digits - 1;

/**
 * Numbers in the order of their values, largest or smallest first. Ties are ordered by number; missing values come
 * last. A radix sort on the values' bits: 100,000 take a few milliseconds, against a hundred for a comparison sort.
 */
export function orderBy(values: Float32Array | Int32Array, ascending = false): Int32Array {
  const keys = sortableBits(Float32Array.from(values), ascending);
  let order = Int32Array.from(keys, (_, i) => i);
  let spare = new Int32Array(order.length);
  for (let shift = 0; shift < 32; shift += digitBits) {
    sortDigit(keys, order, spare, shift);
    [order, spare] = [spare, order];
  }
  return order;
}

/**
 * Maps values to unsigned integers that sort in the wanted order. The bits of negative floats are inverted; missing
 * values come last.
 */
function sortableBits(values: Float32Array<ArrayBuffer>, ascending: boolean): Uint32Array {
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < bits.length; i++) {
    if (values[i] !== values[i]) bits[i] = 0xffffffff;
    else {
      const rising = bits[i] === 0x80000000 ? 0x80000000 : bits[i] & 0x80000000 ? ~bits[i] : bits[i] | 0x80000000;
      bits[i] = ascending ? rising : ~rising;
    }
  }
  return bits;
}

/** One stable pass over 11 bits, from `from` into `to`. */
function sortDigit(keys: Uint32Array, from: Int32Array, to: Int32Array, shift: number): void {
  const places = new Uint32Array(digits);
  for (let i = 0; i < keys.length; i++) places[(keys[i] >>> shift) & digitMask]++;
  for (let digit = 0, sum = 0; digit < digits; digit++) sum += swapIn(places, digit, sum);
  for (let i = 0; i < from.length; i++) to[places[(keys[from[i]] >>> shift) & digitMask]++] = from[i];
}

/** @returns the previous value */
function swapIn(places: Uint32Array, at: number, value: number): number {
  const before = places[at];
  places[at] = value;
  return before;
}

/** The values, padded with missing values to the number of candidates. */
export function reaching(values: Float32Array | Int32Array, count: number): Float32Array | Int32Array {
  if (values.length >= count) return values;
  const longer = new Float32Array(count).fill(NaN);
  longer.set(values);
  return longer;
}

/** Bounds of a filter, both inclusive. A missing value is outside. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Clears the mask at values outside the range. */
export function keepInside(mask: Uint8Array, values: Float32Array | Int32Array, { low, high }: Range): void {
  for (let i = 0; i < mask.length; i++) if (!(values[i] >= low && values[i] <= high)) mask[i] = 0;
}

/** Clears the mask where the other mask is 0 or ends. */
export function keepBoth(mask: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < mask.length; i++) if (other[i] !== 1) mask[i] = 0;
}

/** Entries of an order that pass a mask. */
export function through(order: Int32Array, mask: Uint8Array): Int32Array {
  const kept = new Int32Array(order.length);
  let count = 0;
  for (let i = 0; i < order.length; i++) if (mask[order[i]] === 1) kept[count++] = order[i];
  return kept.subarray(0, count);
}

/** A mask with 1 at the numbers. */
export function maskOf(numbers: Iterable<number>, count: number): Uint8Array {
  const mask = new Uint8Array(count);
  for (const number of numbers) mask[number] = 1;
  return mask;
}

/** Numbers at which a mask has 1, ascending. */
export function numbersOf(mask: Uint8Array): number[] {
  const numbers: number[] = [];
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) numbers.push(i);
  return numbers;
}

/** Smallest and largest value; undefined if every value is missing. */
export function extentOf(values: Float32Array | Int32Array): Range | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return low > high ? undefined : { low, high };
}

/** Digits of a bound beyond the first digit of the width that it belongs to. */
const boundDigits = 2;

/** Bounds with few digits: a thousandth to a hundredth of the extent, rounded outwards so that none is excluded. */
export function roundedOutwards({ low, high }: Range, { low: least, high: most }: Range): Range {
  const exponent = Math.floor(Math.log10(most - least)) - boundDigits;
  return { low: 0 - roundedUp(-low, exponent), high: roundedUp(high, exponent) };
}

/** The smallest multiple of a power of ten that is not below a value. */
function roundedUp(value: number, exponent: number): number {
  const multiple = (count: number): number => Number(`${count}e${exponent}`);
  const count = Math.ceil(value / multiple(1));
  return multiple(count) < value ? multiple(count + 1) : multiple(count);
}

/** How many values lie in each of `bins` equal parts of an extent. */
export function histogramOf(values: Float32Array | Int32Array, { low, high }: Range, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  const scale = high > low ? bins / (high - low) : 0;
  for (let i = 0; i < values.length; i++) {
    const bin = Math.min(bins - 1, Math.floor((values[i] - low) * scale));
    if (bin >= 0) counts[bin]++;
  }
  return counts;
}

/**
 * The `k` candidates of `among` whose scores are closest to those of one candidate. Missing scores count as distant.
 */
export function nearestByScores(
  scores: readonly Float32Array[],
  number: number,
  among: Int32Array,
  k: number,
): Int32Array {
  const distances = Float32Array.from(among, (other) =>
    scores.reduce((sum, column) => sum + squaredDistance(column[other], column[number]), 0),
  );
  return orderBy(distances, true)
    .subarray(0, k)
    .map((at) => among[at]);
}

function squaredDistance(a: number, b: number): number {
  const difference = a - b;
  return difference === difference ? difference * difference : 1;
}
