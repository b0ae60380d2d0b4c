import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { normalisedWeights, totalOf } from '../../db/aggregate.ts';
import {
  close,
  commitRound,
  type NewCandidate,
  openForReading,
  openForWriting,
  star,
  topCandidates,
  type TopRequest,
  type WritableWorkspace,
} from '../../db/index.ts';
import { ALL_WEIGHTS_ZERO } from '../../engine/objectives/aggregate.ts';
import { candidate, sampleRound, sampleRun } from './sample-run.ts';
import { temporaryFolder } from './temporary-folder.ts';

let db: WritableWorkspace;
let runId: number;
let path: string;
beforeEach(() => {
  path = join(temporaryFolder(), 'lab.amalgam');
  db = openForWriting(path);
  runId = sampleRun(db);
});
afterEach(() => close(db));

const sequences = (request: TopRequest) => topCandidates(db, runId, request).candidates.map(({ sequence }) => sequence);

describe('topCandidates', () => {
  beforeEach(() => {
    const found = [
      candidate('CCO', [0.9, 0.15], { scaffold: '' }),
      candidate('Oc1ccccc1', [0.5, 0.6]),
      candidate('Cc1ccccc1', [0.5, 0.5]),
      candidate('CCN', [0.7, null], { scaffold: '' }),
      candidate('C1CCCCC1', [1, 1], { scaffold: 'C1CCCCC1', feasible: false }),
      candidate('CCC', [0.1, 0.9], { scaffold: null }),
    ];
    commitRound(db, sampleRound(runId, 0, found));
  });

  it('ranks by the weighted total, missing last, hard limits respected', () => {
    expect(sequences({ by: 'total', limit: 10 })).toEqual(['Oc1ccccc1', 'CCO', 'Cc1ccccc1', 'CCC', 'CCN']);
    expect(sequences({ by: 'total', weights: [0.8, 0.2], limit: 2 })).toEqual(['CCO', 'Oc1ccccc1']);
    expect(sequences({ by: 'total', weights: [1, 0], limit: 2 })).toEqual(['CCO', 'CCN']);
    expect(sequences({ by: 'total', includeInfeasible: true, limit: 1 })).toEqual(['C1CCCCC1']);
  });

  it('ranks by the geometric mean, which a low score pulls down', () => {
    expect(sequences({ by: 'total', aggregate: 'geometric', limit: 3 })).toEqual(['Oc1ccccc1', 'Cc1ccccc1', 'CCO']);
    const [best] = topCandidates(db, runId, { by: 'total', aggregate: 'geometric', limit: 1 }).candidates;
    expect(best.total).toBeCloseTo(Math.sqrt(0.3), 12);
  });

  it('ranks by the product and by the worst score, whatever the weights are above 0', () => {
    for (const weights of [
      [0.5, 0.5],
      [0.9, 0.1],
    ]) {
      expect(sequences({ by: 'total', aggregate: 'product', weights, limit: 5 })).toEqual([
        'Oc1ccccc1',
        'Cc1ccccc1',
        'CCO',
        'CCC',
        'CCN',
      ]);
      expect(sequences({ by: 'total', aggregate: 'worst', weights, limit: 5 })).toEqual([
        'Oc1ccccc1',
        'Cc1ccccc1',
        'CCO',
        'CCC',
        'CCN',
      ]);
    }
    const [best] = topCandidates(db, runId, {
      by: 'total',
      aggregate: 'product',
      weights: [0.9, 0.1],
      limit: 1,
    }).candidates;
    expect(best.total).toBeCloseTo(0.3, 12);
    expect(sequences({ by: 'total', aggregate: 'worst', weights: [1, 0], limit: 1 })).toEqual(['CCO']);
  });

  it('ranks by one objective, equal ones in the order of discovery', () => {
    expect(sequences({ by: 0, limit: 4 })).toEqual(['CCO', 'CCN', 'Oc1ccccc1', 'Cc1ccccc1']);
    expect(sequences({ by: 1, limit: 9 })).toEqual(['CCC', 'Oc1ccccc1', 'Cc1ccccc1', 'CCO', 'CCN']);
  });

  it('pages, and counts beyond the page', () => {
    const page = topCandidates(db, runId, { by: 0, limit: 2, offset: 2 });
    expect(page.count).toBe(5);
    expect(page.candidates.map(({ sequence }) => sequence)).toEqual(['Oc1ccccc1', 'Cc1ccccc1']);
    expect(topCandidates(db, runId, { by: 0, limit: 2, offset: 9 }).candidates).toEqual([]);
  });

  it('shows the best of each scaffold, and all that have none', () => {
    const distinct = topCandidates(db, runId, { by: 'total', limit: 10, distinctScaffolds: true });
    expect(distinct.candidates.map(({ sequence }) => sequence)).toEqual(['Oc1ccccc1', 'CCO', 'CCC']);
    expect(distinct.count).toBe(3);
  });

  it('shows the starred alone', () => {
    const [, second, third] = topCandidates(db, runId, { by: 'total', limit: 3 }).candidates;
    star(db, third.id);
    star(db, second.id);
    const starred = topCandidates(db, runId, { by: 'total', limit: 10, starredOnly: true });
    expect(starred.candidates.map(({ id }) => id)).toEqual([second.id, third.id]);
    expect(starred.count).toBe(2);
  });

  it('refuses weights and objectives that do not fit', () => {
    expect(() => sequences({ by: 'total', weights: [0, 0], limit: 1 })).toThrow(ALL_WEIGHTS_ZERO);
    expect(() => sequences({ by: 'total', weights: [1], limit: 1 })).toThrow('1 weights for 2 objectives');
    expect(() => sequences({ by: 'total', weights: [1, -1], limit: 1 })).toThrow('Weight 2 is -1');
    expect(() => sequences({ by: 2, limit: 1 })).toThrow('there is no objective 2');
  });

  it('follows later rounds, in the writer and in a reader with its own memory', () => {
    const reader = openForReading(path);
    expect(topCandidates(reader, runId, { by: 'total', limit: 1 }).candidates[0].sequence).toBe('Oc1ccccc1');
    commitRound(db, sampleRound(runId, 1, [candidate('c1ccncc1', [0.95, 0.95])]));
    for (const handle of [db, reader]) {
      expect(topCandidates(handle, runId, { by: 'total', limit: 1 }).candidates[0]).toMatchObject({
        sequence: 'c1ccncc1',
        round: 1,
        number: 6,
      });
    }
    close(reader);
  });
});

