/**
 * @file Motif search: log-odds matrices on both strands with exact p-values, as in FIMO (Grant et al., Bioinformatics
 * 2011, 27, 1017) and MOODS (Korhonen et al., Bioinformatics 2009, 25, 3181). For the search and for p-values, scores
 * are whole steps of 1/1000 bit, so that dynamic programming gives the exact distribution over random sequences. Hits
 * are reported with the unrounded score.
 */
import type { Motif } from './motif-formats.ts';

export interface MatrixSettings {
  /** Counts added to each position, distributed like the background; above 0. */
  readonly pseudocount: number;
  /** Share of G and C in the background, between 0 and 1. A and T are equally frequent, and so are G and C. */
  readonly gc: number;
}

export interface SearchSettings extends MatrixSettings {
  /** Highest p-value of a hit: the chance that a random window scores as high. */
  readonly p: number;
  readonly bothStrands: boolean;
}

/** A place in a sequence. Positions count from 0 and the end is exclusive. */
export interface MotifWindow {
  readonly start: number;
  readonly end: number;
  /** Strand on which the motif reads 5' to 3'. */
  readonly strand: '+' | '-';
  /** Log-odds in bits. */
  readonly score: number;
}

/** A window that scores high enough. */
export interface MotifHit extends MotifWindow {
  /** Chance that a random window scores as high. */
  readonly p: number;
}

/** Steps per bit. */
const STEPS = 1000;

/** Background frequencies of A, C, G and T. */
function background(gc: number): number[] {
  return [(1 - gc) / 2, gc / 2, gc / 2, (1 - gc) / 2];
}

/** Log-odds in bits of A, C, G and T by position: [width, 4]. */
export function logOdds({ counts }: Motif, { pseudocount, gc }: MatrixSettings): Float64Array {
  const shares = background(gc);
  return counts.map((count, i) => {
    const start = i - (i % 4);
    const total = counts[start] + counts[start + 1] + counts[start + 2] + counts[start + 3];
    return Math.log2((count + pseudocount * shares[i % 4]) / (total + pseudocount) / shares[i % 4]);
  });
}

/** The same in whole steps. */
function inSteps(scores: Float64Array): Int32Array {
  return Int32Array.from(scores, (score) => Math.round(score * STEPS));
}

/** The matrix for the other strand: positions reversed, A exchanged with T and C with G. */
const otherStrand = <Scores extends Float64Array | Int32Array>(scores: Scores): Scores =>
  scores.slice().reverse() as Scores;

/** Sum over positions of the score of the best (or worst) base. */
function extreme(scores: ArrayLike<number>, choose: (...values: number[]) => number): number {
  let sum = 0;
  for (let i = 0; i < scores.length; i += 4) sum += choose(scores[i], scores[i + 1], scores[i + 2], scores[i + 3]);
  return sum;
}

/**
 * Chance that a random window of the background has at least each score, from the lowest possible score to the highest.
 */
function tailProbabilities(steps: Int32Array, gc: number): Float64Array {
  const shares = background(gc);
  let chances = Float64Array.of(1);
  for (let i = 0; i < steps.length; i += 4) {
    const low = Math.min(steps[i], steps[i + 1], steps[i + 2], steps[i + 3]);
    const high = Math.max(steps[i], steps[i + 1], steps[i + 2], steps[i + 3]);
    const next = new Float64Array(chances.length + high - low);
    for (let base = 0; base < 4; base++) addShifted(next, chances, steps[i + base] - low, shares[base]);
    chances = next;
  }
  for (let i = chances.length - 2; i >= 0; i--) chances[i] += chances[i + 1];
  return chances;
}

function addShifted(target: Float64Array, chances: Float64Array, shift: number, share: number): void {
  for (let i = 0; i < chances.length; i++) target[i + shift] += chances[i] * share;
}

/** The scores below the p-value threshold, with their p-values. */
class Threshold {
  /** Lowest score of a hit, in steps; one above the highest possible if no score is rare enough. */
  readonly least: number;
  /** Chance of at least each score from `least` on. */
  readonly #tail: Float64Array;

  constructor(steps: Int32Array, { p, gc }: SearchSettings) {
    const tail = tailProbabilities(steps, gc);
    // A sum of floats may exceed an equal chance by a rounding error.
    const first = tail.findIndex((chance) => chance <= p * (1 + 1e-9));
    this.#tail = first < 0 ? new Float64Array(0) : tail.slice(first);
    this.least = extreme(steps, Math.min) + (first < 0 ? tail.length : first);
  }

  chance(score: number): number {
    return this.#tail[score - this.least];
  }
}

/** Bases whose scores are looked up together: the 4^6 sums of a table stay in the first-level cache. */
const WORD = 6;

/** The six bases from each position on as one number. Positions beyond the end count as A. */
export type Words = Uint16Array;

/** @param sequence A, C, G and T in upper case */
export function wordsOf(sequence: string): Words {
  const words = new Uint16Array(sequence.length);
  let word = 0;
  for (let i = sequence.length - 1; i >= 0; i--) {
    word = (word >> 2) | (DIGITS[sequence.charCodeAt(i)] << (2 * (WORD - 1)));
    words[i] = word;
  }
  return words;
}

const DIGITS = new Uint8Array(128);
[...'ACGT'].forEach((base, digit) => (DIGITS[base.charCodeAt(0)] = digit));

/** Summed scores of up to six positions, by word. */
interface Part {
  /** Offset of its first position in the motif. */
  readonly offset: number;
  readonly sums: Int32Array;
  readonly best: number;
}

