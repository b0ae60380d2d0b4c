/**
 * @file How long a design takes: the pace read off rounds of a known pace, a trial, and estimates from runs with how
 * they turned out.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result, RoundMetrics } from '../../../contract/api.ts';
import type { Design } from '../../../contract/design-shape.ts';
import { resolveSettings } from '../../../engine/soup/settings.ts';
import { createHost, type Host } from '../../../host/host.ts';
import { paceOf, secondsARound, secondsOf, sequencesOf } from '../../../host/runs/pace.ts';
import { smallDesign, temporaryFolder } from '../tools.ts';

const objectives = [1, 3].map((weight) => ({ goal: { kind: 'higher', from: 0, to: 1 } as const, weight }));
const settings = resolveSettings(
  { steps: 12, merge_every: 2, batch: 10, measure_samples: 20, final_samples: 40 },
  2,
).settings!;
const design = { settings, objectives };

const pace = { trained: 0.5, sampled: 0.1, start: 7 };

/** Rounds as a machine of that pace gives them; sampling seconds are those of each expert's own worker. */
function roundsAt(start: number, workers = 2): RoundMetrics[] {
  let scored = 0;
  return Array.from({ length: 7 }, (_, round) => {
    const measured = round === 0 || round === 6 ? 40 : 20;
    const learnt = round === 0 ? 0 : 2 * 2 * 10;
    scored += learnt + measured;
    const seconds = pace.trained * learnt + pace.sampled * measured + (round === 1 ? start : 0);
    const experts =
      round === 0
        ? []
        : [0, 1].map(() => ({ secondsSampling: 0.06 * 20 * workers, secondsScoring: 0.04 * 20 * workers }));
    return { round, scored, seconds, experts } as unknown as RoundMetrics;
  });
}

describe('the pace of rounds', () => {
  it.each([1, 2])('of %d workers is found again, compiling apart', (workers) => {
    const found = paceOf(roundsAt(pace.start, workers), design, workers)!;
    expect(found.trained).toBeCloseTo(pace.trained, 9);
    expect(found.sampled).toBeCloseTo(pace.sampled, 9);
    expect(found.start).toBeCloseTo(pace.start, 9);
  });

  it('gives the time of a budget', () => {
    expect(sequencesOf(design)).toBe(12 * 2 * 10 + 2 * 40 + 5 * 20);
    expect(secondsOf(design, pace)).toBeCloseTo(7 + 240 * 0.5 + 180 * 0.1, 9);
    expect(secondsARound(design, pace)).toBeCloseTo(40 * 0.5 + 20 * 0.1, 9);
  });

  it('is not known before a round was trained', () => {
    expect(paceOf(roundsAt(0).slice(0, 1), design)).toBeNull();
    expect(paceOf([], design)).toBeNull();
  });

  it('is not thrown off by one slow round', () => {
    const rounds = roundsAt(0).map((round) => (round.round === 3 ? { ...round, seconds: round.seconds * 20 } : round));
    expect(paceOf(rounds, design, 2)!.trained).toBeCloseTo(pace.trained, 9);
  });
});

describe('a design’s time', () => {
  let host: Host;
  let small: Design;
  const check = async (more: Partial<Design> = {}): Promise<Result<'design.check'>['estimate']> =>
    (await host.call('design.check', { design: { ...small, ...more } })).estimate;

  beforeAll(async () => {
    host = createHost({ workspace: join(temporaryFolder(), 'time.amalgam'), device: 'cpu' });
    small = (await host.call('design.check', { toml: smallDesign })).design!;
  });
  afterAll(() => host.close());

  it('is unknown on a new workspace, then known from a trial, and more for more steps', async () => {
    expect(await check()).toBeNull();
    const measured = await host.call('design.measure', { design: small });
    expect(measured).toMatchObject({
      sameGoals: true,
      basis: expect.stringMatching(
        /^Estimated from a short trial on this computer \(\d{4}-\d\d-\d\d\), with these goals\.$/,
      ),
    });
    expect(measured.minutes).toBeGreaterThan(0);
    const longer = await check({ run: { ...small.run, steps: 60 } });
    expect(longer!.minutes - measured.minutes).toBeCloseTo(27 * measured.minutesARound, 6);
    expect(longer!.minutesOnce).toBeCloseTo(measured.minutesOnce, 6);
    expect(await check({ run: { ...small.run, loss: 'ppo' } })).toBeNull();
  });

  it('is then known from a run, and says how the estimate of that run turned out', async () => {
    const { designId } = await host.call('design.create', { design: small });
    const { id } = await host.call('run.start', { designId, seed: 1 });
    await expect(host.call('design.measure', { design: small })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('A run is training'),
    });
    await expect
      .poll(async () => (await host.call('run.get', { runId: id })).summary.state, { timeout: 120_000, interval: 200 })
      .toBe('finished');
    expect((await check())!.basis).toMatch(
      /^Estimated from run 1, which had the same goals\. The last estimated run took \d+\.\d times as long as expected\.$/,
    );
    const other = await check({ objective: [{ id: 'logp', goal: 'range', range: [1, 3] }, small.objective[0]] });
    expect(other).toMatchObject({ sameGoals: false, basis: expect.stringContaining('which had different goals') });
  });

  it('is not tried where a program of the user’s own scores', async () => {
    const own = { ...small, objective: [...small.objective, { id: 'command', command: 'node -e 0', from: 0, to: 1 }] };
    await expect(host.call('design.measure', { design: own })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('not started for a trial'),
    });
  });
});
