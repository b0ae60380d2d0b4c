/**
 * @file Real runs through the contract: training, events, ranking, steering, export, queue, a compute process that is
 * killed.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { methodSchemas, type RunSummary, type TopicEvent, topicSchemas } from '../../../contract/api.ts';
import { dumpForComparison } from '../../../db/index.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { smallDesign, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
let host: Host;
let designId: number;
/** One finished run for the cases that read it, and what was told of it. */
let finished: RunSummary;
const told: TopicEvent<'run'>[] = [];

beforeAll(async () => {
  host = createHost({ workspace: join(folder, 'runs.amalgam'), device: 'cpu' });
  const { design, problems } = await host.call('design.check', { toml: smallDesign });
  expect(problems).toEqual([]);
  designId = (await host.call('design.create', { design: design! })).designId;
  const { id } = await host.call('run.start', { designId, seed: 1 });
  host.subscribe('run', { runId: id }, (event) => told.push(topicSchemas.run.event.parse(event)));
  finished = await ended(id);
});
afterAll(() => host.close());

/** Resolves with the summary of the first state that is not running. */
function ended(runId: number): Promise<RunSummary> {
  return new Promise((resolve) => {
    const end = host.subscribe('run', { runId }, (event) => {
      const one = topicSchemas.run.event.parse(event);
      if (one.type !== 'state' || one.summary.state === 'running') return;
      end();
      resolve(one.summary);
    });
  });
}

/** Resolves at the first event of a run that is as wanted. */
function seen(runId: number, isWanted: (event: TopicEvent<'run'>) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = host.subscribe('run', { runId }, (event) => {
      if (!isWanted(topicSchemas.run.event.parse(event))) return;
      end();
      resolve();
    });
  });
}

async function runToEnd(seed: number): Promise<RunSummary> {
  const { id } = await host.call('run.start', { designId, seed });
  return ended(id);
}

