/**
 * Computes the same outputs as `messageOutputs` with less work, for predictions.
 *
 * After k steps, the state of a bond depends only on what lies within k bonds of the atom that it leaves. The molecules
 * of a pass have most of these surroundings in common. Each distinct surrounding is a row of a table and is computed
 * once. A layer is linear before its activation, so its output for a sum of states is the sum of its outputs for the
 * single states. The large products therefore run over the rows of the previous table, which are fewer.
 *
 * The last row of each table except the table of atoms is empty. No feature is set there, so its states stay 0. Atoms
 * and bonds with fewer neighbours than there are places point at it.
 */
import type { TensorSpec } from '../tensor/device.ts';
import type { Tensor } from '../tensor/tf.ts';
import * as tf from '../tensor/tf.ts';
import { headOutputs, type MessageShape, type MessageWeights, product, rows } from './message-passing.ts';
import { ATOM_FEATURES, BOND_FEATURES } from './molecule-features.ts';

/** Rows of each table of a pass, including the empty one. */
export interface SharedSize {
  readonly molecules: number;
  /** Distinct atoms by their own features. */
  readonly kinds: number;
  /** Distinct directed bonds by their features and the kind of the atom that they leave. */
  readonly starts: number;
  /**
   * Distinct directed bonds by what lies within one step, two steps and so on; the last number serves all further
   * steps.
   */
  readonly steps: readonly number[];
  /** Distinct atoms by everything that reaches them. */
  readonly atoms: number;
  /** Largest number of neighbours of an atom. */
  readonly neighbours: number;
  /** Runs of atoms of one molecule, of the length of a piece or the rest of the molecule. */
  readonly pieces: number;
  /** Largest number of atoms of a molecule, a multiple of the length of a piece. */
  readonly largest: number;
}

/** Atoms of a piece. The sum over a molecule has two steps whose order does not depend on the rest of the pass. */
export const PIECE = 8;

/** Rows of the table of a step, counted from 1. */
export const rowsOfStep = ({ steps }: SharedSize, step: number): number => steps[Math.min(step, steps.length) - 1];

/** Inputs of a pass, in this order. */
export function sharedSpecs(
  size: SharedSize,
  { depth, atomFeatures = ATOM_FEATURES }: Pick<MessageShape, 'depth' | 'atomFeatures'>,
): TensorSpec[] {
  const { molecules, kinds, starts, atoms, neighbours, pieces, largest } = size;
  const step = (k: number): TensorSpec[] => [
    // The start of each row; then one row of the previous table that leads to each, a second one of each, and so on.
    { shape: [rowsOfStep(size, k)], dtype: 'int32' },
    { shape: [rowsOfStep(size, k) * (neighbours - 1)], dtype: 'int32' },
  ];
  return [
    { shape: [kinds, atomFeatures] },
    // The kind of atom that each start leaves, and the bond's features.
    { shape: [starts], dtype: 'int32' },
    { shape: [starts, BOND_FEATURES] },
    ...Array.from({ length: depth - 1 }, (_, i) => step(i + 1)).flat(),
    // The kind of each atom; then the bonds that lead to each, as above.
    { shape: [atoms], dtype: 'int32' },
    { shape: [atoms * neighbours], dtype: 'int32' },
    // The first atom of each piece, the second of each, and so on; then the pieces of each molecule in the same way.
    { shape: [pieces * PIECE], dtype: 'int32' },
    { shape: [(molecules * largest) / PIECE], dtype: 'int32' },
  ];
}

/**
 * Sums `each` rows of a table for each place of the result. Adding rows one after another is faster than a reduction.
 * [rows, D] -> [at / each, D]
 */
function sums(table: Tensor, at: Tensor, each: number): Tensor {
  return tf
    .split(at, each)
    .map((one) => rows(table, one))
    .reduce((sum, one) => tf.add(sum, one));
}

/**
 * Raw outputs of the head for each molecule of a pass.
 * @param share weight of an atom in the sum of its molecule
 * @param inputs as `sharedSpecs` lists them
 * @returns [molecules, T]
 */
export function sharedOutputs(
  { neighbours, largest }: SharedSize,
  { depth }: MessageShape,
  share: number,
  inputs: readonly Tensor[],
  w: MessageWeights<Tensor>,
): Tensor {
  const [kinds, startKinds, startBonds, ...rest] = inputs;
  const [atomKinds, arriving, members, parts] = rest.slice(2 * (depth - 1));
  const first = tf.add(rows(product(kinds, w.inputAtom), startKinds), product(startBonds, w.inputBond));
  let states = tf.relu(first);
  for (let step = 1; step < depth; step++) {
    const [starts, before] = rest.slice(2 * (step - 1));
    states = tf.relu(tf.add(rows(first, starts), sums(product(states, w.hidden), before, neighbours - 1)));
  }
  const messages = product(sums(states, arriving, neighbours), w.outputMessages);
  const atomStates = tf.relu(tf.add(tf.add(rows(product(kinds, w.outputAtom), atomKinds), messages), w.outputBias));
  const pieces = sums(tf.concat([atomStates, tf.zeros([1, atomStates.shape[1]!])]), members, PIECE);
  return headOutputs(tf.mul(sums(pieces, parts, largest / PIECE), share), w);
}
