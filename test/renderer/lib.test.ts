import { afterEach, describe, expect, it } from 'vitest';
import type { ObjectiveEntry } from '../../contract/design.ts';
import { rightMargin, spread } from '../../renderer/features/live/curves.ts';
import * as format from '../../renderer/lib/format.ts';
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
} from '../../renderer/lib/goals.ts';
import { Lru } from '../../renderer/lib/lru.ts';
import { numbers, type NumberStyle } from '../../renderer/lib/numbers.svelte.ts';
import { problemsAt, problemsBelow, problemsElsewhere, problemText } from '../../renderer/lib/problems.ts';
import { gridView, moveTo } from '../../renderer/lib/window.ts';
import { address, guideLink, parseRoute } from '../../renderer/state/router.svelte.ts';
import { objectives, runDetail } from './fake-data.ts';

describe('format', () => {
  it('gives a missing value as a dash, never as zero', () => {
    expect([
      format.score(null),
      format.raw(null, 'Å²'),
      format.duration(null),
      format.change(null),
      format.share(0, 0),
    ]).toEqual(['–', '–', '–', '–', '–']);
  });

  it('fits digits to size', () => {
    expect([
      format.raw(0.456789),
      format.raw(-21.432),
      format.raw(381.372, 'g/mol'),
      format.raw(3),
      format.raw(12345),
    ]).toEqual(['0.46', '-21.4', '381 g/mol', '3', '12,345']);
    expect([0.456, 2.96, -21.43, 381.4, 3, null].map(format.brief)).toEqual(['0.46', '3.0', '-21.4', '381', '3', '–']);
  });

  it('says times in words', () => {
    expect([0.4, 59.6, 130, 120, 3600, 5400].map(format.duration)).toEqual([
      'under 1 s',
      '1 min',
      '2 min 10 s',
      '2 min',
      '1 h',
      '1 h 30 min',
    ]);
    expect([0.3, 8.2, 130].map(format.about)).toEqual(['under a minute', 'about 8 min', 'about 2.2 h']);
    expect([null, 0.4, 130].map(format.timeLeft)).toEqual(['', 'under 1 s left', '2 min 10 s left']);
    expect(format.when('2026-05-12T09:20:00', new Date('2026-05-12T18:00:00'))).toBe('today 09:20');
  });

  it('says sizes and changes', () => {
    expect([0, 999, 41_200_000, 1_500].map(format.bytes)).toEqual(['0 B', '999 B', '41 MB', '1.5 kB']);
    expect([0.24, -0.1, 0.001].map(format.change)).toEqual(['+0.24', '−0.10', '±0']);
  });
});

