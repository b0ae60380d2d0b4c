/** @file Predictors that a run depends on: recorded, shown, and checked before anything new is scored with them. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { topicSchemas } from '../../../contract/api.ts';
import { commitRound, createRun, getRun, type PinnedFile } from '../../../db/index.ts';
import { writeUserPredictor } from '../../../engine/predictor/user/checkpoint.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { pinsInWords, predictorPins, readPinned, requirePinned } from '../../../host/models/pins.ts';
import { candidate, sampleRound } from '../../db/sample-run.ts';
import { smallPredictor } from '../../fixtures/predictor/small.ts';
import { root, temporaryFolder, tinyPrior } from '../tools.ts';

const folder = temporaryFolder();
const file = join(folder, 'mine.safetensors');
const bytes = writeUserPredictor(smallPredictor);
const key = createHash('sha256').update(bytes).digest('hex');
const otherBytes = writeUserPredictor({ ...smallPredictor, residual: 0.9 });
let host: Host;
let runId: number;

const design = `name = "Pinned"\nprior = ${JSON.stringify(tinyPrior)}\n\n[run]\nsteps = 2\nmerge_every = 1\nbatch = 8\nmeasure_samples = 8\nfinal_samples = 8\n
[[objective]]\nid = "qed"\n\n[[objective]]\nid = "predicted"\nmodel = ${JSON.stringify(file)}\n`;

/** Resolves with the run's message once it has ended. */
function ended(id: number): Promise<string | null> {
  return new Promise((resolve) => {
    const end = host.subscribe('run', { runId: id }, (event) => {
      const one = topicSchemas.run.event.parse(event);
      if (one.type !== 'state' || one.summary.state === 'running') return;
      end();
      resolve(one.summary.message);
    });
  });
}

beforeAll(async () => {
  writeFileSync(file, bytes);
  host = createHost({ workspace: join(folder, 'lab.amalgam'), device: 'cpu', consents: join(folder, 'consents.json') });
  const checked = await host.call('design.check', { toml: design });
  expect(checked.problems).toEqual([]);
  const { designId } = await host.call('design.create', { design: checked.design! });
  runId = (await host.call('run.start', { designId, seed: 1 })).id;
  expect(await ended(runId)).toBeNull();
}, 120_000);
afterAll(() => host.close());
beforeEach(() => writeFileSync(file, bytes));

it('are recorded with the run, and shown with it and in what is exported', async () => {
  expect(await host.call('run.get', { runId })).toMatchObject({
    predictors: [{ file, key }],
    priorKey: createHash('sha256').update(readFileSync(tinyPrior)).digest('hex'),
  });
  const { content } = await host.call('export.make', { runId, format: 'csv', top: 1 });
  const [header, first] = content.split('\r\n').map((line) => line.split(','));
  expect(first[header.indexOf('predictors')]).toBe(`mine ${key.slice(0, 12)}`);
  expect((await host.call('export.make', { runId, format: 'html', top: 1 })).content).toContain(
    `${file} (SHA-256 ${key})`,
  );
});

