/** The decoder, alone and token by token, against PyTorch (test/fixtures/generator/make.py). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  decoderLogits,
  decoderParameters,
  type DecoderShape,
  tokenLogProbabilities,
} from '../../../engine/generator/decoder.ts';
import { createLikelihood, packedSpecs } from '../../../engine/generator/likelihood.ts';
import { packSequences } from '../../../engine/generator/packing.ts';
import { parameterCount, viewParameters } from '../../../engine/generator/parameters.ts';
import { selfTest } from '../../../engine/generator/self-test.ts';
import { parameterSpecs } from '../../../engine/generator/step.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';
import * as tf from '../../../engine/tensor/tf.ts';
import { referenceDevice } from '../reference-device.ts';

const expected = JSON.parse(
  readFileSync(new URL('../../fixtures/generator/decoder.json', import.meta.url), 'utf8'),
) as {
  loss: number;
  logProbabilities: number[][];
  gradient: number[];
};
const shape: DecoderShape = { vocabulary: 11, layers: 2, width: 24, heads: 4, keyValueHeads: 2, context: 16 };
const specs = decoderParameters(shape);
const weights = new Float32Array(parameterCount(specs)).map((_, i) => 0.25 * Math.sin(0.37 * i + 1));
const sequences = [4, 9, 14, 7, 12].map((n, i) =>
  Int32Array.from({ length: n }, (_, j) => (j === 0 || j === n - 1 ? 0 : 1 + ((i * 7 + j * j) % 10))),
);
const cpu = ortDevice({ id: 'cpu', threads: 1 });

describe('decoder', () => {
  it("gives PyTorch's log-probabilities for packed sequences", async () => {
    const likelihood = await createLikelihood(cpu, shape);
    await likelihood.load(weights);
    const got = await likelihood.tokens(sequences);
    got.forEach((values, i) =>
      values.forEach((value, j) => expect(Math.abs(value - expected.logProbabilities[i][j])).toBeLessThan(2e-5)),
    );
    await likelihood.dispose();
  });

  it("gives PyTorch's gradient to 1e-5 of its norm", async () => {
    const packed = packSequences(sequences, shape.context);
    const program = await cpu.compile(
      (...all) => {
        const [tokens, positions, segments, targets, mask] = all;
        const loss = (...p: tf.Tensor[]) =>
          tf.neg(
            tf.sum(
              tf.mul(
                tokenLogProbabilities(decoderLogits(shape, p, tokens, positions, segments), tf.reshape(targets, [-1])),
                mask,
              ),
            ),
          ) as tf.Scalar;
        const { value, grads } = tf.valueAndGrads(loss)(all.slice(5));
        return [value, ...grads];
      },
      [...packedSpecs(packed.rows, packed.length), { shape: [packed.rows * packed.length] }, ...parameterSpecs(shape)],
    );
    const data = [
      packed.tokens,
      packed.positions,
      packed.segments,
      packed.targets,
      packed.mask,
      ...viewParameters(specs, weights),
    ];
    const [loss, ...gradients] = await program.run(data);
    expect(Math.abs(loss[0] / expected.loss - 1)).toBeLessThan(1e-6);
    const got = gradients.flatMap((values) => Array.from(values));
    const distance = Math.hypot(...got.map((g, i) => g - expected.gradient[i]));
    expect(distance / Math.hypot(...expected.gradient)).toBeLessThan(1e-5);
    await program.dispose();
  });

  it('passes the self-test on the reference and the CPU device', async () => {
    for (const device of [referenceDevice, cpu]) {
      const { passed, error } = await selfTest(device);
      expect(error).toBeLessThan(3e-5);
      expect(passed).toBe(true);
    }
  });

  it('fails the self-test on a device that computes wrongly', async () => {
    const wrong = {
      ...cpu,
      compile: (fn: Parameters<typeof cpu.compile>[0], s: Parameters<typeof cpu.compile>[1]) =>
        cpu.compile((...all) => fn(...all).map((t) => tf.mul(t, 1.001)), s),
    };
    expect((await selfTest(wrong)).passed).toBe(false);
  });
});
