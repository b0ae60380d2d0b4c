/** Every recorded kernel against TF.js's own CPU kernels, run as a graph on ONNX Runtime. */
import { describe, expect, it } from 'vitest';
import type { TensorFunction, TensorSpec } from '../../../engine/tensor/device.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';
import { RECORDER } from '../../../engine/tensor/recorder.ts';
import * as tf from '../../../engine/tensor/tf.ts';
import { referenceDevice } from '../reference-device.ts';

const cpu = ortDevice({ id: 'cpu', threads: 1 });

type T = tf.Tensor;
interface Case {
  readonly covers: string;
  readonly specs: readonly TensorSpec[];
  readonly fn: TensorFunction;
  /** Maps the standard inputs (-2 ... 2) into the operation's modality. */
  readonly modality?: (x: number) => number;
}

const a: TensorSpec = { shape: [3, 4] };
const b: TensorSpec = { shape: [3, 4] };
const row: TensorSpec = { shape: [4] };
const ids: TensorSpec = { shape: [5], dtype: 'int32' };
const positive = (x: number) => Math.abs(x) + 0.1;
const f = (x: T) => tf.cast(x, 'float32');

const one = (covers: string, fn: (x: T) => T, modality?: (x: number) => number): Case => ({
  covers,
  specs: [a],
  fn: (x) => [fn(x)],
  modality,
});
const two = (covers: string, fn: (x: T, y: T) => T, modality?: (x: number) => number): Case => ({
  covers,
  specs: [a, row],
  fn: (x, y) => [fn(x, y)],
  modality,
});

