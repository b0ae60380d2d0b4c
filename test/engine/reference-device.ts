/**
 * The plainest device there is: eager TF.js on its own CPU kernels. Slow and
 * obvious; other devices and the learning code are checked against it.
 */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '../../engine/tensor/tf.ts';
import { exclusively } from '../../engine/tensor/backend.ts';
import { checkInputs } from '../../engine/tensor/check.ts';
import type { Device, Program, TensorData, TensorFunction, TensorSpec } from '../../engine/tensor/device.ts';

export const referenceDevice: Device = { id: 'reference', label: 'Reference, 1 thread', threads: 1, compile };

/** `work` with every tensor that it makes freed afterwards; it returns plain data. */
function freed<T>(work: () => T): Promise<T> {
  return exclusively('cpu', () => {
    tf.engine().startScope();
    try {
      return work();
    } finally {
      tf.engine().endScope();
    }
  });
}

async function compile(fn: TensorFunction, specs: readonly TensorSpec[]): Promise<Program> {
  const outputs = await freed(() => fn(...specs.map((s) => tf.zeros([...s.shape], s.dtype ?? 'float32'))).map(specOf));
  return { inputs: specs, outputs, run: (inputs, into) => run(fn, specs, inputs, into), dispose: async () => undefined };
}

function specOf(t: tf.Tensor): TensorSpec {
  return { shape: t.shape, dtype: t.dtype === 'int32' ? 'int32' : 'float32' };
}

async function run(fn: TensorFunction, specs: readonly TensorSpec[], inputs: readonly TensorData[], into?: readonly TensorData[]): Promise<TensorData[]> {
  checkInputs(specs, inputs);
  const results = await freed(() => {
    const tensors = inputs.map((data, i) => tf.tensor(data.slice(), [...specs[i].shape], specs[i].dtype ?? 'float32'));
    return fn(...tensors).map((t) => t.dataSync() as TensorData);
  });
  into?.forEach((array, i) => array.set(results[i]));
  return into ? [...into] : results;
}
