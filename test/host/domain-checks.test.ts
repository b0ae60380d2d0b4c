/** @file Whether predictors know the like of candidates, through the host's services. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { candidateColumns, commitRound, createDesign, createRun } from '../../db/index.ts';
import { createHost, type Host } from '../../host/host.ts';
import { candidate, sampleRound } from '../db/sample-run.ts';
import { fillRun } from '../fill-run.ts';
import { root, temporaryFolder } from './tools.ts';

let host: Host;
beforeAll(() => {
  const folder = temporaryFolder();
  host = createHost({ workspace: join(folder, 'lab.amalgam'), consents: join(folder, 'consents.json') });
});
afterAll(() => host.close());

it('tells by goal what its predictor has learnt from the like of, and which goals can tell', async () => {
  const { db } = host.context;
  const designId = createDesign(db, { name: 'Enhancers', domain: 'dna', source: '', resolved: { name: 'Enhancers' } });
  const goal = { label: '', detail: '', unit: '', weight: 0.5, goal: { kind: 'higher', from: 0, to: 1 } };
  const objectives = [{ ...goal, id: 'gc', parameters: {} }, { ...goal, id: 'dna-hepg2', parameters: {} }];
  const runId = createRun(db, { designId, seed: 1, method: 'iterative', settings: {}, objectives, constraints: [], aggregate: 'arithmetic', prior: 'enhancer', priorKey: 'ab'.repeat(32), device: 'cpu', threads: 1, software: '' });
  // The first is a human regulatory element, the second a repeat that none is like.
  const [{ sequence }] = (JSON.parse(readFileSync(join(root, 'test/fixtures/predictor/shipped.json'), 'utf8')) as { lentimpra: { sequence: string }[] }).lentimpra;
  commitRound(db, sampleRound(runId, 1, [sequence, 'AC'.repeat(100)].map((one) => candidate(one, [0.5, 0.5], { scaffold: null, constraints: [] }))));
  const { goals, inside } = await host.call('space.domain', { runId, numbers: [1, 0] });
  expect([goals, [...Buffer.from(inside, 'base64')]]).toEqual([[1], [0, 1]]);
  const [first] = candidateColumns(db, runId, 0, 2, 0).ids;
  expect(await host.call('candidate.domain', { candidateId: first })).toEqual({ goals: [{ goal: 1, inside: true }] });
  // One of its goals is none of this version's.
  expect(await host.call('space.domain', { runId: fillRun(db, 1, 'dna'), numbers: [0] })).toEqual({ goals: [], inside: '' });
});
