import { describe, expect, it } from 'vitest';
import { decoderParameters, type DecoderShape } from '../../../engine/generator/decoder.ts';
import { TokenDrawer } from '../../../engine/generator/draw.ts';
import type { MakeGuide } from '../../../engine/generator/guide.ts';
import { createLikelihood } from '../../../engine/generator/likelihood.ts';
import { initialWeights } from '../../../engine/generator/parameters.ts';
import { randomStream } from '../../../engine/generator/random.ts';
import { createSampler, type SamplerOptions } from '../../../engine/generator/sampler.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';

const cpu = ortDevice({ id: 'cpu', threads: 1 });
const random = (i: number) => randomStream(3, i);
const plain = { temperature: 1, topP: 1 };

function decoder(keyValueHeads: number): DecoderShape {
  return { vocabulary: 9, layers: 2, width: 24, heads: 4, keyValueHeads, context: 24 };
}

function weightsOf(shape: DecoderShape) {
  const normal = randomStream(1).normal;
  return initialWeights(
    decoderParameters(shape).map((spec) => ({ ...spec, init: 0.3 })),
    normal,
  );
}

async function sample(
  shape: DecoderShape,
  options: SamplerOptions,
  n: number,
  settings = plain,
  guide: MakeGuide | null = null,
) {
  const sampler = await createSampler(cpu, shape, options);
  await sampler.load(weightsOf(shape));
  const sampled = await sampler.sample(n, settings, random, guide);
  await sampler.dispose();
  return sampled;
}

describe('sampler', () => {
  it.each([1, 2, 4])('gives the likelihood of a plain forward pass to 1e-5 with %i key-value heads', async (heads) => {
    const shape = decoder(heads);
    const sampled = await sample(shape, { slots: 7, weights: 'constant' }, 40);
    const likelihood = await createLikelihood(cpu, shape);
    await likelihood.load(weightsOf(shape));
    const expected = await likelihood.tokens(sampled.map((s) => s.tokens));
    sampled.forEach((s, i) =>
      s.logProbabilities.forEach((value, j) => expect(Math.abs(value - expected[i][j])).toBeLessThan(1e-5)),
    );
    await likelihood.dispose();
  });

  it('gives one result for one seed, whether weights are constants or inputs', async () => {
    const shape = decoder(1);
    const [first, again, inputs] = [
      await sample(shape, { slots: 5, weights: 'constant' }, 30),
      await sample(shape, { slots: 5, weights: 'constant' }, 30),
      await sample(shape, { slots: 5, weights: 'input' }, 30),
    ];
    expect(again).toEqual(first);
    expect(inputs.map((s) => Array.from(s.tokens))).toEqual(first.map((s) => Array.from(s.tokens)));
  });

  it('draws the same sequence i however many are asked for', async () => {
    const shape = decoder(1);
    const [few, many] = [
      await sample(shape, { slots: 4, weights: 'input' }, 4),
      await sample(shape, { slots: 4, weights: 'input' }, 20),
    ];
    expect(many.slice(0, 4).map((s) => Array.from(s.tokens))).toEqual(few.map((s) => Array.from(s.tokens)));
  });

  it('stops at the context and says so', async () => {
    const shape = decoder(1);
    const sampled = await sample(shape, { slots: 6, weights: 'input' }, 60);
    for (const { tokens, ended, logProbabilities } of sampled) {
      expect(logProbabilities).toHaveLength(tokens.length - 1);
      expect(tokens.length).toBeLessThanOrEqual(shape.context + 1);
      expect(ended).toBe(tokens[tokens.length - 1] === 0);
    }
  });

  /**
   * The third token is 5, the second is even, the fifth is the end; the length of the rest is a choice of the guide's
   * own.
   */
  const guided: MakeGuide = (stream) => {
    const length = 4 + stream.below(3);
    let at = 0;
    return {
      allowed: () => {
        if (at === 2) return Uint8Array.from({ length: 9 }, (_, token) => Number(token === 5));
        if (at === 1) return Uint8Array.from({ length: 9 }, (_, token) => Number(token % 2 === 0 && token > 0));
        return Uint8Array.from({ length: 9 }, (_, token) => Number((token === 0) === (at === length)));
      },
      push: () => void at++,
    };
  };

  it('draws what a guide allows, marks what it forced, and records the plain likelihood', async () => {
    const shape = decoder(1);
    const sampled = await sample(shape, { slots: 5, weights: 'input' }, 40, { temperature: 0.7, topP: 0.5 }, guided);
    const likelihood = await createLikelihood(cpu, shape);
    await likelihood.load(weightsOf(shape));
    const expected = await likelihood.tokens(sampled.map((s) => s.tokens));
    for (const [i, { tokens, forced, ended, logProbabilities }] of sampled.entries()) {
      expect([tokens[2] % 2, tokens[3], ended]).toEqual([0, 5, true]);
      expect(Array.from(forced!)).toEqual(Array.from(forced!, (_, t) => Number(t === 2 || t === forced!.length - 1)));
      logProbabilities.forEach((value, j) => expect(Math.abs(value - expected[i][j])).toBeLessThan(1e-5));
    }
    expect([...new Set(sampled.map(({ tokens }) => tokens.length - 2))].sort()).toEqual([4, 5, 6]);
    await likelihood.dispose();
  });

  it('gives bit for bit what it gives without a guide where the guide allows everything', async () => {
    const shape = decoder(1);
    const [open, none] = [
      await sample(shape, { slots: 5, weights: 'input' }, 20, plain, () => ({
        allowed: () => null,
        push: () => undefined,
      })),
      await sample(shape, { slots: 5, weights: 'input' }, 20),
    ];
    expect(open.map(({ tokens, logProbabilities }) => [tokens, logProbabilities])).toEqual(
      none.map(({ tokens, logProbabilities }) => [tokens, logProbabilities]),
    );
    expect(none.every(({ forced }) => forced === null)).toBe(true);
  });

  it('asks for weights before it samples', async () => {
    const sampler = await createSampler(cpu, decoder(1), { slots: 2, weights: 'input' });
    await expect(sampler.sample(1, plain, random)).rejects.toThrow(/Load weights/);
  });
});

