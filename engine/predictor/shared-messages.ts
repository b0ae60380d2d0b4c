/**
 * The same outputs as `messageOutputs` for less work, for predicting. After k
 * steps the state of a bond is a matter of what lies within k bonds of the atom
 * that it leaves, and molecules have most of that in common: so each different
 * surrounding of a pass is a row of a table, computed once. What a layer makes of
 * a sum of states is the sum of what it makes of each, so that the large products
 * are of the rows of the table before, which are fewer.
 *
 * The last row of each table but that of atoms is empty: no feature is set there,
 * so its states stay 0, and whatever has fewer neighbours than there are places
 * points at it.
 */
import type { TensorSpec } from '../tensor/device.ts';
import type { Tensor } from '../tensor/tf.ts';
import * as tf from '../tensor/tf.ts';
import { headOutputs, type MessageShape, type MessageWeights, product, rows } from './message-passing.ts';
import { ATOM_FEATURES, BOND_FEATURES } from './molecule-features.ts';

/** Rows of each table of a pass, the empty one included. */
export interface SharedSize {
  readonly molecules: number;
  /** Atoms by their own features. */
  readonly kinds: number;
  /** Directed bonds by their features and the kind of the atom that they leave. */
  readonly starts: number;
  /** Directed bonds by what lies within one step, two steps and so on; the last number is that of all further ones. */
  readonly steps: readonly number[];
  /** Atoms by all that reaches them. */
  readonly atoms: number;
  /** Most neighbours of an atom. */
  readonly neighbours: number;
  /** Runs of so many atoms of one molecule, or the rest of them. */
  readonly pieces: number;
  /** Most atoms of a molecule, a multiple of those of a piece. */
  readonly largest: number;
}

/** Atoms of a piece. Molecules are added up in two steps, always in the same order, whatever else is in the pass. */
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
    // The start of each row; a row of the table before that leads to each, then a second one of each, and so on.
    { shape: [rowsOfStep(size, k)], dtype: 'int32' },
    { shape: [rowsOfStep(size, k) * (neighbours - 1)], dtype: 'int32' },
  ];
  return [
    { shape: [kinds, atomFeatures] },
    // The kind of atom that each start leaves, and the bond's features.
    { shape: [starts], dtype: 'int32' },
    { shape: [starts, BOND_FEATURES] },
    ...Array.from({ length: depth - 1 }, (_, i) => step(i + 1)).flat(),
    // The kind of each atom, and the bonds that lead to them in the same way.
    { shape: [atoms], dtype: 'int32' },
    { shape: [atoms * neighbours], dtype: 'int32' },
    // The first atom of each piece, then the second of each, and so on; the pieces of each molecule likewise.
    { shape: [pieces * PIECE], dtype: 'int32' },
    { shape: [(molecules * largest) / PIECE], dtype: 'int32' },
  ];
}

/**
 * Sum of so many rows of a table for each place of the result; rows that are added one after another cost less than a
 * reduction. [rows, D] -> [at / each, D]
 */
function sums(table: Tensor, at: Tensor, each: number): Tensor {
  return tf
    .split(at, each)
    .map((one) => rows(table, one))
    .reduce((sum, one) => tf.add(sum, one));
}

/**
 * Raw outputs of the head for each molecule of a pass.
 * @param share what each atom counts in its molecule's sum
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
