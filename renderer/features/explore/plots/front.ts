/** @file Pareto fronts: candidates that no other beats in every goal that counts. */
import { orderBy } from '../order.ts';

/**
 * Numbers among `among` that are not dominated, largest sum of scores first. Another
 * dominates one by being at least as good in all goals and better in one; a candidate
 * with a missing score is no member and dominates nothing.
 * By sorting on the sum first (Chomicki et al., ICDE 2003), members are only ever
 * compared with members that are already known.
 * @param scores one column a goal that counts, higher is better
 */
export function paretoFront(scores: readonly Float32Array[], among: Int32Array): Int32Array {
  const sums = Float32Array.from(among, (number) => scores.reduce((sum, column) => sum + column[number], 0));
  const front: number[] = [];
  for (const at of orderBy(sums)) {
    if (Number.isNaN(sums[at])) break;
    const number = among[at];
    if (!front.some((member) => dominates(scores, member, number))) front.push(number);
  }
  // Sums in single precision may put one before another that dominates it by a hair.
  return Int32Array.from(front.filter((number) => !front.some((member) => dominates(scores, member, number))));
}

function dominates(scores: readonly Float32Array[], a: number, b: number): boolean {
  let better = false;
  for (const column of scores) {
    if (column[a] < column[b]) return false;
    if (column[a] > column[b]) better = true;
  }
  return better;
}
