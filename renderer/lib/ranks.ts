/** @file Ranks of candidates whose totals are uncertain. */
import type { TotalInterval } from '../../contract/api.ts';
import { score } from './format.ts';

/** "(0.66 to 0.77)"; empty without an interval. */
export function intervalText(interval: Pick<TotalInterval, 'low' | 'high'> | undefined): string {
  if (interval === undefined || interval.low === null || interval.high === null) return '';
  return `(${score(interval.low)} to ${score(interval.high)})`;
}

/** Ranks further away than this are not looked at. */
const furthest = 100;

/**
 * The ranks within noise: those of the candidates whose totals lie within the interval of one, in a list ordered by
 * falling totals.
 * @param totalAt null where it is missing, undefined where it is not read
 * @param count length of the list
 * @returns ranks from 1, as "1–7", or "1–60+" if more may follow; null if it is the only one
 */
export function ranksWithinNoise(
  index: number,
  { low, high }: Pick<TotalInterval, 'low' | 'high'>,
  totalAt: (index: number) => number | null | undefined,
  count: number,
): string | null {
  if (low === null || high === null) return null;
  const reach = (by: -1 | 1, holds: (total: number) => boolean): number => {
    let at = index;
    while (at + by >= 0 && Math.abs(at - index) < furthest && holds(totalAt(at + by) ?? NaN)) at += by;
    return at;
  };
  const first = reach(-1, (total) => total <= high);
  const last = reach(1, (total) => total >= low);
  if (first === last) return null;
  const more = last - index === furthest || (last + 1 < count && totalAt(last + 1) === undefined);
  return `${first + 1}–${last + 1}${more ? '+' : ''}`;
}
