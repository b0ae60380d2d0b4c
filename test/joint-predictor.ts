/**
 * @file A predictor of two quantities that is small enough for tests; its networks say much the same of all molecules.
 */
import type { JointPredictor } from '../engine/predictor/joint/predictor.ts';
import { messageParameters, type MessageShape, type MessageWeights } from '../engine/predictor/message-passing.ts';
import { ringAtoms } from '../engine/predictor/molecule-features.ts';
import { Applicability } from '../engine/predictor/user/applicability.ts';

const tinyShape: MessageShape = { hidden: 4, depth: 2, headHidden: 3, tasks: 2, atomFeatures: ringAtoms.width };

function weightsOf(seed: number): MessageWeights {
  // Multiples of 1/64 are exact in half precision.
  const fill = (dims: readonly number[], k: number) =>
    Float32Array.from({ length: dims.reduce((n, d) => n * d, 1) }, (_, i) => (((i + k) * seed) % 17) / 64);
  return Object.fromEntries(
    messageParameters(tinyShape).map(({ name, shape }, k) => [name, fill(shape, k)]),
  ) as unknown as MessageWeights;
}

export function tinyJoint(): JointPredictor {
  return {
    quantities: [
      {
        name: 'alpha',
        unit: 'Bohr^3',
        wanted: 'higher',
        typical: [61, 88],
        additive: { weights: new Float32Array(2048).fill(0.3), bias: 6 },
        mean: 0.5,
        deviation: 2,
        residual: 0.25,
      },
      {
        name: 'gap',
        unit: 'eV',
        wanted: 'lower',
        typical: [5, 9],
        additive: { weights: new Float32Array(2048), bias: 7 },
        mean: 0,
        deviation: 1,
        residual: 0,
      },
    ],
    shape: tinyShape,
    norm: 9,
    members: [weightsOf(3), weightsOf(5)],
    applicability: Applicability.of([
      new Map([
        [1, 2],
        [5000, 1],
      ]),
      new Map([[7, 1]]),
    ]),
    limit: 0.5,
    history: { data: 'mine.csv' },
  };
}