describe('goals', () => {
  it('divides weights by their sum, and all-zero weights by nothing', () => {
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

  it('knows a step and a table by their keys, and grows a table by a like step', () => {
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
  it('name the goals that count, the weightiest first', () => {
    const goals = runDetail('finished', 2).objectives;
    expect(weightWords([0.33, 0, 0.67], goals)).toBe(
      `67% ${shortName(goals[2].label)}, 33% ${shortName(goals[0].label)}`,
    );
  });
});

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

describe('the virtualised grid', () => {
  const size = { count: 100_000, width: 748, minCell: 208, rowHeight: 234, gap: 12 };

  it('renders what is in sight and two rows on each side', () => {
    const view = gridView(size, 24_600, 500);
    expect([view.columns, view.rows, view.first, view.last]).toEqual([3, 33_334, 294, 314]);
  });

  it('is whole at both ends, for one and for none', () => {
    expect(gridView(size, -300, 500).first).toBe(0);
    expect(gridView(size, 33_333 * 246, 500).last).toBe(99_999);
    expect(gridView({ ...size, count: 0 }, 0, 500)).toMatchObject({ height: 0, first: 0, last: -1 });
    expect(gridView({ ...size, count: 1 }, 0, 500)).toMatchObject({ height: 234, last: 0 });
  });

  it('is walked with arrow keys and never left', () => {
    expect([
      moveTo('ArrowDown', 1, 3, 10),
      moveTo('ArrowUp', 1, 3, 10),
      moveTo('ArrowRight', 9, 3, 10),
      moveTo('End', 0, 3, 10),
      moveTo('x', 0, 3, 10),
    ]).toEqual([4, 1, 9, 9, null]);
  });
});

describe('chart labels', () => {
  it('never collide, keep their order and stay inside', () => {
    const placed = spread([10, 11, 12, 100], 17, 0, 102);
    expect(placed).toEqual([10, 27, 44, 100]);
    const low = spread([95, 96, 97], 17, 0, 100);
    expect(low).toEqual([66, 83, 100]);
  });

  it('get room on the right only where the run has ended', () => {
    expect(rightMargin(0, 160, 728)).toBe(16);
    expect(rightMargin(160, 160, 728)).toBe(210);
  });
});

describe('routes', () => {
  it('are read from the address', () => {
    expect(parseRoute('')).toEqual({ view: 'designs' });
    expect(parseRoute(address.run(7, 'steer'))).toEqual({ view: 'run', runId: 7, tab: 'steer' });
    expect(parseRoute(address.run(7))).toEqual({ view: 'run', runId: 7, tab: 'live' });
    expect(parseRoute(address.example('oral-lead.toml'))).toEqual({
      view: 'new',
      example: 'oral-lead.toml',
      from: null,
      liked: null,
    });
    expect(parseRoute(address.copy(3))).toEqual({ view: 'new', example: null, from: 3, liked: null });
    expect(parseRoute(address.liked('dna'))).toEqual({ view: 'new', example: null, from: null, liked: 'dna' });
    expect(parseRoute('#/new?liked=toys')).toMatchObject({ liked: null });
    expect(parseRoute(address.compare([3, 7]))).toEqual({ view: 'compare', ids: [3, 7] });
    expect(parseRoute('#/compare?runs=x,-1,2')).toEqual({ view: 'compare', ids: [2] });
    expect(parseRoute(address.models)).toEqual({ view: 'models' });
    expect(parseRoute(address.train)).toEqual({ view: 'train' });
    expect(parseRoute(address.card('own-predictor', 'kinase 2/b'))).toEqual({
      view: 'card',
      kind: 'own-predictor',
      name: 'kinase 2/b',
    });
    expect(parseRoute('#/models/card/toy/x')).toMatchObject({ view: 'unknown' });
    expect(parseRoute(address.guide('steer'))).toEqual({ view: 'guide', page: 'steer' });
    expect(parseRoute(address.guide())).toEqual({ view: 'guide', page: 'README' });
    expect([guideLink('steer.md'), guideLink('steer.md#blends'), guideLink('https://example.org/a.md')]).toEqual([
      '#/guide/steer',
      '#/guide/steer',
      null,
    ]);
    expect(parseRoute('#/run/x')).toEqual({ view: 'unknown', address: '/run/x' });
    expect(parseRoute('#/run/1/dance')).toMatchObject({ view: 'unknown' });
  });
});

describe('Lru', () => {
  it('forgets what was used longest ago', () => {
    const lru = new Lru<string, number>(2);
    lru.set('a', 1);
    lru.set('b', 2);
    lru.get('a');
    lru.set('c', 3);
    expect([lru.get('a'), lru.get('b'), lru.get('c'), lru.size]).toEqual([1, undefined, 3, 2]);
  });
});

describe('numbers', () => {
  afterEach(() => (numbers.style = 'en'));

  it('are written as the user chose, everywhere', () => {
    const written = (style: NumberStyle) => {
      numbers.style = style;
      return [format.score(0.456), format.raw(12345), format.change(-0.1), format.about(130), format.bytes(1500)];
    };
    expect(written('de')).toEqual(['0,46', '12.345', '−0,10', 'about 2,2 h', '1,5 kB']);
    expect(written('en')).toEqual(['0.46', '12,345', '−0.10', 'about 2.2 h', '1.5 kB']);
    expect(written('fr')[1]).toMatch(/^12\s345$/);
  });
});
