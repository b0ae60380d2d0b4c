import { describe, expect, it } from 'vitest';
import { rightMargin, spread } from '../../../../renderer/features/live/curves.ts';

describe('chart labels', () => {
  it('never collide, keep their order and stay inside', () => {
    const placed = spread([10, 11, 12, 100], 17, 0, 102);
    expect(placed).toEqual([10, 27, 44, 100]);
    const low = spread([95, 96, 97], 17, 0, 100);
    expect(low).toEqual([66, 83, 100]);
  });

  it('get space on the right only if the run has ended', () => {
    expect(rightMargin(0, 160, 728)).toBe(16);
    expect(rightMargin(160, 160, 728)).toBe(210);
  });
});
