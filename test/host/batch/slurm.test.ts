/** @file Batches on Slurm: the share of a task, the scripts, and an array on a real cluster of two nodes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrayTask, runsOfTask, scripts } from '../../../host/batch/slurm.ts';
import { amalgam, designFile, smallDesign, temporaryFolder } from '../tools.ts';
import { SlurmCluster, slurmMissing } from './slurm-cluster.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

describe('a task of an array', () => {
  const env = (id: number, count: number, min = 0, step = 1) => ({
    SLURM_ARRAY_TASK_ID: String(id),
    SLURM_ARRAY_TASK_COUNT: String(count),
    SLURM_ARRAY_TASK_MIN: String(min),
    SLURM_ARRAY_TASK_STEP: String(step),
  });

  it('is the place of its number among those of the array', () => {
    expect(arrayTask({}, env(2, 4))).toEqual({ index: 2, count: 4 });
    expect(arrayTask({}, env(1, 4, 1))).toEqual({ index: 0, count: 4 });
    expect(arrayTask({}, env(9, 3, 1, 4))).toEqual({ index: 2, count: 3 });
    // With the number of tasks given, a task keeps its runs when it is submitted again alone.
    expect(arrayTask({ task: 3, tasks: 6 }, env(3, 1, 3))).toEqual({ index: 3, count: 6 });
  });

  it('is refused outside an array and beyond the last', () => {
    expect(() => arrayTask({}, {})).toThrow(/--task 0 --tasks 8/);
    expect(() => arrayTask({ task: 6, tasks: 6 }, {})).toThrow(/There is no task 6 among 6 tasks: .* 0 to 5/);
  });

  it('has every run in exactly one task', () => {
    const runs = [0, 1, 2, 3, 4, 5, 6];
    const shares = [0, 1, 2].map((index) => runsOfTask(runs, { index, count: 3 }));
    expect(shares).toEqual([
      [0, 3, 6],
      [1, 4],
      [2, 5],
    ]);
  });
});

it('the scripts quote what a shell would take apart, and have a task per run up to the limit of arrays', () => {
  const submission = { amalgam: ['node', 'cli.js'], files: ["/my plan's.toml"], folder: '/out', cores: 2, words: [] };
  const { array } = scripts({ ...submission, runs: 6 });
  expect(array).toContain('#SBATCH --array=0-5\n');
  expect(array).toContain(`node cli.js batch '/my plan'\\''s.toml' --out /out --task "$SLURM_ARRAY_TASK_ID" --tasks 6`);
  expect(scripts({ ...submission, runs: 2500 }).array).toContain('#SBATCH --array=0-999\n');
});

const missing = slurmMissing();
const where = missing === null ? 'a cluster of two nodes' : `a cluster of two nodes (skipped, ${missing})`;

describe.skipIf(missing !== null)(where, { timeout: 900_000 }, () => {
  let cluster: SlurmCluster;
  beforeAll(async () => {
    const tiny = smallDesign.replace(/= 16/g, '= 8').replace('steps = 6', 'steps = 4');
    designFile(folder, tiny, 'a.toml');
    designFile(folder, tiny.replace('"Small"', '"Other"'), 'b.toml');
    designFile(folder, 'designs = ["a.toml", "b.toml"]\nseeds = 3\n', 'plan.toml');
    cluster = await SlurmCluster.start(at('slurm'));
  });
  afterAll(() => cluster.stop());

  const logs = () =>
    readdirSync(at('out'))
      .filter((name) => name.endsWith('.out'))
      .map((name) => readFileSync(at(`out/${name}`), 'utf8'))
      .join('\n');

  it('runs an array of six, one task of which is killed and queued again, and merges', async () => {
    const submitted = await amalgam(
      ['batch', 'submit', at('plan.toml'), '--out', at('out'), '--cores', '1', '--', '--comment=test'],
      '',
      cluster.environment,
    );
    expect(submitted).toMatchObject({ code: 0, out: expect.stringMatching(/Submitted 6 runs as job \d+/) });
    const [, job] = /as job (\d+)/.exec(submitted.out)!;
    const state = async () =>
      JSON.parse((await amalgam(['batch', 'status', at('out'), '--json'])).out) as { state: string; round: number }[];
    let isRunning = false;
    for (let tries = 0; !isRunning && tries < 600; tries++) isRunning = (await state())[0].state === 'running';
    expect(isRunning).toBe(true);
    expect(cluster.run('scontrol', ['requeue', `${job}_0`])).toMatchObject({ code: 0 });
    await cluster.idle(800);
    expect((await state()).map((one) => one.state)).toEqual(Array.from({ length: 6 }, () => 'finished'));
    expect(existsSync(at('out/candidates.csv'))).toBe(true);
    const local = await amalgam(['batch', at('plan.toml'), '--out', at('local'), '--device', 'cpu']);
    expect(local.code, logs()).toBe(0);
    const table = (name: string) =>
      readFileSync(at(`${name}/summary.csv`), 'utf8')
        .split('\r\n')
        .map((line) => line.split(',').toSpliced(5, 1));
    expect(table('out')).toEqual(table('local'));
    expect(readFileSync(at('out/candidates.csv'), 'utf8')).toBe(readFileSync(at('local/candidates.csv'), 'utf8'));
  });
});
