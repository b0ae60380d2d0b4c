/**
 * Records an ordinary TF.js function as one ONNX graph. Here, a TF.js backend has tensors that are names in a graph and
 * kernels (kernels.ts) that add nodes. Gradients are TF.js functions too, so forward pass, backward pass and optimizer
 * end up in the same graph.
 */
import { exclusively } from './backend.ts';
import type { DataType, TensorFunction, TensorSpec } from './device.ts';
import { GraphBuilder } from './graph.ts';
import type { OnnxGraph, OnnxTypeName } from './onnx.ts';
import * as tf from './tf.ts';

export const RECORDER = 'recorder';

/** A recorded function: its graph, inputs and outputs. */
export interface Recording {
  readonly graph: OnnxGraph;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
}

/** An operation without a kernel here. */
export class UnsupportedOperationError extends Error {
  readonly operation: string;
  constructor(operation: string, calledFrom: string) {
    super(
      `The operation ${operation} cannot be recorded (called ${calledFrom}). Kernels are listed in engine/tensor/kernels.ts.`,
    );
    this.name = 'UnsupportedOperationError';
    this.operation = operation;
  }
}

interface Entry {
  name?: string;
  values?: tf.BackendValues;
  shape: number[];
  dtype: tf.DataType;
}

/** The backend: TF.js calls it for storage, kernels call it for names. */
export class RecordingBackend extends tf.KernelBackend {
  #entries = new WeakMap<object, Entry>();
  #count = 0;
  graph = new GraphBuilder();

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    return this.#store({ values, shape, dtype });
  }

  override move(dataId: object, values: tf.BackendValues, shape: number[], dtype: tf.DataType): void {
    this.#entries.set(dataId, { values, shape, dtype });
  }

  override readSync(dataId: object): tf.BackendValues {
    const { values } = this.#entry(dataId);
    if (values === undefined) throw new Error('A recorded function must not read or branch on tensor values.');
    return values;
  }

  override async read(dataId: object): Promise<tf.BackendValues> {
    return this.readSync(dataId);
  }

  override disposeData(): boolean {
    return true;
  }

  override numDataIds(): number {
    return this.#count;
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override incRef(): void {}
  decRef(): void {}

  override timerAvailable(): boolean {
    return false;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  /** The name of a tensor in the graph; a value that was made during recording becomes a constant. */
  name(tensor: tf.TensorInfo): string {
    const entry = this.#entry(tensor.dataId);
    entry.name ??= this.graph.constant(typedValues(entry), tensor.shape, onnxType(entry.dtype));
    return entry.name;
  }

  /** A tensor that stands for a graph value. */
  tensor(name: string, shape: number[], dtype: tf.DataType = 'float32'): tf.TensorInfo {
    return { dataId: this.#store({ name, shape, dtype }), shape, dtype };
  }

  /** The same graph value under another shape or type; adds no node. */
  alias(tensor: tf.TensorInfo): tf.TensorInfo {
    return this.tensor(this.name(tensor), tensor.shape, tensor.dtype);
  }

  #store(entry: Entry): object {
    const dataId = {};
    this.#count++;
    this.#entries.set(dataId, entry);
    return dataId;
  }

  #entry(dataId: object): Entry {
    const entry = this.#entries.get(dataId);
    if (entry === undefined) throw new Error('This tensor belongs to another recording.');
    return entry;
  }
}

function typedValues({ values, dtype }: Entry): Float32Array | Int32Array | Uint8Array {
  const numbers = values as ArrayLike<number>;
  if (dtype === 'bool') return Uint8Array.from(numbers);
  return dtype === 'int32' ? Int32Array.from(numbers) : Float32Array.from(numbers);
}

export function onnxType(dtype: tf.DataType): OnnxTypeName {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new Error(`Tensors of type ${dtype} cannot be recorded; use float32, int32 or bool.`);
}

tf.registerBackend(RECORDER, () => new RecordingBackend(), 0);

/**
 * Runs `fn` once on placeholders and returns its graph.
 * @throws UnsupportedOperationError naming the operation and where it was called
 */
export function record(fn: TensorFunction, specs: readonly TensorSpec[]): Promise<Recording> {
  return exclusively(RECORDER, () => {
    tf.engine().startScope();
    try {
      return recordNow(fn, specs);
    } finally {
      tf.engine().endScope();
    }
  });
}

function recordNow(fn: TensorFunction, specs: readonly TensorSpec[]): Recording {
  const backend = tf.backend() as RecordingBackend;
  const graph = (backend.graph = new GraphBuilder());
  const inputNames = specs.map((spec) => graph.input(spec.shape, spec.dtype ?? 'float32'));
  const placeholders = specs.map((spec, i) =>
    tf.engine().makeTensorFromTensorInfo(backend.tensor(inputNames[i], [...spec.shape], spec.dtype ?? 'float32')),
  );
  const results = nameUnsupported(() => fn(...placeholders));
  // Identity nodes give each output its own name, even if it is an input or occurs twice.
  const outputNames = results.map((result) => graph.node('Identity', [backend.name(result)]));
  const outputs = results.map((result) => ({ shape: result.shape, dtype: outputType(result.dtype) }));
  const values = outputs.map((output, i) => ({ name: outputNames[i], type: output.dtype, shape: output.shape }));
  return { graph: graph.finish(values), inputs: specs, outputs, inputNames, outputNames };
}

function outputType(dtype: tf.DataType): DataType {
  if (dtype === 'float32' || dtype === 'int32') return dtype;
  throw new Error(`A recorded function returns float32 or int32 tensors, not ${dtype}.`);
}

/** TF.js reports a missing kernel as a plain assertion. This names the operation and its caller. */
function nameUnsupported<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    const missing = error instanceof Error ? /kernel '(\w+)'/i.exec(error.message)?.[1] : undefined;
    if (missing === undefined || !(error as Error).message.includes(RECORDER)) throw error;
    throw new UnsupportedOperationError(missing, callerOf(error as Error));
  }
}

function callerOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').slice(1);
  const outside = frames.find((frame) => !/tfjs|tf-core|engine\/tensor\/(recorder|backend)/.test(frame));
  return outside?.trim() ?? 'from an unknown place';
}
