/**
 * @file A predictor from measured sequences to a file, on small invented data: its folds, training, resuming, words
 * and calibration.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { iupacReverseComplement } from '../../../engine/dna/iupac.ts';
import { randomStream } from '../../../engine/generator/random.ts';
import { CheckpointError } from '../../../engine/generator/safetensors.ts';
import { families, KINSHIP, mergeMeasurements, splitByFamily } from '../../../engine/learn/predictor-data.ts';
import { assemblePredictor } from '../../../engine/learn/predictor-report.ts';
import { readPredictorState, writePredictorState } from '../../../engine/learn/predictor-state.ts';
import {
  FRESH_TRAINING,
  oneCycle,
  type PredictorSettings,
  type PredictorTrainingState,
  scalesOf,
  type TrainingSet,
  trainPredictor,
} from '../../../engine/learn/predictor-training.ts';
import { isInDomain } from '../../../engine/predictor/sequence/applicability.ts';
import { readPredictor, writePredictor } from '../../../engine/predictor/sequence/checkpoint.ts';
import { Ensemble } from '../../../engine/predictor/sequence/ensemble.ts';
import type { Predictor } from '../../../engine/predictor/sequence/predictor.ts';
import { wordCount, wordsOf } from '../../../engine/predictor/sequence/words.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';

const device = ortDevice({ id: 'cpu', threads: 1 });
const random = randomStream(5);
const draw = (length: number) => Array.from({ length }, () => 'ACGT'[random.below(4)]).join('');
const occurrences = (sequence: string, word: string) => sequence.split(word).length - 1;

/** 40 bases; the first value rises with TATA boxes, the second, known of half, falls with G and C. */
function invented(count: number) {
  const sequences = Array.from({ length: count }, (_, i) =>
    i % 2 ? draw(40) : `${draw(10 + (i % 7))}TATAAA${draw(24 - (i % 7))}`,
  );
  const values = sequences.map((sequence, i) => {
    const boxes = occurrences(sequence, 'TATAAA') + occurrences(iupacReverseComplement(sequence), 'TATAAA');
    return Float64Array.of(
      2 * boxes + 0.2 * random.normal(),
      i % 4 < 2 ? -occurrences(sequence, 'G') - occurrences(sequence, 'C') : NaN,
    );
  });
  return { sequences, values };
}

const settings: PredictorSettings = {
  network: {
    length: 40,
    blocks: [
      { width: 8, kernel: 7, pool: 2 },
      { width: 8, kernel: 3, pool: 2 },
    ],
    hidden: 8,
    outputs: 2,
  },
  members: 2,
  epochs: 4,
  batch: 16,
  learningRate: 0.01,
  weightDecay: 0.01,
  dropout: 0.1,
  bothStrands: true,
  seed: 3,
};

const data = invented(400);
const folds = splitByFamily(data.sequences, settings.seed);
const set: TrainingSet = { data, folds, scales: scalesOf(data, folds) };
const origin = { settings, dataHash: 'x', columns: ['boxes', 'strong'] };

let whole: PredictorTrainingState;
let predictor: Predictor;
beforeAll(async () => {
  whole = await trainPredictor(set, settings, device, {});
  ({ predictor } = await assemblePredictor(set, settings, origin.columns, whole.finished, device, {
    note: 'invented',
  }));
});

describe('measured sequences', () => {
  it('are averaged where they are one, and both strands are one where they mean the same', () => {
    const twice = {
      sequences: ['AACC', 'GGTT', 'ACGT', 'AACC'],
      values: [Float64Array.of(1), Float64Array.of(3), Float64Array.of(NaN), Float64Array.of(NaN)],
    };
    expect(mergeMeasurements(twice, true)).toEqual({
      sequences: ['AACC', 'ACGT'],
      values: [Float64Array.of(2), Float64Array.of(NaN)],
    });
    expect(mergeMeasurements(twice, false).sequences).toEqual(['AACC', 'GGTT', 'ACGT']);
  });

  it('are kin where they share a stretch on either strand, directly or through others', () => {
    const shared = draw(KINSHIP);
    const other = draw(KINSHIP);
    const family = families([
      `${draw(9)}${shared}`,
      iupacReverseComplement(`${shared}${other}`),
      `${other}${draw(4)}`,
      draw(60),
      shared.slice(1),
    ]);
    expect(family[1]).toBe(family[0]);
    expect(family[2]).toBe(family[0]);
    expect(new Set(family).size).toBe(3);
  });

  it('go to the folds as whole families, eight in ten to learn from', () => {
    const cousins = Array.from({ length: 100 }, () => draw(30)).flatMap((core) => [core + draw(10), draw(10) + core]);
    const { training, validation, test } = splitByFamily(cousins, 1);
    expect([training.length, validation.length, test.length]).toEqual([160, 20, 20]);
    for (const fold of [training, validation, test]) expect(fold.every((i) => fold.includes(i ^ 1))).toBe(true);
    expect([...training, ...validation, ...test].sort((a, b) => a - b)).toEqual(cousins.map((_, i) => i));
  });

  it('that leave a task nothing to learn are refused', () => {
    const nothing = { sequences: ['A', 'C'], values: [Float64Array.of(1, NaN), Float64Array.of(2, NaN)] };
    const all = { training: [0, 1], validation: [], test: [] };
    expect(() => scalesOf(nothing, all)).toThrow('Task 2 has 0 values to learn from');
    expect(() => scalesOf({ ...nothing, values: [Float64Array.of(1), Float64Array.of(1)] }, all)).toThrow(
      'All values of task 1 are the same',
    );
  });
});