function partsOf(steps: Int32Array): Part[] {
  const width = steps.length / 4;
  const parts = Array.from({ length: Math.ceil(width / WORD) }, (_, k) =>
    part(steps, k * WORD, Math.min(width, (k + 1) * WORD)),
  );
  // The most informative part comes first, so that most windows are rejected after it.
  return parts.sort((a, b) => mean(a.sums) - a.best - (mean(b.sums) - b.best));
}

function part(steps: Int32Array, from: number, to: number): Part {
  const sums = new Int32Array(4 ** WORD);
  for (let word = 0; word < sums.length; word++) {
    for (let i = from; i < to; i++) sums[word] += steps[4 * i + ((word >> (2 * (WORD - 1 - (i - from)))) & 3)];
  }
  return { offset: from, sums, best: sums.reduce((a, b) => Math.max(a, b)) };
}

const mean = (sums: Int32Array) => sums.reduce((a, b) => a + b, 0) / sums.length;

/** The matrix of one strand, prepared for the scan. */
class StrandScan {
  readonly #width: number;
  readonly #parts: readonly Part[];
  /** Highest score that the parts after each one can add. */
  readonly #rest: readonly number[];

  constructor(steps: Int32Array) {
    this.#width = steps.length / 4;
    this.#parts = partsOf(steps);
    this.#rest = this.#parts.map((_, k) => this.#parts.slice(k + 1).reduce((sum, { best }) => sum + best, 0));
  }

  /** Calls `found` in order for each window with at least `least`. It returns the new minimum. */
  scan(words: Words, least: number, found: (start: number, score: number) => number): void {
    const { sums, offset } = this.#parts[0];
    const rest = this.#rest[0];
    const last = words.length - this.#width;
    let wanted = least;
    for (let start = 0; start <= last; start++) {
      const first = sums[words[start + offset]];
      if (first + rest < wanted) continue;
      const score = this.#finish(words, start, first, wanted);
      if (score >= wanted) wanted = found(start, score);
    }
  }

  /** The score of the window, or a value below `wanted` as soon as it cannot be reached. */
  #finish(words: Words, start: number, first: number, wanted: number): number {
    let score = first;
    for (let k = 1; k < this.#parts.length; k++) {
      score += this.#parts[k].sums[words[start + this.#parts[k].offset]];
      if (score + this.#rest[k] < wanted) return -Infinity;
    }
    return score;
  }
}

/** The matrix of a motif on one or both strands. */
export class MotifMatrix {
  readonly motif: Motif;
  readonly width: number;
  /** Lowest and highest score of any window, in bits. */
  readonly range: readonly [number, number];
  protected readonly strands: readonly {
    readonly strand: '+' | '-';
    readonly scan: StrandScan;
    readonly bits: Float64Array;
  }[];
  protected readonly steps: Int32Array;

  constructor(motif: Motif, settings: MatrixSettings & { readonly bothStrands: boolean }) {
    const bits = logOdds(motif, settings);
    this.motif = motif;
    this.steps = inSteps(bits);
    this.width = bits.length / 4;
    this.range = [extreme(bits, Math.min), extreme(bits, Math.max)];
    const plus = { strand: '+' as const, scan: new StrandScan(this.steps), bits };
    const minus = () => ({
      strand: '-' as const,
      scan: new StrandScan(otherStrand(this.steps)),
      bits: otherStrand(bits),
    });
    this.strands = settings.bothStrands ? [plus, minus()] : [plus];
  }

  /** The best window; of equals, the first on the given strand. Null if the sequence is shorter than the motif. */
  best(words: Words): MotifWindow | null {
    let best: MotifWindow | null = null;
    let wanted = -Infinity;
    for (const { strand, scan, bits } of this.strands) {
      scan.scan(words, wanted, (start, score) => {
        best = { start, end: start + this.width, strand, score: windowScore(bits, words, start) };
        wanted = score + 1;
        return wanted;
      });
    }
    return best;
  }
}

/** A motif with a p-value threshold, which finds hits. */
export class MotifFinder extends MotifMatrix {
  readonly #threshold: Threshold;

  constructor(motif: Motif, settings: SearchSettings) {
    super(motif, settings);
    this.#threshold = new Threshold(this.steps, settings);
  }

  /** Lowest score of a hit in bits, within half a step per position. */
  get threshold(): number {
    return this.#threshold.least / STEPS;
  }

  /** All hits by position, the given strand first; empty if the sequence is shorter than the motif. */
  hits(words: Words): MotifHit[] {
    const { least } = this.#threshold;
    const hits: MotifHit[] = [];
    for (const { strand, scan, bits } of this.strands) {
      scan.scan(words, least, (start, score) => {
        hits.push({
          start,
          end: start + this.width,
          strand,
          score: windowScore(bits, words, start),
          p: this.#threshold.chance(score),
        });
        return least;
      });
    }
    return hits.length > 1 ? hits.sort((a, b) => a.start - b.start) : hits;
  }
}

function windowScore(bits: Float64Array, words: Words, start: number): number {
  let score = 0;
  for (let i = 0; 4 * i < bits.length; i++) score += bits[4 * i + (words[start + i] >> (2 * (WORD - 1)))];
  return score;
}

/** Hits without overlaps, sorted by position. Of overlapping hits the best is kept; of equals the one further left. */
export function withoutOverlaps(hits: readonly MotifHit[]): MotifHit[] {
  const kept: MotifHit[] = [];
  for (const hit of [...hits].sort((a, b) => b.score - a.score || a.start - b.start)) {
    if (kept.every(({ start, end }) => end <= hit.start || hit.end <= start)) kept.push(hit);
  }
  return kept.sort((a, b) => a.start - b.start);
}