describe('one that has changed or gone', () => {
  const refusals = async (message: RegExp) => {
    const refused = { code: 'conflict', message: expect.stringMatching(message) };
    await expect(host.call('steering.sample', { runId, weights: [1, 1], n: 2 })).rejects.toMatchObject(refused);
    await expect(host.call('surface.measure', { runId, samples: 20, settings: 3 })).rejects.toMatchObject(refused);
    await expect(host.call('applicability.ofRun', { runId, numbers: [0] })).rejects.toMatchObject(refused);
    expect((await host.call('run.get', { runId })).summary.scored).toBeGreaterThan(0);
  };

  it('is refused with what happened, what is kept and what to do', async () => {
    writeFileSync(file, otherBytes);
    await refusals(
      /^The predictor "mine" of run 1 \(.*mine\.safetensors\) has changed since the run began .* Restore the original file, or start a new run of the design\. Everything that run 1 has found is kept\.$/,
    );
    rmSync(file);
    await refusals(/is missing\. Restore it \(SHA-256 [0-9a-f]{64}\), or start a new run/);
  });

  it('stops a run that is resumed, and the same file lets it go on', async () => {
    const { designId } = await host.call('run.start', { designId: 1, seed: 2 });
    const [{ id }] = await host.call('run.list', {});
    await host.call('run.pause', { runId: id });
    writeFileSync(file, otherBytes);
    await expect(host.call('run.resume', { runId: id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('has changed since the run began'),
    });
    expect((await host.call('run.get', { runId: id })).summary.state).toBe('paused');
    writeFileSync(file, bytes);
    const end = ended(id);
    await host.call('run.resume', { runId: id });
    expect(await end).toBeNull();
    expect(designId).toBe(1);
  }, 120_000);

  it('is not read by a worker that starts later', () => {
    writeFileSync(file, otherBytes);
    expect(() => readPinned([{ file, key }])(file)).toThrow('has changed since the run began');
    writeFileSync(file, bytes);
    expect(Buffer.from(readPinned([{ file, key }])(file)).equals(bytes)).toBe(true);
  });
});

it('that are shipped are recorded too, and named by their place; what asks none has none', () => {
  const request = (id: string) => ({ objectives: [{ id, parameters: {} }], constraints: [] });
  const pins = predictorPins(request('qm9-gap'));
  expect(pins).toEqual([
    {
      file: 'qm9-properties/qm9-properties.safetensors',
      key: createHash('sha256')
        .update(readFileSync(join(root, 'models/qm9-properties/qm9-properties.safetensors')))
        .digest('hex'),
    },
  ]);
  expect(predictorPins(request('admet-herg'))).toHaveLength(10);
  expect(predictorPins(request('pmo-drd2')).map(({ file: of }) => of)).toContain('targets/drd2.bin.gz');
  expect(predictorPins(request('qed'))).toEqual([]);
  expect(() => requirePinned({ id: 3, predictors: [{ ...pins[0], key: '00' }] })).toThrow(
    'The shipped predictor qm9-properties/qm9-properties.safetensors of run 3 has changed',
  );
  expect(pinsInWords([])).toBeNull();
  expect(pinsInWords(predictorPins(request('admet-herg')))).toMatch(/^admet-ai [0-9a-f]{12}$/);
});

it('are asked on behalf of a run only while they are its own, where a candidate is compared with drugs', async () => {
  const { db } = host.context;
  const goal = { label: '', detail: '', unit: '', weight: 0.5, goal: { kind: 'higher', from: 0, to: 1 } };
  const candidateOf = (id: 'qm9-gap' | 'mw', predictors: readonly PinnedFile[]) => {
    const objectives = [
      { ...goal, id, parameters: {} },
      { ...goal, id: 'predicted', parameters: { model: file } },
    ];
    const run = createRun(db, {
      designId: 1,
      seed: 1,
      method: 'iterative',
      settings: {},
      objectives,
      constraints: [],
      aggregate: 'arithmetic',
      prior: 'druglike',
      priorKey: 'ab'.repeat(32),
      predictors,
      device: 'cpu',
      threads: 1,
      software: '',
    });
    return commitRound(db, sampleRound(run, 1, [candidate('CCO', [0.5, 0.5], { constraints: [] })])).candidateIds[0];
  };
  const changed = candidateOf('qm9-gap', [{ file: 'qm9-properties/qm9-properties.safetensors', key: '00' }]);
  await expect(host.call('candidate.percentiles', { candidateId: changed })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('has changed since the run began'),
  });
  // Drugs are not compared by predictors of one's own.
  const other = candidateOf('mw', [{ file, key: '00' }]);
  expect((await host.call('candidate.percentiles', { candidateId: other })).percentiles).toEqual([
    expect.any(Number),
    null,
  ]);
}, 120_000);

it('nothing is asked of runs from before they were recorded', () => {
  expect(() => requirePinned({ ...getRun(host.context.db, runId), predictors: null })).not.toThrow();
});