describe('TokenDrawer', () => {
  const logits = Float32Array.from([0.1, 0.2, 0.4, 0.3].map(Math.log));
  const shares = (settings: { temperature: number; topP: number }) => {
    const drawer = new TokenDrawer(4, settings);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 1000; i++) counts[drawer.draw(logits, 0, (i + 0.5) / 1000).token]++;
    return counts.map((count) => count / 1000);
  };

  it('draws by the distribution', () => {
    expect(shares({ temperature: 1, topP: 1 })).toEqual([0.1, 0.2, 0.4, 0.3]);
  });

  it('sharpens with temperature below 1', () => {
    const squared = [0.01, 0.04, 0.16, 0.09].map((p) => p / 0.3);
    shares({ temperature: 0.5, topP: 1 }).forEach((share, i) => expect(share).toBeCloseTo(squared[i], 2));
  });

  it('keeps the smallest set of tokens that reaches top-p', () => {
    expect(shares({ temperature: 1, topP: 0.6 })[0]).toBe(0);
    expect(shares({ temperature: 1, topP: 0.6 })[1]).toBe(0);
    expect(shares({ temperature: 1, topP: 0.6 })[2]).toBeCloseTo(4 / 7, 2);
  });

  it('reports the log-probability of the plain distribution', () => {
    expect(new TokenDrawer(4, { temperature: 0.5, topP: 0.6 }).draw(logits, 0, 0.1).logProbability).toBeCloseTo(
      Math.log(0.4),
      6,
    );
  });

  it('draws among the allowed alone, however improbable, by the plain log-probability', () => {
    const drawer = new TokenDrawer(3, { temperature: 0.5, topP: 0.9 });
    const far = Float32Array.of(0, -500, -501);
    expect(drawer.draw(far, 0, 0.5, Uint8Array.of(0, 1, 1))).toEqual({ token: 1, logProbability: -500 });
    expect(() => drawer.draw(far, 0, 0.5, new Uint8Array(3))).toThrow('The guide allows no token.');
  });

  it('refuses impossible settings', () => {
    expect(() => new TokenDrawer(4, { temperature: 0, topP: 1 })).toThrow(/temperature/);
    expect(() => new TokenDrawer(4, { temperature: 1, topP: 1.5 })).toThrow(/top-p/);
  });
});
