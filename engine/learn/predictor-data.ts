/**
 * @file Prepares measured sequences for predictors: measurements of one sequence are averaged, and sequences that share
 * a long stretch stay in one fold, so that a held-out sequence is not a relative of a training sequence.
 */
import { iupacReverseComplement } from '../dna/iupac.ts';
import { baseCodes } from '../dna/sequence.ts';
import { permutation, Purpose, randomStream } from '../generator/random.ts';

export interface MeasuredSequences {
  readonly sequences: readonly string[];
  /** One row per sequence, one number per task; NaN if it was not measured. */
  readonly values: readonly Float64Array[];
}

/**
 * One row per sequence, with the mean of its measurements.
 * @param bothStrands whether a sequence and its reverse complement are the same; the one that sorts first represents
 * both
 */
export function mergeMeasurements({ sequences, values }: MeasuredSequences, bothStrands: boolean): MeasuredSequences {
  const rows = new Map<string, Float64Array[]>();
  sequences.forEach((sequence, i) => {
    const key = bothStrands ? firstStrand(sequence) : sequence;
    const known = rows.get(key);
    if (known) known.push(values[i]);
    else rows.set(key, [values[i]]);
  });
  return { sequences: [...rows.keys()], values: [...rows.values()].map(meanOfKnown) };
}

function firstStrand(sequence: string): string {
  const opposite = iupacReverseComplement(sequence);
  return opposite < sequence ? opposite : sequence;
}

/** Mean of each column over the rows that have it; NaN if none does. */
export function meanOfKnown(rows: readonly Float64Array[]): Float64Array {
  return rows[0].map((_, task) => {
    const known = rows.map((row) => row[task]).filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

/**
 * Number of consecutive bases that makes two sequences relatives. 4^25 is below 2^53, so such a stretch is one exact
 * number.
 */
export const KINSHIP = 25;

/**
 * Families: sequences that share KINSHIP consecutive bases on either strand, directly or through others. @returns a
 * family's number for each sequence
 */
export function families(sequences: readonly string[]): Int32Array {
  const parent = Int32Array.from(sequences, (_, i) => i);
  const firstWith = new Map<number, number>();
  sequences.forEach((sequence, i) => {
    for (const stretch of stretches(sequence)) {
      const relative = firstWith.get(stretch);
      if (relative === undefined) firstWith.set(stretch, i);
      else parent[rootOf(parent, i)] = rootOf(parent, relative);
    }
  });
  return parent.map((_, i) => rootOf(parent, i));
}

function rootOf(parent: Int32Array, start: number): number {
  let at = start;
  while (parent[at] !== at) at = parent[at] = parent[parent[at]];
  return at;
}

/** Each stretch of KINSHIP bases as a number, equal for both strands. */
function* stretches(sequence: string): Generator<number> {
  const modulus = 4 ** KINSHIP;
  let [forward, opposite, seen] = [0, 0, 0];
  for (const code of baseCodes(sequence)) {
    forward = (forward * 4 + code) % modulus;
    opposite = Math.floor(opposite / 4) + (3 - code) * (modulus / 4);
    if (++seen >= KINSHIP) yield Math.min(forward, opposite);
  }
}

/** Indices of the sequences to learn from, to select by, and to report on. */
export interface Folds {
  readonly training: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/** Shares of the families that are held out for validation and for the test. */
const [VALIDATION, TEST] = [0.1, 0.1];

/** Assigns whole families to folds at random. */
export function splitByFamily(sequences: readonly string[], seed: number): Folds {
  const family = families(sequences);
  const roots = [...new Set(family)];
  const order = permutation(roots.length, randomStream(seed, Purpose.shuffle));
  const place = new Map(roots.map((root, i) => [root, order[i] / roots.length]));
  const between = (low: number, high: number) =>
    [...family.keys()].filter((i) => place.get(family[i])! >= low && place.get(family[i])! < high);
  return {
    validation: between(0, VALIDATION),
    test: between(VALIDATION, VALIDATION + TEST),
    training: between(VALIDATION + TEST, 1),
  };
}