const cases: Case[] = [
  one('Abs', tf.abs),
  two('Add', tf.add),
  one('ArgMax', (x) => tf.argMax(x, 1)),
  { covers: 'BatchMatMul', specs: [a, { shape: [4, 2] }], fn: (x, y) => [tf.matMul(x, y)] },
  { covers: 'BatchMatMul', specs: [a, b], fn: (x, y) => [tf.matMul(x, y, false, true), tf.matMul(x, y, true, false)] },
  {
    covers: 'BatchMatMul',
    specs: [{ shape: [2, 3, 4] }, { shape: [2, 5, 4] }],
    fn: (x, y) => [tf.matMul(x, y, false, true)],
  },
  {
    covers: 'BatchMatMul',
    specs: [{ shape: [2, 4, 3] }, { shape: [2, 5, 4] }],
    fn: (x, y) => [tf.matMul(x, y, true, true)],
  },
  one('Cast', (x) => tf.cast(x, 'int32')),
  one('ClipByValue', (x) => tf.clipByValue(x, -0.5, 0.7)),
  { covers: 'Concat', specs: [a, b], fn: (x, y) => [tf.concat([x, y], 0), tf.concat([x, y], 1)] },
  one('Cos', tf.cos),
  one('Elu', tf.elu),
  two('Equal', (x, y) => f(tf.equal(x, y)), Math.round),
  one('Erf', tf.erf),
  one('Exp', tf.exp),
  one('ExpandDims', (x) => tf.expandDims(x, -1)),
  one('Fill', (x) => tf.add(x, tf.fill([3, 4], 2.5))),
  {
    covers: 'GatherV2',
    specs: [a, ids],
    fn: (x, i) => [
      tf.gather(x, tf.minimum(i, tf.scalar(2, 'int32')) as tf.Tensor1D),
      tf.gather(x, tf.minimum(i, tf.scalar(2, 'int32')) as tf.Tensor1D, 1),
    ],
  },
  two('Greater', (x, y) => f(tf.greater(x, y))),
  two('GreaterEqual', (x, y) => f(tf.greaterEqual(x, y)), Math.round),
  one('Identity', (x) => tf.clone(x)),
  one('LeakyRelu', (x) => tf.leakyRelu(x, 0.3)),
  two('Less', (x, y) => f(tf.less(x, y))),
  two('LessEqual', (x, y) => f(tf.lessEqual(x, y)), Math.round),
  one('Log', tf.log, positive),
  two('LogicalAnd', (x, y) => f(tf.logicalAnd(tf.greater(x, 0), tf.greater(y, 0)))),
  one('LogicalNot', (x) => f(tf.logicalNot(tf.greater(x, 0)))),
  two('LogicalOr', (x, y) => f(tf.logicalOr(tf.greater(x, 0), tf.greater(y, 0)))),
  one('LogSoftmax', (x) => tf.logSoftmax(x as tf.Tensor2D)),
  one('Max', (x) => tf.max(x, 1, true)),
  one('Max', (x) => tf.max(x, 0)),
  one('Max', (x) => tf.max(x)),
  two('Maximum', tf.maximum),
  one('Mean', (x) => tf.mean(x, [0, 1])),
  one('Min', (x) => tf.min(x, 0)),
  two('Minimum', tf.minimum),
  two('Multiply', tf.mul),
  one('Neg', tf.neg),
  two('NotEqual', (x, y) => f(tf.notEqual(x, y)), Math.round),
  { covers: 'OneHot', specs: [ids], fn: (i) => [tf.cast(tf.oneHot(i as tf.Tensor1D, 5), 'float32')] },
  one('OnesLike', (x) => tf.add(x, tf.onesLike(x))),
  one('PadV2', (x) =>
    tf.pad(
      x,
      [
        [1, 2],
        [0, 1],
      ],
      0.5,
    ),
  ),
  two('Pow', tf.pow, positive),
  one('Prod', (x) => tf.prod(x, 1)),
  two('RealDiv', tf.div, positive),
  one('Reciprocal', tf.reciprocal, positive),
  one('Relu', tf.relu),
  one('Reshape', (x) => tf.reshape(x, [2, -1])),
  one('Rsqrt', tf.rsqrt, positive),
  { covers: 'Select', specs: [a, b], fn: (x, y) => [tf.where(tf.greater(x, y), x, y)] },
  one('Sigmoid', tf.sigmoid),
  one('Sin', tf.sin),
  one('Slice', (x) => tf.slice(x, [1, 0], [2, -1])),
  one('Softmax', (x) => tf.softmax(x as tf.Tensor2D)),
  one('Softplus', tf.softplus),
  { covers: 'SplitV', specs: [a], fn: (x) => tf.split(x, [1, 3], 1) },
  one('Sqrt', tf.sqrt, positive),
  one('Square', tf.square),
  two('SquaredDifference', tf.squaredDifference),
  one('Step', (x) => tf.step(x, 0.2)),
  two('Sub', tf.sub),
  one('Sum', (x) => tf.sum(x, 0, true)),
  one('Tanh', tf.tanh),
  one('Tile', (x) => tf.tile(x, [2, 1])),
  one('Transpose', (x) => tf.transpose(x)),
  {
    covers: 'Transpose',
    specs: [{ shape: [2, 1, 3, 4] }],
    fn: (x) => [tf.transpose(x, [0, 2, 1, 3]), tf.transpose(x, [3, 0, 1, 2])],
  },
  {
    covers: 'UnsortedSegmentSum',
    specs: [{ shape: [5, 4] }, ids],
    fn: (x, i) => [tf.unsortedSegmentSum(x, i as tf.Tensor1D, 5)],
  },
  one('ZerosLike', (x) => tf.add(x, tf.zerosLike(x))),
];

function inputs(specs: readonly TensorSpec[], modality: (x: number) => number) {
  return specs.map(({ shape, dtype }, k) => {
    const n = shape.reduce((product, d) => product * d, 1);
    if (dtype === 'int32') return Int32Array.from({ length: n }, (_, i) => (i * 3 + k) % 5);
    return Float32Array.from({ length: n }, (_, i) => modality(2 * Math.sin(1.7 * i + k)));
  });
}

describe('kernels of the recorder', () => {
  it.each(cases.map((c, i) => [`${c.covers} (${i})`, c] as const))(
    '%s equals TF.js on the CPU',
    async (_, { specs, fn, modality }) => {
      const data = inputs(specs, modality ?? ((x) => x));
      const [mine, theirs] = await Promise.all([cpu, referenceDevice].map((device) => device.compile(fn, specs)));
      const [got, expected] = [await mine.run(data), await theirs.run(data)];
      expect(mine.outputs).toEqual(theirs.outputs);
      expect(got.map((values) => values.length)).toEqual(expected.map((values) => values.length));
      got.forEach((values, k) => values.forEach((value, i) => expect(value).toBeCloseTo(expected[k][i], 5)));
      await mine.dispose();
    },
  );

  it('has a case for every operation that can be recorded', () => {
    const recordable = tf.getKernelsForBackend(RECORDER).map(({ kernelName }) => kernelName);
    expect(recordable.length).toBeGreaterThan(30);
    expect(recordable.filter((name) => !cases.some((c) => c.covers === name))).toEqual([]);
  });
});
