/**
 * @file Steering through the contract, on a run that really trained: blends kept and compared, the surface measured,
 * left and completed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Method, methodSchemas, type Result, type SurfaceState, topicSchemas } from '../../../contract/api.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { amalgam, designFile, smallDesign, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const workspace = join(folder, 'steering.amalgam');
const inWorkspace = ['--workspace', workspace];
let host: Host;

/** Trains the small design, and begins another that has one goal. */
beforeAll(async () => {
  const { code, err } = await amalgam(['design', designFile(folder), ...inWorkspace, '--device', 'cpu']);
  expect(code, err).toBe(0);
  host = createHost({ workspace, device: 'cpu' });
}, 120_000);
afterAll(() => host.close());

const parsed = <M extends Method>(method: M, value: unknown) => methodSchemas[method].result.parse(value) as Result<M>;

async function ended(): Promise<SurfaceState> {
  return topicSchemas.surface.event.parse(await host.context.surfaces.ended(1));
}

describe('blends', () => {
  it('are judged by their own weights and by the design’s, and come back as they were', async () => {
    expect(await host.call('steering.open', { runId: 1 })).toEqual({ ready: true });
    const made = parsed('steering.sample', await host.call('steering.sample', { runId: 1, weights: [1, 0], n: 12 }));
    expect(made).toMatchObject({ name: null, weights: [1, 0], reach: 4, seed: 1 });
    expect(made.total).toBeCloseTo(made.objectives[0].mean!, 9);
    const { mean, low, high } = made.designTotal;
    expect(mean).toBeCloseTo(made.objectives[0].mean! / 3 + (2 * made.objectives[1].mean!) / 3, 9);
    expect(low! < mean! && mean! < high!).toBe(true);
    expect(await host.call('blend.open', { blendId: made.blendId })).toEqual({ ...made, seconds: null });
  });

  it('are kept under a name that no other has, let go and brought back', async () => {
    const other = await host.call('steering.sample', { runId: 1, weights: [0, 1], n: 12 });
    expect(await host.call('blend.keep', { blendId: 1, name: ' Drug-like ' })).toMatchObject([
      { blendId: 1, name: 'Drug-like', weights: [1, 0], seed: 1 },
    ]);
    await expect(host.call('blend.keep', { blendId: other.blendId, name: 'Drug-like' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('already named'),
    });
    await expect(host.call('blend.keep', { blendId: 1, name: '  ' })).rejects.toMatchObject({ code: 'bad-message' });
    await host.call('blend.keep', { blendId: 1, name: null });
    expect(await host.call('blend.list', { runId: 1 })).toEqual([]);
    await host.call('blend.keep', { blendId: 1, name: 'Drug-like' });
    expect(await host.call('blend.list', { runId: 1 })).toHaveLength(1);
    await expect(host.call('blend.open', { blendId: 99 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are compared by as many sequences with the same seed, and are the same where the weights are', async () => {
    const { blends, shared } = parsed(
      'steering.compare',
      await host.call('steering.compare', { runId: 1, blendIds: [1, 2], n: 40, seed: 3 }),
    );
    expect(blends.map(({ sampled, seed }) => [sampled, seed])).toEqual([
      [40, 3],
      [40, 3],
    ]);
    expect(shared).toBeLessThanOrEqual(Math.min(...blends.map(({ unique }) => unique)));
    const twice = await host.call('steering.compare', { runId: 1, blendIds: [1, 1], n: 40, seed: 3 });
    expect(twice.shared).toBe(twice.blends[0].unique);
    expect(twice.blends[0].objectives).toEqual(blends[0].objectives);
    await expect(host.call('steering.compare', { runId: 1, blendIds: [1, 99], n: 40, seed: 3 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('reach', () => {
  it('is as far as the method suits, and as far as is asked', async () => {
    const near = await host.call('steering.sample', { runId: 1, weights: [1, 0], reach: 1, n: 12, seed: 1 });
    const far = await host.call('steering.sample', { runId: 1, weights: [1, 0], reach: 4, n: 12, seed: 1 });
    expect([near.reach, far.reach]).toEqual([1, 4]);
    expect(far.candidates.map(({ sequence }) => sequence)).not.toEqual(near.candidates.map(({ sequence }) => sequence));
    expect(await host.call('run.get', { runId: 1 })).toMatchObject({ usualReach: 4 });
    await expect(host.call('steering.sample', { runId: 1, weights: [1, 0], reach: 17, n: 12 })).rejects.toMatchObject({
      code: 'bad-message',
    });
  });

  it('is 0 for the run’s merge, whatever the weights', async () => {
    const { blendId: one } = await host.call('steering.sample', { runId: 1, weights: [1, 0], reach: 0, n: 5 });
    const { blendId: other } = await host.call('steering.sample', { runId: 1, weights: [0, 1], reach: 0, n: 5 });
    const { blends, shared } = await host.call('steering.compare', {
      runId: 1,
      blendIds: [one, other],
      n: 40,
      seed: 3,
    });
    expect([shared, blends[0].unique]).toEqual([blends[1].unique, blends[1].unique]);
  });
});

describe('the surface', () => {
  it('is not there before it is measured', async () => {
    expect(await host.call('surface.get', { runId: 1 })).toEqual({ surface: null, job: null, problem: null });
    await expect(host.call('surface.get', { runId: 9 })).rejects.toMatchObject({ code: 'not-found' });
    await expect(host.call('surface.measure', { runId: 1, settings: 2 })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('at least 3 settings'),
    });
  });

  it('is measured setting by setting, left when cancelled, and completed by the same measurement', async () => {
    const events: SurfaceState[] = [];
    const end = host.subscribe('surface', { runId: 1 }, (event) =>
      events.push(topicSchemas.surface.event.parse(event)),
    );
    const begun = parsed('surface.measure', await host.call('surface.measure', { runId: 1, settings: 5, samples: 20 }));
    expect(begun.job).toEqual({ done: 0, settings: 5, secondsLeft: null });
    await expect(host.call('surface.measure', { runId: 1, settings: 5, samples: 20 })).rejects.toMatchObject({
      code: 'conflict',
    });
    const left = await host.call('surface.cancel', { runId: 1 });
    expect(left).toMatchObject({ job: null, problem: null, surface: { settings: 5, measured: [{ number: 0 }] } });
    await host.call('surface.measure', { runId: 1, settings: 5, samples: 20 });
    const whole = (await ended()).surface!;
    end();
    expect(whole.measured.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
    expect(whole.measured[0]).toEqual({ ...left.surface!.measured[0], front: whole.measured[0].front });
    expect(whole.measured.map(({ weights }) => weights).slice(0, 3)).toEqual([
      [1 / 3, 2 / 3],
      [1, 0],
      [0.75, 0.25].map((_, i) => whole.measured[2].weights[i]),
    ]);
    expect(
      whole.measured.every(({ sampled, valid, total }) => sampled === 20 && valid > 0 && total.low! <= total.mean!),
    ).toBe(true);
    expect(whole.hypervolume.value).toBeGreaterThan(0);
    expect(whole.hypervolume.error).toBeGreaterThan(0);
    expect(whole.measured.some(({ front }) => front)).toBe(true);
    expect(events.at(-1)).toEqual({ surface: whole, job: null, problem: null });
    expect(events.some(({ job }) => (job?.secondsLeft ?? 0) > 0)).toBe(true);
    // Only measured: nothing was added to the run's candidates.
    expect((await host.call('run.get', { runId: 1 })).summary.round).toBe(3);
  });

  it('is the same again on the command line, in a table with its hypervolume', async () => {
    const { surface } = await host.call('surface.get', { runId: 1 });
    await host.close();
    const file = join(folder, 'surface.csv');
    const { code, out, err } = await amalgam([
      'pareto',
      '1',
      ...inWorkspace,
      '--points',
      '5',
      '-n',
      '20',
      '--out',
      file,
      '--json',
    ]);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toEqual({ run: 1, ...surface });
    const [header, ...rows] = readFileSync(file, 'utf8')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(header).toEqual([
      'point',
      'weight qed',
      'weight similarity',
      'qed score',
      'qed score low',
      'qed score high',
      'qed',
      'similarity score',
      'similarity score low',
      'similarity score high',
      'similarity',
      'total',
      'total low',
      'total high',
      'sampled',
      'valid',
      'unique',
      'front',
      'hypervolume',
      'hypervolume error',
    ]);
    expect(rows).toHaveLength(5);
    expect(rows.map((row) => Number(row[3]))).toEqual(surface!.measured.map(({ objectives }) => objectives[0].mean));
    expect(rows[4].slice(-2).map(Number)).toEqual([surface!.hypervolume.value, surface!.hypervolume.error]);
    const other = await amalgam([
      'pareto',
      '1',
      ...inWorkspace,
      '--points',
      '3',
      '-n',
      '20',
      '--seed',
      '2',
      '--out',
      '-',
    ]);
    expect(other.code, other.err).toBe(0);
    expect(other.out.split('\r\n')).toHaveLength(5);
    expect(other.err).toMatch(/3 points of 20 each at reach 4: hypervolume 0\.\d{4} ± 0\.\d{4}/);
    host = createHost({ workspace, device: 'cpu' });
  }, 60_000);

  it.each([
    [['pareto', '7', '--out', 'x.csv'], /There is no run 7/],
    [['pareto', '1', '--out', '/nowhere/x.csv'], /folder \/nowhere does not exist/],
    [['pareto', '1', '--points', '1', '--out', 'x.csv'], /from 2 to 200/],
  ])('says what is wrong with %j', async (args, message) => {
    const { code, err } = await amalgam([...args, ...inWorkspace]);
    expect(err).toMatch(message);
    expect(code).not.toBe(0);
  });
});

it('cannot be asked of a run with one goal', async () => {
  const { design } = await host.call('design.check', {
    toml: smallDesign.slice(0, smallDesign.lastIndexOf('[[objective]]')),
  });
  const { designId } = await host.call('design.create', { design: design! });
  const { id } = await host.call('run.start', { designId, seed: 1 });
  await expect(host.call('surface.measure', { runId: id })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('still training'),
  });
  await host.call('run.stop', { runId: id });
  await expect(host.call('surface.measure', { runId: id })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('one goal'),
  });
  expect(await host.call('steering.open', { runId: id })).toEqual({ ready: false });
});
