/** Checks the inputs of a program, so that a wrong array is reported and never read past its end. */
import type { TensorData, TensorSpec } from './device.ts';

/** @throws RangeError naming the input with a wrong number, type or length */
export function checkInputs(specs: readonly TensorSpec[], inputs: readonly TensorData[]): void {
  if (inputs.length !== specs.length)
    throw new RangeError(`The program takes ${specs.length} inputs; ${inputs.length} were given.`);
  specs.forEach((spec, i) => checkInput(spec, inputs[i], i));
}

function checkInput(spec: TensorSpec, input: TensorData, i: number): void {
  const length = spec.shape.reduce((n, d) => n * d, 1);
  const integer = spec.dtype === 'int32';
  if (input.length !== length)
    throw new RangeError(
      `Input ${i} has ${input.length} numbers; its shape [${spec.shape.join(', ')}] takes ${length}.`,
    );
  if (integer !== input instanceof Int32Array)
    throw new RangeError(`Input ${i} must be ${integer ? 'an Int32Array' : 'a Float32Array'}.`);
}
