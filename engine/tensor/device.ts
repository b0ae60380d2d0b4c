/**
 * A device as the rest of the engine sees it: it turns an ordinary TF.js function into a program and runs it on typed
 * arrays.
 */
import type { Tensor } from './tf.ts';

export type DataType = 'float32' | 'int32';
export type TensorData = Float32Array | Int32Array;

/** Shape and type of one input or output; float32 by default. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype?: DataType;
}

/** An ordinary TF.js function. It must not branch on tensor values. */
export type TensorFunction = (...inputs: Tensor[]) => Tensor[];

/** A compiled function. Inputs and outputs are flat, row-major typed arrays. */
export interface Program {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /**
   * Runs the program once.
   * @param inputs one array per input, of the length that its spec gives
   * @param into arrays for the outputs; new ones if omitted
   * @throws RangeError naming the input with a wrong length or type
   */
  run(inputs: readonly TensorData[], into?: readonly TensorData[]): Promise<TensorData[]>;
  dispose(): Promise<void>;
}

export type DeviceId = 'cpu' | 'webgpu' | 'cuda' | 'tensorflow' | 'wasm' | 'reference';

export interface Device {
  readonly id: DeviceId;
  /** In plain words, for the interface: "CPU, 2 threads". */
  readonly label: string;
  /** Threads inside one program. Results are reproducible for the same number. */
  readonly threads: number;
  compile(fn: TensorFunction, specs: readonly TensorSpec[]): Promise<Program>;
}
