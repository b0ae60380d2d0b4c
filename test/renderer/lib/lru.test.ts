import { describe, expect, it } from 'vitest';
import { Lru } from '../../../renderer/lib/lru.ts';

describe('Lru', () => {
  it('discards what was used longest ago', () => {
    const lru = new Lru<string, number>(2);
    lru.set('a', 1);
    lru.set('b', 2);
    lru.get('a');
    lru.set('c', 3);
    expect([lru.get('a'), lru.get('b'), lru.get('c'), lru.size]).toEqual([1, undefined, 3, 2]);
  });
});
