/**
 * The file of a predictor of several quantities: what is written is read, and what is damaged is refused with an
 * error.
 */
import { describe, expect, test } from 'vitest';
import { CheckpointError } from '../../../../engine/generator/safetensors.ts';
import { quantitiesOf, readAnyPredictor } from '../../../../engine/predictor/any.ts';
import { readJointPredictor, writeJointPredictor } from '../../../../engine/predictor/joint/checkpoint.ts';
import { tinyJoint } from '../../../joint-predictor.ts';

const predictor = tinyJoint();
const file = writeJointPredictor(predictor);

test('what is written is read', () => {
  const read = readJointPredictor(file);
  expect({ ...read, applicability: read.applicability.data }).toEqual({
    ...predictor,
    applicability: predictor.applicability.data,
  });
});

test('the file is recognised among other predictors, and names its quantities', () => {
  const any = readAnyPredictor(file);
  expect(any).toMatchObject({ modality: 'molecule', kind: 'joint' });
  expect(quantitiesOf(any)).toEqual([
    { name: 'alpha', unit: 'Bohr^3', isProbability: false, wanted: 'higher', typical: [61, 88] },
    { name: 'gap', unit: 'eV', isProbability: false, wanted: 'lower', typical: [5, 9] },
  ]);
});

function flipped(): Uint8Array {
  const changed = file.slice();
  changed[changed.length - 5] ^= 0x10;
  return changed;
}

describe('refused', () => {
  test.each<[string, () => Uint8Array, string]>([
    ['a truncated file', () => file.subarray(0, file.length - 100), 'truncated'],
    ['a flipped bit', flipped, 'checksum'],
    [
      'more quantities than the networks say',
      () => writeJointPredictor({ ...predictor, quantities: [...predictor.quantities, predictor.quantities[0]] }),
      'networks say 2 numbers; it names 3 quantities',
    ],
    [
      'wrong shapes',
      () => writeJointPredictor({ ...predictor, shape: { ...predictor.shape, hidden: 5 } }),
      'inputAtom',
    ],
    [
      'a deviation of zero',
      () =>
        writeJointPredictor({
          ...predictor,
          quantities: predictor.quantities.map((one) => ({ ...one, deviation: 0 })),
        }),
      'config is not valid',
    ],
    [
      'a sum over places that there are not',
      () =>
        writeJointPredictor({
          ...predictor,
          quantities: predictor.quantities.map((one) => ({
            ...one,
            additive: { weights: new Float32Array(3000).fill(1), bias: 0 },
          })),
        }),
      'config is not valid',
    ],
  ])('%s', (_, make, message) => {
    expect(() => readJointPredictor(make())).toThrow(CheckpointError);
    expect(() => readJointPredictor(make())).toThrow(message);
  });
});
