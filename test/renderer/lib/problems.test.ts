import { describe, expect, it } from 'vitest';
import { problemsAt, problemsBelow, problemsElsewhere, problemText } from '../../../renderer/lib/problems.ts';

describe('problems', () => {
  const problems = [
    { path: 'objective[0].reference', message: 'No such molecule.', suggestion: 'celecoxib' },
    { path: 'objective.0.weight', message: 'Too low.' },
    { path: 'objective.1', message: 'Odd.' },
    { path: 'run.steps', message: 'Too many.' },
  ];

  it('are found by field, whichever way the path is written', () => {
    expect(problemsAt(problems, 'objective.0.reference')).toEqual([problems[0]]);
    expect(problemsBelow(problems, 'objective.0', ['reference'])).toEqual([problems[1]]);
    expect(problemsElsewhere(problems, ['objective.0', 'objective.1'])).toEqual([problems[3]]);
    expect(problemsAt(problems, 'objective.10')).toEqual([]);
  });

  it('carry their suggestion', () => {
    expect(problemText(problems[0])).toBe('No such molecule. Did you mean “celecoxib”?');
  });
});
