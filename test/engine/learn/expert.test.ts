/** Rewards, the schedule, the critic and one expert's turn. */
import { describe, expect, it } from 'vitest';
import type { MakeGuide } from '../../../engine/generator/guide.ts';
import { createLikelihood } from '../../../engine/generator/likelihood.ts';
import { createSampler } from '../../../engine/generator/sampler.ts';
import type { MakeChildren } from '../../../engine/learn/children.ts';
import { emptyMemory } from '../../../engine/learn/diversity.ts';
import { learningRate, sampleScored, trainExpert } from '../../../engine/learn/expert.ts';
import { makeJudge, rewardOf, TOTAL } from '../../../engine/learn/judge.ts';
import { Policy } from '../../../engine/learn/policy.ts';
import type { ExpertJob, Judgement } from '../../../engine/learn/types.ts';
import type { RunSettings } from '../../../engine/soup/settings.ts';
import type { Device } from '../../../engine/tensor/device.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';
import { prior, score, shape, tokenizer, toyRequest } from '../soup/toy.ts';

const device = ortDevice({ id: 'cpu', threads: 1 });
const judgement: Judgement = {
  objectives: [
    { goal: { kind: 'range', low: 0, high: 1, tolerance: 1 }, weight: 0.25 },
    { goal: { kind: 'target', value: 2, tolerance: 1 }, weight: 0.75 },
  ],
  constraints: [
    { min: -Infinity, max: 3, tolerance: 0 },
    { min: 1, max: Infinity, tolerance: 2 },
  ],
  aggregate: 'arithmetic',
};
const scored = (raw: (number | null)[], constraints: (number | null)[]) => ({
  canonical: 'C',
  scaffold: '',
  raw,
  constraints,
});

/** A device whose programs put one bad number into a gradient, this many times. */
function faulty(times: number, bad: number): Device {
  let left = times;
  const compile: Device['compile'] = async (fn, specs) => {
    const program = await device.compile(fn, specs);
    const run: typeof program.run = async (inputs, into) => {
      const outputs = await program.run(inputs, into);
      if (left-- > 0) (into ?? outputs)[1][3] = bad;
      return outputs;
    };
    return { inputs: program.inputs, outputs: program.outputs, run, dispose: () => program.dispose() };
  };
  return { id: device.id, label: device.label, threads: device.threads, compile };
}

/** Experts that learn their own goal alone. */
const ALONE = [0, 1].map((objective) => ({ objective, ownShare: 1 }));

describe('judging', () => {
  const judge = makeJudge(judgement);
  it('transforms, totals, and multiplies the reward with the constraints', () => {
    const judged = judge(scored([2, 3], [3, 1]));
    expect([judged.scores, judged.total]).toEqual([[0.5, 0.5], 0.5]);
    expect(rewardOf(judged, judgement, ALONE[1], [0, 0])).toBe(0.5);
    expect(rewardOf(judge(scored([0.5, 2], [3, -1])), judgement, TOTAL, [0, 0])).toBe(0.5);
    expect(rewardOf(judge(scored([0.5, 2], [4, 5])), judgement, TOTAL, [0, 0])).toBe(0);
  });

  it('mixes the total into what an expert is rewarded by, and is missing where either is', () => {
    const halves = [0, 1, null].map((objective) => ({ objective, ownShare: 0.5 }));
    const judged = judge(scored([0.5, 3], [1, 1]));
    expect([judged.scores, judged.total]).toEqual([[1, 0.5], 0.625]);
    expect(halves.map((learner) => rewardOf(judged, judgement, learner, [0, 0]))).toEqual([0.8125, 0.5625, 0.625]);
    expect(rewardOf(judge(scored([null, 2], [1, 1])), judgement, halves[1], [0, 0])).toBeNull();
  });

  it('gives 0 to the invalid and nothing to the missing', () => {
    expect(rewardOf(judge(null), judgement, ALONE[0], [0, 0])).toBe(0);
    expect(
      rewardOf(
        judge({ canonical: null, scaffold: null, raw: [null, null], constraints: [null, null] }),
        judgement,
        TOTAL,
        [0, 0],
      ),
    ).toBe(0);
    expect(rewardOf(judge(scored([null, 2], [1, 1])), judgement, ALONE[0], [0, 0])).toBeNull();
    expect(rewardOf(judge(scored([null, 2], [1, 1])), judgement, ALONE[1], [0, 0])).toBe(1);
    expect(rewardOf(judge(scored([null, 2], [1, 1])), judgement, TOTAL, [0, 0])).toBeNull();
    expect(rewardOf(judge(scored([1, 2], [1, null])), judgement, ALONE[1], [0, 0])).toBeNull();
    // A broken hard limit settles the reward: the score need not be known.
    expect(rewardOf(judge(scored([null, 2], [4, 1])), judgement, ALONE[0], [0, 0])).toBe(0);
    expect(rewardOf(judge(scored([null, 2], [null, 1])), judgement, ALONE[0], [0, 0])).toBeNull();
  });
});

