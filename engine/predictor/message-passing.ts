/**
 * Directed message passing over bonds (Yang et al., J. Chem. Inf. Model. 2019,
 * 59, 3370) as Chemprop 2 computes it: BondMessagePassing, a sum over atoms
 * divided by a constant, and a feed-forward head with one hidden layer.
 *
 * A pass has a fixed size and holds several molecules. Its last atom and last
 * bond are empty: no feature is set there and bonds have no bias, so their
 * states stay 0, and whatever has fewer neighbours than there are places points
 * at them.
 */
import * as tf from '../tensor/tf.ts';
import type { Tensor } from '../tensor/tf.ts';
import type { TensorSpec } from '../tensor/device.ts';
import { ATOM_FEATURES, BOND_FEATURES } from './molecule-features.ts';

/** What one pass has room for, the empty atom and bond included. Each bond counts twice, once a direction. */
export interface PassSize {
  readonly molecules: number;
  readonly atoms: number;
  readonly bonds: number;
  /** Most neighbours of an atom. */
  readonly neighbours: number;
}

/** Inputs of a pass, in this order. */
export function passSpecs({ molecules, atoms, bonds, neighbours }: PassSize): TensorSpec[] {
  return [
    { shape: [atoms, ATOM_FEATURES] },
    { shape: [bonds, BOND_FEATURES] },
    // The atom that a bond leaves, and the same bond the other way round.
    { shape: [bonds], dtype: 'int32' },
    { shape: [bonds], dtype: 'int32' },
    // Bonds that lead to each atom.
    { shape: [atoms * neighbours], dtype: 'int32' },
    // What an atom counts in the sum of each molecule.
    { shape: [molecules, atoms] },
  ];
}

/** Shape of one network. */
export interface MessageShape {
  /** Width of a bond's state, D. */
  readonly hidden: number;
  /** Times that a bond's state is computed. */
  readonly depth: number;
  /** Width of the head's hidden layer, H. */
  readonly headHidden: number;
  /** Predicted quantities, T. */
  readonly tasks: number;
}

/** A parameter of a network. Matrices stand as [inputs, outputs]. */
export interface MessageParameter {
  readonly name: keyof MessageWeights;
  readonly shape: readonly number[];
}

/** Weights as flat arrays, or as tensors inside a program. */
export interface MessageWeights<Value = Float32Array> {
  /** W_i, the rows for the atom that a bond leaves, and those for the bond. */
  readonly inputAtom: Value;
  readonly inputBond: Value;
  /** W_h. */
  readonly hidden: Value;
  /** W_o, the rows for the atom and those for its messages; its bias. */
  readonly outputAtom: Value;
  readonly outputMessages: Value;
  readonly outputBias: Value;
  readonly headHidden: Value;
  readonly headHiddenBias: Value;
  readonly headOut: Value;
  readonly headOutBias: Value;
}

export function messageParameters({ hidden: D, headHidden: H, tasks: T }: MessageShape): MessageParameter[] {
  return [
    { name: 'inputAtom', shape: [ATOM_FEATURES, D] },
    { name: 'inputBond', shape: [BOND_FEATURES, D] },
    { name: 'hidden', shape: [D, D] },
    { name: 'outputAtom', shape: [ATOM_FEATURES, D] },
    { name: 'outputMessages', shape: [D, D] },
    { name: 'outputBias', shape: [D] },
    { name: 'headHidden', shape: [D, H] },
    { name: 'headHiddenBias', shape: [H] },
    { name: 'headOut', shape: [H, T] },
    { name: 'headOutBias', shape: [T] },
  ];
}

const product = (a: Tensor, b: Tensor): Tensor => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D);
const rows = (table: Tensor, at: Tensor): Tensor => tf.gather(table, at as tf.Tensor1D);

/**
 * Raw outputs of the head for each molecule of a pass.
 * @param inputs as `passSpecs` lists them
 * @returns [molecules, T]
 */
export function messageOutputs(size: PassSize, shape: MessageShape, inputs: readonly Tensor[], w: MessageWeights<Tensor>): Tensor {
  const [atoms, bonds, origin, reverse, incoming, membership] = inputs;
  const arriving = (states: Tensor): Tensor => tf.sum(tf.reshape(rows(states, incoming), [size.atoms, size.neighbours, shape.hidden]), 1);
  const first = tf.add(rows(product(atoms, w.inputAtom), origin), product(bonds, w.inputBond));
  let states = tf.relu(first);
  for (let step = 1; step < shape.depth; step++) {
    const messages = tf.sub(rows(arriving(states), origin), rows(states, reverse));
    states = tf.relu(tf.add(first, product(messages, w.hidden)));
  }
  const atomStates = tf.relu(tf.add(tf.add(product(atoms, w.outputAtom), product(arriving(states), w.outputMessages)), w.outputBias));
  const hidden = tf.relu(tf.add(product(product(membership, atomStates), w.headHidden), w.headHiddenBias));
  return tf.add(product(hidden, w.headOut), w.headOutBias);
}
