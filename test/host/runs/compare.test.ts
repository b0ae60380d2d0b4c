/** @file Runs side by side through the host's services. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHost, type Host } from '../../../host/host.ts';
import { fillRun } from '../../fill-run.ts';
import { temporaryFolder } from '../tools.ts';

let host: Host;
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
  const { db } = host.context;
  fillRun(db, 2000);
  fillRun(db, 3000);
  fillRun(db, 2000, 'dna');
});
afterAll(() => host.close());

it('offers runs that have a round, with what they aim at', async () => {
  const runs = await host.call('comparison.runs', {});
  expect(runs.map(({ summary, modality }) => [summary.id, modality])).toEqual([
    [3, 'dna'],
    [2, 'molecule'],
    [1, 'molecule'],
  ]);
  expect(runs[1].goals).toBe(runs[2].goals);
  expect(runs[0].goals).not.toBe(runs[1].goals);
});

it('counts the scaffolds that runs have in common, and those of one alone', async () => {
  const { runs, shared } = await host.call('comparison.get', { runIds: [1, 2] });
  expect(runs.map(({ detail }) => detail.summary.unique)).toEqual([2000, 3000]);
  const { db } = host.context;
  const scaffolds = (runId: number) =>
    new Set(
      db.connection
        .prepare<[number], { key: string }>(
          'SELECT DISTINCT key FROM candidate JOIN scaffold ON scaffold.run_id = candidate.run_id AND scaffold.number = candidate.scaffold WHERE candidate.run_id = ? AND feasible = 1',
        )
        .all(runId)
        .map(({ key }) => key),
    );
  const [a, b] = [scaffolds(1), scaffolds(2)];
  const both = [...a].filter((key) => b.has(key)).length;
  expect(Object.fromEntries(shared.map(({ runIds, count }) => [runIds.join(), count]))).toEqual(
    Object.fromEntries(
      [
        ['1,2', both],
        ['1', a.size - both],
        ['2', b.size - both],
      ].filter(([, count]) => Number(count) > 0),
    ),
  );
});

it('shares no sequence between two runs of random DNA, and knows no run 9', async () => {
  const { shared } = await host.call('comparison.get', { runIds: [3] });
  expect(shared).toEqual([{ runIds: [3], count: expect.any(Number) }]);
  await expect(host.call('comparison.get', { runIds: [9] })).rejects.toMatchObject({ code: 'not-found' });
});
