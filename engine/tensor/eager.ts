/**
 * Devices that run functions eagerly on a registered TF.js backend: `tensorflow` (tfjs-node), `wasm`, and `reference`
 * (TF.js CPU).
 */
import './kernels.ts';
import { exclusively } from './backend.ts';
import { checkInputs } from './check.ts';
import type { Device, DeviceId, Program, TensorData, TensorFunction, TensorSpec } from './device.ts';
import { record } from './recorder.ts';
import * as tf from './tf.ts';

export interface EagerOptions {
  readonly id: Extract<DeviceId, 'tensorflow' | 'wasm' | 'reference'>;
  /** Name under which TF.js knows the backend. */
  readonly backend: string;
  readonly label: string;
  readonly threads: number;
}

/** Runs each operation immediately. The function is recorded once to learn its output shapes. */
export function eagerDevice({ id, backend, label, threads }: EagerOptions): Device {
  return {
    id,
    label,
    threads,
    compile: async (fn, specs) => new EagerProgram(backend, fn, specs, (await record(fn, specs)).outputs),
  };
}

class EagerProgram implements Program {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  readonly #backend: string;
  readonly #fn: TensorFunction;

  constructor(backend: string, fn: TensorFunction, inputs: readonly TensorSpec[], outputs: readonly TensorSpec[]) {
    this.#backend = backend;
    this.#fn = fn;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  async run(inputs: readonly TensorData[], into?: readonly TensorData[]): Promise<TensorData[]> {
    checkInputs(this.inputs, inputs);
    const results = await exclusively(this.#backend, () => this.#now(inputs));
    if (into === undefined) return results;
    results.forEach((result, i) => into[i].set(result));
    return [...into];
  }

  /** Copies in, runs, copies out; leaves no tensor behind. */
  #now(inputs: readonly TensorData[]): TensorData[] {
    tf.engine().startScope();
    try {
      const tensors = inputs.map((values, i) =>
        tf.tensor(values, [...this.inputs[i].shape], this.inputs[i].dtype ?? 'float32'),
      );
      return this.#fn(...tensors).map((result) => result.dataSync().slice() as TensorData);
    } finally {
      tf.engine().endScope();
    }
  }

  async dispose(): Promise<void> {}
}
