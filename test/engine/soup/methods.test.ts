/**
 * The methods that learn by reward on a toy that trains in seconds: they improve, at equal budget, and depend on
 * nothing but request and state.
 */
import { describe, expect, it } from 'vitest';
import { runMethods } from '../../../engine/soup/methods.ts';
import { plannedSequences } from '../../../engine/soup/schedule.ts';
import { methods } from '../../../engine/soup/settings.ts';
import type { ExpertRunner, RoundCommit, RunRequest } from '../../../engine/soup/types.ts';
import { prior, score, toyRequest, toyRun, toyRunner } from './toy.ts';

async function run(request: RunRequest) {
  const runner = await toyRunner(request);
  const result = await toyRun(request, runner);
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

describe.each(methods.filter((method) => method !== 'ric'))('%s', (method) => {
  it.each(['augmented', 'ppo'] as const)('improves with %s and keeps the invalid few', async (loss) => {
    const { commits, state } = await run(
      toyRequest({ method, loss, steps: 32, ...(loss === 'ppo' ? { kl: 0.01 } : {}) }),
    );
    const [first, last] = [commits[0].metrics, commits.at(-1)!.metrics];
    expect(last.total!).toBeGreaterThan(first.total! + 0.1);
    expect(last.valid).toBeGreaterThan(first.valid);
    expect(state.merged).not.toEqual(prior);
  });

  it('scores the planned number of sequences and reports them all', async () => {
    const request = toyRequest({ method, experts_a_round: 2, merge_every: 4 });
    const { commits, state } = await run(request);
    expect(state.counters).toMatchObject(plannedSequences(request));
    expect(state.counters.trained).toBe(16 * 2 * 32);
    expect(commits.map(({ samples }) => samples.length).reduce((a, b) => a + b)).toBe(state.counters.scored);
    expect(commits.map((c) => [c.metrics.round, c.metrics.step, c.last])).toEqual([
      [0, 0, false],
      [1, 4, false],
      [2, 8, false],
      [3, 12, false],
      [4, 16, true],
    ]);
    const streams = new Set(
      commits.flatMap(({ samples }) =>
        samples.map((s) => [s.source, s.round, s.step, s.objective, s.draw, s.slot].join()),
      ),
    );
    expect(streams.size).toBe(state.counters.scored);
  });

  it('learns a multiplier for a limit: up while the merge breaks it too often, down once it is kept', async () => {
    const base = toyRequest({ method, steps: 12, merge_every: 2, batch: 16, measure_samples: 64 });
    const constraint = { min: -Infinity, max: 0, tolerance: 0, learned: { start: 0.3, rate: 1, allowed: 0.3 } };
    const { commits, state } = await run({ ...base, constraints: [constraint] });
    let before = 0.3;
    for (const {
      metrics: {
        constraints: [{ met, violation, multiplier }],
      },
      state: { multipliers },
    } of commits) {
      expect(violation).toBeCloseTo(1 - met!, 12);
      expect(multiplier).toBeCloseTo(Math.max(0, before + violation! - 0.3), 12);
      expect(multipliers).toEqual([multiplier]);
      before = multiplier!;
    }
    expect(commits[0].state.multipliers[0]).toBeGreaterThan(0.3);
    expect(before).toBeLessThan(Math.max(...commits.map(({ state: { multipliers } }) => multipliers[0])));
    expect(commits.at(-1)!.metrics.constraints[0].met!).toBeGreaterThan(commits[0].metrics.constraints[0].met!);
    expect(state.multipliers).toEqual([before]);
    const runner = await toyRunner(base);
    const rest = await toyRun({ ...base, constraints: [constraint] }, runner, structuredClone(commits[2].state));
    await runner.dispose();
    expect(withoutSeconds(rest.commits)).toEqual(withoutSeconds(commits.slice(3)));
  });

  it.each([
    { loss: 'ppo', kl: 0.01, epochs: 2 },
    { replay_memory: 'own', replay_size: 20 },
    { replay_memory: 'shared', replay_size: 20 },
    { replay_memory: 'shared', replay_size: 20, updates: 2, trust_region: 5 },
  ] as const)('goes on from any commit as if never interrupted, bit for bit: %o', async (settings) => {
    const request = toyRequest({ method, experts_a_round: 2, diversity: true, steps: 12, ...settings });
    const whole = await run(request);
    for (const at of [0, 2]) {
      const runner = await toyRunner(request);
      const rest = await toyRun(request, runner, structuredClone(whole.commits[at].state));
      await runner.dispose();
      expect(withoutSeconds(rest.commits)).toEqual(withoutSeconds(whole.commits.slice(at + 1)));
      expect(rest.state.merged).toEqual(whole.state.merged);
    }
  });
});

/** Workers that take jobs in turn, each late by a time of its own. */
function pool(runners: readonly ExpertRunner[], delays: readonly number[]): ExpertRunner {
  let next = 0;
  const turn = async <T>(work: (runner: ExpertRunner) => Promise<T>) => {
    const i = next++ % runners.length;
    await new Promise((resolve) => setTimeout(resolve, delays[i]));
    return work(runners[i]);
  };
  return {
    train: (job, options) => turn((r) => r.train(structuredClone(job), options)),
    sample: (job, options) => turn((r) => r.sample(structuredClone(job), options)),
  };
}

describe('iterative', () => {
  it.each([
    { merge: 'slerp' },
    { merge: 'ties', merge_keep: 0.5 },
    { merge: 'dare', merge_keep: 0.5 },
    { merge: 'fisher', merge_scale: 1.2 },
  ] as const)('merges by $merge, the same way each time, and improves on the prior', async (operator) => {
    const request = toyRequest({
      ...operator,
      merge_weights: 'searched',
      search_draws: 2,
      search_samples: 16,
    });
    const [one, other] = [await run(request), await run(request)];
    expect(other.state.merged).toEqual(one.state.merged);
    expect(one.state.merged).not.toEqual(
      (await run({ ...request, settings: { ...request.settings, merge: 'linear', merge_scale: 1 } })).state.merged,
    );
    const totals = one.commits.map(({ metrics }) => metrics.total!);
    expect(totals.at(-1)).toBeGreaterThan(totals[0]);
  });

  it.each(['reset', 'keep', 'average'] as const)(
    'gives the same with one worker and with three, moments %s',
    async (moments) => {
      const request = toyRequest({
        moments,
        merge_weights: 'searched',
        search_draws: 3,
        search_samples: 16,
        diversity: true,
        diversity_bucket: 5,
        steps: 8,
      });
      const runners = await Promise.all([toyRunner(request), toyRunner(request), toyRunner(request)]);
      const alone = await toyRun(request, runners[0]);
      const together = await toyRun(request, pool(runners, [30, 0, 10]));
      expect(withoutSeconds(together.commits)).toEqual(withoutSeconds(alone.commits));
      await Promise.all(runners.map((r) => r.dispose()));
    },
  );

  it('keeps one memory of the best totals for all experts, within limits', async () => {
    const request = toyRequest({ replay_memory: 'shared', replay_size: 20, diversity: true, diversity_bucket: 30 });
    const { commits, state } = await run(request);
    expect(state.experts.every(({ replay }) => replay.length === 0)).toBe(true);
    expect(state.shared.length).toBe(20);
    expect(state.shared.every(({ constraints: [e], canonical }) => e! <= 2 && !canonical.includes('x'))).toBe(true);
    const found = new Set(
      commits.flatMap(({ samples }) => samples.map(({ objective, canonical }) => `${objective} ${canonical}`)),
    );
    const finders = [0, 1, 2].filter((i) => state.shared.some(({ canonical }) => found.has(`${i} ${canonical}`)));
    expect(finders).toEqual([0, 1, 2]);
    const mean = (entries: typeof state.shared) => entries.reduce((sum, { total }) => sum + total!, 0) / entries.length;
    expect(mean(state.shared)).toBeGreaterThan(mean(commits[1].state.shared));
  });

  it('begins with one policy on the total, then trains experts from it', async () => {
    const request = toyRequest({ replay_memory: 'shared', warm_start: 0.5, own_share: 0.7, steps: 16 });
    const { commits, state } = await run(request);
    const learners = commits.map(({ metrics }) => metrics.experts.map(({ objective }) => objective));
    expect(learners).toEqual([[], [-1], [-1], [0, 1, 2], [0, 1, 2]]);
    const scored = commits.slice(1, -1).map(({ samples }) => samples.length);
    expect(new Set(scored).size).toBe(1);
    expect(commits[2].metrics.total!).toBeGreaterThan(commits[0].metrics.total!);
    expect(state.experts.every(({ weights, steps }) => weights !== null && steps === 16)).toBe(true);
    expect(commits[2].state.experts.every(({ weights }) => weights === null)).toBe(true);
    for (const at of [1, 2]) {
      const runner = await toyRunner(request);
      const rest = await toyRun(request, runner, structuredClone(commits[at].state));
      await runner.dispose();
      expect(withoutSeconds(rest.commits)).toEqual(withoutSeconds(commits.slice(at + 1)));
    }
  });

  it('shows expert spread, drift, scores, repeats and merge weights of each round', async () => {
    const { commits } = await run(toyRequest({ diversity: true, diversity_bucket: 2, experts_a_round: 2 }));
    const { metrics } = commits.at(-1)!;
    expect(metrics.experts.length).toBe(2);
    expect(metrics.expertSpread!).toBeGreaterThan(0);
    expect(metrics.disagreement!).toBeGreaterThan(0);
    expect(metrics.disagreement!).toBeLessThan(1.5);
    expect(commits[0].metrics.disagreement).toBeNull();
    expect(metrics.mergeWeights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(metrics.mergeWeights.filter((w) => w === 0).length).toBe(1);
    for (const expert of metrics.experts) {
      expect(expert.drift).toBeGreaterThan(0);
      expect(expert.repeated).toBeGreaterThan(0);
      expect(expert.klPrior).toBeGreaterThan(0);
      expect(expert.scores.length).toBe(3);
    }
  });

  it('stops at the next step when aborted, and what was committed goes on to the same end', async () => {
    const request = toyRequest({ steps: 12 });
    const whole = await run(request);
    const stop = new AbortController();
    let asked = 0;
    const runner = await toyRunner(request, (texts) => (++asked === 20 && stop.abort(), score(texts)));
    const commits: RoundCommit[] = [];
    const observer = {
      merged: () => undefined,
      commitRound: async (commit: RoundCommit) => void commits.push(structuredClone(commit)),
    };
    await expect(runMethods.iterative(request, null, { runner, observer, signal: stop.signal })).rejects.toThrow(
      /abort/i,
    );
    expect(commits.length).toBeGreaterThan(0);
    expect(commits.length).toBeLessThan(whole.commits.length);
    const rest = await toyRun(request, runner, commits.at(-1)!.state);
    await runner.dispose();
    expect(rest.state).toEqual(whole.state);
  });

  it('fails with the place when nothing can be scored', async () => {
    const request = toyRequest({ steps: 4 });
    const runner = await toyRunner(request, async (texts) =>
      texts.map((t) => ({ canonical: t, scaffold: 'a', raw: [null, null, null], constraints: [0] })),
    );
    await expect(toyRun(request, runner)).rejects.toThrow(/None of the \d+ valid sequences of step 1 has a score/);
    await runner.dispose();
  });
});
