/** @file Reproducible random numbers, and a sample of many candidates. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Maximum number of candidates for UMAP, which compares all pairs. */
export const mostInUmap = 5000;
const seed = 20_260_103;

/** Uniform numbers in [0, 1) that depend only on the seed. */
export function uniforms(of: number): () => number {
  const generator = xoroshiro128plus(of);
  return () => (generator.next() >>> 0) / 2 ** 32;
}

/** At most `most` of the numbers, ascending, drawn without replacement. The result is reproducible. */
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
