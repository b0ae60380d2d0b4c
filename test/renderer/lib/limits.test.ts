import { expect, it } from 'vitest';
import { describeBounds, describeEnforcement, describeKept } from '../../../renderer/lib/limits.ts';

it('describes how each kind of limit is enforced', () => {
  expect([
    describeEnforcement({ kind: 'hard' }),
    describeEnforcement({ kind: 'soft' }),
    describeEnforcement({ kind: 'learned', allowed: 0.05 }),
  ]).toEqual([
    'Hard: candidates outside score 0',
    'Soft: the score falls with the distance',
    'Learned: the penalty adapts, until at most 5% break it',
  ]);
});

it('describes the bounds, and how they are kept', () => {
  expect(describeBounds({ min: 200, max: 500, unit: 'g/mol' })).toBe('at least 200, at most 500 g/mol');
  expect(describeBounds({ min: 3, unit: 'bp' })).toBe('at least 3 bp');
  expect(describeKept({ met: 0.96, violation: 0.04, multiplier: 0.42 })).toBe('met by 96%, pressure 0.42');
  expect(describeKept({ met: null, violation: null, multiplier: null })).toBe('no value yet');
});
