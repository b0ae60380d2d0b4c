/**
 * @file A support-vector classifier with Gaussian kernel and Platt's probability over folded fingerprint counts. Cortes
 * and Vapnik, Machine Learning 1995, 20, 273; as scikit-learn's SVC.predict_proba (libsvm). models/targets/pack.py
 * writes the packed form.
 */
import { foldedCounts } from './folded.ts';
import type { CountFingerprint } from './morgan.ts';
import { PackedReader } from './packed.ts';

const FEATURES = 2048;

export class SupportVectors {
  /** exp(-gamma |x - s|^2) is the weight of a support vector s. */
  readonly #gamma: number;
  readonly #intercept: number;
  /** Probability of the other class = 1 / (1 + exp(B - A decision)). */
  readonly #platt: readonly [a: number, b: number];
  /** [vectors] coefficient, and |s|^2, of each support vector. */
  readonly #coefficients: Float64Array;
  readonly #squares: Float64Array;
  /** By feature: the vectors that have it, each followed by its count. */
  readonly #index: readonly Uint32Array[];

  /** @param bytes the packed model, uncompressed @throws Error if the bytes are not a whole model */
  constructor(bytes: Uint8Array, name: string) {
    const reader = new PackedReader(bytes, 'SVM1', `The classifier of ${name}`);
    const [vectors, entries] = reader.uint32s(2);
    const [gamma, intercept, a, b] = reader.float64s(4);
    this.#gamma = gamma;
    this.#intercept = intercept;
    this.#platt = [a, b];
    this.#coefficients = reader.float64s(vectors);
    const ends = reader.uint32s(vectors);
    const features = reader.uint16s(entries);
    const counts = reader.uint8s(entries);
    this.#squares = squareLengths(ends, counts);
    this.#index = indexByFeature(ends, features, counts);
  }

  /** @param counts unfolded @returns probability of the second class, 0 to 1 */
  score(counts: CountFingerprint): number {
    const folded = foldedCounts(counts, FEATURES);
    const products = this.#products(folded);
    let square = 0;
    for (const count of folded.values()) square += count * count;
    let decision = this.#intercept;
    for (let v = 0; v < products.length; v++)
      decision += this.#coefficients[v] * Math.exp(-this.#gamma * (square + this.#squares[v] - 2 * products[v]));
    const [a, b] = this.#platt;
    return coupled(1 / (1 + Math.exp(b - a * decision)));
  }

  /**
   * Similarity of a molecule's counts to the nearest support vector: x . s / (|x|^2 + |s|^2 - x . s), 0 to 1 (Tanimoto
   * for counts).
   * @param counts unfolded
   */
  nearest(counts: CountFingerprint): number {
    return this.#nearest(foldedCounts(counts, FEATURES));
  }

  /** @param except a vector to skip */
  #nearest(folded: CountFingerprint, except = -1): number {
    const products = this.#products(folded);
    let square = 0;
    for (const count of folded.values()) square += count * count;
    let best = 0;
    for (let v = 0; v < products.length; v++)
      if (v !== except) best = Math.max(best, products[v] / (square + this.#squares[v] - products[v]));
    return best;
  }

  /** The similarity to the nearest other support vector that the given share of the support vectors reaches. */
  similarityLimit(share: number): number {
    const vectors = Array.from(this.#coefficients, () => new Map<number, number>());
    this.#index.forEach((entries, feature) => {
      for (let e = 0; e < entries.length; e += 2) vectors[entries[e]].set(feature, entries[e + 1]);
    });
    const sorted = vectors.map((vector, v) => this.#nearest(vector, v)).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * (1 - share))];
  }

  /** [vectors] x . s */
  #products(folded: CountFingerprint): Float64Array {
    const products = new Float64Array(this.#coefficients.length);
    for (const [feature, count] of folded) {
      const entries = this.#index[feature];
      for (let e = 0; e < entries.length; e += 2) products[entries[e]] += count * entries[e + 1];
    }
    return products;
  }
}

/** libsvm keeps probabilities this far from 0 and 1. */
const LEAST = 1e-7;
/** The iteration below stops when it changes less than this: 0.005 over the number of classes. */
const CLOSE = 0.0025;
const MOST_ROUNDS = 100;

/**
 * The probability of the second of two classes from Platt's probability of the first. libsvm uses its iteration for
 * many classes, which for two would converge to the complement but stops some thousandths before it. Wu, Lin and Weng,
 * J. Mach. Learn. Res. 2004, 5, 975, algorithm 2.
 */
function coupled(platt: number): number {
  const first = Math.min(1 - LEAST, Math.max(LEAST, platt));
  const second = 1 - first;
  /** Minimises (second * p0 - first * p1)^2, where p0 + p1 = 1. */
  const weights = [second, -first] as const;
  const p: [number, number] = [0.5, 0.5];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const gap = weights[0] * p[0] + weights[1] * p[1];
    if (Math.max(...weights.map((weight) => Math.abs(weight * gap - gap * gap))) < CLOSE) break;
    for (const t of [0, 1] as const) {
      const off = weights[0] * p[0] + weights[1] * p[1];
      p[t] += (off * off - weights[t] * off) / weights[t] ** 2;
      const sum = p[0] + p[1];
      p[0] /= sum;
      p[1] /= sum;
    }
  }
  return p[1];
}

function squareLengths(ends: Uint32Array, counts: Uint8Array): Float64Array {
  return Float64Array.from(ends, (end, v) =>
    counts.subarray(v === 0 ? 0 : ends[v - 1], end).reduce((sum, count) => sum + count * count, 0),
  );
}

function indexByFeature(ends: Uint32Array, features: Uint16Array, counts: Uint8Array): Uint32Array[] {
  const lists = Array.from({ length: FEATURES }, (): number[] => []);
  ends.forEach((end, v) => {
    for (let e = v === 0 ? 0 : ends[v - 1]; e < end; e++) lists[features[e]].push(v, counts[e]);
  });
  return lists.map((list) => Uint32Array.from(list));
}
