/** @file Points of a plot in pixels: the nearest point, and the points inside a drawn shape. */
export type Place = readonly [x: number, y: number];

export interface Points {
  /** Numbers of the candidates for which both values are known. */
  readonly numbers: Int32Array;
  /** In pixels, by the index in `numbers`. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Maps values to pixels. */
export interface Axis {
  readonly low: number;
  readonly high: number;
  /** Pixels of the two ends. */
  readonly from: number;
  readonly to: number;
}

/** Values between two ends. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

/** A range that can be drawn. A single value gets a margin, so that it lies in the middle. */
export function roomy({ low, high }: Span): Span {
  if (high > low) return { low, high };
  const room = Math.max(0.5, Math.abs(low) / 20);
  return { low: low - room, high: high + room };
}

/** Letters of the longest number along an axis with about five ticks. */
export function tickLetters({ low, high }: Span): number {
  const decimals = Math.min(9, Math.max(0, Math.ceil(-Math.log10((high - low) / 5))));
  const longest = Math.max(Math.abs(low), Math.abs(high)).toFixed(decimals);
  const whole = decimals === 0 ? longest.length : longest.length - decimals - 1;
  return longest.length + Math.floor((whole - 1) / 3) + (low < 0 ? 1 : 0);
}

/** Points of the candidates whose values lie on both axes. Others are outside the part that is shown. */
export function pointsOf(
  numbers: Int32Array,
  xs: Float32Array | Int32Array,
  ys: Float32Array | Int32Array,
  across: Axis,
  up: Axis,
): Points {
  // Beyond the end of its column, a candidate's value is missing.
  const known = numbers.filter((number) => isOn(xs[number], across) && isOn(ys[number], up));
  return {
    numbers: known,
    x: Float32Array.from(known, (number) => pixelOf(xs[number], across)),
    y: Float32Array.from(known, (number) => pixelOf(ys[number], up)),
  };
}

/** False for a missing value. */
const isOn = (value: number, { low, high }: Axis): boolean => value >= low && value <= high;

export function pixelOf(value: number, { low, high, from, to }: Axis): number {
  return from + ((value - low) / (high - low || 1)) * (to - from);
}

/**
 * The part of an axis that is narrower by this factor, with the value at a pixel kept in place, and limited to the
 * whole axis.
 * @param factor above 1 zooms in
 */
export function zoomed(axis: Axis, pixel: number, factor: number, whole: Span): Span {
  const length = Math.min(whole.high - whole.low, (axis.high - axis.low) / factor);
  const at = Math.min(1, Math.max(0, (pixel - axis.from) / (axis.to - axis.from || 1)));
  const low = Math.min(Math.max(whole.low, axis.low + at * (axis.high - axis.low - length)), whole.high - length);
  return { low, high: low + length };
}

/** Index of the nearest point within a distance in pixels; -1 for none. */
export function nearestPoint({ x, y }: Points, [px, py]: Place, within: number): number {
  let [best, least] = [-1, within * within];
  for (let i = 0; i < x.length; i++) {
    const distance = (x[i] - px) ** 2 + (y[i] - py) ** 2;
    if (distance <= least) [best, least] = [i, distance];
  }
  return best;
}

/** Numbers of the points inside a closed shape, by the even-odd rule. */
export function insideShape({ numbers, x, y }: Points, shape: readonly Place[]): Int32Array {
  return numbers.filter((_, i) => isInside(x[i], y[i], shape));
}

function isInside(x: number, y: number, shape: readonly Place[]): boolean {
  let inside = false;
  for (let i = 0, j = shape.length - 1; i < shape.length; j = i++) {
    const [[ax, ay], [bx, by]] = [shape[i], shape[j]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** The corners of the rectangle between two opposite ones. */
export function rectangle([ax, ay]: Place, [bx, by]: Place): Place[] {
  return [
    [ax, ay],
    [bx, ay],
    [bx, by],
    [ax, by],
  ];
}
