/**
 * Ensembles of published Chemprop 2 models (BondMessagePassing, NormAggregation, heads with one hidden layer). They are
 * read from safetensors whose metadata names the tasks and the shape. Everything is checked on reading; nothing in a
 * file is executed.
 */
import { z } from 'zod';
import type { Molecule } from '../chem/molecule.ts';
import { CheckpointError, readSafetensors, type StoredTensor } from '../generator/safetensors.ts';
import type { Device, Program } from '../tensor/device.ts';
import * as tf from '../tensor/tf.ts';
import { type PassPlan, passPlan, type PassProgram, type ReadyPass } from './ensemble-passes.ts';
import { messageParameters, type MessageShape, type MessageWeights } from './message-passing.ts';
import { ATOM_FEATURES, BOND_FEATURES } from './molecule-features.ts';

const chempropKinds = ['classification', 'regression'] as const;
export type ChempropKind = (typeof chempropKinds)[number];

/** One trained network. */
export interface ChempropModel {
  readonly kind: ChempropKind;
  /** Names of the outputs, in order. */
  readonly tasks: readonly string[];
  readonly shape: MessageShape;
  /** Divisor of the sum over atoms. */
  readonly norm: number;
  readonly weights: MessageWeights;
  /** Regression: value = output * scale + mean, one of each per task. */
  readonly scale: Float32Array | null;
  readonly mean: Float32Array | null;
}

const configSchema = z.object({
  tasks: z.array(z.string().min(1)).min(1),
  kind: z.enum(chempropKinds),
  hyper: z.looseObject({ message_passing: z.string(), agg: z.string() }),
});

/** @throws CheckpointError if the file is damaged or not such a model */
export function readChemprop(file: Uint8Array): ChempropModel {
  const { tensors, metadata } = readSafetensors(file);
  const { tasks, kind, hyper } = parseConfig(metadata.config);
  const shape = {
    hidden: numberIn(hyper.message_passing, 'd_h'),
    depth: numberIn(hyper.message_passing, 'depth'),
    headHidden: rowsOf(tensors, 'predictor.ffn.0.0.weight'),
    tasks: tasks.length,
  };
  const output = (part: string) =>
    kind === 'regression' ? vector(tensors, `predictor.output_transform.${part}`, tasks.length) : null;
  return {
    kind,
    tasks,
    shape,
    norm: numberIn(hyper.agg, 'norm'),
    weights: readWeights(tensors, shape),
    scale: output('scale'),
    mean: output('mean'),
  };
}

function parseConfig(text: string | undefined): z.infer<typeof configSchema> {
  try {
    return configSchema.parse(JSON.parse(text ?? ''));
  } catch (error) {
    throw new CheckpointError(
      `The file is not a Chemprop model: its config is ${text === undefined ? 'missing' : `not readable (${(error as Error).message})`}.`,
    );
  }
}

/** Hyperparameters are written as Python prints them: "depth": 3 or 'norm': 100. */
function numberIn(printed: string, name: string): number {
  const value = Number(new RegExp(`["']${name}["']:\\s*(\\d+)`).exec(printed)?.[1]);
  if (!Number.isInteger(value) || value < 1)
    throw new CheckpointError(`The Chemprop model does not say its "${name}".`);
  return value;
}

function rowsOf(tensors: ReadonlyMap<string, StoredTensor>, name: string): number {
  return found(tensors, name).shape[0];
}

function found(tensors: ReadonlyMap<string, StoredTensor>, name: string): StoredTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new CheckpointError(`The Chemprop model lacks ${name}.`);
  return tensor;
}

function vector(tensors: ReadonlyMap<string, StoredTensor>, name: string, length: number): Float32Array {
  const { values } = found(tensors, name);
  if (values.length !== length)
    throw new CheckpointError(`${name} has ${values.length} values; the model needs ${length}.`);
  return values;
}

