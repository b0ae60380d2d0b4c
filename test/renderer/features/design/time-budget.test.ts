/** @file Steps chosen by minutes, and a trial that measures the time. */
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../../../contract/api.ts';
import { stepsWithin, wholeMinutes } from '../../../../renderer/features/design/budget.ts';
import { Draft } from '../../../../renderer/features/design/draft.svelte.ts';
import { TimeBudget } from '../../../../renderer/features/design/time-budget.svelte.ts';
import { createClient } from '../../../../renderer/link/client.ts';
import { catalogue, design } from '../../fake-data.ts';
import { FakeHost } from '../../fake-transport.ts';

async function budgetOf(host = new FakeHost()): Promise<{ draft: Draft; budget: TimeBudget }> {
  const client = createClient(host, () => undefined);
  const draft = new Draft(client, catalogue);
  draft.load(design);
  await draft.checkNow(draft.design);
  return { draft, budget: new TimeBudget(client, draft, catalogue) };
}

describe('stepsWithin', () => {
  const estimate = { minutesOnce: 0.5, minutesARound: 0.1 };

  it.each([
    [1, 20],
    [1.09, 20],
    [1.1, 24],
    [0.1, 4],
    [1e9, 400],
  ])('%d minutes are %d steps', (minutes, steps) => {
    expect(stepsWithin(minutes, estimate, 4, 402)).toBe(steps);
  });

  it('gives n rounds again for the minutes of n rounds', () => {
    for (let rounds = 1; rounds <= 300; rounds++)
      expect(stepsWithin(0.5 + rounds * 0.1, estimate, 1, 1000)).toBe(rounds);
  });
});

describe('wholeMinutes', () => {
  it.each([
    [0.1, 0.5],
    [8.3, 8.5],
    [63.4, 63],
  ])('of %d is %d', (minutes, whole) => expect(wholeMinutes(minutes)).toBe(whole));
});

describe('TimeBudget', () => {
  it('limits the scores in place of the steps, and gives them back', async () => {
    const { draft, budget } = await budgetOf();
    budget.plan('scores');
    expect(draft.settings).toMatchObject({ budget: 2000 });
    expect(draft.settings.steps).toBeUndefined();
    budget.limitScores(500);
    expect(budget.scores).toBe(500);
    budget.plan('steps');
    expect(draft.settings.budget).toBeUndefined();
  });

  it('sets the steps that fit into the minutes, and follows the estimate', async () => {
    const { draft, budget } = await budgetOf();
    expect(budget).toMatchObject({ planBy: 'steps', steps: 160, rounds: 40 });
    budget.plan('time');
    expect(budget.minutes).toBe(8);
    expect(budget.steps).toBe(160);
    budget.want(2);
    expect(draft.settings.steps).toBe(32);
    await draft.checkNow(draft.design);
    expect(draft.estimate?.minutes).toBe(2);
    draft.setSetting('merge_every', 8);
    budget.follow();
    expect(draft.settings.steps).toBe(64);
  });

  it('says if even one round takes longer', async () => {
    const { draft, budget } = await budgetOf();
    budget.plan('time');
    expect(budget.tooShort).toBe(false);
    budget.want(0.6);
    expect(draft.settings.steps).toBe(4);
    expect(budget.tooShort).toBe(true);
  });

  it('keeps the steps while the minutes are empty', async () => {
    const { draft, budget } = await budgetOf();
    budget.plan('time');
    budget.want(NaN);
    expect(draft.settings.steps).toBe(160);
  });

  it('measures, or says why it could not', async () => {
    const host = new FakeHost();
    const { budget } = await budgetOf(host);
    await budget.measure();
    expect(host.calls.slice(-2).map(({ method }) => method)).toEqual(['design.measure', 'design.check']);
    expect(budget.error).toBeUndefined();
    host.handlers['design.measure'] = () => {
      throw new ContractError('conflict', 'A run is training.');
    };
    await budget.measure();
    expect(budget.error?.message).toBe('A run is training.');
    expect(budget.measuring).toBe(false);
  });
});
