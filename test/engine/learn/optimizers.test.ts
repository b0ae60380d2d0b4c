/** Optimizers against PyTorch (test/fixtures/learn/optimizers.py). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Adam, Muon, orthogonalize } from '../../../engine/learn/optimizers.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';
import * as tf from '../../../engine/tensor/tf.ts';

const expected = JSON.parse(
  readFileSync(new URL('../../fixtures/learn/optimizers.json', import.meta.url), 'utf8'),
) as Record<'adamw' | 'tall' | 'wide', number[]>;
const values = (n: number, phase: number) => Float32Array.from({ length: n }, (_, i) => Math.sin(0.7 * i + phase));
const settings = { beta2: 0.98, weightDecay: 0.1 };

function adamSteps(adam: Adam, weights: Float32Array, from: number, to: number): void {
  for (let step = from; step < to; step++) adam.step(weights, values(12, 1 + step), 0.01);
}

describe('Adam', () => {
  it("takes PyTorch's AdamW steps", () => {
    const weights = values(12, 0);
    adamSteps(new Adam(12, settings), weights, 0, 5);
    weights.forEach((w, i) => expect(w).toBeCloseTo(expected.adamw[i], 6));
  });

  it('goes on from its state bit for bit', () => {
    const [straight, broken] = [values(12, 0), values(12, 0)];
    adamSteps(new Adam(12, settings), straight, 0, 5);
    const first = new Adam(12, settings);
    adamSteps(first, broken, 0, 3);
    const second = new Adam(12, settings);
    second.restore(first.state());
    adamSteps(second, broken, 3, 5);
    expect(broken).toEqual(straight);
  });

  it('refuses a state of another size', () => {
    expect(() => new Adam(3).restore(new Adam(4).state())).toThrow(/holds 3 numbers; the state has 4/);
  });
});

describe('Muon', () => {
  const cpu = ortDevice({ id: 'cpu', threads: 1 });

  it.each([
    ['tall', 6, 3],
    ['wide', 3, 6],
  ] as const)("orthogonalises a %s matrix as Jordan's code does", async (name, rows, columns) => {
    const program = await cpu.compile((x: tf.Tensor) => [orthogonalize(x)], [{ shape: [rows, columns] }]);
    const [got] = await program.run([values(rows * columns, 2)]);
    got.forEach((value, i) => expect(value).toBeCloseTo(expected[name][i], 4));
    await program.dispose();
  });

  it('moves each matrix by its learning rate times a semi-orthogonal direction', async () => {
    const muon = await Muon.create(cpu, [{ name: 'a', shape: [3, 6], init: 1 }], { momentum: 0.95, weightDecay: 0 });
    const weights = new Float32Array(18);
    await muon.step(weights, values(18, 2), 0.5);
    // The first step's direction is the gradient times 1.95, which normalisation takes out.
    weights.forEach((w, i) => expect(w).toBeCloseTo(-0.5 * expected.wide[i], 4));
    await muon.dispose();
  });
});
