/** @file Whether predictors know the like of candidates, through the host's services. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHost, type Host } from '../../host/host.ts';
import { fillRun } from '../fill-run.ts';
import { commitDna } from './dna-run.ts';
import { root, temporaryFolder } from './tools.ts';

let host: Host;
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
});
afterAll(() => host.close());

it('tells by goal what its predictor has learnt from the like of, and which goals can tell', async () => {
  const { db } = host.context;
  // The first is a human regulatory element, the second a repeat that none is like.
  const [{ sequence }] = (JSON.parse(readFileSync(join(root, 'test/fixtures/predictor/shipped.json'), 'utf8')) as { lentimpra: { sequence: string }[] }).lentimpra;
  const { runId, ids } = commitDna(db, ['gc', 'dna-hepg2'], [sequence, 'AC'.repeat(100)]);
  const { goals, inside } = await host.call('space.domain', { runId, numbers: [1, 0] });
  expect([goals, [...Buffer.from(inside, 'base64')]]).toEqual([[1], [0, 1]]);
  expect(await host.call('candidate.domain', { candidateId: ids[0] })).toEqual({ goals: [{ goal: 1, inside: true }] });
  // One of its goals is none of this version's.
  expect(await host.call('space.domain', { runId: fillRun(db, 1, 'dna'), numbers: [0] })).toEqual({ goals: [], inside: '' });
});
