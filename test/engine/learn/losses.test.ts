/** Losses and their gradients through the whole decoder, against PyTorch (test/fixtures/learn/make.py). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decoderParameters, type DecoderShape } from '../../../engine/generator/decoder.ts';
import { type PackedRows, packSequences } from '../../../engine/generator/packing.ts';
import { parameterCount, viewParameters } from '../../../engine/generator/parameters.ts';
import {
  augmentedTraining,
  criticParameters,
  evaluationGraphs,
  ppoTraining,
  type TrainedLoss,
  trainingGraphs,
} from '../../../engine/learn/graphs.ts';
import { maskedMean } from '../../../engine/learn/losses.ts';
import type { Device } from '../../../engine/tensor/device.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';
import * as tf from '../../../engine/tensor/tf.ts';
import { referenceDevice } from '../reference-device.ts';

interface Expected {
  readonly loss: number;
  readonly gradient: number[];
}
interface Case {
  readonly shape: DecoderShape;
  readonly weights: number[];
  readonly critic: number[];
  readonly sequences: number[][];
  readonly prior: number[];
  readonly rewards: number[];
  readonly sigma: number;
  readonly clip: number;
  readonly old: number[];
  readonly oldValues: number[];
  readonly advantages: number[];
  readonly returns: number[];
  readonly logProbabilities: number[];
  readonly values: number[];
  readonly crossEntropy: Expected;
  readonly augmented: Expected;
  readonly augmentedBatch: Expected;
  readonly ppo: Expected;
}

const cases = JSON.parse(readFileSync(new URL('../../fixtures/learn/losses.json', import.meta.url), 'utf8')) as Case[];
const devices: Device[] = [referenceDevice, ortDevice({ id: 'cpu', threads: 1 })];
const crossEntropy: TrainedLoss = {
  extra: [],
  inputs: () => [],
  loss: ({ logProbabilities, mask }) => tf.neg(maskedMean(logProbabilities, mask)),
};

/** The case's sequences in rows, with spare rows and spare slots as padding. */
const pack = (c: Case) =>
  packSequences(
    c.sequences.map((s) => Int32Array.from(s)),
    c.shape.context - 1,
    4,
  );

/** Values that the fixture lists sequence by sequence, put where the tokens lie. */
function spread(c: Case, rows: PackedRows, values: readonly number[]): Float32Array {
  const starts = c.sequences.map((_, i) => c.sequences.slice(0, i).reduce((sum, s) => sum + s.length - 1, 0));
  return Float32Array.from(rows.owners, (owner, at) => (owner < 0 ? 0.7 : values[starts[owner] + rows.positions[at]]));
}

function relativeError(got: Float32Array, expected: readonly number[]): number {
  const size = Math.hypot(...expected);
  return Math.hypot(...expected.map((e, i) => e - got[i])) / (size === 0 ? 1 : size);
}

/** Loss and gradients. */
async function resultsOf(device: Device, c: Case, training: TrainedLoss, inputs: Float32Array[]) {
  const specs = [...decoderParameters(c.shape), ...training.extra];
  const flat = Float32Array.from([...c.weights, ...c.critic]).slice(0, parameterCount(specs));
  const graphs = trainingGraphs(device, c.shape, training);
  const results = await graphs.run(pack(c), viewParameters(specs, flat), inputs);
  await graphs.dispose();
  return results;
}

/** Checks loss and each parameter's gradient to 1e-5 of its length. */
async function check(
  device: Device,
  c: Case,
  training: TrainedLoss,
  inputs: Float32Array[],
  expected: Expected,
): Promise<void> {
  const specs = [...decoderParameters(c.shape), ...training.extra];
  const [loss, ...gradients] = await resultsOf(device, c, training, inputs);
  expect(Math.abs(loss[0] / expected.loss - 1)).toBeLessThan(1e-5);
  viewParameters(specs, Float32Array.from(expected.gradient)).forEach((view, i) => {
    expect(relativeError(gradients[i] as Float32Array, [...view]), specs[i].name).toBeLessThan(1e-5);
  });
}

const padded = (values: readonly number[], fill: number) => Float32Array.from([...values, fill, fill]);

describe.each(devices)('$label', (device) => {
  describe.each(cases)('decoder $shape.layers x $shape.width, $shape.keyValueHeads key-value heads', (c) => {
    it('token log-probabilities and critic values', async () => {
      const specs = [...decoderParameters(c.shape), ...criticParameters(c.shape)];
      const rows = pack(c);
      const [logProbabilities, values] = await evaluationGraphs(device, c.shape).run(
        rows,
        viewParameters(specs, Float32Array.from([...c.weights, ...c.critic])),
        [],
      );
      const kept = (x: ArrayLike<number>) => Float32Array.from(x, (v, at) => v * rows.mask[at]);
      expect(relativeError(kept(logProbabilities), [...kept(spread(c, rows, c.logProbabilities))])).toBeLessThan(1e-5);
      expect(relativeError(kept(values), [...kept(spread(c, rows, c.values))])).toBeLessThan(1e-5);
    });

    it('cross-entropy', () => check(device, c, crossEntropy, [], c.crossEntropy));

    it.each([
      ['none', c.augmented],
      ['batch', c.augmentedBatch],
    ] as const)('augmented likelihood, baseline %s, with empty slots', (baseline, expected) => {
      const present = padded(
        c.rewards.map(() => 1),
        0,
      );
      const inputs = [padded(c.prior, 3), padded(c.rewards, 0.5), present, present.map(() => -Infinity)];
      return check(device, c, augmentedTraining(present.length, c.sigma, baseline), inputs, expected);
    });

    it('augmented likelihood: leaves out a sequence that would fall below its floor', async () => {
      const starts = c.sequences.map((_, i) => c.sequences.slice(0, i).reduce((sum, s) => sum + s.length - 1, 0));
      const policy = starts.map((from, i) =>
        c.logProbabilities.slice(from, from + c.sequences[i].length - 1).reduce((sum, v) => sum + v, 0),
      );
      const gaps = policy.map((l, i) => c.prior[i] + c.sigma * c.rewards[i] - l);
      const lowest = gaps.indexOf(Math.min(...gaps));
      const training = augmentedTraining(gaps.length, c.sigma, 'batch');
      const outputs = (present: readonly number[], floors: readonly number[]) =>
        resultsOf(
          device,
          c,
          training,
          [c.prior, c.rewards, present, floors].map((values) => Float32Array.from(values)),
        );
      const all = gaps.map(() => 1);
      const without = await outputs(
        all.map((_, i) => Number(i !== lowest)),
        all.map(() => -Infinity),
      );
      const floors = (above: number) => all.map((_, i) => (i === lowest ? policy[i] + above : -Infinity));
      expect(await outputs(all, floors(0.01))).toEqual(without);
      expect(await outputs(all, floors(-0.01))).not.toEqual(without);
    });

    it('PPO, clipped and unclipped tokens, critic included', () => {
      const rows = pack(c);
      const inputs = [c.old, c.oldValues, c.advantages, c.returns].map((values) => spread(c, rows, values));
      return check(device, c, ppoTraining(c.shape, c.clip), inputs, c.ppo);
    });
  });
});
