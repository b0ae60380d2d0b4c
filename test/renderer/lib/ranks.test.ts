import { expect, it } from 'vitest';
import { intervalText, ranksWithinNoise } from '../../../renderer/lib/ranks.ts';

const totals = [0.9, 0.8, 0.75, 0.74, 0.5];
const at = (index: number): number | undefined => totals[index];

it('writes an interval, and nothing where there is none', () => {
  expect(intervalText({ low: 0.657, high: 0.77 })).toBe('(0.66 to 0.77)');
  expect(intervalText({ low: null, high: null })).toBe('');
  expect(intervalText(undefined)).toBe('');
});

it('finds the ranks of the totals within an interval', () => {
  expect(ranksWithinNoise(2, { low: 0.7, high: 0.85 }, at, 5)).toBe('2–4');
  expect(ranksWithinNoise(0, { low: 0.85, high: 0.95 }, at, 5)).toBeNull();
  expect(ranksWithinNoise(4, { low: 0.1, high: 1 }, at, 5)).toBe('1–5');
  expect(ranksWithinNoise(2, { low: null, high: null }, at, 5)).toBeNull();
});

it('says that more may follow where it stops looking, or where the list is not read', () => {
  expect(ranksWithinNoise(2, { low: 0.1, high: 0.85 }, at, 60)).toBe('2–5+');
  expect(ranksWithinNoise(0, { low: 0, high: 1 }, (i) => (i < 0 ? null : 0.5), 500)).toBe('1–101+');
});