describe('learningRate', () => {
  it('rises over eight steps, then falls over the whole run to a tenth, whatever m is', () => {
    const { settings } = toyRequest({ learning_rate: 0.01 });
    expect([1, 4, 51, 101].map((step) => +learningRate(settings, step, 101).toFixed(6))).toEqual([
      0.00125, 0.004865, 0.0055, 0.001,
    ]);
    expect(learningRate({ ...settings, schedule: 'constant' }, 90, 101)).toBe(0.01);
  });
});

describe('Policy', () => {
  it("learns the critic: values approach the returns, the value head's moments move on", async () => {
    const { settings } = toyRequest({ loss: 'ppo' });
    const policy = new Policy(device, shape, settings);
    policy.start(prior, null, null);
    const sequences = ['ab', 'cde', 'eeeee'].map((text) => ({ tokens: tokenizer.encode(text), forced: null }));
    const error = async () =>
      Math.max(
        ...(await policy.evaluate(sequences)).flatMap(({ values }) => [...values].map((v) => Math.abs(v - 0.6))),
      );
    const before = await error();
    for (let i = 0; i < 40; i++) {
      const old = await policy.evaluate(sequences);
      await policy.ppoStep(
        old.map(({ logProbabilities, values }, k) => ({
          ...sequences[k],
          oldLogProbabilities: logProbabilities,
          oldValues: values,
          advantages: new Float32Array(values.length),
          returns: new Float32Array(values.length).fill(0.6),
        })),
        0.01,
      );
    }
    expect(before).toBeCloseTo(0.6, 6);
    expect(await error()).toBeLessThan(0.1);
    expect(policy.extra!.moments.steps).toBe(40);
    await policy.dispose();
  });

  it('learns nothing from forced tokens: only the rest counts on both sides', async () => {
    const { settings } = toyRequest({ baseline: 'none', replay_size: 0 });
    const policy = new Policy(device, shape, settings);
    policy.start(prior, null, null);
    const likelihood = await createLikelihood(device, shape);
    await likelihood.load(prior);
    const tokens = tokenizer.encode('abc');
    const [own] = await likelihood.tokens([tokens]);
    // The second and the last token are forced: with the others' likelihood equal on both sides there is nothing to
    // learn.
    const step = (forced: Uint8Array | null) =>
      policy.augmentedStep([{ tokens, forced, logPrior: own[0] + own[2], reward: 0, logSampled: null }], 0.01);
    expect(await step(Uint8Array.of(0, 1, 0, 1))).toBeLessThan(1e-8);
    expect(await step(null)).toBeGreaterThan(1);
    await policy.dispose();
  });

  it.each([NaN, Infinity])(
    'takes no step from a gradient with %s: once it tries again, twice it says so',
    async (bad) => {
      const { settings } = toyRequest({ baseline: 'none', replay_size: 0 });
      const example = { tokens: tokenizer.encode('abc'), forced: null, logPrior: -3, reward: 1, logSampled: null };
      const step = async (faults: number) => {
        const policy = new Policy(faulty(faults, bad), shape, settings);
        policy.start(prior, null, null);
        const outcome = await policy.augmentedStep([example], 0.01).catch((error: Error) => error.message);
        const after = { outcome, weights: [...policy.weights], steps: policy.moments.steps };
        await policy.dispose();
        return after;
      };
      const whole = await step(0);
      expect(await step(1)).toEqual(whole);
      expect(whole.weights).not.toEqual([...prior]);
      const broken = await step(2);
      expect(broken.outcome).toMatch(/^The device computed a loss or gradient that is not a number/);
      expect([broken.weights, broken.steps]).toEqual([[...prior], 0]);
    },
  );

  it('says so when weights are of another generator', () => {
    const policy = new Policy(device, shape, toyRequest({}).settings);
    expect(() => policy.start(new Float32Array(7), null, null)).toThrow(
      `The generator has ${prior.length} parameters; 7 were given.`,
    );
  });
});

