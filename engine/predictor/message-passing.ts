/**
 * Directed message passing over bonds (Yang et al., J. Chem. Inf. Model. 2019, 59, 3370) as Chemprop 2 computes it:
 * BondMessagePassing, a sum over atoms divided by a constant, and a feed-forward head with one hidden layer.
 *
 * A pass has a fixed size and holds several molecules. Its last atom and last bond are empty: no feature is set there
 * and bonds have no bias, so their states stay 0. Atoms with fewer neighbours than there are places point at them.
 */
import type { TensorSpec } from '../tensor/device.ts';
import type { Tensor } from '../tensor/tf.ts';
import * as tf from '../tensor/tf.ts';
import { ATOM_FEATURES, BOND_FEATURES } from './molecule-features.ts';

/** The size of a pass, including the empty atom and the empty bond. Each bond counts twice, once per direction. */
export interface PassSize {
  readonly molecules: number;
  readonly atoms: number;
  readonly bonds: number;
  /** Largest number of neighbours of an atom. */
  readonly neighbours: number;
}

/** Inputs of a pass, in this order. */
export function passSpecs(
  { molecules, atoms, bonds, neighbours }: PassSize,
  atomFeatures = ATOM_FEATURES,
): TensorSpec[] {
  return [
    { shape: [atoms, atomFeatures] },
    { shape: [bonds, BOND_FEATURES] },
    // The atom that a bond leaves, and the same bond in the other direction.
    { shape: [bonds], dtype: 'int32' },
    { shape: [bonds], dtype: 'int32' },
    // Bonds that lead to each atom.
    { shape: [atoms * neighbours], dtype: 'int32' },
    // Weight of an atom in the sum of each molecule.
    { shape: [molecules, atoms] },
  ];
}

/** Shape of one network. */
export interface MessageShape {
  /** Width of a bond's state, D. */
  readonly hidden: number;
  /** Number of steps, each of which computes the states of all bonds. */
  readonly depth: number;
  /** Width of the head's hidden layer, H. */
  readonly headHidden: number;
  /** Predicted quantities, T. */
  readonly tasks: number;
  /** Numbers that describe an atom; as in Chemprop if omitted. */
  readonly atomFeatures?: number;
}

/** A parameter of a network. Matrices are [inputs, outputs]. */
export interface MessageParameter {
  readonly name: keyof MessageWeights;
  readonly shape: readonly number[];
}

/** Weights as flat arrays, or as tensors inside a program. */
export interface MessageWeights<Value = Float32Array> {
  /** W_i: the rows for the atom that a bond leaves, and those for the bond. */
  readonly inputAtom: Value;
  readonly inputBond: Value;
  /** W_h. */
  readonly hidden: Value;
  /** W_o: the rows for the atom and those for its messages; its bias. */
  readonly outputAtom: Value;
  readonly outputMessages: Value;
  readonly outputBias: Value;
  readonly headHidden: Value;
  readonly headHiddenBias: Value;
  readonly headOut: Value;
  readonly headOutBias: Value;
}

export function messageParameters({
  hidden: D,
  headHidden: H,
  tasks: T,
  atomFeatures = ATOM_FEATURES,
}: MessageShape): MessageParameter[] {
  return [
    { name: 'inputAtom', shape: [atomFeatures, D] },
    { name: 'inputBond', shape: [BOND_FEATURES, D] },
    { name: 'hidden', shape: [D, D] },
    { name: 'outputAtom', shape: [atomFeatures, D] },
    { name: 'outputMessages', shape: [D, D] },
    { name: 'outputBias', shape: [D] },
    { name: 'headHidden', shape: [D, H] },
    { name: 'headHiddenBias', shape: [H] },
    { name: 'headOut', shape: [H, T] },
    { name: 'headOutBias', shape: [T] },
  ];
}

/** [n, k] x [k, m] -> [n, m] */
export const product = (a: Tensor, b: Tensor): Tensor => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D);
/** Rows of a table, by index. */
export const rows = (table: Tensor, at: Tensor): Tensor => tf.gather(table, at as tf.Tensor1D);

/** Functions that move states between the atoms and bonds of a pass. */
export interface Travel {
  /** Sum of the states of the bonds that lead to each atom. [bonds, D] -> [atoms, D] */
  arriving(states: Tensor): Tensor;
  /** State of the atom that each bond leaves. [atoms, D] -> [bonds, D] */
  leaving(states: Tensor): Tensor;
  /** State of each bond's other direction. [bonds, D] -> [bonds, D] */
  reversed(states: Tensor): Tensor;
}

/** @param inputs as `passSpecs` lists them */
export function travelOf({ atoms, neighbours }: PassSize, inputs: readonly Tensor[]): Travel {
  const [, , origin, reverse, incoming] = inputs;
  return {
    arriving: (states) => tf.sum(tf.reshape(rows(states, incoming), [atoms, neighbours, states.shape[1]!]), 1),
    leaving: (states) => rows(states, origin),
    reversed: (states) => rows(states, reverse),
  };
}

/**
 * The same for training. The gradient of a gather along directed bonds is a gather along their reverse directions, so
 * gradients are gathered too. TF.js would add them up by a matrix product of the size of the pass. What the empty atom
 * and bond gather by mistake is multiplied by features that are 0.
 */
export function learntTravelOf(size: PassSize, inputs: readonly Tensor[]): Travel {
  const { arriving, leaving, reversed } = travelOf(size, inputs);
  const withGradient = (there: (states: Tensor) => Tensor, back: (gradient: Tensor) => Tensor) =>
    tf.customGrad((states) => ({ value: there(states as Tensor), gradFunc: (gradient) => back(gradient as Tensor) }));
  return {
    arriving: withGradient(arriving, (gradient) => reversed(leaving(gradient))),
    leaving: withGradient(leaving, (gradient) => arriving(reversed(gradient))),
    reversed: withGradient(reversed, reversed),
  };
}

/**
 * Raw outputs of the head for each molecule of a pass.
 * @param inputs as `passSpecs` lists them
 * @returns [molecules, T]
 */
export function messageOutputs(
  size: PassSize,
  { depth }: MessageShape,
  inputs: readonly Tensor[],
  w: MessageWeights<Tensor>,
  travel = travelOf(size, inputs),
): Tensor {
  const [atoms, bonds, , , , membership] = inputs;
  const first = tf.add(travel.leaving(product(atoms, w.inputAtom)), product(bonds, w.inputBond));
  let states = tf.relu(first);
  for (let step = 1; step < depth; step++) {
    const messages = tf.sub(travel.leaving(travel.arriving(states)), travel.reversed(states));
    states = tf.relu(tf.add(first, product(messages, w.hidden)));
  }
  const atomStates = tf.relu(
    tf.add(tf.add(product(atoms, w.outputAtom), product(travel.arriving(states), w.outputMessages)), w.outputBias),
  );
  return headOutputs(product(membership, atomStates), w);
}

/** Output of the head for each molecule's sum over atoms. [molecules, D] -> [molecules, T] */
export function headOutputs(molecules: Tensor, w: MessageWeights<Tensor>): Tensor {
  const hidden = tf.relu(tf.add(product(molecules, w.headHidden), w.headHiddenBias));
  return tf.add(product(hidden, w.headOut), w.headOutBias);
}
