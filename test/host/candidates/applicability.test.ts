/** @file The applicability domain of candidates, through the host's services. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CandidateRow, getRun, type RunWithCounts } from '../../../db/index.ts';
import { bestByLowerBound, candidatesOf } from '../../../host/candidates/intervals.ts';
import { predictionColumns } from '../../../host/export/columns.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { objectivesOf } from '../../../host/runs/setup.ts';
import { fillRun } from '../../fill-run.ts';
import { commitDna } from '../dna-run.ts';
import { root, temporaryFolder } from '../tools.ts';

let host: Host;
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
});
afterAll(() => host.close());

it('tells which goals have an applicability domain, and which candidates are inside', async () => {
  const { db } = host.context;
  // The first is a human regulatory element, the second a repeat that none is like.
  const [{ sequence }] = (
    JSON.parse(readFileSync(join(root, 'test/fixtures/predictor/shipped.json'), 'utf8')) as {
      lentimpra: { sequence: string }[];
    }
  ).lentimpra;
  const { runId, ids } = commitDna(db, ['gc', 'dna-hepg2'], [sequence, 'AC'.repeat(100)]);
  const { goals, inside } = await host.call('applicability.ofRun', { runId, numbers: [1, 0] });
  expect([goals, [...Buffer.from(inside, 'base64')]]).toEqual([[1], [0, 1]]);
  expect(await host.call('applicability.ofCandidate', { candidateId: ids[0] })).toEqual({
    goals: [{ goal: 1, inside: true, error: expect.any(Number) as number }],
  });
  // As the columns of a table have it.
  const rows = [{ id: 7 }, { id: 8 }] as CandidateRow[];
  const columns = predictionColumns(
    objectivesOf(getRun(db, runId)),
    rows,
    await host.context.applicability.predictionRows(runId, [sequence, 'AC'.repeat(100)]),
  );
  expect(columns.map(({ name }) => name)).toEqual(['dna-hepg2 error', 'dna-hepg2 in domain']);
  expect(rows.map((row) => columns[1].cell(row, {} as RunWithCounts))).toEqual([1, 0]);
  expect(rows.every((row) => Number(columns[0].cell(row, {} as RunWithCounts)) > 0)).toBe(true);
  // One of its goals is none of this version's.
  expect(await host.call('applicability.ofRun', { runId: fillRun(db, 1, 'dna'), numbers: [0] })).toEqual({
    goals: [],
    inside: '',
  });
});

it('gives totals an interval by the errors of their predictions, and ranks by its lower end', async () => {
  const { db } = host.context;
  const { runId, ids } = commitDna(db, ['gc', 'dna-hepg2'], ['ACGT'.repeat(50), 'AC'.repeat(100), 'GGCA'.repeat(50)]);
  const { intervals } = await host.call('applicability.intervals', { runId, ids: [...ids] });
  expect(intervals.map(({ id }) => id).sort((a, b) => a - b)).toEqual([...ids]);
  for (const { low, high } of intervals) expect(low! < high!).toBe(true);
  expect(intervals.find(({ id }) => id === ids[1])?.outside).toEqual([1]);
  // A goal without an error: the total is exact.
  const exact = await host.call('applicability.intervals', { runId, ids: [...ids], weights: [1, 0] });
  expect(exact.intervals.map(({ low }) => low)).toEqual([null, null, null]);
  const none = commitDna(db, ['gc', 'length'], ['ACGT'.repeat(50)]);
  expect(await host.call('applicability.intervals', none)).toEqual({ intervals: [] });
});

it('finds the best lower bounds without looking at totals that are too low', async () => {
  const { db } = host.context;
  const { runId, ids } = commitDna(db, ['gc', 'dna-hepg2'], ['ACGT'.repeat(50)]);
  const [row] = candidatesOf(db, runId, ids);
  // 1,000 totals that fall from 1; every second prediction has a large error.
  const rows = Array.from({ length: 1000 }, (_, i) => ({
    ...row,
    id: i,
    raw: [1 - i / 1000, 0.5],
    total: 1 - i / 2000,
  }));
  let asked = 0;
  const best = await bestByLowerBound(db, runId, rows, 3, (_, sequences) => {
    const from = asked;
    asked += sequences.length;
    return Promise.resolve(
      sequences.map((__, i) => [{ goal: 1, inside: true, error: (from + i) % 2 === 0 ? 0.5 : 0.001 }]),
    );
  });
  expect(best.map(({ id }) => id)).toEqual([1, 3, 5]);
  expect(asked).toBeLessThan(1000);
});
