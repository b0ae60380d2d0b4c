import { describe, expect, it } from 'vitest';
import type { ObjectiveEntry } from '../../../contract/design-shape.ts';
import {
  contributions,
  describeGoal,
  entryOfGoal,
  goalOfEntry,
  goalOfKind,
  nextPoint,
  shares,
  shortName,
  weightWords,
} from '../../../renderer/lib/goals.ts';
import { objectives, runDetail } from '../fake-data.ts';

describe('goals', () => {
  it('divides weights by their sum, and leaves all-zero weights undivided', () => {
    expect(shares([2, 1, 1])).toEqual([0.5, 0.25, 0.25]);
    expect(shares([0, 0])).toEqual([0, 0]);
  });

  it('has contributions that sum to the total, without missing scores', () => {
    expect(contributions([1, 0.5, null], [0.5, 0.25, 0.25], 0.625)).toEqual([0.5, 0.125, 0]);
    expect(contributions([0.9, 0.4], [1, 1], 0.6).reduce((sum, part) => sum + part, 0)).toBeCloseTo(0.6);
    expect(contributions([null], [1], null)).toEqual([0]);
  });

  it('completes an entry from the objective', () => {
    expect(goalOfEntry({ id: 'logp' }, objectives[2])).toEqual({ kind: 'range', low: 1, high: 3, tolerance: 1 });
    expect(goalOfEntry({ id: 'logp', goal: 'range', range: [0, 2] }, objectives[2])).toEqual({
      kind: 'range',
      low: 0,
      high: 2,
      tolerance: 1,
    });
    expect(goalOfEntry({ id: 'mw', goal: 'target', target: 350 }, objectives[4])).toEqual({
      kind: 'target',
      value: 350,
      tolerance: 50,
    });
  });

  it.each<ObjectiveEntry>([
    { id: 'logp', goal: 'step', at_most: 3, tolerance: 0.5 },
    {
      id: 'logp',
      goal: 'table',
      points: [
        [0, 0],
        [3, 1],
        [5, 0.2],
      ],
    },
  ])('goes into the form and out of it: $goal', (entry) => {
    expect({ id: 'logp', ...entryOfGoal(goalOfEntry(entry, objectives[2])) }).toEqual(entry);
  });

  it('recognises a step and a table by their keys, and extends a table by an equal step', () => {
    expect(goalOfEntry({ id: 'logp', at_least: 2 }, objectives[2]).kind).toBe('step');
    expect(
      goalOfEntry(
        {
          id: 'logp',
          points: [
            [0, 0],
            [1, 1],
          ],
        },
        objectives[2],
      ).kind,
    ).toBe('table');
    expect(
      nextPoint([
        [0, 0],
        [2.5, 0.5],
      ]),
    ).toEqual([5, 0.5]);
  });

  it('changes its kind with sensible values', () => {
    expect(goalOfKind('higher', objectives[2])).toEqual({ kind: 'higher', from: -1, to: 6 });
    expect(goalOfKind('lower', objectives[0])).toEqual({ kind: 'lower', from: 0.3, to: 0.9 });
    expect(describeGoal({ kind: 'range', low: 250, high: 450, tolerance: 50 }, 'g/mol')).toBe('250 to 450 g/mol');
  });
});

describe('weights in words', () => {
  it('name the goals that count, largest weight first', () => {
    const goals = runDetail('finished', 2).objectives;
    expect(weightWords([0.33, 0, 0.67], goals)).toBe(
      `67% ${shortName(goals[2].label)}, 33% ${shortName(goals[0].label)}`,
    );
  });
});