/** PyTorch stores matrices as [outputs, inputs]; a program multiplies by [inputs, outputs]. */
function readWeights(
  tensors: ReadonlyMap<string, StoredTensor>,
  { hidden: D, headHidden: H, tasks: T }: MessageShape,
): MessageWeights {
  const matrix = (name: string, inputs: number, outputs: number) => transposed(tensors, name, inputs, outputs);
  const input = matrix('message_passing.W_i.weight', ATOM_FEATURES + BOND_FEATURES, D);
  const output = matrix('message_passing.W_o.weight', ATOM_FEATURES + D, D);
  return {
    inputAtom: input.slice(0, ATOM_FEATURES * D),
    inputBond: input.slice(ATOM_FEATURES * D),
    hidden: matrix('message_passing.W_h.weight', D, D),
    outputAtom: output.slice(0, ATOM_FEATURES * D),
    outputMessages: output.slice(ATOM_FEATURES * D),
    outputBias: vector(tensors, 'message_passing.W_o.bias', D),
    headHidden: matrix('predictor.ffn.0.0.weight', D, H),
    headHiddenBias: vector(tensors, 'predictor.ffn.0.0.bias', H),
    headOut: matrix('predictor.ffn.1.2.weight', H, T),
    headOutBias: vector(tensors, 'predictor.ffn.1.2.bias', T),
  };
}

function transposed(
  tensors: ReadonlyMap<string, StoredTensor>,
  name: string,
  inputs: number,
  outputs: number,
): Float32Array {
  const { shape, values } = found(tensors, name);
  if (shape.join() !== [outputs, inputs].join())
    throw new CheckpointError(`${name} has the shape [${shape.join(', ')}]; the model needs [${outputs}, ${inputs}].`);
  const result = new Float32Array(values.length);
  for (let o = 0; o < outputs; o++) for (let i = 0; i < inputs; i++) result[i * outputs + o] = values[o * inputs + i];
  return result;
}

/** Predictions of each member for each task: [members][tasks]. */
export type MemberPredictions = readonly Float32Array[];

/** Models of one kind and shape that predict together. */
export class ChempropEnsemble {
  readonly tasks: readonly string[];
  readonly #models: readonly ChempropModel[];
  readonly #device: Device;
  readonly #plan: PassPlan;
  readonly #programs = new Map<PassProgram, Promise<Program>>();
  /** If several objectives need a molecule, it is predicted once. */
  readonly #known = new WeakMap<Molecule, MemberPredictions | null>();

  /** @throws CheckpointError if the models do not belong together */
  constructor(models: readonly ChempropModel[], device: Device) {
    const [first, ...others] = models;
    const alike = ({ kind, tasks, shape, norm }: ChempropModel) => JSON.stringify([kind, tasks, shape, norm]);
    if (others.some((model) => alike(model) !== alike(first)))
      throw new CheckpointError('The models of an ensemble have different tasks or shapes.');
    this.tasks = first.tasks;
    this.#plan = passPlan(first.shape, first.norm);
    this.#models = models;
    this.#device = device;
  }

  /** @returns one entry per molecule, in order; null for a molecule that is too large */
  async predict(molecules: readonly Molecule[]): Promise<(MemberPredictions | null)[]> {
    const fresh = [...new Set(molecules)].filter((molecule) => !this.#known.has(molecule));
    for (const molecule of fresh) this.#known.set(molecule, null);
    for (const pass of this.#plan(fresh)) await this.#run(pass);
    return molecules.map((molecule) => this.#known.get(molecule) ?? null);
  }

  async #run({ molecules, program, inputs }: ReadyPass<Molecule>): Promise<void> {
    const outputs = await (await this.#compiled(program)).run(inputs);
    molecules.forEach((molecule, row) =>
      this.#known.set(
        molecule,
        this.#models.map((model, m) => predictionOf(model, outputs[m] as Float32Array, row)),
      ),
    );
  }

  /** All members in one program, with their weights as constants. */
  #compiled(program: PassProgram): Promise<Program> {
    const compiled =
      this.#programs.get(program) ??
      this.#device.compile(
        (...inputs) => this.#models.map(({ shape, weights }) => program.outputs(inputs, constants(shape, weights))),
        program.specs,
      );
    this.#programs.set(program, compiled);
    return compiled;
  }

  async dispose(): Promise<void> {
    for (const program of this.#programs.values()) await (await program).dispose();
  }
}

function constants(shape: MessageShape, weights: MessageWeights): MessageWeights<tf.Tensor> {
  const entries = messageParameters(shape).map(({ name, shape: dims }) => [name, tf.tensor(weights[name], [...dims])]);
  return Object.fromEntries(entries) as unknown as MessageWeights<tf.Tensor>;
}

function predictionOf({ kind, scale, mean, tasks }: ChempropModel, outputs: Float32Array, row: number): Float32Array {
  const raw = outputs.slice(row * tasks.length, (row + 1) * tasks.length);
  return kind === 'classification'
    ? raw.map((x) => 1 / (1 + Math.exp(-x)))
    : raw.map((x, t) => x * scale![t] + mean![t]);
}
