/** Reward tokens: levels, the start token that stands for them, and that training sees what sampling sees. */
import { describe, expect, it } from 'vitest';
import { createLikelihood } from '../../../engine/generator/likelihood.ts';
import { askedFor, LEVELS, plainOf, rewardLevel, stepsTaken } from '../../../engine/generator/reward-tokens.ts';
import { Policy } from '../../../engine/learn/policy.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';
import { prior, shape, tokenizer, toyRequest } from '../soup/toy.ts';

describe('levels', () => {
  it('are rewards in tenths', () => {
    expect([0, 0.04, 0.05, 0.449, 0.45, 0.96, 1].map(rewardLevel)).toEqual([0, 0, 1, 4, 5, 10, 10]);
  });

  it('take all steps up to their own, goal by goal', () => {
    const rows = (levels: readonly number[]) =>
      levels.map((_, goal) =>
        stepsTaken(levels)
          .slice(goal * LEVELS, (goal + 1) * LEVELS)
          .join(''),
      );
    expect(rows([3, 0, 10])).toEqual(['1110000000', '0000000000', '1111111111']);
  });
});

describe('askedFor', () => {
  const width = shape.width;
  const tokens = Float32Array.from({ length: 2 * LEVELS * width }, (_, i) => Math.floor(i / width) + 1);

  it('adds the steps up to each reward to the start token, and leaves the rest', () => {
    const asked = askedFor(prior, tokens, [0.2, 0.3]);
    // Steps 1 and 2 of the first goal, 11 to 13 of the second.
    for (let d = 0; d < width; d++) expect(asked[d]).toBeCloseTo(prior[d] + 1 + 2 + 11 + 12 + 13, 4);
    expect(asked.slice(width)).toEqual(prior.slice(width));
    expect(askedFor(prior, tokens, [0, 0])).toEqual(prior);
  });

  it('is undone exactly', () => {
    expect(plainOf(askedFor(prior, tokens, [0.7, 1]), prior, tokens, 2)).toEqual(prior);
  });
});

describe('contextStep', () => {
  const device = ortDevice({ id: 'cpu', threads: 1 });
  const examples = [
    { text: 'abc', levels: [3, 9] },
    { text: 'eeda', levels: [0, 5] },
  ].map(({ text, levels }) => ({ tokens: tokenizer.encode(text), forced: null, levels }));

  it('learns the cross-entropy of the generator that is asked for the rewards', async () => {
    const policy = new Policy(device, shape, toyRequest({ method: 'ric' }).settings, 2);
    policy.start(prior, null, null);
    for (let i = 0; i < 5; i++) await policy.contextStep(examples, 0.01);
    const [weights, tokens] = [policy.weights.slice(), policy.extra!.weights];
    const likelihood = await createLikelihood(device, shape);
    const logs = [];
    for (const { tokens: sequence, levels } of examples) {
      await likelihood.load(
        askedFor(
          weights,
          tokens,
          levels.map((level) => level / LEVELS),
        ),
      );
      logs.push(...(await likelihood.tokens([sequence]))[0]);
    }
    const expected = -logs.reduce((sum, one) => sum + one, 0) / logs.length;
    expect(await policy.contextStep(examples, 0.01)).toBeCloseTo(expected, 4);
    expect(expected).toBeLessThan(1.8);
    await policy.dispose();
    await likelihood.dispose();
  });

  it('moves the steps that the levels take and the decoder, but not the start token itself', async () => {
    const policy = new Policy(device, shape, toyRequest({ method: 'ric' }).settings, 2);
    policy.start(prior, null, null);
    await policy.contextStep(examples, 0.01);
    const moved = Array.from({ length: 2 * LEVELS }, (_, step) =>
      Number(policy.extra!.weights.slice(step * shape.width, (step + 1) * shape.width).some((value) => value !== 0)),
    );
    expect(moved.join('')).toBe('11100000001111111110');
    expect(policy.weights.slice(0, shape.width)).toEqual(prior.slice(0, shape.width));
    expect(policy.weights).not.toEqual(prior);
    await policy.dispose();
  });
});
