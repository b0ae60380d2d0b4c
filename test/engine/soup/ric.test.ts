/** Rewards in context on the toy: stages, budget, exact resume, steering. */
import { describe, expect, it } from 'vitest';
import { steered } from '../../../engine/soup/ric.ts';
import { plannedSequences, stageOf } from '../../../engine/soup/schedule.ts';
import type { RoundCommit, RunRequest, RunState } from '../../../engine/soup/types.ts';
import { prior, score, toyRequest, toyRun, toyRunner } from './toy.ts';

async function run(request: RunRequest, from: RunState | null = null) {
  const runner = await toyRunner(request);
  const result = await toyRun(request, runner, from);
  await runner.dispose();
  return result;
}

const withoutSeconds = (commits: readonly RoundCommit[]) =>
  commits.map(({ metrics, ...rest }) => ({
    ...rest,
    metrics: {
      ...metrics,
      seconds: 0,
      experts: metrics.experts.map((e) => ({ ...e, secondsSampling: 0, secondsScoring: 0, secondsLearning: 0 })),
    },
  }));

const judgementOf = ({ objectives, constraints, settings }: RunRequest) => ({
  objectives,
  constraints,
  aggregate: settings.aggregate,
});

describe('stages', () => {
  const stages = (rounds: number, online: number) =>
    Array.from({ length: rounds }, (_, i) => stageOf({ rounds }, online, i + 1)).map(
      ({ number, rounds: learnt }) => `${number}${learnt > 0 ? `!${learnt}` : ''}`,
    );

  it('share the rounds evenly, and each learns in its last', () => {
    expect(stages(6, 2)).toEqual(['0', '0!2', '1', '1!2', '2', '2!2']);
    expect(stages(4, 2)).toEqual(['0', '0!2', '1!1', '2!1']);
    expect(stages(8, 2).join(' ')).toBe('0 0 0!3 1 1 1!3 2 2!2');
    expect(stages(3, 0)).toEqual(['0', '0', '0!3']);
  });

  it('are no more than the rounds', () => {
    expect(stages(3, 11)).toEqual(['0!1', '1!1', '2!1']);
    expect(stages(1, 2)).toEqual(['0!1']);
  });
});

