/** @file Random draws from lists, and repeated tries. */
import type { RandomStream } from './random-stream.ts';

/**
 * A uniform draw from what is accepted of the possibilities: they are tried in random order until one is accepted.
 * @param accept null for what is not acceptable
 */
export function firstAccepted<T, R>(
  possibilities: readonly T[],
  accept: (one: T) => R | null,
  random: RandomStream,
): R | null {
  const left = possibilities.slice();
  while (left.length > 0) {
    const at = random.below(left.length);
    const accepted = accept(left[at]);
    if (accepted !== null) return accepted;
    left[at] = left[left.length - 1];
    left.pop();
  }
  return null;
}

/** The first result that is not null of at most so many tries. */
export function upTo<R>(tries: number, attempt: () => R | null): R | null {
  for (let i = 0; i < tries; i++) {
    const result = attempt();
    if (result !== null) return result;
  }
  return null;
}

/** One of a list, drawn in proportion to their shares. @param list not empty; shares above 0 */
export function drawByShare<T extends { readonly share: number }>(list: readonly T[], random: RandomStream): T {
  let left = random.uniform() * list.reduce((sum, { share }) => sum + share, 0);
  return list.find(({ share }) => (left -= share) < 0) ?? list[list.length - 1];
}
