/** Discards the oldest entries until `most` are left. */
export function forgetOldest<Key>(kept: Map<Key, unknown>, most: number): void {
  for (const oldest of [...kept.keys()].slice(0, -most)) kept.delete(oldest);
}