describe('a run of many blocks', () => {
  it('ranks like a plain sort, for every kind of request', () => {
    const all: NewCandidate[] = [];
    // 40,000 candidates in unequal rounds cross two block borders; scores in steps make many ties.
    for (const [round, size] of [10_000, 6_384, 1, 23_615].entries()) {
      const found = Array.from({ length: size }, (_, i) => {
        const n = all.length + i;
        const scores = [((n * 7919) % 997) / 996, n % 53 === 0 ? null : ((n * 104_729) % 101) / 100];
        return candidate(`C${n}`, scores, { scaffold: n % 11 === 0 ? null : `ring ${n % 600}`, feasible: n % 7 !== 0 });
      });
      all.push(...found);
      commitRound(db, sampleRound(runId, round, found));
    }
    for (const aggregate of ['arithmetic', 'geometric'] as const) {
      for (const distinctScaffolds of [false, true]) {
        for (const offset of [0, 250]) {
          const request = { by: 'total', weights: [3, 1], aggregate, distinctScaffolds, limit: 50, offset } as const;
          expect(sequences(request)).toEqual(plainSort(all, request));
        }
      }
    }
    expect(sequences({ by: 'total', limit: 40_000 })).toHaveLength(all.filter(({ feasible }) => feasible).length);
  }, 120_000);
});

function plainSort(
  all: readonly NewCandidate[],
  request: {
    weights: readonly number[];
    aggregate: 'arithmetic' | 'geometric';
    distinctScaffolds: boolean;
    limit: number;
    offset: number;
  },
): string[] {
  const weights = normalisedWeights(request.weights, 2);
  const single = (scores: readonly (number | null)[]) =>
    scores.map((score) => (score === null ? null : Math.fround(score)));
  const ranked = all
    .filter(({ feasible }) => feasible)
    .map(({ sequence, scaffold, scores }) => ({
      sequence,
      scaffold,
      key: totalOf(single(scores), weights, request.aggregate) ?? -Infinity,
    }))
    .sort((a, b) => (a.key === b.key ? 0 : b.key - a.key));
  const seen = new Set<string>();
  const kept = ranked.filter(
    ({ scaffold }) => !request.distinctScaffolds || scaffold === null || (!seen.has(scaffold) && seen.add(scaffold)),
  );
  return kept.slice(request.offset, request.offset + request.limit).map(({ sequence }) => sequence);
}
