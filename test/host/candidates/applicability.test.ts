/** @file The applicability domain of candidates, through the host's services. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CandidateRow, getRun, type RunWithCounts } from '../../../db/index.ts';
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
