/** @file Starts a training from another generator: its parameters, with room for the tokens that the new data add. */
import type { Generator } from '../generator/checkpoint.ts';
import { decoderShape } from '../generator/checkpoint.ts';
import { decoderParameters, type ParameterSpec } from '../generator/decoder.ts';
import { initialWeights, viewParameters, type Weights } from '../generator/parameters.ts';
import { Purpose, randomStream } from '../generator/random.ts';

/**
 * Parameters of `base` for a vocabulary that begins with its own. A new token starts like the base's last (its rarest),
 * with noise to distinguish them. Rare tokens are unlikely at first, so nothing that was learnt is disturbed.
 * @throws RangeError if the vocabulary does not begin with the base's
 */
export function adaptedWeights(base: Generator, vocabulary: readonly string[], seed: number): Weights {
  const known = base.config.vocabulary;
  if (known.some((token, i) => token !== vocabulary[i]))
    throw new RangeError('The vocabulary does not begin with that of the generator to start from.');
  const before = decoderParameters(decoderShape(base.config));
  const after = decoderParameters({ ...decoderShape(base.config), vocabulary: vocabulary.length });
  const weights = initialWeights(after, randomStream(seed, Purpose.initial).normal);
  const old = viewParameters(before, base.weights);
  viewParameters(after, weights).forEach((view, i) => carryOver(old[i], before[i], view, after[i]));
  return weights;
}

/** Copies a parameter. The axis of the tokens is the first of the embedding and the last of the head. */
function carryOver(from: Float32Array, before: ParameterSpec, to: Float32Array, after: ParameterSpec): void {
  if (before.shape.join() === after.shape.join()) return to.set(from);
  const [rows, columns] = after.shape;
  const [oldRows, oldColumns] = before.shape;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const isNew = r >= oldRows || c >= oldColumns;
      const value = from[Math.min(r, oldRows - 1) * oldColumns + Math.min(c, oldColumns - 1)];
      to[r * columns + c] = isNew ? value + to[r * columns + c] : value;
    }
  }
}
