/** @file Going on from another generator: its parameters carried over, new tokens added, the best measurement kept. */
import { describe, expect, it } from 'vitest';
import type { Generator } from '../../../engine/generator/checkpoint.ts';
import { decoderParameters } from '../../../engine/generator/decoder.ts';
import { initialWeights, viewParameters } from '../../../engine/generator/parameters.ts';
import { BOUNDARY } from '../../../engine/generator/tokens.ts';
import { adaptedWeights } from '../../../engine/learn/adapt.ts';
import { type Corpus, readCorpus } from '../../../engine/learn/corpus.ts';
import { pretrain, PRETRAIN_DEFAULTS, type PretrainSettings } from '../../../engine/learn/pretrain.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';

const cpu = ortDevice({ id: 'cpu', threads: 1 });
const shape = { layers: 1, width: 16, heads: 2, keyValueHeads: 1, context: 32 };

function generatorOf(vocabulary: string[]): Generator {
  let state = 1;
  const noise = () => ((state = (state * 16807) % 2147483647) / 2147483647 - 0.5) * 2;
  return {
    config: { modality: 'molecule', ...shape, vocabulary },
    weights: initialWeights(decoderParameters({ ...shape, vocabulary: vocabulary.length }), noise),
    history: {},
  };
}

async function* lines(list: readonly string[]): AsyncGenerator<string> {
  yield* list;
}

const corpusOf = (list: readonly string[], base: readonly string[]): Promise<Corpus> =>
  readCorpus(() => lines(list), { context: 32, language: { modality: 'molecule', leastCount: 1, base } });

describe('adaptedWeights', () => {
  it('keeps every parameter of the old tokens, and starts a new one near the rarest', () => {
    const base = generatorOf([BOUNDARY, 'C', 'O', 'F']);
    const grown = adaptedWeights(base, [BOUNDARY, 'C', 'O', 'F', 'N'], 1);
    const old = viewParameters(decoderParameters({ ...shape, vocabulary: 4 }), base.weights);
    const now = viewParameters(decoderParameters({ ...shape, vocabulary: 5 }), grown);
    expect(now[0].slice(0, 4 * 16)).toEqual(old[0]);
    const gap = Math.max(...Array.from(now[0].slice(4 * 16), (value, i) => Math.abs(value - old[0][3 * 16 + i])));
    expect(gap).toBeGreaterThan(0);
    expect(gap).toBeLessThan(0.1);
    expect(now.slice(1, -1)).toEqual(old.slice(1, -1));
    for (let row = 0; row < 16; row++)
      expect(now.at(-1)!.slice(row * 5, row * 5 + 4)).toEqual(old.at(-1)!.slice(row * 4, row * 4 + 4));
  });

  it('refuses a vocabulary that does not begin with the old one', () => {
    expect(() => adaptedWeights(generatorOf([BOUNDARY, 'C', 'O']), [BOUNDARY, 'O', 'C'], 1)).toThrow(/does not begin/);
  });
});

describe('adapting', () => {
  const before = Array.from({ length: 60 }, (_, i) => `${'C'.repeat(1 + (i % 6))}O${'C'.repeat(Math.floor(i / 6))}`);
  const series = Array.from({ length: 60 }, (_, i) => `${'C'.repeat(1 + (i % 6))}N${'C'.repeat(Math.floor(i / 6))}`);
  const settings: PretrainSettings = {
    ...PRETRAIN_DEFAULTS,
    ...shape,
    tokens: 30 * 4 * 32,
    rows: 4,
    microRows: 4,
    warmupSteps: 2,
    evaluateEvery: 5,
    validationShare: 0.1,
    keepBest: true,
  };

  it('has the old tokens first and the new ones after them', async () => {
    expect((await corpusOf(series, [BOUNDARY, 'O', 'C'])).vocabulary).toEqual([BOUNDARY, 'O', 'C', 'N']);
  });

  it('learns a related series better from the generator than from nothing, and gives the best measurement', async () => {
    const first = await readCorpus(() => lines(before), {
      context: 32,
      language: { modality: 'molecule', leastCount: 1 },
    });
    const base = await pretrain(first, { ...settings, tokens: 60 * 4 * 32 }, cpu, { saveEvery: 1000 });
    const config = { modality: 'molecule' as const, ...shape, vocabulary: [...first.vocabulary] };
    const corpus = await corpusOf(series, first.vocabulary);
    const adapted = await pretrain(
      corpus,
      settings,
      cpu,
      { saveEvery: 1000 },
      { weights: adaptedWeights({ config, weights: base.best!, history: {} }, corpus.vocabulary, 1) },
    );
    const scratch = await pretrain(corpus, settings, cpu, { saveEvery: 1000 });
    const lowest = (state: typeof adapted) => Math.min(...state.curve.map(({ validation }) => validation));
    expect(lowest(adapted)).toBeLessThan(lowest(scratch));
    expect(adapted.best).not.toBeNull();
    const isLast = adapted.curve.at(-1)!.validation === lowest(adapted);
    expect(adapted.best!.every((value, i) => value === adapted.weights[i])).toBe(isLast);
  });

  it('keeps nothing beside the last parameters where the best is not asked for', async () => {
    const corpus = await corpusOf(series, [BOUNDARY, 'O', 'C']);
    expect(
      (await pretrain(corpus, { ...settings, keepBest: false, tokens: 5 * 4 * 32 }, cpu, { saveEvery: 1000 })).best,
    ).toBeNull();
  });
});
