/**
 * The file of a predictor of DNA: safetensors with the shape of the network, the calibrated tasks, the applicability
 * domain and the history of the training in the metadata.
 */
import { z } from 'zod';
import { gatherWeights, parseHistory, parseJson } from '../../generator/checkpoint.ts';
import { viewParameters } from '../../generator/parameters.ts';
import { CheckpointError, type StoredTensor, type StoredType } from '../../generator/safetensors.ts';
import { readSealed, valuesOf, writeSealed } from '../sealed.ts';
import { STEEPEST } from './calibration.ts';
import { networkParameters } from './network.ts';
import type { Predictor } from './predictor.ts';
import { wordCount, type WordModel } from './words.ts';

export const FORMAT = 'amalgam-predictor-1';

const size = z.number().int().positive().max(65_536);
const taskSchema = z.strictObject({
  name: z.string().min(1),
  mean: z.number(),
  deviation: z.number().positive(),
  blend: z.strictObject({ network: z.number(), words: z.number(), offset: z.number() }),
  residual: z.number().nonnegative(),
  rise: z.number().min(-STEEPEST).max(STEEPEST).optional(),
  unit: z.string().optional(),
  wanted: z.enum(['higher', 'lower']).optional(),
});
const configSchema = z.strictObject({
  /** The modality, under the key that files use. */
  domain: z.literal('dna'),
  network: z.strictObject({
    length: size,
    blocks: z
      .array(z.strictObject({ width: size, kernel: size.refine((k) => k % 2 === 1, 'must be odd'), pool: size }))
      .min(1)
      .max(64),
    hidden: size,
    outputs: size,
  }),
  tasks: z.array(taskSchema),
  bothStrands: z.boolean(),
  members: z.number().int().positive().max(64),
  shortest: size,
  like: z.strictObject({ k: z.number().int().min(1).max(8), limit: z.number().nonnegative() }),
});
type Config = z.infer<typeof configSchema>;

const DOMAIN_TENSOR = 'domain.shares';
const WORD_BIASES = 'words.biases';
const wordTensor = (task: number) => `words.${task}`;

/** The bytes of the file. */
export function writePredictor(predictor: Predictor, type: StoredType): Uint8Array {
  const specs = networkParameters(predictor.network);
  const tensors = new Map<string, StoredTensor>();
  predictor.members.forEach((weights, member) => {
    const views = viewParameters(specs, weights);
    specs.forEach(({ name, shape }, i) => tensors.set(`${prefixOf(member)}${name}`, { shape, values: views[i] }));
  });
  predictor.words.weights.forEach((values, task) => tensors.set(wordTensor(task), { shape: [values.length], values }));
  tensors.set(WORD_BIASES, {
    shape: [predictor.words.biases.length],
    values: Float32Array.from(predictor.words.biases),
  });
  tensors.set(DOMAIN_TENSOR, {
    shape: [predictor.applicability.shares.length],
    values: predictor.applicability.shares,
  });
  const metadata = {
    format: FORMAT,
    config: JSON.stringify(configOf(predictor)),
    history: JSON.stringify(predictor.history),
  };
  return writeSealed(tensors, metadata, type);
}

const prefixOf = (member: number) => `member.${member}.`;

function configOf({ network, tasks, bothStrands, members, shortest, applicability }: Predictor): Config {
  const blocks = network.blocks.map((block) => ({ ...block }));
  return {
    domain: 'dna',
    network: { ...network, blocks },
    tasks: [...tasks],
    bothStrands,
    members: members.length,
    shortest,
    like: { k: applicability.k, limit: applicability.limit },
  };
}

/** @throws CheckpointError if the file is damaged or not a predictor of DNA */
export function readPredictor(file: Uint8Array): Predictor {
  const { tensors, metadata } = readSealed(file, FORMAT);
  const config = parseConfig(metadata.config);
  const specs = networkParameters(config.network);
  const members = Array.from({ length: config.members }, (_, member) =>
    gatherWeights(specs, tensors, prefixOf(member)),
  );
  const { network, tasks, bothStrands, shortest, like } = config;
  const words = readWords(tensors, tasks.length, bothStrands);
  return {
    network,
    tasks,
    bothStrands,
    members,
    words,
    shortest,
    applicability: { ...like, shares: valuesOf(tensors, DOMAIN_TENSOR, 4 ** like.k) },
    history: parseHistory(metadata.history),
  };
}

function parseConfig(text: string | undefined): Config {
  const parsed = configSchema.safeParse(parseJson(text, 'config'));
  if (!parsed.success)
    throw new CheckpointError(`The predictor's config is not valid: ${z.prettifyError(parsed.error)}`);
  const { network, tasks } = parsed.data;
  const positions = network.blocks.reduce((left, { pool }) => Math.floor(left / pool), network.length);
  if (positions < 1) throw new CheckpointError(`The predictor's pooling leaves nothing of ${network.length} bases.`);
  if (tasks.length !== network.outputs)
    throw new CheckpointError(`The predictor names ${tasks.length} tasks; its network has ${network.outputs} outputs.`);
  return parsed.data;
}

function readWords(tensors: ReadonlyMap<string, StoredTensor>, tasks: number, bothStrands: boolean): WordModel {
  const count = wordCount(bothStrands);
  const weights = Array.from({ length: tasks }, (_, task) => valuesOf(tensors, wordTensor(task), count));
  return { weights, biases: [...valuesOf(tensors, WORD_BIASES, tasks)] };
}