describe('trainExpert', () => {
  async function tools(settings: RunSettings, guide: MakeGuide | null = null, edit: MakeChildren | null = null) {
    const sampler = await createSampler(device, shape, { slots: 16, weights: 'input' });
    const likelihood = await createLikelihood(device, shape);
    await likelihood.load(prior);
    return { sampler, prior: likelihood, tokenizer, guide, score, edit, policy: new Policy(device, shape, settings) };
  }

  function jobOf(input: Parameters<typeof toyRequest>[0], objective: number): ExpertJob {
    const { settings, objectives, constraints } = toyRequest(input);
    return {
      kind: 'train',
      objective,
      seed: 3,
      round: 1,
      firstStep: 0,
      steps: 10,
      scheduleSteps: 20,
      settings,
      judgement: { objectives, constraints, aggregate: 'arithmetic' },
      multipliers: [0],
      weights: prior,
      moments: null,
      extra: null,
      context: null,
      replay: [],
      shared: null,
      memory: emptyMemory(),
    };
  }

  it('improves its own objective, remembers the best, and says what it did', async () => {
    const job = jobOf({ replay_size: 20, replay_sample: 8 }, 1);
    const parts = await tools(job.settings as RunSettings);
    const told: number[] = [];
    const result = await trainExpert(job, parts, { progress: ({ done, scored: n }) => told.push(done, n) });
    const mean = (from: number, to: number) => {
      const rewards = result.samples.filter(({ step }) => step >= from && step <= to).map(({ reward }) => reward!);
      return rewards.reduce((a, b) => a + b) / rewards.length;
    };
    expect(mean(9, 10)).toBeGreaterThan(mean(1, 2) + 0.1);
    expect(told.slice(-2)).toEqual([10, 320]);
    expect(result.moments.steps).toBe(10);
    expect(result.replay.length).toBe(20);
    expect(result.replay.every(({ reward }, i) => i === 0 || reward <= result.replay[i - 1].reward)).toBe(true);
    const unended = result.samples.filter(({ text }) => text.length === shape.context);
    expect(unended.every(({ canonical, reward }) => canonical === null && reward === 0)).toBe(true);
    await parts.policy.dispose();
  });

  it('takes several optimizer steps on each rollout, each with another draw of what it remembers', async () => {
    const job = jobOf({ replay_size: 20, replay_sample: 8, updates: 3 }, 1);
    const parts = await tools(job.settings as RunSettings);
    const { moments, samples } = await trainExpert(job, parts);
    expect(moments.steps).toBe(30);
    expect(samples.length).toBe(10 * job.settings.batch);
    await parts.policy.dispose();
  });

  it('compares with the likelihood at the rollout: a trust region matters from the second update on', async () => {
    const weightsWith = async (input: Parameters<typeof toyRequest>[0]) => {
      const job = jobOf({ replay_sample: 0, ...input }, 1);
      const parts = await tools(job.settings as RunSettings);
      const { weights } = await trainExpert({ ...job, firstStep: 8, steps: 1 }, parts);
      await parts.policy.dispose();
      return weights;
    };
    expect(await weightsWith({ trust_region: 0.01 })).toEqual(await weightsWith({}));
    expect(await weightsWith({ trust_region: 0.01, updates: 2 })).not.toEqual(await weightsWith({ updates: 2 }));
    expect(await weightsWith({ trust_region: 1000, updates: 2 })).toEqual(await weightsWith({ updates: 2 }));
  });

  it('spends a budget on new sequences and numbers redraws on', async () => {
    const job = jobOf({ budget: 2000, steps: 16, replay_size: 20, replay_sample: 8 }, 1);
    const parts = await tools(job.settings as RunSettings);
    const { samples } = await trainExpert(job, parts);
    const seen = new Set<string>();
    for (let step = 1; step <= 10; step++) {
      const drawn = samples.filter((one) => one.step === step);
      expect(drawn.map(({ slot }) => slot)).toEqual(drawn.map((_, i) => i));
      const fresh = new Set(
        drawn.flatMap(({ canonical }) => (canonical !== null && !seen.has(canonical) ? canonical : [])),
      );
      expect(fresh.size).toBeLessThanOrEqual(job.settings.batch);
      expect(drawn.length === 2 * job.settings.batch || fresh.size === job.settings.batch).toBe(true);
      fresh.forEach((canonical) => seen.add(canonical));
    }
    expect(samples.length).toBeGreaterThan(10 * job.settings.batch);
    await parts.policy.dispose();
  });

  /** The first half of one parent with the second half of the other; none where that is one of them. */
  const halves: MakeChildren = async (requests) =>
    requests.map(({ parents: [a, b] }) => {
      const text = a.slice(0, Math.ceil(a.length / 2)) + b.slice(Math.floor(b.length / 2));
      return text === a || text === b ? null : { text, tokens: tokenizer.encode(text), forced: null };
    });

  it.each(['own', 'shared'] as const)('makes part of a batch by editing what an %s memory holds', async (kind) => {
    const job = {
      ...jobOf({ replay_size: 20, replay_sample: 8, replay_memory: kind, edit_share: 0.25 }, 1),
      shared: kind === 'shared' ? [] : null,
    };
    const parts = await tools(job.settings as RunSettings, null, halves);
    const { samples, replay, shared } = await trainExpert(job, parts);
    const seen = new Set<string>();
    for (let step = 1; step <= 10; step++) {
      const batch = samples.filter((one) => one.step === step);
      const edited = batch.filter(({ parents }) => parents !== null);
      expect(batch.map(({ slot }) => slot)).toEqual(Array.from({ length: 32 }, (_, i) => i));
      expect(edited.length).toBeLessThanOrEqual(step === 1 ? 0 : 8);
      for (const { text, parents, logPolicy, logPrior } of edited) {
        expect(seen.has(text)).toBe(false);
        expect(parents!.every((parent) => seen.has(parent))).toBe(true);
        expect([logPolicy, Number.isFinite(logPrior)]).toEqual([null, true]);
      }
      batch.forEach(({ canonical }) => canonical !== null && seen.add(canonical));
    }
    const edited = samples.flatMap(({ parents, canonical }) => (parents === null ? [] : [canonical]));
    const remembered = (shared ?? replay).map(({ canonical }) => canonical);
    expect(edited.length).toBeGreaterThan(20);
    expect(remembered.some((canonical) => edited.includes(canonical))).toBe(true);
    await parts.policy.dispose();
  });

  it('learns from the shared memory by its own goal and adds its finds to it', async () => {
    const job = jobOf({ replay_size: 20, replay_sample: 8, replay_memory: 'shared' }, 1);
    const parts = await tools(job.settings as RunSettings);
    const first = await trainExpert({ ...job, shared: [] }, parts);
    const found = new Map(first.samples.map((sample) => [sample.canonical, sample]));
    expect(first.replay).toEqual([]);
    expect(first.shared!.length).toBe(20);
    for (const { canonical, scores, total } of first.shared!)
      expect(found.get(canonical)).toMatchObject({ scores, total });
    const totals = first.shared!.map(({ total }) => total!);
    expect(totals).toEqual([...totals].sort((a, b) => b - a));
    const second = await trainExpert({ ...job, shared: first.shared }, parts);
    expect(second.weights).not.toEqual(first.weights);
    expect(second.shared!.at(-1)!.total!).toBeGreaterThanOrEqual(totals.at(-1)!);
    await parts.policy.dispose();
  });

  /** Five letters, of which the middle one is "c". */
  const fiveLetters: MakeGuide = () => {
    let at = 0;
    return {
      allowed: () =>
        Uint8Array.from(tokenizer.vocabulary, (letter) =>
          Number(at === 2 ? letter === 'c' : (letter === '<>') === (at === 5) && letter !== 'x'),
        ),
      push: () => void at++,
    };
  };

  it.each(['augmented', 'ppo'] as const)('improves within what a guide allows, by %s', async (loss) => {
    const job = jobOf({ loss, ...(loss === 'ppo' && { epochs: 2 }) }, 1);
    const parts = await tools(job.settings as RunSettings, fiveLetters);
    const { samples, replay, metrics } = await trainExpert(job, parts);
    const mean = (step: number) =>
      samples.filter((one) => one.step === step).reduce((sum, { reward }) => sum + reward! / job.settings.batch, 0);
    expect(samples.every(({ text }) => /^[a-e]{2}c[a-e]{2}$/.test(text))).toBe(true);
    expect(mean(10)).toBeGreaterThan(mean(1) + 0.05);
    expect(replay.every(({ forced }) => forced?.join('') === '001001')).toBe(true);
    expect(metrics.klPrior).toBeGreaterThan(0);
    await parts.policy.dispose();
  });

  it('gives each sequence its likelihood under policy and prior, equal before the first update', async () => {
    const job = jobOf({}, 0);
    const parts = await tools(job.settings as RunSettings);
    const { samples } = await trainExpert({ ...job, steps: 2 }, parts);
    const [first, second] = [samples.filter(({ step }) => step === 1), samples.filter(({ step }) => step === 2)];
    first.forEach(({ logPolicy, logPrior }) => expect(Math.abs(logPolicy! / logPrior - 1)).toBeLessThan(1e-5));
    expect(second.some(({ logPolicy, logPrior }) => Math.abs(logPolicy! - logPrior) > 0.01)).toBe(true);
    await parts.policy.dispose();
  });

  it('draws sequence i of a sample by itself, however the sample is cut', async () => {
    const { settings, objectives, constraints } = toyRequest({});
    const parts = await tools(settings);
    const job = {
      kind: 'sample',
      source: 'merge',
      seed: 3,
      round: 2,
      step: 8,
      draw: 0,
      temperature: 1,
      top_p: 1,
      judgement: { objectives, constraints, aggregate: 'arithmetic' },
      weights: prior,
    } as const;
    const whole = await sampleScored({ ...job, first: 0, n: 40 }, parts);
    const cut = [
      ...(await sampleScored({ ...job, first: 0, n: 17 }, parts)),
      ...(await sampleScored({ ...job, first: 17, n: 23 }, parts)),
    ];
    expect(cut.map(({ text, slot }) => [slot, text])).toEqual(whole.map(({ text, slot }) => [slot, text]));
    await parts.policy.dispose();
  });
});
