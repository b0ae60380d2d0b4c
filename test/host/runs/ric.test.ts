/**
 * @file A run by rewards in context through the program and the contract: exact after a kill, and steered by desired
 * rewards without training.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { close, dumpForComparison, openForReading } from '../../../db/index.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { amalgam, designFile, smallDesign, start, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const design = smallDesign.replace('[run]', '[run]\nmethod = "ric"\nonline_stages = 1');
const run = (workspace: string, ...more: string[]) => [
  'design',
  ...more,
  '--workspace',
  at(workspace),
  '--device',
  'cpu',
];
const file = designFile(folder, design);
let host: Host | undefined;
beforeAll(async () => {
  const { code, err } = await amalgam(run('whole.amalgam', file, '--seed', '9'));
  expect(code, err).toBe(0);
}, 120_000);
afterAll(() => host?.close());

function digest(workspace: string): unknown {
  const db = openForReading(at(workspace));
  try {
    return dumpForComparison(db, 1);
  } finally {
    close(db);
  }
}

describe('a run by rewards in context', () => {
  it('ends the same whether it is killed or not', async () => {
    const killed = start(run('killed.amalgam', file, '--seed', '9'));
    await new Promise<void>((resolve) => {
      let told = '';
      killed.child.stderr?.on('data', (text) => {
        told += String(text);
        if (/Round 2 of 3/.test(told)) resolve();
      });
    });
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(await amalgam(run('killed.amalgam', '--resume', '1'))).toMatchObject({ code: 0 });
    expect(digest('killed.amalgam')).toEqual(digest('whole.amalgam'));
  }, 300_000);

  it('is steered by weights that become desired rewards, with no reach', async () => {
    host = createHost({ workspace: at('whole.amalgam'), device: 'cpu' });
    const sample = (weights: number[], more = {}) =>
      host!.call('steering.sample', { runId: 1, weights, n: 12, seed: 1, ...more });
    expect(await host.call('run.get', { runId: 1 })).toMatchObject({
      summary: { firstExpertRound: 2 },
      usualReach: 1,
    });
    const [one, other] = [await sample([1, 0]), await sample([0, 1])];
    expect([one.reach, other.reach]).toEqual([1, 1]);
    const again = await host.call('steering.compare', {
      runId: 1,
      blendIds: [one.blendId, one.blendId],
      n: 20,
      seed: 3,
    });
    expect(again.shared).toBe(again.blends[0].unique);
    expect(one.candidates.map(({ sequence }) => sequence)).not.toEqual(
      other.candidates.map(({ sequence }) => sequence),
    );
    await expect(sample([1, 0], { reach: 2 })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('Leave out the reach'),
    });
    await expect(host.call('surface.measure', { runId: 1, reach: 4 })).rejects.toMatchObject({ code: 'bad-input' });
    expect((await host.call('run.get', { runId: 1 })).summary.round).toBe(3);
  });

  it('explains its settings, and refuses those of other methods', async () => {
    const explained = await amalgam(['design', file, '--explain']);
    expect(explained.out).toMatch(/method = "ric"/);
    expect(explained.out).toMatch(/online_stages = 1/);
    const wrong = designFile(folder, design.replace('method =', 'sigma = 100\nmethod ='), 'wrong.toml');
    const refused = await amalgam(['design', wrong, '--explain']);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/sigma does nothing with method = "ric"/);
  });
});
