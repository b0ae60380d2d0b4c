/** @file Chance that is the same each time: uniform numbers, and a sample of many candidates. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Candidates that UMAP lays out at most: all pairs of them are compared. */
export const mostInUmap = 5000;
const seed = 20_260_103;

/** Numbers from 0 to 1, 1 excluded, that depend on the seed alone. */
export function uniforms(of: number): () => number {
  const generator = xoroshiro128plus(of);
  return () => (generator.next() >>> 0) / 2 ** 32;
}

/** At most `most` of the numbers, ascending, drawn without replacement; the same each time. */
export function sampleOf(numbers: Int32Array, most: number): Int32Array {
  const pool = numbers.toSorted();
  if (pool.length <= most) return pool;
  const uniform = uniforms(seed);
  for (let i = 0; i < most; i++) {
    const j = i + Math.floor(uniform() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.subarray(0, most).toSorted();
}