describe('a run', () => {
  it('trains, tells of it and ends', async () => {
    // 3 rounds of 2 experts with 2 steps of 16, and 16 measured in rounds 0 to 3.
    expect(finished).toMatchObject({
      state: 'finished',
      round: 3,
      rounds: 3,
      scored: 3 * 2 * 2 * 16 + 4 * 16,
      message: null,
      device: 'CPU, 1 thread per worker',
    });
    expect(told.flatMap((event) => (event.type === 'round' ? [event.round.round] : []))).toEqual([0, 1, 2, 3]);
    expect(told.some(({ type }) => type === 'progress')).toBe(true);
    const detail = methodSchemas['run.get'].result.parse(await host.call('run.get', { runId: finished.id }));
    expect(detail.objectives.map(({ label }) => label)).toEqual(['Drug-likeness (QED)', 'Similarity to a reference']);
    expect(detail.rounds).toHaveLength(4);
    expect(detail.advice).toMatch(/^The mean score/);
  });

  it('ranks its candidates by the weights asked for', async () => {
    const { candidates, count } = await host.call('run.top', { runId: finished.id, weights: [1, 0], limit: 10 });
    expect(count).toBeGreaterThan(20);
    const scores = candidates.map(({ scores: [qed] }) => qed!);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(candidates[0].total).toBeCloseTo(scores[0], 12);
    const detail = await host.call('candidate.get', { candidateId: candidates[0].id });
    expect(detail).toMatchObject({ runId: finished.id, seed: 1 });
    expect(detail.logLikelihood).toBeLessThan(0);
  });

  it('is steered to new molecules, reproducibly', async () => {
    const first = methodSchemas['steering.sample'].result.parse(
      await host.call('steering.sample', { runId: finished.id, weights: [3, 1], n: 20, seed: 5 }),
    );
    expect(first.weights).toEqual([0.75, 0.25]);
    expect(first.unique - first.known).toBeGreaterThanOrEqual(20);
    const again = await host.call('steering.sample', { runId: finished.id, weights: [3, 1], n: 20, seed: 5 });
    const sequences = new Set(again.candidates.map(({ sequence }) => sequence));
    expect(first.candidates.every(({ sequence }) => sequences.has(sequence))).toBe(true);
    expect((await host.call('candidate.get', { candidateId: first.candidates[0].id })).source).toMatch(
      /^steering: experts merged with 75% Drug-likeness/,
    );
  });

  it.each([
    [[1], /has 2 goals, but 1 weight was given/],
    [[0, 0], /All weights are 0/],
  ])('refuses the weights %j', async (weights, message) => {
    await expect(host.call('steering.sample', { runId: finished.id, weights, n: 5 })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(message),
    });
    await expect(host.call('run.top', { runId: finished.id, weights })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('is exported in each format', async () => {
    const [best] = (await host.call('run.top', { runId: finished.id, limit: 1 })).candidates;
    const smi = await host.call('export.make', { runId: finished.id, format: 'smi', top: 3 });
    expect(smi.content.split('\n')[0]).toBe(`${best.sequence} run${finished.id}-${best.id}`);
    const csv = await host.call('export.make', { runId: finished.id, format: 'csv', top: 3 });
    const [header, first] = csv.content.split('\r\n').map((line) => line.split(','));
    expect(header).toEqual([
      'smiles',
      'total',
      'qed',
      'similarity',
      'qed score',
      'similarity score',
      'run',
      'round',
      'blend',
      'candidate',
      'seed',
      'prior',
    ]);
    expect(first.slice(0, 2)).toEqual([best.sequence, String(best.total)]);
    const sdf = await host.call('export.make', { runId: finished.id, format: 'sdf', top: 3 });
    expect(sdf.content.match(/^\$\$\$\$$/gm)).toHaveLength(3);
    expect(sdf.content).toMatch(/V2000\n/);
    expect(sdf.content).toContain(`>  <smiles>\n${best.sequence}\n`);
  });

  it('waits for the one before, and can be paused, resumed and stopped', async () => {
    const one = await host.call('run.start', { designId, seed: 2 });
    const two = await host.call('run.start', { designId, seed: 3 });
    expect((await host.call('run.list', {}))[0]).toMatchObject({
      id: two.id,
      state: 'running',
      message: `Waiting for run ${one.id} to finish.`,
    });
    await expect(host.call('run.resume', { runId: one.id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(host.call('design.delete', { designId })).rejects.toMatchObject({ code: 'conflict' });
    expect(await host.call('run.stop', { runId: two.id })).toMatchObject({ state: 'stopped' });
    expect(await host.call('run.pause', { runId: one.id })).toMatchObject({ state: 'paused' });
    await expect(host.call('run.pause', { runId: one.id })).rejects.toMatchObject({ code: 'conflict' });
    expect(await host.call('run.resume', { runId: one.id })).toMatchObject({ state: 'running' });
    expect(await ended(one.id)).toMatchObject({ state: 'finished' });
    await expect(host.call('run.resume', { runId: one.id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('finished'),
    });
  });

  it('extended by further rounds equals one that began with the longer budget, where nothing depends on the whole', async () => {
    const begin = async (steps: number) => {
      const toml = smallDesign.replace('steps = 6', `steps = ${steps}\nschedule = "constant"\nwarm_start = 0`);
      const { design } = await host.call('design.check', { toml });
      const { id } = await host.call('run.start', {
        designId: (await host.call('design.create', { design: design! })).designId,
        seed: 4,
      });
      expect(await ended(id)).toMatchObject({ state: 'finished' });
      return id;
    };
    const long = await begin(6);
    const short = await begin(2);
    const summary = await host.call('run.extend', { runId: short, rounds: 2 });
    expect(summary).toMatchObject({ state: 'running', round: 1, rounds: 3 });
    await expect(host.call('run.extend', { runId: short, rounds: 2 })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Pause it'),
    });
    expect(await ended(short)).toMatchObject({ state: 'finished', round: 3 });
    expect(dumpForComparison(host.context.db, short)).toEqual(dumpForComparison(host.context.db, long));
    expect(await host.call('run.get', { runId: short })).toMatchObject({
      extensions: [{ afterRound: 1, rounds: 2 }],
      settings: { steps: 6 },
    });
    await expect(host.call('run.extend', { runId: short, rounds: 10_000 })).resolves.toMatchObject({ rounds: 10_003 });
    await host.call('run.stop', { runId: short });
    await expect(host.call('run.extend', { runId: 99, rounds: 1 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('whose process is killed again and again ends like one that never was', async () => {
    const whole = await runToEnd(7);
    const { id } = await host.call('run.start', { designId, seed: 7 });
    const moments: ((event: TopicEvent<'run'>) => boolean)[] = [
      ({ type }) => type === 'progress',
      (event) => event.type === 'round' && event.round.round === 1,
      ({ type }) => type === 'progress',
    ];
    let reached = seen(id, moments[0]);
    for (const [i] of moments.entries()) {
      const end = ended(id);
      await reached;
      process.kill(host.context.runs.computePid!, 'SIGKILL');
      expect(await end).toMatchObject({ state: 'failed', message: expect.stringContaining('was ended by SIGKILL') });
      if (i + 1 < moments.length) reached = seen(id, moments[i + 1]);
      await host.call('run.resume', { runId: id });
    }
    expect(await ended(id)).toMatchObject({ state: 'finished' });
    expect(dumpForComparison(host.context.db, id)).toEqual(dumpForComparison(host.context.db, whole.id));
  });
});

describe('the contract', () => {
  it.each([
    ['no.such', {}, 'unknown-method'],
    ['run.get', { runId: 'one' }, 'bad-message'],
    ['run.get', { runId: 99 }, 'not-found'],
    ['candidate.get', { candidateId: 1e6 }, 'not-found'],
    ['design.create', { design: { name: 'x', objective: [{ id: 'qde' }] } }, 'bad-input'],
  ])('answers %s %j with %s', async (method, params, code) => {
    await expect(host.invoke(method, params)).rejects.toMatchObject({ code });
  });

  it('refuses a topic that is not there', () => {
    expect(() => host.subscribe('nothing', {}, () => undefined)).toThrow('Unknown topic "nothing".');
  });

  it('draws molecules and leaves out what is none', async () => {
    const { svg } = await host.call('molecule.depict', {
      smiles: ['c1ccccc1O', 'nonsense'],
      width: 120,
      height: 90,
      theme: 'dark',
      highlight: 'cO',
    });
    expect(svg[0]).toMatch(/^<svg/);
    expect(svg[1]).toBeNull();
  });

  it('lists the catalogue with forms for every parameter', async () => {
    const catalogue = methodSchemas['catalogue.get'].result.parse(await host.call('catalogue.get', {}));
    expect(catalogue.objectives.find(({ id }) => id === 'similarity')?.parameters).toMatchObject([
      { name: 'reference', alias: 'ref', type: 'structure', default: null, optional: true },
      { name: 'references', type: 'structures', default: null, optional: true },
      { name: 'combine', type: 'choice', default: 'max', choices: ['max', 'mean'] },
      {
        name: 'fingerprint',
        alias: 'fp',
        type: 'choice',
        default: 'ecfp4',
        choices: ['ecfp4', 'ecfp6', 'fcfp4', 'fcfp6', 'ap', 'tt'],
      },
      { name: 'measure', type: 'choice', default: 'bits' },
    ]);
    expect(catalogue.examples.map(({ file }) => file)).toContain('oral-lead.toml');
  });
});
