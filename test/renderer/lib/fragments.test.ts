import { expect, it } from 'vitest';
import type { GoalInfo, RunConstraint, RunDetail } from '../../../contract/api.ts';
import { asksForFragments, fragmentWords, heavyAtoms } from '../../../renderer/lib/fragments.ts';

it.each([
  ['CC(=O)Oc1ccccc1C(=O)O', 13],
  ['Clc1ccc(Br)c([N+](=O)[O-])c1', 11],
  ['[2H]C([2H])([H])c1c[nH]cc1[C@@H](N)[13CH3]', 9],
  ['[H+]', 0],
])('counts the heavy atoms of %s', (smiles, count) => {
  expect(heavyAtoms(smiles)).toBe(count);
});

it('says when most of the best are fragment-sized', () => {
  const small = 'Cc1ccncc1';
  const lead = 'CC(=O)Nc1ccc(C(=O)Nc2ccccc2C)cc1N1CCOCC1';
  const best = [...Array<string>(11).fill(small), ...Array<string>(9).fill(lead)];
  expect(fragmentWords(best)).toBe(
    '11 of the best 20 are fragment-sized (fewer than 20 heavy atoms). A limit on molecular weight would keep them out.',
  );
  expect(fragmentWords([...best.slice(1), lead])).toBeNull();
  expect(fragmentWords(best.slice(0, 9))).toBeNull();
});

const limit = (id: string, max?: number): RunConstraint => ({
  id,
  label: id,
  unit: '',
  kind: 'hard',
  ...(max !== undefined && { max }),
});
const goalOn = (id: string, goal: GoalInfo, weight = 1): RunDetail['objectives'][number] => ({
  id,
  label: id,
  detail: '',
  unit: '',
  goal,
  weight,
  parameters: {},
});
const asked = (constraints: RunConstraint[], objectives: RunDetail['objectives'] = []) =>
  asksForFragments({ constraints, objectives });

it('knows a limit that allows fragments only', () => {
  expect(asked([limit('mw', 300)])).toBe(true);
  expect(asked([limit('heavy-atoms', 17)])).toBe(true);
  expect(asked([limit('rule-of-three', 0)])).toBe(true);
  expect(asked([limit('mw', 500), limit('heavy-atoms'), limit('alerts', 0)])).toBe(false);
});

it.each<[GoalInfo, boolean]>([
  [{ kind: 'range', low: 11, high: 17, tolerance: 2 }, true],
  [{ kind: 'range', low: 18, high: 32, tolerance: 2 }, false],
  [{ kind: 'target', value: 15, tolerance: 2 }, true],
  [{ kind: 'lower', from: 12, to: 30 }, true],
  [{ kind: 'lower', from: 25, to: 40 }, false],
  [{ kind: 'higher', from: 5, to: 10 }, false],
  [{ kind: 'step', side: 'at_most', threshold: 18, tolerance: 2 }, true],
  [{ kind: 'step', side: 'at_least', threshold: 18, tolerance: 2 }, false],
  // prettier-ignore
  [{ kind: 'table', points: [[10, 0], [15, 1], [20, 0]] }, true],
  // prettier-ignore
  [{ kind: 'table', points: [[10, 0], [15, 1]] }, false],
])('knows whether the goal %o on heavy atoms asks for fragments', (goal, expected) => {
  expect(asked([], [goalOn('heavy-atoms', goal)])).toBe(expected);
  expect(asked([], [goalOn('heavy-atoms', goal, 0), goalOn('logp', goal)])).toBe(false);
});
