/**
 * @file k-mers: all stretches of k bases of a sequence, each as a number in base 4 whose highest digit is the first
 * base.
 */
import { baseCodes } from './sequence.ts';

/** The k-mers of a sequence in order; empty if it is shorter than k. @param k at most 15 */
export function kmers(sequence: string, k: number): Int32Array {
  const codes = baseCodes(sequence);
  const found = new Int32Array(Math.max(0, codes.length - k + 1));
  const mask = 4 ** k - 1;
  let kmer = 0;
  for (let i = 0; i < codes.length; i++) {
    kmer = ((kmer << 2) | codes[i]) & mask;
    if (i >= k - 1) found[i - k + 1] = kmer;
  }
  return found;
}

/** The k-mer on the opposite strand. */
export function oppositeKmer(kmer: number, k: number): number {
  let opposite = 0;
  for (let rest = kmer, i = 0; i < k; i++, rest >>= 2) opposite = (opposite << 2) | (3 - (rest & 3));
  return opposite;
}

export interface KmerCounting {
  /** At least 1; the table of counts has 4^k entries. */
  readonly k: number;
  /** Whether a k-mer also counts as its reverse complement. */
  readonly bothStrands: boolean;
}

/**
 * Share of each k-mer among all k-mers of the sequences together. [4^k]
 * @returns null if no sequence has k bases
 */
export function kmerShares(sequences: readonly string[], { k, bothStrands }: KmerCounting): Float64Array | null {
  const shares = new Float64Array(4 ** k);
  let total = 0;
  for (const sequence of sequences) {
    for (const kmer of kmers(sequence, k)) {
      shares[kmer]++;
      if (bothStrands) shares[oppositeKmer(kmer, k)]++;
      total += bothStrands ? 2 : 1;
    }
  }
  return total === 0 ? null : shares.map((count) => count / total);
}

/**
 * Jensen-Shannon divergence of two distributions in bits: 0 if they are equal, 1 if they share no element (Lin 1991,
 * eq. 3.1 with equal weights).
 */
export function jensenShannon(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += relative(p[i], q[i]) + relative(q[i], p[i]);
  return Math.min(1, Math.max(0, sum / 2));
}

/** p log2(p / mean of p and q); 0 if p is 0. */
function relative(p: number, q: number): number {
  return p === 0 ? 0 : p * Math.log2((2 * p) / (p + q));
}

/**
 * Counts of each k-mer on either strand. A k-mer and its reverse complement are one, in the order of the smaller of the
 * two. [136] for k = 4.
 */
export function strandlessCounts(sequence: string, k: number): Uint16Array {
  const places = strandlessPlaces(k);
  const counts = new Uint16Array(places.size);
  for (const kmer of kmers(sequence, k)) counts[places.at[kmer]]++;
  return counts;
}

interface Places {
  /** [4^k] the index of each k-mer. */
  readonly at: Uint16Array;
  readonly size: number;
}

const knownPlaces = new Map<number, Places>();

function strandlessPlaces(k: number): Places {
  const known = knownPlaces.get(k);
  if (known) return known;
  const at = new Uint16Array(4 ** k);
  let size = 0;
  for (let kmer = 0; kmer < at.length; kmer++) {
    const opposite = oppositeKmer(kmer, k);
    at[kmer] = opposite < kmer ? at[opposite] : size++;
  }
  const places = { at, size };
  knownPlaces.set(k, places);
  return places;
}
