/** @file Predicted activities as rows with error bars, and the words for what is missing or in part. */
import { expect, it } from 'vitest';
import type { ObjectiveInfo, PredictedActivity } from '../../../../contract/api.ts';
import { activityGroups, placeOn } from '../../../../renderer/components/dna/activities.ts';
import { gcPlot, gcWords } from '../../../../renderer/components/dna/gc.ts';

const about: Omit<ObjectiveInfo, 'id' | 'label' | 'unit' | 'typical'> = {
  modality: 'dna',
  group: '',
  description: '',
  source: '',
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  parameters: [],
};
const objectives: ObjectiveInfo[] = [
  { ...about, id: 'liver', label: 'Liver', unit: 'log2', typical: [-2, 2] },
  { ...about, id: 'blood', label: 'Blood', unit: 'log2', typical: [-1, 1] },
  { ...about, id: 'yeast', label: 'Yeast', unit: 'log', typical: [2, 16] },
];
const one: PredictedActivity = { objective: 'liver', value: 0.5, error: 2, inside: true, reads: 200, fewest: 200 };

it('has one axis per unit, wide enough for every error bar', () => {
  const groups = activityGroups(
    [
      one,
      { ...one, objective: 'blood', value: -1, error: 0.1, inside: false },
      { ...one, objective: 'yeast', value: 9, error: 1, reads: 80, fewest: 65 },
    ],
    objectives,
    200,
  );
  expect(groups.map(({ unit, rows }) => [unit, rows.map(({ label }) => label)])).toEqual([
    ['log2', ['Liver', 'Blood']],
    ['log', ['Yeast']],
  ]);
  expect(groups[0].from).toBeCloseTo(0.5 - 2 * 1.645, 6);
  expect(groups[0].to).toBeCloseTo(0.5 + 2 * 1.645, 6);
  expect([groups[1].from, groups[1].to]).toEqual([2, 16]);
  expect(groups[0].rows.map(({ words, inside, part }) => [words, inside, part])).toEqual([
    ['0.50 ± 3.29 log2', true, ''],
    ['-1 ± 0.16 log2', false, ''],
  ]);
  expect(groups[1].rows[0].part).toBe('The predictor read the middle 80 of 200 bases.');
  expect([placeOn(groups[1], 2), placeOn(groups[1], 9), placeOn(groups[1], 16)]).toEqual([0, 50, 100]);
});

it('says why there is no value, draws none, and omits what the catalogue does not contain', () => {
  const [group, ...others] = activityGroups(
    [
      { ...one, value: null, error: null },
      { ...one, objective: 'gone' },
    ],
    objectives,
    120,
  );
  expect(others).toEqual([]);
  expect(group.rows).toEqual([
    {
      objective: 'liver',
      label: 'Liver',
      words: 'No prediction: the predictor reads 200 bases and needs at least 200; this sequence has 120 bases.',
      bar: null,
      inside: true,
      part: '',
    },
  ]);
});

it('describes the GC plot in words', () => {
  expect(gcWords({ window: 4, whole: 0.5, windows: [0.25, 0.75, 0.5, 0.75] })).toBe(
    'GC content 50%; in windows of 4 bases from 25% at 1–4 to 75% at 2–5.',
  );
  expect(gcWords({ window: 4, whole: 1, windows: [1, 1] })).toBe(
    'GC content 100%, and 100% in every window of 4 bases.',
  );
  expect(gcWords({ window: 20, whole: 0.5, windows: [] })).toBe(
    'GC content 50%. The sequence is shorter than a window of 20 bases.',
  );
  expect(
    gcPlot({ window: 4, whole: 0.5, windows: [0.25, 0.75, 0.5, 0.75] }, { width: 300, height: 100 }).x,
  ).toMatchObject({ domain: [1, 7] });
});
