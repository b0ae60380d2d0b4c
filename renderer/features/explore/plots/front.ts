/** @file Pareto fronts: candidates that no other beats in every goal that counts. */
import { orderBy } from '../order.ts';

/**
 * Numbers among `among` that are not dominated, largest sum of scores first. A candidate dominates another if it is at
 * least as good in all goals and better in one. A candidate with a missing score is not on the front and dominates
 * nothing. Because of the sorting by sum (Chomicki et al., ICDE 2003), members are only compared with members that are
 * already known.
 * @param scores one column per goal that counts; higher is better
 */
export function paretoFront(scores: readonly Float32Array[], among: Int32Array): Int32Array {
  const sums = Float32Array.from(among, (number) => scores.reduce((sum, column) => sum + column[number], 0));
  const front: number[] = [];
  for (const at of orderBy(sums)) {
    if (Number.isNaN(sums[at])) break;
    const number = among[at];
    if (!front.some((member) => dominates(scores, member, number))) front.push(number);
  }
  // Rounding in single precision may sort a candidate before another that dominates it by a tiny amount.
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
