import { describe, expect, it } from 'vitest';
import { packSequences } from '../../../engine/generator/packing.ts';

const sequences = [
  [0, 1, 2, 0],
  [0, 3, 0],
  [0, 4, 5, 6, 0],
].map((tokens) => Int32Array.from(tokens));

describe('packSequences', () => {
  it('fills rows with whole sequences, targets shifted by one', () => {
    const packed = packSequences(sequences, 6);
    expect(packed.rows).toBe(2);
    expect(Array.from(packed.tokens)).toEqual([0, 4, 5, 6, 0, 3, 0, 1, 2, 0, 0, 0]);
    expect(Array.from(packed.targets)).toEqual([4, 5, 6, 0, 3, 0, 1, 2, 0, 0, 0, 0]);
    expect(Array.from(packed.positions)).toEqual([0, 1, 2, 3, 0, 1, 0, 1, 2, 0, 0, 0]);
    expect(Array.from(packed.owners)).toEqual([2, 2, 2, 2, 1, 1, 0, 0, 0, -1, -1, -1]);
  });

  it('pads to a multiple of rows', () => {
    expect(packSequences(sequences, 6, 4).rows).toBe(4);
  });

  it('names a sequence that is longer than a row', () => {
    expect(() => packSequences(sequences, 3)).toThrow(/Sequence 2 has 5 tokens; a row holds 4/);
  });
});
