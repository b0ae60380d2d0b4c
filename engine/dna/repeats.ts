/**
 * @file Stretches that occur again in a sequence, on the same strand (direct) or on the other strand (inverted), and
 * the hairpins that inverted repeats may form. All are exact: no mismatch, no bulge, no wobble pair.
 */
import { baseCodes } from './sequence.ts';

/** Length of the longest stretch that occurs twice without overlap. */
export function longestDirectRepeat(sequence: string): number {
  const codes = baseCodes(sequence);
  let longest = 0;
  for (let shift = 1; shift < codes.length; shift++) {
    let run = 0;
    for (let i = 0; i + shift < codes.length; i++) {
      run = codes[i] === codes[i + shift] ? run + 1 : 0;
      longest = Math.max(longest, Math.min(run, shift));
    }
  }
  return longest;
}

/** Two arms that pair base by base, from the outside in. */
export interface Stem {
  /** First base of the left arm, from 0. */
  readonly start: number;
  /** Bases per arm. */
  readonly stem: number;
  /** Bases between the arms. */
  readonly loop: number;
}

/** Visits every stem that cannot be extended at either end. A sequence of 10,000 bases has too many to list. */
function visitStems(
  sequence: string,
  leastLoop: number,
  visit: (start: number, stem: number, loop: number) => void,
): void {
  const codes = baseCodes(sequence);
  const pairs = (i: number, j: number) => i >= 0 && j < codes.length && codes[i] + codes[j] === 3;
  for (let start = 0; start < codes.length; start++) {
    for (let end = start + 1 + leastLoop; end < codes.length; end++) {
      if (!pairs(start, end) || pairs(start - 1, end + 1)) continue;
      const most = Math.floor((end - start + 1 - leastLoop) / 2);
      let stem = 1;
      while (stem < most && pairs(start + stem, end - stem)) stem++;
      visit(start, stem, end - start + 1 - 2 * stem);
    }
  }
}

/**
 * All stems that cannot be extended at either end, with a loop of at least `leastLoop`. @param leastStem shortest stem;
 * at least 1
 */
export function stems(sequence: string, leastStem: number, leastLoop: number): Stem[] {
  const found: Stem[] = [];
  visitStems(sequence, leastLoop, (start, stem, loop) => {
    if (stem >= leastStem) found.push({ start, stem, loop });
  });
  return found;
}

/** Bases of the longest stem with a loop of at least `leastLoop`; 0 if there is none. */
export function longestStem(sequence: string, leastLoop: number): number {
  let longest = 0;
  visitStems(sequence, leastLoop, (_start, stem) => (longest = Math.max(longest, stem)));
  return longest;
}

/** Length of the longest stretch whose reverse complement follows it without overlap, at any distance. */
export function longestInvertedRepeat(sequence: string): number {
  return longestStem(sequence, 0);
}

/**
 * Lengths of the stretches of at least `least` bases that equal their own reverse complement. Each centre gives its
 * longest.
 */
export function palindromes(sequence: string, least: number): number[] {
  return stems(sequence, Math.ceil(least / 2), 0)
    .filter(({ loop }) => loop === 0)
    .map(({ stem }) => 2 * stem);
}
