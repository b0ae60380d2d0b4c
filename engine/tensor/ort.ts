/**
 * Devices that run recorded graphs on ONNX Runtime: `cpu`, `webgpu`, `cuda`.
 */
import './kernels.ts';
import * as ort from 'onnxruntime-node';
import { checkInputs } from './check.ts';
import type { Device, DeviceId, Program, TensorData, TensorFunction, TensorSpec } from './device.ts';
import { encodeModel } from './onnx.ts';
import { record, type Recording } from './recorder.ts';

export interface OrtOptions {
  readonly id: Extract<DeviceId, 'cpu' | 'webgpu' | 'cuda'>;
  readonly threads: number;
  /** Writes a trace of each operator's time under this path prefix. */
  readonly profile?: string;
}

const LABELS = { cpu: 'CPU', webgpu: 'GPU (WebGPU)', cuda: 'GPU (CUDA)' } as const;

/** A device of ONNX Runtime. Nothing starts before the first compile. */
export function ortDevice(options: OrtOptions): Device {
  const { id, threads } = options;
  const label = id === 'cpu' ? `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}` : LABELS[id];
  return { id, label, threads, compile: (fn, specs) => compile(fn, specs, options) };
}

async function compile(fn: TensorFunction, specs: readonly TensorSpec[], options: OrtOptions): Promise<Program> {
  const recording = await record(fn, specs);
  const session = await ort.InferenceSession.create(encodeModel(recording.graph), sessionOptions(options));
  return new OrtProgram(recording, session);
}

function sessionOptions({ id, threads, profile }: OrtOptions): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: [id],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
  };
}

class OrtProgram implements Program {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  readonly #recording: Recording;
  readonly #session: ort.InferenceSession;

  constructor(recording: Recording, session: ort.InferenceSession) {
    this.inputs = recording.inputs;
    this.outputs = recording.outputs;
    this.#recording = recording;
    this.#session = session;
  }

  async run(inputs: readonly TensorData[], into?: readonly TensorData[]): Promise<TensorData[]> {
    checkInputs(this.inputs, inputs);
    const { inputNames, outputNames } = this.#recording;
    const feeds = named(inputNames, this.inputs, inputs);
    const results = await this.#session.run(
      feeds,
      into === undefined ? outputNames : named(outputNames, this.outputs, into),
    );
    return outputNames.map((name) => results[name].data as TensorData);
  }

  async dispose(): Promise<void> {
    this.#session.endProfiling();
    await this.#session.release();
  }
}

function named(
  names: readonly string[],
  specs: readonly TensorSpec[],
  arrays: readonly TensorData[],
): Record<string, ort.Tensor> {
  return Object.fromEntries(
    names.map((name, i) => [name, new ort.Tensor(specs[i].dtype ?? 'float32', arrays[i], specs[i].shape)]),
  );
}
