/** @file The finalizer of MurmurHash3 (Appleby 2011): every bit of the input affects every bit of the result. */

/** @returns 32 bits, signed */
export function finishHash(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
