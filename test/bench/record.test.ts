/** @file Figures of a benchmark in the file that docs/results.md is made from. */
import { describe, expect, it } from 'vitest';
import { type FigureSet, mergedSet } from '../../bench/record.ts';
import { fill } from '../../scripts/lib/docs/results-page.mjs';

const about = { command: '`npm run bench -- pots`', machine: 'a stove', seeds: '1', units: 'litres' };
const table = { columns: [{ label: '' }, { label: 'size' }], rows: [{ label: 'small', cells: [1] }] };
const before: FigureSet = {
  ...about,
  date: '2026-01-01',
  conditions: 'A cold day.',
  figures: { count: 12, lids: 3 },
  tables: { sizes: table },
};
const now: FigureSet = { ...about, date: '2026-02-02', conditions: 'A warm day.', figures: { count: 14 } };

describe('a set of figures', () => {
  it('is what was measured, if there was no file', () => {
    expect(mergedSet(null, now)).toBe(now);
  });

  it('has new figures in place of old ones, and says when the others were measured', () => {
    expect(mergedSet(before, now)).toEqual({
      ...now,
      figures: { count: 14, lids: 3 },
      tables: { sizes: table },
      earlier: [{ date: '2026-01-01', conditions: 'A cold day.', names: ['lids', 'sizes'] }],
    });
  });

  it('forgets the earlier date of a figure that is measured again', () => {
    const once = mergedSet(before, now);
    const twice = mergedSet(once, { ...now, date: '2026-03-03', figures: { lids: 4 } });
    expect(twice.figures).toEqual({ count: 14, lids: 4 });
    expect(twice.earlier).toEqual([
      { date: '2026-01-01', conditions: 'A cold day.', names: ['sizes'] },
      { date: '2026-02-02', conditions: 'A warm day.', names: ['count'] },
    ]);
    const all = mergedSet(twice, { ...before, date: '2026-04-04' });
    expect(all.earlier).toBeUndefined();
  });

  it('shows in the results which figures are older', () => {
    const template = '{{about pots}}\n{{pots.count}} {{pots.lids}} {{table pots.sizes}}';
    expect(fill(template, new Map([['pots', mergedSet(before, now)]]))).toContain(
      '- Conditions: A warm day.\n- Units: litres\n- Earlier, on 2026-01-01: lids, sizes. A cold day.\n14 3 ',
    );
  });
});