describe('ric', () => {
  it('draws offline from the prior, changes when a stage learns, and improves over the prior', async () => {
    const { commits } = await run(toyRequest({ method: 'ric', online_stages: 2, steps: 24, updates: 4 }));
    const changed = commits
      .slice(1)
      .map(({ state }, i) =>
        Number(
          !Object.is(state.merged, commits[i].state.merged) &&
            state.merged.some((w, at) => w !== commits[i].state.merged[at]),
        ),
      );
    expect(changed).toEqual([0, 1, 0, 1, 0, 1]);
    expect(commits[1].metrics.experts[0]).toMatchObject({ objective: -1, klPrior: expect.closeTo(0, 4), drift: 0 });
    const [first, last] = [commits[0].metrics, commits.at(-1)!.metrics];
    expect(last.total!).toBeGreaterThan(first.total! + 0.1);
    expect(last.valid).toBeGreaterThan(first.valid + 0.2);
    const stagesKept = commits.map(({ state }) => [...new Set(state.archive.map(({ stage }) => stage))].join());
    expect(stagesKept).toEqual(['', '0', '0', '0,1', '0,1', '0,1,2', '0,1,2']);
  });

  it('keeps what a stage leaves of the offline sequences, each once', async () => {
    const { commits } = await run(toyRequest({ method: 'ric', online_stages: 2, steps: 24, updates: 1 }));
    const offline = (at: number) => commits[at].state.archive.filter(({ stage }) => stage === 0).length;
    const drawn = (rounds: number) =>
      new Set(
        commits
          .slice(1, rounds + 1)
          .flatMap(({ samples }) =>
            samples.flatMap(({ source, canonical }) => (source === 'expert' ? (canonical ?? []) : [])),
          ),
      ).size;
    expect(offline(1)).toBe(drawn(1));
    expect(offline(2)).toBeGreaterThan(0.3 * drawn(2));
    expect(offline(2)).toBeLessThan(0.9 * drawn(2));
    expect(offline(3)).toBe(offline(2));
    const all = commits.at(-1)!.state.archive.map(({ canonical }) => canonical);
    expect(new Set(all).size).toBe(all.length);
    expect(all.some((text) => text.includes('x'))).toBe(false);
  });

  it('scores as many sequences as the other methods', async () => {
    const request = toyRequest({ method: 'ric', experts_a_round: 2, merge_every: 4 });
    const { commits, state } = await run(request);
    expect(state.counters).toMatchObject(plannedSequences(request));
    expect(plannedSequences(request)).toEqual(plannedSequences(toyRequest({ experts_a_round: 2, merge_every: 4 })));
    expect(commits.map(({ metrics, samples }) => [metrics.step, samples.length])).toEqual([
      [0, 128],
      [4, 2 * 4 * 32 + 32],
      [8, 2 * 4 * 32 + 32],
      [12, 2 * 4 * 32 + 32],
      [16, 2 * 4 * 32 + 128],
    ]);
    const streams = commits.flatMap(({ samples }) =>
      samples.map((s) => [s.source, s.round, s.step, s.draw, s.slot].join()),
    );
    expect(new Set(streams).size).toBe(state.counters.scored);
  });

  it('goes on from any commit as if never interrupted, bit for bit', async () => {
    const request = toyRequest({
      method: 'ric',
      online_stages: 2,
      steps: 24,
      diversity: true,
      diversity_bucket: 5,
      updates: 2,
    });
    const whole = await run(request);
    for (const at of [0, 1, 3]) {
      const rest = await run(request, structuredClone(whole.commits[at].state));
      expect(withoutSeconds(rest.commits)).toEqual(withoutSeconds(whole.commits.slice(at + 1)));
    }
  });

  it('gives goals of weight 0 no reward token', async () => {
    const base = toyRequest({ method: 'ric', online_stages: 2, steps: 12 });
    const [a, b, c] = base.objectives;
    const request = {
      ...base,
      objectives: [
        { ...a, weight: 0.6 },
        { ...b, weight: 0 },
        { ...c, weight: 0.4 },
      ],
    };
    const { state } = await run(request);
    expect(state.experts[0].extra!.weights.length).toBe(2 * 10 * 32);
    const by = (weights: readonly number[]) => steered(state, prior, judgementOf(request), weights);
    expect(by([0.5, 9, 0.5])).toEqual(by([0.5, 0, 0.5]));
    expect(() => by([0, 1, 0])).toThrow();
  });

  it('never goes back to the offline stage when it is extended', async () => {
    const request = toyRequest({ method: 'ric', online_stages: 2, steps: 12 });
    const { state } = await run(request);
    const longer = { ...request, settings: { ...request.settings, steps: 48 } };
    const { commits } = await run(longer, state);
    expect(commits[0].metrics.round).toBe(4);
    expect(commits[0].state.archive.length).toBeGreaterThan(state.archive.length);
    expect(commits[0].metrics.experts[0].klPrior).toBeGreaterThan(1);
  });

  it('stops at the next step when aborted', async () => {
    const request = toyRequest({ method: 'ric', online_stages: 2 });
    const stop = new AbortController();
    let asked = 0;
    const runner = await toyRunner(request, (texts) => (++asked === 8 && stop.abort(), score(texts)));
    await expect(toyRun(request, runner, null, stop.signal)).rejects.toThrow(/abort/i);
    await runner.dispose();
  });

  it('fails with the reason when nothing can be learnt', async () => {
    const request = toyRequest({ method: 'ric', online_stages: 2 });
    const runner = await toyRunner(request, async (texts) =>
      texts.map((t) => ({ canonical: t, scaffold: 'a', raw: [null, null, null], constraints: [0] })),
    );
    await expect(toyRun(request, runner)).rejects.toThrow(
      'None of the sequences so far is valid and has all its scores',
    );
    await runner.dispose();
  });
});

describe('steering by desired rewards', () => {
  it('moves the scores towards the goals that weigh most, and trains nothing', async () => {
    const request = toyRequest({ method: 'ric', steps: 32, updates: 2, online_stages: 3 });
    const { state } = await run(request);
    const before = structuredClone(state);
    const runner = await toyRunner(request);
    const means = async (weights: readonly number[]) => {
      const asked = steered(state, prior, judgementOf(request), weights);
      const samples = await runner.sample({
        ...{ kind: 'sample', source: 'steer', seed: 5, round: 8, step: 32, draw: 0, first: 0, n: 256 },
        ...{ temperature: 1, top_p: 1, judgement: judgementOf(request), weights: asked },
      });
      const valid = samples.filter(({ canonical }) => canonical !== null);
      return [0, 1].map((i) => valid.reduce((sum, { scores }) => sum + scores[i]!, 0) / valid.length);
    };
    const [towardsA, towardsB] = [await means([0.8, 0, 0.2]), await means([0, 0.8, 0.2])];
    await runner.dispose();
    expect(towardsA[0]).toBeGreaterThan(towardsB[0] + 0.1);
    expect(towardsB[1]).toBeGreaterThan(towardsA[1] + 0.1);
    expect(state).toEqual(before);
  });

  it('gives the run’s own generator for the design’s weights', async () => {
    const request = toyRequest({ method: 'ric', online_stages: 2, steps: 12 });
    const { state } = await run(request);
    expect(steered(state, prior, judgementOf(request), [0.4, 0.4, 0.2])).toEqual(state.merged);
  });

  it('is impossible before the offline stage is over', async () => {
    const request = toyRequest({ method: 'ric', online_stages: 2, steps: 24 });
    const { commits } = await run(request);
    expect(() => steered(commits[1].state, prior, judgementOf(request), [1, 0, 0])).toThrow(
      'The offline stage is not over',
    );
  });
});
