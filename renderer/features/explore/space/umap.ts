/**
 * @file UMAP of a sample of candidates (McInnes, Healy and Melville 2018): neighbours on the map are neighbours by
 * Tanimoto similarity. umap-js calculates the layout. The nearest neighbours are exact, and the layout starts from the
 * principal components, which preserves global structure better (Kobak and Linderman, Nat. Biotechnol. 2021, 39, 156).
 */
import { UMAP } from 'umap-js';
import { type Fingerprints, similarityOf } from './fingerprints.ts';
import { principalComponents, type Progress } from './pca.ts';
import { uniforms } from './sample.ts';

/** Number of nearest neighbours, including the candidate itself. */
const neighbours = 15;
/** Half the width of the initial layout, as in umap-learn. */
const spread = 10;
const seed = 20_260_102;
/** Every candidate needs its neighbours. */
export const leastInUmap = neighbours + 1;

/** Coordinates of the sample in its order. */
export interface Layout {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** @param numbers at least `leastInUmap` candidates that have a fingerprint */
export function layOut(
  fingerprints: Fingerprints,
  sizes: Uint32Array,
  numbers: Int32Array,
  progress: Progress,
): Layout {
  const umap = new UMAP({ nNeighbors: neighbours, minDist: 0.1, random: uniforms(seed) });
  const { indices, distances } = nearest(fingerprints, sizes, numbers, (share) => progress(0.3 * share));
  umap.setPrecomputedKNN(indices, distances);
  // The neighbours are passed in, so umap-js only needs the number of rows.
  const epochs = umap.initializeFit(Array.from(numbers, () => []));
  const embedding = umap.getEmbedding();
  placeFirst(embedding, fingerprints, sizes, numbers);
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (epoch % 10 === 0) progress(0.35 + (0.65 * epoch) / epochs);
    umap.step();
  }
  return { x: Float32Array.from(embedding, ([x]) => x), y: Float32Array.from(embedding, ([, y]) => y) };
}

/** Initial positions from the principal components, scaled to the width of the layout. */
function placeFirst(embedding: number[][], fingerprints: Fingerprints, sizes: Uint32Array, numbers: Int32Array): void {
  const pca = principalComponents(fingerprints, sizes, numbers, () => undefined);
  if (pca === null) return;
  const widest = numbers.reduce((most, number) => Math.max(most, Math.abs(pca.x[number]), Math.abs(pca.y[number])), 0);
  // Jitter separates equal fingerprints, which would otherwise stay on one point.
  const jitter = uniforms(seed + 1);
  const place = (value: number): number => (spread * value) / widest + 0.01 * (jitter() - 0.5);
  numbers.forEach((number, i) => embedding[i].splice(0, 2, place(pca.x[number]), place(pca.y[number])));
}

interface Nearest {
  readonly indices: number[][];
  readonly distances: number[][];
}

/** The nearest of the sample to each, itself first, by 1 - Tanimoto. Ties are ordered by index. */
export function nearest(
  fingerprints: Fingerprints,
  sizes: Uint32Array,
  numbers: Int32Array,
  progress: Progress,
): Nearest {
  const similarity = similarityOf(fingerprints, sizes);
  const lists = Array.from(numbers, (_, i) => new NearestList(i));
  for (let i = 0; i < numbers.length; i++) {
    if (i % 64 === 0) progress(1 - (1 - i / numbers.length) ** 2);
    for (let j = i + 1; j < numbers.length; j++) {
      const distance = 1 - similarity.of(numbers[i], numbers[j]);
      lists[i].offer(j, distance);
      lists[j].offer(i, distance);
    }
  }
  return { indices: lists.map(({ indices }) => indices), distances: lists.map(({ distances }) => distances) };
}

/** A short list by distance, filled by insertion. */
class NearestList {
  readonly indices: number[];
  readonly distances: number[] = [0];

  constructor(self: number) {
    this.indices = [self];
  }

  offer(index: number, distance: number): void {
    const { indices, distances } = this;
    if (indices.length === neighbours && distance >= distances[neighbours - 1]) return;
    let at = indices.length;
    while (at > 1 && distances[at - 1] > distance) at--;
    indices.splice(at, 0, index);
    distances.splice(at, 0, distance);
    if (indices.length > neighbours) {
      indices.pop();
      distances.pop();
    }
  }
}
