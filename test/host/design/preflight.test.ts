/**
 * @file What is seen of a design before it runs: on samples made by hand, and through the host and the command line.
 */
import { describe, expect, it } from 'vitest';
import type { Goal, RawScores } from '../../../engine/objectives/types.ts';
import { preflight, type SampleScores } from '../../../host/design/preflight.ts';
import type { ResolvedConstraint, ResolvedDesign, ResolvedObjective } from '../../../host/design/resolved.ts';

const COUNT = 100;
const goal = (id: string, of: Goal, more: Partial<ResolvedObjective> = {}): ResolvedObjective => ({
  id,
  label: id,
  detail: '',
  unit: '',
  goal: of,
  weight: 1,
  parameters: {},
  ...more,
});
const limit = (id: string, more: Partial<ResolvedConstraint>): ResolvedConstraint => ({
  id,
  label: id,
  unit: '',
  tolerance: 0,
  parameters: {},
  ...more,
});
const higher = (from: number, to: number): Goal => ({ kind: 'higher', from, to });
const lower = (from: number, to: number): Goal => ({ kind: 'lower', from, to });

function design(
  objectives: readonly ResolvedObjective[],
  constraints: readonly ResolvedConstraint[] = [],
  generate: ResolvedDesign['generate'] = null,
): ResolvedDesign {
  return {
    name: 'x',
    modality: 'molecule',
    prior: 'druglike',
    generate,
    settings: {} as ResolvedDesign['settings'],
    objectives,
    constraints,
  };
}

const values = (of: (i: number) => number | null): RawScores => Array.from({ length: COUNT }, (_, i) => of(i));
const sample = (goals: (RawScores | null)[], limits: (RawScores | null)[] = []): SampleScores => ({
  count: COUNT,
  goals,
  limits,
});
const said = (...args: Parameters<typeof preflight>) =>
  preflight(...args).map(({ severity, path }) => `${severity} ${path}`);

const rising = values((i) => i / COUNT);
const falling = values((i) => 1 - i / COUNT);

describe('a goal', () => {
  it('that can be told apart is not remarked', () => {
    expect(said(design([goal('qed', higher(0.2, 0.9))]), sample([rising]))).toEqual([]);
  });

  it('that nothing comes near, that is reached, that has no values', () => {
    expect(preflight(design([goal('mw', higher(5, 9))]), sample([rising]))[0]).toMatchObject({
      severity: 'warning',
      path: 'objective.0',
      message: expect.stringMatching(
        /^None of 100 molecules sampled from druglike comes near “mw”: the best scores 0\.0\d/,
      ),
    });
    expect(said(design([goal('mw', lower(2, 5))]), sample([rising]))).toEqual(['remark objective.0']);
    expect(said(design([goal('mw', higher(0, 1))]), sample([values(() => null)]))).toEqual(['problem objective.0']);
    expect(said(design([goal('mw', higher(0, 1))]), sample([values((i) => (i < 40 ? i / 40 : null))]))).toEqual([
      'warning objective.0',
    ]);
  });

  it('of a program of one’s own is not judged', () => {
    expect(said(design([goal('program', higher(5, 9))]), sample([null]))).toEqual([]);
  });

  it('against another: by its values, or by what is asked', () => {
    expect(said(design([goal('a', higher(0, 1)), goal('b', higher(0, 1))]), sample([rising, falling]))).toEqual([
      'remark objective.1',
    ]);
    expect(said(design([goal('a', higher(0, 1)), goal('a', lower(0, 1))]), sample([rising, rising]))).toEqual([
      'warning objective.1',
      'remark objective.1',
    ]);
    expect(
      said(
        design([goal('a', higher(0, 1)), goal('a', higher(0, 1), { parameters: { of: 'other' } })]),
        sample([rising, rising]),
      ),
    ).toEqual([]);
  });

  it('outside a limit on the same quantity', () => {
    const wanted: Goal = { kind: 'range', low: 0.7, high: 0.9, tolerance: 0.2 };
    expect(said(design([goal('a', wanted)], [limit('a', { max: 0.5 })]), sample([rising], [rising]))).toEqual([
      'problem objective.0',
    ]);
    expect(said(design([goal('a', wanted)], [limit('a', { max: 0.8 })]), sample([rising], [rising]))).toEqual([]);
  });

  it('without weight', () => {
    expect(said(design([goal('a', higher(0, 1), { weight: 0 })]), sample([rising]))).toEqual(['remark objective.0']);
  });
});

describe('limits', () => {
  const any = goal('a', higher(0, 1));

  it('that nothing keeps stop a run, unless they can be broken', () => {
    expect(said(design([any], [limit('b', { min: 2 })]), sample([rising], [rising]))).toEqual(['problem constraint.0']);
    expect(said(design([any], [limit('b', { min: 2, tolerance: 1 })]), sample([rising], [rising]))).toEqual([
      'warning constraint.0',
    ]);
    expect(said(design([any], [limit('b', { max: 2 })]), sample([rising], [rising]))).toEqual(['remark constraint.0']);
  });

  it('that nothing keeps together', () => {
    const both = [limit('b', { min: 0.6 }), limit('c', { max: 0.4 })];
    expect(preflight(design([any], both), sample([rising], [rising, rising]))).toEqual([
      {
        severity: 'problem',
        path: 'constraint',
        message: 'None of 100 molecules sampled from druglike meet all limits. Relax a limit, or give one a tolerance.',
      },
    ]);
  });

  it('cannot be tried where nothing is written', () => {
    expect(
      said(
        design([any], [limit('b', { min: 2 })], { modality: 'molecule', scaffold: 'c1ccccc1', template: 'c1ccccc1?' }),
        { count: 0, goals: [[]], limits: [[]] },
      ),
    ).toEqual(['problem generate']);
  });
});
