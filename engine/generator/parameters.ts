/**
 * @file Parameters of a model as one flat vector with one view per tensor. Merging, optimizers and checkpoints are then
 * plain loops over one array.
 */
import type { ParameterSpec } from './decoder.ts';

/** All parameters of a model, in the order of its specs. */
export type Weights = Float32Array;

export function elements(shape: readonly number[]): number {
  return shape.reduce((product, d) => product * d, 1);
}

export function parameterCount(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, spec) => sum + elements(spec.shape), 0);
}

/** One view per parameter; they share memory with `flat`. */
export function viewParameters(specs: readonly ParameterSpec[], flat: Weights): Float32Array[] {
  let at = 0;
  return specs.map((spec) => flat.subarray(at, (at += elements(spec.shape))));
}

/** Fresh parameters: normal noise with the deviation of each spec. */
export function initialWeights(specs: readonly ParameterSpec[], normal: () => number): Weights {
  const flat = new Float32Array(parameterCount(specs));
  viewParameters(specs, flat).forEach((view, i) => {
    const { init } = specs[i];
    for (let j = 0; j < view.length; j++) view[j] = normal() * init;
  });
  return flat;
}
