/** What a rollout under a budget draws again. */
import { describe, expect, it } from 'vitest';
import { drawRollout, mostDrawn } from '../../../engine/learn/redraw.ts';

/** Sequences of which those at the named indices are novel. */
async function drawn(budget: number, novel: (index: number) => boolean) {
  const asked: [number, number][] = [];
  const all = await drawRollout({ batch: 4, budget }, async (from, n) => {
    asked.push([from, n]);
    return Array.from({ length: n }, (_, i) => ({ novel: novel(from + i) }));
  });
  return { asked, all };
}

describe('drawRollout', () => {
  it('draws one batch without a budget, whatever comes', async () => {
    expect((await drawn(0, () => false)).asked).toEqual([[0, 4]]);
    expect([0, 100].map((budget) => mostDrawn({ batch: 4, budget }))).toEqual([4, 8]);
  });

  it('draws again for what costs nothing, and never scores more than a batch of new sequences', async () => {
    const { asked, all } = await drawn(100, (index) => index !== 1 && index !== 4);
    expect(asked).toEqual([
      [0, 4],
      [4, 1],
      [5, 1],
    ]);
    expect(all.filter(({ novel }) => novel).length).toBe(4);
  });

  it('gives up after a batch of redraws', async () => {
    const { asked, all } = await drawn(100, (index) => index === 0);
    expect(asked).toEqual([
      [0, 4],
      [4, 3],
      [7, 1],
    ]);
    expect(all.length).toBe(8);
  });
});
