/** @file Settings for few data, and the check for memorisation. */
import { expect, it } from 'vitest';
import { readCorpus } from '../../../engine/learn/corpus.ts';
import { PRETRAIN_DEFAULTS } from '../../../engine/learn/pretrain.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';
import { canonicalFor } from '../../../host/chemistry/canonical.ts';
import { loadModel } from '../../../host/models/generators.ts';
import { adaptationSettings, checkMemory, memoryInWords } from '../../../host/training/adaptation.ts';

const { generator } = loadModel('druglike');
const corpusOf = (list: readonly string[]) =>
  readCorpus(
    async function* () {
      yield* list;
    },
    { context: 128, language: { modality: 'molecule', leastCount: 1, base: generator.config.vocabulary } },
  );

it('few data get small updates, gentle rates and a measurement each epoch; what was asked for goes before', async () => {
  const corpus = await corpusOf(
    Array.from({ length: 200 }, (_, i) => `c1ccccc1${'C'.repeat(i)}`.slice(0, 60 + (i % 40)) + 'O'.repeat(1 + (i % 7))),
  );
  const settings = adaptationSettings(PRETRAIN_DEFAULTS, corpus, { seed: 7 });
  expect(settings).toMatchObject({
    keepBest: true,
    validationShare: 0.1,
    seed: 7,
    learningRate: PRETRAIN_DEFAULTS.learningRate / 4,
  });
  expect(settings.rows).toBeLessThan(PRETRAIN_DEFAULTS.rows);
  expect(settings.rows % settings.microRows).toBe(0);
  expect(adaptationSettings(PRETRAIN_DEFAULTS, corpus, { tokens: 99 }).tokens).toBe(99);
});

it('counts samples that are among the data, and different ones once', async () => {
  const settings = { ...PRETRAIN_DEFAULTS, validationShare: 0.1 };
  const check = await checkMemory(
    generator,
    await corpusOf(['CCO', 'CCN']),
    settings,
    ortDevice({ id: 'cpu', threads: 1 }),
    canonicalFor('molecule'),
    64,
  );
  expect(check).toMatchObject({ sampled: 64, trained: 0, heldOut: 0 });
  expect(check.valid).toBeGreaterThan(0.6);
  const own = await checkMemory(
    generator,
    await corpusOf(['CCO', 'CCN']),
    settings,
    ortDevice({ id: 'cpu', threads: 1 }),
    async (texts) => texts.map((text) => (text === '' ? null : 'CCO')),
    64,
  );
  expect([own.trained, own.heldOut].sort()).toEqual([1, 1]);
  expect(own.unique).toBeLessThan(0.1);
});

it('warns of memorisation only if much was memorised', () => {
  const check = { sampled: 1000, valid: 0.85, unique: 0.9, trained: 0.15, heldOut: 0.01, examples: [] };
  expect(memoryInWords(check, 'molecules', 'Fewer --tokens')).toEqual([
    'Of 1000 samples, 85.0% are valid, and 90.0% of those are unique. 15.0% of the unique ones are training molecules, 1.0% are held-out molecules.',
  ]);
  expect(memoryInWords({ ...check, trained: 0.6 }, 'molecules', 'Fewer --tokens')[1]).toMatch(
    /memorised.* Fewer --tokens or more data help/,
  );
});
