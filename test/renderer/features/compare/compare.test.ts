import { describe, expect, it } from 'vitest';
import type { ComparableRun, ComparedRun } from '../../../../contract/api.ts';
import { Comparison } from '../../../../renderer/features/compare/compare.svelte.ts';
import {
  curveOf,
  curvesCsv,
  estimate,
  estimateText,
  foundByGroups,
  groupsOf,
  inequalities,
  refusal,
  rowsOf,
  sharedByGroups,
  tableCsv,
} from '../../../../renderer/lib/compare.ts';
import { createClient } from '../../../../renderer/link/client.ts';
import { runDetail } from '../../fake-data.ts';
import { FakeHost } from '../../fake-transport.ts';

const final = {
  total: 0.7,
  worst: 0.5,
  hypervolume: 0.2,
  valid: 0.9,
  unique: 1,
  scaffolds: 0.8,
  icvObjectives: 2,
  icvSequences: 3,
};

function run(
  id: number,
  method: 'iterative' | 'soups',
  total: number,
  more: Partial<ComparedRun['detail']> = {},
): ComparedRun {
  const detail = runDetail('finished', 4);
  return {
    detail: { ...detail, ...more, summary: { ...detail.summary, id, method, scored: 1000 } },
    final: { ...final, total },
  };
}

describe('comparing', () => {
  const runs = [run(1, 'iterative', 0.7), run(2, 'iterative', 0.8), run(3, 'soups', 0.6)];
  const groups = groupsOf(runs);

  it('groups runs that differ only in their seed', () => {
    expect(groups.map(({ label, runs: members }) => [label, members.length])).toEqual([
      ['IterativeRS', 2],
      ['Rewarded Soups', 1],
    ]);
  });

  it('gives means over seeds with Student’s interval', () => {
    // Two values: t of one degree of freedom is 12.706; R: t.test(c(0.7, 0.8)).
    expect(estimate([0.7, 0.8, null])).toMatchObject({
      mean: expect.closeTo(0.75, 10),
      half: expect.closeTo(0.6353, 4),
    });
    // R: t.test(c(1, 2, 4)): 2.333333 - -1.461250.
    expect(estimate([1, 2, 4])?.half).toBeCloseTo(3.7946, 3);
    expect(estimate([0.7])).toEqual({ mean: 0.7, half: null });
    expect(estimate([null])).toBeNull();
    expect(estimateText({ mean: 0.75, half: 0.0351 }, 2)).toBe('0.75 ± 0.04');
    expect(rowsOf(groups)[0].values.map((value) => value?.mean)).toEqual(
      [0.75, 0.6].map((mean) => expect.closeTo(mean, 10)),
    );
  });

  it('draws curves up to the last common round of all seeds', () => {
    const short = run(2, 'iterative', 0.8, { rounds: runs[0].detail.rounds.slice(0, 2) });
    expect(curveOf(groupsOf([runs[0], short])[0], null)).toHaveLength(2);
    expect(curveOf(groups[0], 1).map(({ half }) => half)).toEqual(groups[0].runs[0].detail.rounds.map(() => 0));
  });

  it('names what is not equal', () => {
    expect(inequalities(runs)).toEqual([]);
    const other = run(4, 'soups', 0.5, { prior: 'mine' });
    expect(
      inequalities([
        runs[0],
        { ...other, detail: { ...other.detail, summary: { ...other.detail.summary, scored: 2000 } } },
      ]),
    ).toEqual([
      'The runs have scored from 1,000 to 2,000 sequences: compare the curves at the same budget, not at their ends.',
      'They started from different generators.',
    ]);
  });

  it('counts what groups share, regardless of the seed', () => {
    const shared = [
      { runIds: [1], count: 5 },
      { runIds: [1, 2], count: 2 },
      { runIds: [2, 3], count: 4 },
      { runIds: [3], count: 1 },
    ];
    expect(sharedByGroups(shared, groups)).toEqual([
      { groups: [0], count: 7 },
      { groups: [0, 1], count: 4 },
      { groups: [1], count: 1 },
    ]);
  });

  it('adds up what each group found, alone and with others', () => {
    const shared = [
      { groups: [0], count: 7 },
      { groups: [0, 1], count: 4 },
      { groups: [1], count: 1 },
      { groups: [0, 1, 2, 3], count: 2 },
    ];
    expect(foundByGroups(shared, 5)).toEqual([13, 7, 2, 2, 0]);
    expect(foundByGroups([], 2)).toEqual([0, 0]);
  });

  it('writes table and curves with quoted names', () => {
    expect(tableCsv(groups).split('\r\n')[0]).toBe(
      ',"IterativeRS, mean of 2","IterativeRS, half-width of the 95% interval","Rewarded Soups, mean of 1","Rewarded Soups, half-width of the 95% interval"',
    );
    expect(curvesCsv(groups).split('\r\n')[1]).toMatch(/^IterativeRS,all goals,\d+,0\.\d+,0$/);
  });
});

describe('the choice of runs', () => {
  const other = (goals: string, modality: ComparableRun['modality'] = 'molecule'): ComparableRun => ({
    summary: runDetail('finished', 4).summary,
    modality,
    goals,
    goalLabels: ['QED'],
  });

  it('refuses other goals and other kinds, with the reason', () => {
    expect(refusal(other('a'), [])).toBeNull();
    expect(refusal(other('a'), [other('a')])).toBeNull();
    expect(refusal(other('b'), [other('a')])).toBe('Different goals: QED');
    expect(refusal(other('b', 'dna'), [other('a')])).toBe('Different modality');
  });

  it('reads the chosen runs, and nothing if none is chosen', async () => {
    const host = new FakeHost();
    const comparison = new Comparison(
      createClient(host, () => undefined),
      [],
    );
    await comparison.list.refresh();
    await comparison.compared.refresh();
    expect(comparison.compared.value).toBeNull();
    await comparison.toggle(1);
    expect([comparison.ids, comparison.groups.length]).toEqual([[1], 1]);
    await comparison.toggle(1);
    expect(comparison.groups).toEqual([]);
  });
});
