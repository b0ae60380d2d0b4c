/** The network against PyTorch: test/fixtures/predictor/make.py. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { elements, parameterCount, viewParameters } from '../../../../engine/generator/parameters.ts';
import { learntParameters, maskedSquares } from '../../../../engine/learn/predictor-training.ts';
import {
  batchStatistics,
  CHANNELS,
  foldNormalisation,
  maskShapes,
  networkOutputs,
  networkParameters,
  type SequenceNetwork,
  trainingOutputs,
} from '../../../../engine/predictor/sequence/network.ts';
import { ortDevice } from '../../../../engine/tensor/ort.ts';
import * as tf from '../../../../engine/tensor/tf.ts';

const expected = JSON.parse(readFileSync('test/fixtures/predictor/network.json', 'utf8')) as {
  outputs: number[];
  normalised: number[];
  loss: number;
  gradients: number[][];
};
const network: SequenceNetwork = {
  length: 25,
  blocks: [
    { width: 6, kernel: 5, pool: 2 },
    { width: 8, kernel: 3, pool: 3 },
    { width: 7, kernel: 3, pool: 1 },
  ],
  hidden: 10,
  outputs: 3,
};
const BATCH = 4;
const device = ortDevice({ id: 'cpu', threads: 1 });

const formula = (count: number, at: number, scale: number) =>
  Float32Array.from({ length: count }, (_, i) => scale * Math.sin(0.37 * (at + i) + 1));
const specs = learntParameters(network);
const weights = viewParameters(specs, formula(parameterCount(specs), 0, 0.5));
const plain = networkParameters(network).length;
const split = <Part>(all: readonly Part[]) => ({ parameters: all.slice(0, plain), gains: all.slice(plain) });
const input = { shape: [BATCH, network.length, CHANNELS] };

function oneHot(): Float32Array {
  const input = new Float32Array(BATCH * network.length * CHANNELS);
  for (let b = 0; b < BATCH; b++) {
    for (let i = 0; i < network.length; i++) {
      const code = (i * i + 3 * b) % 5;
      if (code < CHANNELS) input[(b * network.length + i) * CHANNELS + code] = 1;
    }
  }
  return input;
}

/** Largest difference against the largest expected value. */
function relativeError(values: ArrayLike<number>, reference: readonly number[]): number {
  const size = Math.max(...reference.map(Math.abs));
  return Math.max(...reference.map((value, i) => Math.abs(values[i] - value))) / size;
}

test("the network predicts what PyTorch's layers do", async () => {
  const program = await device.compile(
    (x, ...all) => {
      const { parameters, gains } = split(all);
      return [
        networkOutputs(network, parameters, x),
        trainingOutputs(network, { parameters, gains, input: x, masks: [] }),
      ];
    },
    [input, ...specs],
  );
  const [outputs, normalised] = await program.run([oneHot(), ...weights]);
  expect(relativeError(outputs, expected.outputs)).toBeLessThan(1e-5);
  expect(relativeError(normalised, expected.normalised)).toBeLessThan(1e-5);
  await program.dispose();
});

test('the plain network with folded statistics does what the normalised one does', async () => {
  const program = await device.compile(
    (x, ...all) => batchStatistics(network, { ...split(all), input: x }),
    [input, ...specs],
  );
  const statistics = await program.run([oneHot(), ...weights]);
  const { parameters, gains } = split(weights);
  const folded = foldNormalisation(network, parameters, gains, statistics);
  const forward = await device.compile((x, ...p) => [networkOutputs(network, p, x)], [input, ...specs.slice(0, plain)]);
  const [outputs] = await forward.run([oneHot(), ...viewParameters(specs.slice(0, plain), folded)]);
  expect(relativeError(outputs, expected.normalised)).toBeLessThan(1e-5);
  await program.dispose();
  await forward.dispose();
});

test("the masked loss and every gradient, dropout included, equal PyTorch's", async () => {
  const shapes = maskShapes(network, BATCH);
  const masks = shapes.map((shape, k) =>
    Float32Array.from({ length: elements(shape) }, (_, i) => (i % 3 === k % 3 ? 0 : 1.5)),
  );
  const values = { shape: [BATCH, network.outputs] };
  const program = await device.compile(
    (x, wanted, known, ...rest) => {
      const loss = (...p: tf.Tensor[]) =>
        maskedSquares(
          trainingOutputs(network, { ...split(p), input: x, masks: rest.slice(0, shapes.length) }),
          wanted,
          known,
        ) as tf.Scalar;
      const { value, grads } = tf.valueAndGrads(loss)(rest.slice(shapes.length));
      return [value, ...grads];
    },
    [input, values, values, ...shapes.map((shape) => ({ shape })), ...specs],
  );
  const wanted = formula(BATCH * network.outputs, 7, 2);
  const known = Float32Array.from(wanted, (_, i) => (i % 4 ? 1 : 0));
  const [loss, ...gradients] = await program.run([oneHot(), wanted, known, ...masks, ...weights]);
  expect(Math.abs(loss[0] / expected.loss - 1)).toBeLessThan(1e-5);
  gradients.forEach((gradient, i) =>
    expect(relativeError(gradient, expected.gradients[i]), specs[i].name).toBeLessThan(1e-5),
  );
  await program.dispose();
});
