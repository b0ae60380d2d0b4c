import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../../engine/generator/safetensors.ts';
import { tokenizerFor } from '../../../engine/generator/tokenizer.ts';
import { type Corpus, CorpusReader, corpusSequence, readCorpus, splitCorpus } from '../../../engine/learn/corpus.ts';
import {
  learningRateShare,
  pretrain,
  PRETRAIN_DEFAULTS,
  type PretrainSettings,
  type PretrainState,
  pretrainSteps,
} from '../../../engine/learn/pretrain.ts';
import { readPretrainState, writePretrainState } from '../../../engine/learn/pretrain-state.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';

const cpu = ortDevice({ id: 'cpu', threads: 1 });

/** Chains and rings with substituents: enough of a language to learn in seconds. */
const molecules = Array.from(
  { length: 240 },
  (_, i) => `${'C'.repeat(1 + (i % 6))}${['O', 'N', 'c1ccccc1', 'C(=O)O'][i % 4]}${'C'.repeat(Math.floor(i / 24))}`,
);

async function* lines(list: readonly string[]): AsyncGenerator<string> {
  yield* list;
}

function corpusOf(list: readonly string[], context = 32): Promise<Corpus> {
  return readCorpus(() => lines(list), { context, language: { modality: 'molecule', leastCount: 1 } });
}

const settings: PretrainSettings = {
  ...PRETRAIN_DEFAULTS,
  layers: 1,
  width: 16,
  heads: 2,
  context: 32,
  tokens: 24 * 8 * 32,
  rows: 8,
  microRows: 4,
  warmupSteps: 4,
  evaluateEvery: 6,
  validationShare: 0.1,
};

describe('corpus', () => {
  it('reports what it leaves out, with position and advice', async () => {
    const corpus = await corpusOf(['CCO', 'CCO', 'CC!', '', 'C'.repeat(40), 'CCN'], 16);
    expect(corpus.report).toMatchObject({ lines: 6, kept: 2, duplicates: 1, tooLong: 2, unknownToken: 1 });
    expect(corpus.report.firstUnknown).toMatch(/"!" at position 3 of CC!/);
  });

  it('says so where nothing can be learnt', async () => {
    await expect(corpusOf(['CC', '?'])).rejects.toThrow(/^Only one of the 2 lines can be learnt from; at least two/);
    await expect(corpusOf(['!', '?'])).rejects.toThrow(/None of the 2 lines can be learnt from.*"!" at position 1/);
  });

  it('learns DNA from both strands and from every phase, and keeps all spellings of a line on one side', async () => {
    const dna = ['ACGTACGTTT', 'aaacgtacgt', 'ACGTNACGTA', 'GGGTTTACCA', 'CCATCAGGAT'];
    const language = { modality: 'dna', k: 4, bothStrands: true, phases: 3 } as const;
    const corpus = await readCorpus(() => lines(dna), { context: 8, language });
    expect(corpus.report).toMatchObject({ lines: 5, kept: 3, duplicates: 1, unknownToken: 1 });
    expect(corpus.report.firstUnknown).toMatch(/"N" at position 5/);
    const { decode } = tokenizerFor({ modality: 'dna', vocabulary: corpus.vocabulary });
    const texts = Array.from({ length: corpus.lines[1] }, (_, i) => decode(corpusSequence(corpus, i)));
    expect(texts).toEqual(['AAACGTACGT', 'AACGTACGT', 'ACGTACGT', 'ACGTACGTTT', 'CGTACGTTT', 'GTACGTTT']);
    const { training, validation } = splitCorpus(corpus, 0.4, 1);
    expect([training.length, validation.length]).toEqual([12, 6]);
    expect(new Set(validation.map((i) => Math.floor(i / 6))).size).toBe(1);
  });

  it('splits without overlap and draws every sequence once an epoch', async () => {
    const corpus = await corpusOf(molecules);
    const { training, validation } = splitCorpus(corpus, 0.1, 1);
    expect(new Set([...training, ...validation]).size).toBe(corpus.report.kept);
    const reader = new CorpusReader(corpus, training, 1);
    const drawn: number[] = [];
    while (reader.state.epoch === 0) drawn.push(...reader.next(4, 32).flat());
    const firstEpoch = drawn.slice(0, training.length - reader.state.carried.length);
    expect(new Set(firstEpoch).size).toBeGreaterThan(training.length * 0.9);
  });

  it('continues from a state as if never stopped', async () => {
    const corpus = await corpusOf(molecules);
    const { training } = splitCorpus(corpus, 0.1, 1);
    const straight = new CorpusReader(corpus, training, 1);
    const batches = Array.from({ length: 30 }, () => straight.next(4, 32));
    const first = new CorpusReader(corpus, training, 1);
    for (let i = 0; i < 17; i++) first.next(4, 32);
    const second = new CorpusReader(corpus, training, 1, first.state);
    expect(Array.from({ length: 13 }, () => second.next(4, 32))).toEqual(batches.slice(17));
  });
});

describe('pretrain', () => {
  it.each(['muon', 'adamw'] as const)(
    'learns with %s, and ends where an interrupted training ends, bit for bit',
    async (optimizer) => {
      const corpus = await corpusOf(molecules);
      const mine = { ...settings, optimizer };
      const origin = { settings: mine, dataHash: 'x' };
      const whole = await pretrain(corpus, mine, cpu, { saveEvery: 1000 });
      expect(whole.finished).toBe('tokens');
      expect(whole.curve[whole.curve.length - 1].validation).toBeLessThan(whole.curve[0].validation * 0.8);

      let saved = new Uint8Array();
      const stop = new AbortController();
      await pretrain(corpus, mine, cpu, {
        saveEvery: 7,
        signal: stop.signal,
        onState: (state: PretrainState) => void (saved = new Uint8Array(writePretrainState(state, origin))),
        onStep: ({ step }) => step === 15 && stop.abort(),
      });
      const resumed = await pretrain(
        corpus,
        mine,
        cpu,
        { saveEvery: 1000 },
        { saved: readPretrainState(saved, origin) },
      );
      expect(resumed.weights).toEqual(whole.weights);
      expect(resumed.curve).toEqual(whole.curve);
    },
  );

  it('stops early when the validation loss no longer falls', async () => {
    const corpus = await corpusOf(molecules);
    const stuck = { ...settings, learningRate: 0, muonLearningRate: 0, weightDecay: 0, evaluateEvery: 1, patience: 3 };
    const state = await pretrain(corpus, stuck, cpu, { saveEvery: 1000 });
    expect(state).toMatchObject({ finished: 'early stop', step: 4 });
  });

  it('refuses a state of other settings or data', async () => {
    const corpus = await corpusOf(molecules);
    const short = { ...settings, tokens: 8 * 32 };
    const state = await pretrain(corpus, short, cpu, { saveEvery: 1000 });
    const bytes = writePretrainState(state, { settings: short, dataHash: 'x' });
    expect(() => readPretrainState(bytes, { settings: short, dataHash: 'y' })).toThrow(CheckpointError);
    expect(() => readPretrainState(bytes.slice(0, -8), { settings: short, dataHash: 'x' })).toThrow(/truncated/);
  });

  it('warms up, stays and falls to zero', () => {
    const share = (step: number) => learningRateShare(step, 100, { warmupSteps: 10, descent: 0.4 });
    expect([share(0), share(9), share(60), share(80), share(99)]).toEqual([0.1, 1, 1, 0.5, 0.025]);
    expect(pretrainSteps(settings)).toBe(24);
  });
});
