/** Settings: defaults, ranges and the checks between them, with the wording a user sees. */
import { describe, expect, it } from 'vitest';
import { mostScored } from '../../../engine/soup/budget.ts';
import { describeSettings, resolveSettings } from '../../../engine/soup/settings.ts';

const problemsOf = (input: Record<string, unknown>, objectives = 4) => resolveSettings(input, objectives).problems;

describe('resolveSettings', () => {
  it('fills in the defaults and trains every objective in each round', () => {
    const { settings } = resolveSettings({}, 3);
    expect(settings).toMatchObject({
      method: 'iterative',
      steps: 96,
      merge_every: 8,
      experts_a_round: 3,
      batch: 16,
      diversity: true,
    });
  });

  it('names m > T, M > N and T off the multiples of m with the nearest valid value', () => {
    expect(problemsOf({ steps: 8, merge_every: 20 })).toEqual([
      {
        setting: 'merge_every',
        message: 'merge_every = 20 is more than steps = 8, so nothing would ever merge; it can be at most 8.',
        suggestion: '8',
      },
    ]);
    expect(problemsOf({ experts_a_round: 5 })).toEqual([
      {
        setting: 'experts_a_round',
        message: 'experts_a_round = 5 is more than the 4 objectives of the design; it can be at most 4.',
        suggestion: '4',
      },
    ]);
    expect(problemsOf({ steps: 15, merge_every: 4 })).toMatchObject([{ setting: 'steps', suggestion: '16' }]);
    expect(problemsOf({ steps: 5, merge_every: 4 })).toMatchObject([{ setting: 'steps', suggestion: '4' }]);
  });

  it('says how a number in quotes is written', () => {
    expect(problemsOf({ steps: '4' })).toEqual([
      { setting: 'steps', message: 'steps = "4" is text; write steps = 4 without quotes.', suggestion: '4' },
    ]);
    expect(problemsOf({ diversity: 'true' })).toMatchObject([{ setting: 'diversity', suggestion: 'true' }]);
    expect(problemsOf({ steps: 'four' })[0].message).not.toContain('without quotes');
  });

  describe.each([300, 500, 2000, 10_000, 100_000])('a budget of %i', (budget) => {
    it.each([
      { method: 'iterative' },
      { method: 'morlhf' },
      { method: 'ric' },
      { method: 'soups', merge_weights: 'searched', search_draws: 2, search_samples: 8 },
    ] as const)('is never exceeded, and nearly all can be spent: %o', (input) => {
      const { settings, problems } = resolveSettings({ ...input, budget }, 3);
      expect(problems).toEqual([]);
      const { steps, merge_every, updates } = settings!;
      expect(steps % merge_every).toBe(0);
      expect(steps / merge_every).toBeLessThanOrEqual(12);
      if (budget >= 500) expect(steps / merge_every).toBeGreaterThan(3);
      expect(updates).toBe(input.method === 'ric' ? 1 : budget <= 2000 ? 8 : 4);
      expect(mostScored(settings!)).toBeLessThanOrEqual(budget);
      expect(mostScored(settings!)).toBeGreaterThan(0.6 * budget);
    });
  });

  it('keeps what is given beside a budget, and says what is too much for it', () => {
    expect(resolveSettings({ budget: 2000, updates: 2, merge_every: 3 }, 1).settings).toMatchObject({
      updates: 2,
      merge_every: 3,
    });
    expect(problemsOf({ budget: 2000, steps: 96 })).toMatchObject([
      { setting: 'budget', message: expect.stringContaining('budget = 2000 is too small'), suggestion: '6354' },
    ]);
    expect(problemsOf({ budget: 50 })).toMatchObject([{ setting: 'budget' }]);
  });

  it('names unknown settings, choices and ranges', () => {
    expect(problemsOf({ merge_evry: 4 })).toMatchObject([{ setting: 'merge_evry', suggestion: 'merge_every' }]);
    expect(problemsOf({ method: 'soup' })).toMatchObject([{ setting: 'method', suggestion: 'soups' }]);
    expect(problemsOf({ batch: 1 })).toEqual([
      {
        setting: 'batch',
        message: 'batch = 1 is not possible: it must be a whole number from 2 to 4096.',
        suggestion: '2',
      },
    ]);
    expect(problemsOf({ batch: 10.6, diversity: 'yes' }).map((p) => p.suggestion)).toEqual(['11', 'true']);
    expect(problemsOf({ replay_size: 8 })).toMatchObject([{ setting: 'replay_sample', suggestion: '8' }]);
  });

  it('chooses the learning rate by method and loss unless one is given', () => {
    const rate = (input: Record<string, unknown>) => resolveSettings(input, 3).settings?.learning_rate;
    expect(
      [{}, { method: 'morlhf' }, { method: 'soups' }, { method: 'ric' }, { loss: 'ppo' }, { learning_rate: 0.003 }].map(
        rate,
      ),
    ).toEqual([0.0005, 0.0005, 0.001, 0.001, 0.002, 0.003]);
    expect([{ warm_start: 0 }, { replay_memory: 'own' }, { method: 'morlhf' }].map(rate)).toEqual([
      0.001, 0.001, 0.0005,
    ]);
  });

  it('starts iterative runs with one generator on the total where the memory is shared', () => {
    const share = (input: Record<string, unknown>) => resolveSettings(input, 3).settings?.warm_start;
    expect(
      [{}, { warm_start: 0.2 }, { replay_memory: 'own' }, { loss: 'ppo' }, { method: 'soups' }].map(share),
    ).toEqual([0.6, 0.2, 0, 0, 0]);
    expect(problemsOf({ method: 'morlhf', warm_start: 0.6 })).toMatchObject([{ setting: 'warm_start' }]);
  });

  it('shares memory and total between the experts of iterative alone, and leaves ppo as in the paper', () => {
    const learner = (input: Record<string, unknown>) => {
      const { replay_memory, own_share, outer_step, updates, trust_region } = resolveSettings(input, 3).settings!;
      return [replay_memory, own_share, outer_step, updates, trust_region];
    };
    expect([{}, { method: 'morlhf' }, { method: 'soups' }, { loss: 'ppo' }].map(learner)).toEqual([
      ['shared', 0.4, 'fedexp', 4, 10],
      ['own', 1, 'mean', 4, 10],
      ['own', 1, 'mean', 4, 10],
      ['own', 1, 'mean', 1, 0],
    ]);
    expect(learner({ own_share: 0.9, updates: 2, replay_memory: 'own' })).toEqual(['own', 0.9, 'fedexp', 2, 10]);
    expect(problemsOf({ method: 'morlhf', own_share: 0.9 })).toMatchObject([{ setting: 'own_share' }]);
    expect(problemsOf({ method: 'morlhf', own_share: 1, outer_step: 'mean' })).toEqual([]);
    expect(problemsOf({ loss: 'ppo', updates: 3 })).toMatchObject([{ setting: 'updates' }]);
    expect(problemsOf({ warm_start: 0.5, replay_memory: 'own' })).toMatchObject([{ setting: 'warm_start' }]);
    expect(problemsOf({ loss: 'ppo', replay_memory: 'own' })).toEqual([]);
    expect(problemsOf({ loss: 'ppo', replay_memory: 'shared' })).toMatchObject([{ setting: 'replay_memory' }]);
  });

  it('refuses settings that would be ignored, but not their defaults', () => {
    expect(problemsOf({ kl: 0.2 })).toEqual([
      { setting: 'kl', message: 'kl does nothing with loss = "augmented"; it goes with loss = "ppo".' },
    ]);
    expect(problemsOf({ search_draws: 20 })).toMatchObject([{ setting: 'search_draws' }]);
    expect(problemsOf({ method: 'morlhf', merge_weights: 'searched' })).toMatchObject([{ setting: 'merge_weights' }]);
    expect(problemsOf({ loss: 'ppo', kl: 0.2, sigma: 400 })).toEqual([]);
    expect(problemsOf({ method: 'ric', sigma: 100 })).toEqual([
      {
        setting: 'sigma',
        message:
          'sigma does nothing with method = "ric"; it goes with method = "iterative" or method = "morlhf" or method = "soups".',
      },
    ]);
    expect(problemsOf({ method: 'ric', loss: 'ppo' })).toMatchObject([{ setting: 'loss' }]);
    expect(problemsOf({ method: 'ric', updates: 2, online_stages: 2, sigma: 400 })).toEqual([]);
    expect(problemsOf({ online_stages: 5 })).toMatchObject([{ setting: 'online_stages' }]);
  });
});

describe('describeSettings', () => {
  it('gives a form what it needs', () => {
    const settings = describeSettings();
    expect(settings.every((s) => s.help.length > 10)).toBe(true);
    expect(settings.find((s) => s.name === 'merge_every')).toMatchObject({
      type: 'integer',
      default: 8,
      min: 1,
      max: 10_000,
    });
    expect(settings.find((s) => s.name === 'loss')).toMatchObject({
      type: 'choice',
      choices: ['augmented', 'ppo'],
      default: 'augmented',
    });
    expect(settings.find((s) => s.name === 'experts_a_round')).toMatchObject({ type: 'integer', default: null });
    expect(settings.find((s) => s.name === 'diversity')).toMatchObject({ type: 'boolean', default: true });
  });
});
