/** @file What a generator writes by itself, scored: from the file beside it, or drawn and kept. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPriorSamples } from '../../../host/design/prior-samples.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { loadModel } from '../../../host/models/generators.ts';
import { startScoringPool } from '../../../host/scoring/pool.ts';
import { temporaryFolder, tinyDnaPrior, tinyPrior } from '../tools.ts';

const folder = temporaryFolder();
const dataHome = process.env.XDG_DATA_HOME;
let host: Host;
beforeAll(() => {
  process.env.XDG_DATA_HOME = folder;
  host = createHost({ workspace: join(folder, 'previews.amalgam'), device: 'cpu' });
});
afterAll(async () => {
  await host.close();
  if (dataHome === undefined) delete process.env.XDG_DATA_HOME;
  else process.env.XDG_DATA_HOME = dataHome;
});

const ask = (id: string, parameters: Record<string, unknown> = {}, prior = 'druglike') =>
  host.call('design.preview', { modality: 'molecule', prior, id, parameters });

describe('a shipped generator', () => {
  it('comes with samples whose stored scores are the ones that are computed now', async () => {
    const samples = readPriorSamples(loadModel('druglike'))!;
    expect(samples.sequences.length).toBe(1000);
    const ids = ['qed', 'sa', 'logp', 'tpsa', 'rings'];
    const pool = await startScoringPool({
      request: { modality: 'molecule', objectives: ids.map((id) => ({ id, parameters: {} })), constraints: [] },
      workers: 1,
    });
    const few = await pool.score(samples.sequences.slice(0, 40));
    await pool.dispose();
    few.forEach(({ raw }, row) => ids.forEach((id, i) => expect(raw[i]).toBeCloseTo(samples.values[id][row]!, 3)));
  });

  it('is shown as a histogram with quantiles, examples and fitted goals', async () => {
    const { count, missing, histogram, quantiles, examples, fitted } = await ask('qed');
    expect(count + missing).toBe(1000);
    expect(histogram!.counts.reduce((a, b) => a + b)).toBe(count);
    expect(quantiles!.q05).toBeLessThan(quantiles!.q50);
    expect(examples.map(({ raw }) => raw)).toEqual(
      [quantiles!.q05, quantiles!.q50, quantiles!.q95].map((value) => expect.closeTo(value, 2)),
    );
    expect(fitted.higher!.from).toBeCloseTo(quantiles!.q50, 2);
  });

  it.each([
    ['qde', {}, 'There is no objective "qde". Did you mean "qed"', 'id'],
    ['gc', {}, '"gc" scores DNA, not molecules', 'parameters.id'],
    ['similarity', {}, 'needs the parameter "reference"', 'parameters.reference'],
    ['similarity', { reference: 'CC(C' }, '"CC(C" is neither a valid SMILES', 'parameters.reference'],
    ['substructure', { smarts: '[C' }, 'SMARTS', 'parameters.smarts'],
  ])('%s with %j is refused with its place', async (id, parameters, message, path) => {
    const refused = ask(id, parameters);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ code: 'bad-input', details: { problems: [{ path }] } });
  });
});

describe('another generator', () => {
  it('is sampled once and kept in the data folder', async () => {
    const first = await ask('similarity', { reference: 'celecoxib' }, tinyPrior);
    const { key } = loadModel(tinyPrior);
    expect(existsSync(join(folder, 'amalgam', 'measured', `${key}.json.gz`))).toBe(true);
    expect(first.count).toBeGreaterThan(0);
    expect(await ask('similarity', { reference: 'celecoxib' }, tinyPrior)).toEqual(first);
  });
});

describe('a design that asks for a length or a scaffold', () => {
  const objective = [{ id: 'gc', goal: 'lower', from: 0, to: 0.2 }];
  const tried = (generate: Record<string, unknown>) =>
    host.call('design.preflight', { design: { name: 'x', modality: 'dna', prior: tinyDnaPrior, generate, objective } });

  it('is tried on what its generator writes so', async () => {
    expect((await tried({})).remarks.map(({ message }) => message)).not.toContainEqual(
      expect.stringContaining('comes near'),
    );
    const { count, remarks } = await tried({ length: 24, prefix: 'GGGGGGGGGGGG' });
    expect(count).toBe(1000);
    expect(remarks).toEqual([
      expect.objectContaining({
        severity: 'warning',
        path: 'objective.0',
        message: expect.stringMatching(/^None of 1000 sequences sampled from .* comes near/),
      }),
    ]);
  });
});
