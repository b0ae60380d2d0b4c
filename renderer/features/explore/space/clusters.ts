/**
 * @file Clusters of candidates by Tanimoto similarity. Up to some thousands are clustered by Butina's method (J. Chem.
 * Inf. Comput. Sci. 1999, 39, 747), which compares all pairs. Larger numbers use sphere exclusion, which compares each
 * candidate with the centres so far.
 */
import { type Fingerprints, similarityOf } from './fingerprints.ts';
import type { Progress } from './pca.ts';
import { RareBits } from './rare-bits.ts';

/** Maximum number of candidates for Butina's method, whose neighbour lists grow with the square of the number. */
export const mostForButina = 5000;
/** Maximum number of DNA sequences. Their counts allow no shortcut, so each is compared with every centre. */
export const mostSequences = 10_000;

export interface Clustering {
  readonly method: 'butina' | 'spheres';
  /** Cluster index by candidate number, largest cluster first; -1 for candidates in no cluster. */
  readonly of: Int32Array;
  /** Numbers of the centres, by cluster. */
  readonly centres: Int32Array;
}

/**
 * @param numbers candidates with a fingerprint, best first
 * @param least minimum similarity to the centre
 */
export function cluster(
  fingerprints: Fingerprints,
  sizes: Uint32Array,
  numbers: Int32Array,
  least: number,
  progress: Progress,
): Clustering {
  const few = numbers.length <= mostForButina;
  const found = (few ? butina : spheres)(fingerprints, sizes, numbers, least, progress);
  const bySize = found
    .map((members, i) => ({ members, i }))
    .sort((a, b) => b.members.length - a.members.length || a.i - b.i);
  const of = new Int32Array(fingerprints.count).fill(-1);
  bySize.forEach(({ members }, index) => {
    for (const number of members) of[number] = index;
  });
  return { method: few ? 'butina' : 'spheres', of, centres: Int32Array.from(bySize, ({ members }) => members[0]) };
}

/**
 * As RDKit's Butina.ClusterData without reordering: the candidate with the most neighbours becomes a centre and takes
 * those that are still free. Among equals, the later one comes first.
 * @returns the clusters in that order, each starting with its centre
 */
export function butina(
  fingerprints: Fingerprints,
  sizes: Uint32Array,
  numbers: Int32Array,
  least: number,
  progress: Progress,
): number[][] {
  const near = neighboursOf(fingerprints, sizes, numbers, least, progress);
  const order = near.map((_, i) => i).sort((a, b) => near[b].length - near[a].length || b - a);
  const taken = new Uint8Array(numbers.length);
  const clusters: number[][] = [];
  for (const centre of order) {
    if (taken[centre]) continue;
    const members = [centre, ...near[centre].filter((i) => !taken[i])];
    for (const i of members) taken[i] = 1;
    clusters.push(members.map((i) => numbers[i]));
  }
  return clusters;
}

/** For each candidate, the indices of all others that are similar enough, ascending. */
function neighboursOf(
  fingerprints: Fingerprints,
  sizes: Uint32Array,
  numbers: Int32Array,
  least: number,
  progress: Progress,
): number[][] {
  const { atLeast } = similarityOf(fingerprints, sizes);
  const near: number[][] = Array.from(numbers, () => []);
  for (let i = 0; i < numbers.length; i++) {
    if (i % 64 === 0) progress((i / numbers.length) ** 2);
    for (let j = 0; j < i; j++) {
      if (!atLeast(numbers[i], numbers[j], least)) continue;
      near[i].push(j);
      near[j].push(i);
    }
  }
  return near;
}

/** Finds the first centre that is similar enough; centres are added as they are found. */
interface Centres {
  /** @returns its index, or -1 */
  first(number: number): number;
  add(number: number): void;
}

/** A candidate that is not similar to any centre becomes one. The others join the first similar centre. */
export function spheres(
  fingerprints: Fingerprints,
  sizes: Uint32Array,
  numbers: Int32Array,
  least: number,
  progress: Progress,
): number[][] {
  const centres: Centres =
    fingerprints.kind === 'bits'
      ? new RareBits(fingerprints, sizes, numbers, least)
      : new InTurn(fingerprints, sizes, least);
  const clusters: number[][] = [];
  numbers.forEach((number, i) => {
    if (i % 256 === 0) progress(i / numbers.length);
    const index = centres.first(number);
    if (index >= 0) clusters[index].push(number);
    else {
      centres.add(number);
      clusters.push([number]);
    }
  });
  return clusters;
}

/** Compares with the centres one after another. */
class InTurn implements Centres {
  readonly #atLeast: (a: number, b: number, least: number) => boolean;
  readonly #least: number;
  readonly #centres: number[] = [];

  constructor(fingerprints: Fingerprints, sizes: Uint32Array, least: number) {
    this.#atLeast = similarityOf(fingerprints, sizes).atLeast;
    this.#least = least;
  }

  first(number: number): number {
    return this.#centres.findIndex((centre) => this.#atLeast(number, centre, this.#least));
  }

  add(number: number): void {
    this.#centres.push(number);
  }
}
