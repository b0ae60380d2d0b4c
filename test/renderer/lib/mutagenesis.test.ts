import { expect, it } from 'vitest';
import { changed, changeName, importance, mutagenesisFrom, strongest } from '../../../renderer/lib/mutagenesis.ts';

/** Of ACGT: A to C by 0.3, C to A by -0.1, G to A by 0.2, T to A unknown, A to T by -0.4, others 0. */
const map = mutagenesisFrom({
  sequence: 'ACGT',
  value: 0.5,
  changes: Buffer.from(Float32Array.from([0, -0.1, 0.2, NaN, 0.3, 0, 0, 0, 0, 0, 0, 0, -0.4, 0, 0, 0]).buffer).toString(
    'base64',
  ),
});

it('lists the changes that matter, by the names that biologists give them', () => {
  expect(strongest(map, 'up', 5).map(changeName)).toEqual(['A1C', 'G3A']);
  expect(strongest(map, 'down', 1).map(changeName)).toEqual(['A1T']);
  expect(changed('ACGT', strongest(map, 'up', 1)[0])).toBe('CCGT');
});

it('omits changes to the same base and unknown ones', () => {
  expect(map.changes).toHaveLength(11);
  expect(map.largest).toBeCloseTo(0.4, 6);
});

it('weighs a base by the mean effect of its changes', () => {
  expect(importance(map).map((weight) => Number(weight.toFixed(4)))).toEqual([0.2333, 0.0333, 0.0667, 0]);
});
