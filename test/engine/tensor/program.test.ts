import { describe, expect, it } from 'vitest';
import { ortDevice } from '../../../engine/tensor/ort.ts';
import { UnsupportedOperationError } from '../../../engine/tensor/recorder.ts';
import * as tf from '../../../engine/tensor/tf.ts';
import { referenceDevice } from '../reference-device.ts';

const cpu = ortDevice({ id: 'cpu', threads: 1 });
const vector = { shape: [3] };

describe('compile', () => {
  it('names an operation that cannot be recorded and where it was called', async () => {
    const failure = cpu.compile((x) => [tf.atan(x)], [vector]);
    await expect(failure).rejects.toThrow(UnsupportedOperationError);
    await expect(failure).rejects.toThrow(/Atan .*program\.test\.ts/);
  });

  it('refuses functions that read tensor values', async () => {
    const readsValues = cpu.compile((x) => [tf.mul(x, x.dataSync()[0])], [vector]);
    await expect(readsValues).rejects.toThrow(/must not read or branch on tensor values/);
  });

  it('works again after a failed recording', async () => {
    await cpu.compile((x) => [tf.atan(x)], [vector]).catch(() => undefined);
    const program = await cpu.compile((x) => [tf.mul(x, 2)], [vector]);
    expect(Array.from((await program.run([Float32Array.of(1, 2, 3)]))[0])).toEqual([2, 4, 6]);
    await program.dispose();
  });

  it('names the input that does not fit', async () => {
    const program = await cpu.compile(
      (x, i) => [tf.gather(x, i as tf.Tensor1D)],
      [vector, { shape: [2], dtype: 'int32' }],
    );
    await expect(program.run([new Float32Array(4), new Int32Array(2)])).rejects.toThrow(
      /Input 0 has 4 numbers; its shape \[3\] takes 3/,
    );
    await expect(program.run([new Float32Array(3), new Float32Array(2)])).rejects.toThrow(
      /Input 1 must be an Int32Array/,
    );
    await expect(program.run([new Float32Array(3)])).rejects.toThrow(/takes 2 inputs; 1 were given/);
    await program.dispose();
  });

  it('writes into arrays that are given, and gives an input back as an output', async () => {
    const program = await cpu.compile((x) => [x, tf.add(x, 1)], [vector]);
    const into = [new Float32Array(3), new Float32Array(3)];
    await program.run([Float32Array.of(1, 2, 3)], into);
    expect(into.map((values) => Array.from(values))).toEqual([
      [1, 2, 3],
      [2, 3, 4],
    ]);
    await program.dispose();
  });

  it('records gradients of several inputs, broadcasts included', async () => {
    const loss = (p: tf.Tensor, q: tf.Tensor) =>
      tf.sum(tf.mul(tf.softmax(tf.mul(tf.tanh(p), q) as tf.Tensor2D), p)) as tf.Scalar;
    const fn = (x: tf.Tensor, y: tf.Tensor) => {
      const { value, grads } = tf.valueAndGrads(loss)([x, y]);
      return [value, ...grads];
    };
    const specs = [{ shape: [2, 3] }, vector];
    const data = [Float32Array.of(0.1, -0.5, 1, 2, 0.3, -1), Float32Array.of(1, 2, -1)];
    const [mine, theirs] = await Promise.all([cpu.compile(fn, specs), referenceDevice.compile(fn, specs)]);
    const [got, expected] = [await mine.run(data), await theirs.run(data)];
    got.forEach((values, k) => values.forEach((value, i) => expect(value).toBeCloseTo(expected[k][i], 6)));
    await mine.dispose();
  });

  it('leaves memory where it was after 1,000 steps', async () => {
    const size = 50_000;
    const program = await cpu.compile(
      (x, y) => [tf.sum(tf.mul(x, y)), tf.add(x, y)],
      [{ shape: [size] }, { shape: [size] }],
    );
    const [x, y] = [new Float32Array(size).fill(1), new Float32Array(size).fill(2)];
    const into = [new Float32Array(1), new Float32Array(size)];
    const steps = async (n: number) => {
      for (let i = 0; i < n; i++) await program.run([x, y], into);
    };
    await steps(200);
    const [before, tensors] = [process.memoryUsage().rss, tf.memory().numTensors];
    await steps(1000);
    expect(tf.memory().numTensors).toBe(tensors);
    // 1,000 leaked outputs would be 200 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
    await program.dispose();
  });
});
