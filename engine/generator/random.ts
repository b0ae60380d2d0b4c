/**
 * @file Independent random streams named by a path of integers (seed, round, expert, purpose ...), so that results
 * depend neither on the number of workers nor on other draws. Generator: xoroshiro128+ of pure-rand, seeded by a
 * SplitMix64-style hash of the path (Steele et al. 2014).
 */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { finishHash } from '../base/hash.ts';
import { permutation, type RandomStream } from '../base/random-stream.ts';

export { permutation, type RandomStream };

/** What a stream is for; part of its path. */
export const Purpose = {
  rollout: 1,
  update: 2,
  objectives: 3,
  search: 4,
  steer: 5,
  sample: 6,
  initial: 7,
  shuffle: 8,
  replay: 9,
  dropout: 10,
  surface: 11,
  edit: 12,
  merge: 13,
  desired: 14,
} as const;

/** Mixes integers into 32 bits (the finalizer of MurmurHash3 after each). */
export function hashPath(...path: readonly number[]): number {
  let h = 0x9e3779b9;
  for (const part of path) {
    h = finishHash(Math.imul(h ^ (part >>> 0) ^ Math.imul(Math.floor(part / 4294967296), 0x85ebca6b), 0xcc9e2d51));
  }
  return h | 0;
}

export function randomStream(...path: readonly number[]): RandomStream {
  const generator = xoroshiro128plus(hashPath(...path));
  const uniform = () => (generator.next() >>> 0) / 4294967296;
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    below: (n) => Math.floor(uniform() * n),
  };
}