describe('training', () => {
  it('raises the learning rate once and lets it fall to nothing', () => {
    const shares = Array.from({ length: 100 }, (_, step) => oneCycle(step, 100));
    expect(shares.indexOf(Math.max(...shares))).toBe(19);
    expect(shares[99]).toBe(0);
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it('goes on from a saved state to the same end, bit for bit', async () => {
    const stopping = new AbortController();
    let file = new Uint8Array();
    await trainPredictor(set, settings, device, {
      signal: stopping.signal,
      onState: (state) => {
        file = writePredictorState(state, origin) as Uint8Array<ArrayBuffer>;
        if (state.finished.length === 1 && state.current?.epoch === 2) stopping.abort();
      },
    });
    const resumed = await trainPredictor(set, settings, device, {}, readPredictorState(file, origin));
    expect(resumed).toEqual(whole);
    expect(() => readPredictorState(file, { ...origin, dataHash: 'y' })).toThrow(CheckpointError);
  });

  it('keeps the epoch with the least validation error, and falls behind the mean', () => {
    const first = whole.curve.filter(({ member }) => member === 0).map(({ validation }) => validation);
    expect(first).toHaveLength(settings.epochs);
    expect(Math.min(...first)).toBeLessThan(0.8);
    expect(FRESH_TRAINING.finished).toEqual([]);
  });
});

describe('a predictor', () => {
  it('predicts what it has not seen, with errors that cover it', () => {
    const [boxes, strong] = predictor.history.report as { test: { correlation: number; coverage: number } }[];
    expect(boxes.test.correlation).toBeGreaterThan(0.8);
    expect(strong.test.correlation).toBeGreaterThan(0.7);
    expect(boxes.test.coverage).toBeGreaterThan(0.7);
  });

  it('is read from its file as it was written, and predicts the same on either strand', async () => {
    const read = readPredictor(writePredictor(predictor, 'F32'));
    expect(read).toEqual({
      ...predictor,
      words: { ...predictor.words, biases: [...Float32Array.from(predictor.words.biases)] },
    });
    const ensemble = await Ensemble.create(device, read);
    const sequences = [...data.sequences.slice(0, 37), 'ACGT', `${'G'.repeat(3)}${data.sequences[0]}${'G'.repeat(3)}`];
    const [given, opposite] = [
      await ensemble.predict(sequences),
      await ensemble.predict(sequences.map(iupacReverseComplement)),
    ];
    expect(given[37]).toBeNull();
    expect(given[38]![0].value).toBeCloseTo(given[0]![0].value, 5);
    given.forEach((one, i) =>
      one?.forEach(({ value, error, spread }, task) => {
        expect(value).toBeCloseTo(opposite[i]![task].value, 4);
        expect(error).toBeGreaterThanOrEqual(spread);
      }),
    );
    await ensemble.dispose();
  });

  it('knows sequences unlike those of its training', () => {
    const outside = data.sequences.filter((sequence) => !isInDomain(sequence, predictor));
    expect(outside.length).toBeLessThan(0.05 * data.sequences.length);
    expect(isInDomain('A'.repeat(40), predictor)).toBe(false);
    expect(isInDomain('AC', predictor)).toBe(false);
  });

  it('is refused where its file is damaged, cut short or of another kind', () => {
    const file = writePredictor(predictor, 'F16');
    const damaged = file.slice();
    damaged[file.length - 9] ^= 1;
    expect(() => readPredictor(damaged)).toThrow('checksum');
    expect(() => readPredictor(file.slice(0, -4))).toThrow('truncated');
    expect(() => readPredictor(writePredictorState(whole, origin))).toThrow(
      'not a predictor of Amalgam (format amalgam-predictor-training-1',
    );
    expect(() => readPredictor(writePredictor({ ...predictor, tasks: predictor.tasks.slice(1) }, 'F16'))).toThrow(
      'names 1 tasks; its network has 2 outputs',
    );
    expect(() =>
      readPredictor(writePredictor({ ...predictor, words: { ...predictor.words, biases: [0] } }, 'F16')),
    ).toThrow('lacks words.biases with 2 numbers');
  });
});

describe('words with gaps', () => {
  it('are the same for both strands where both mean the same', () => {
    const sequence = draw(30);
    const sorted = (text: string, both: boolean) => [...wordsOf(text, both)].sort((a, b) => a - b);
    expect(sorted(sequence, true)).toEqual(sorted(iupacReverseComplement(sequence), true));
    expect(sorted(sequence, false)).not.toEqual(sorted(iupacReverseComplement(sequence), false));
  });

  it('are 21 patterns of six letters within eight positions, 13 up to mirroring', () => {
    expect([wordCount(false), wordCount(true)]).toEqual([21 * 4096, 13 * 4096]);
    expect(wordsOf('ACGTAC', false)).toHaveLength(1);
    expect(wordsOf('ACGTACG', false)).toHaveLength(2 + 5);
  });
});
