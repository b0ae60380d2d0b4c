/** The network's training: gradients against TF.js's own, bounds, and that it learns. */
import { createRequire } from 'node:module';
import { beforeAll, expect, test } from 'vitest';
import type { Molecule } from '../../../../engine/chem/molecule.ts';
import type { Rdkit } from '../../../../engine/chem/rdkit.ts';
import { type Example, NetworkTrainer } from '../../../../engine/learn/user-predictor/network.ts';
import { ChempropEnsemble } from '../../../../engine/predictor/chemprop.ts';
import {
  learntTravelOf,
  messageOutputs,
  messageParameters,
  type MessageShape,
  type MessageWeights,
  type PassSize,
  passSpecs,
  travelOf,
} from '../../../../engine/predictor/message-passing.ts';
import { writePass } from '../../../../engine/predictor/molecule-pass.ts';
import { memberModel } from '../../../../engine/predictor/user/predictor.ts';
import { openDevice } from '../../../../engine/tensor/devices.ts';
import * as tf from '../../../../engine/tensor/tf.ts';
import { loadRdkitFromDisk } from '../../../../host/chemistry/chemistry.ts';
import { referenceDevice } from '../../reference-device.ts';

const SHAPE: MessageShape = { hidden: 6, depth: 3, headHidden: 5, tasks: 1 };
const PASS: PassSize = { molecules: 4, atoms: 32, bonds: 64, neighbours: 8 };
const device = openDevice('cpu', { threads: 1, load: createRequire(import.meta.url) });
let rdkit: Rdkit;
let molecules: Molecule[];

beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
  molecules = ['CCO', 'c1ccccc1O', 'CC(=O)NC', 'C1CC1N'].map((smiles) => rdkit.parse(smiles)!);
});

test("gathered gradients equal TF.js's own", async () => {
  const parameters = messageParameters(SHAPE);
  const inputs = writePass(molecules, PASS, 0.1);
  const specs = passSpecs(PASS);
  const values = parameters.map(({ shape }, k) =>
    Float32Array.from({ length: shape.reduce((n, d) => n * d, 1) }, (_, i) => Math.sin(13 * k + i) / 2),
  );
  const gradients = async (travel: typeof travelOf) => {
    const program = await referenceDevice.compile(
      (...all) => {
        const pass = all.slice(0, specs.length);
        const loss = (...p: tf.Tensor[]) =>
          tf.sum(
            tf.square(
              messageOutputs(
                PASS,
                SHAPE,
                pass,
                Object.fromEntries(
                  parameters.map(({ name }, i) => [name, p[i]]),
                ) as unknown as MessageWeights<tf.Tensor>,
                travel(PASS, pass),
              ),
            ),
          );
        return tf.grads(loss as (...p: tf.Tensor[]) => tf.Scalar)(all.slice(specs.length));
      },
      [...specs, ...parameters.map(({ shape }) => ({ shape }))],
    );
    return program.run([...inputs, ...values]);
  };
  const [own, plain] = [await gradients(learntTravelOf), await gradients(travelOf)];
  expect(plain.some((gradient) => gradient.some((value) => Math.abs(value) > 0.01))).toBe(true);
  own.forEach((gradient, i) => gradient.forEach((value, j) => expect(value).toBeCloseTo(plain[i][j], 3)));
});

async function predictionsAfter(
  examples: readonly Example[],
  kind: 'regression' | 'classification',
  seed: number,
): Promise<number[]> {
  const trainer = await NetworkTrainer.create(device, {
    kind,
    shape: { hidden: 16, depth: 2, headHidden: 16, tasks: 1 },
  });
  const weights = await trainer.train(examples, {
    norm: 5,
    epochs: 150,
    learningRate: 5e-3,
    weightDecay: 0,
    seed: [seed],
  });
  await trainer.dispose();
  const model = memberModel(
    {
      quantity: { kind, name: 'y', unit: '', wanted: 'higher', typical: [0, 1] },
      shape: { hidden: 16, depth: 2, headHidden: 16, tasks: 1 },
      norm: 5,
    },
    { weights: weights!, mean: 0, deviation: 1 },
  );
  const ensemble = new ChempropEnsemble([model], device);
  const predictions = await ensemble.predict(molecules);
  await ensemble.dispose();
  return predictions.map((members) => members![0][0]);
}

const examplesOf = (values: readonly number[], bound: Example['bound'] = 'exact'): Example[] =>
  molecules.map((input, i) => ({ input, value: values[i], bound }));

test('amounts are learnt, the same with one seed', async () => {
  const wanted = [1, -1, 0.5, -0.5];
  const found = await predictionsAfter(examplesOf(wanted), 'regression', 1);
  found.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 1));
  expect(await predictionsAfter(examplesOf(wanted), 'regression', 1)).toEqual(found);
  expect(await predictionsAfter(examplesOf(wanted), 'regression', 2)).not.toEqual(found);
}, 20_000);

test('classes are learnt as probabilities', async () => {
  const found = await predictionsAfter(examplesOf([1, 0, 1, 0]), 'classification', 1);
  expect(found.map((value) => Math.round(value))).toEqual([1, 0, 1, 0]);
});

test('a bound pulls only where it is broken', async () => {
  const above = await predictionsAfter(examplesOf([2, -5, -5, -5], 'above'), 'regression', 1);
  expect(above[0]).toBeGreaterThan(1.8);
  above.slice(1).forEach((value) => expect(value).toBeGreaterThan(-2));
});

test('an abort gives nothing', async () => {
  const trainer = await NetworkTrainer.create(device, { kind: 'regression', shape: SHAPE });
  expect(
    await trainer.train(
      examplesOf([1, 2, 3, 4]),
      { norm: 5, epochs: 5, learningRate: 1e-3, weightDecay: 0, seed: [1] },
      { signal: AbortSignal.abort() },
    ),
  ).toBeNull();
  await trainer.dispose();
});
