/** @file The file of a user predictor of molecules. Everything is checked on reading, and nothing in it is executed. */
import { z } from 'zod';
import { gatherWeights, parseHistory, parseJson } from '../../generator/checkpoint.ts';
import { viewParameters } from '../../generator/parameters.ts';
import { CheckpointError, type StoredTensor, type TensorFile } from '../../generator/safetensors.ts';
import { messageParameters, type MessageShape, type MessageWeights } from '../message-passing.ts';
import { readSealed, valuesOf, writeSealed } from '../sealed.ts';
import { Applicability, isApplicabilityData } from './applicability.ts';
import { LINEAR_PLACES } from './linear.ts';
import type { UserMember, UserPredictor } from './predictor.ts';

export const USER_FORMAT = 'amalgam-molecule-predictor-1';

const width = z.number().int().positive().max(4096);
const configSchema = z.strictObject({
  /** The modality, under the key that files use. */
  domain: z.literal('molecule'),
  quantity: z.strictObject({
    kind: z.enum(['regression', 'classification']),
    name: z.string().min(1).max(200),
    unit: z.string().max(60),
    wanted: z.enum(['higher', 'lower']),
    typical: z.tuple([z.number(), z.number()]),
  }),
  network: z.strictObject({
    hidden: width,
    depth: z.number().int().positive().max(12),
    headHidden: width,
    tasks: z.literal(1),
  }),
  norm: z.number().positive(),
  members: z
    .array(z.strictObject({ mean: z.number(), deviation: z.number().positive() }))
    .min(1)
    .max(64),
  share: z.number().min(0).max(1),
  bias: z.number(),
  residual: z.number().nonnegative(),
  limit: z.number().min(0).max(1),
});
type Config = z.infer<typeof configSchema>;

const LINEAR = 'linear.weights';
/** Name of the tensor of a network in a file. */
export const tensorOf = (member: number, name: string) => `member.${member}.${name}`;

/** The bytes of the file. Numbers are stored in half precision. */
export function writeUserPredictor(predictor: UserPredictor): Uint8Array {
  const { members, shape, applicability, history } = predictor;
  const tensors = new Map<string, StoredTensor>();
  for (const [i, { weights }] of members.entries())
    for (const { name, shape: dims } of messageParameters(shape))
      tensors.set(tensorOf(i, name), { shape: dims, values: weights[name] });
  tensors.set(LINEAR, { shape: [LINEAR_PLACES], values: predictor.linear.weights });
  for (const [name, values] of Object.entries(applicability.data) as [string, Float32Array][])
    tensors.set(`domain.${name}`, { shape: [values.length], values });
  return writeSealed(
    tensors,
    { format: USER_FORMAT, config: JSON.stringify(configOf(predictor)), history: JSON.stringify(history) },
    'F16',
  );
}

function configOf({ quantity, shape, norm, members, share, linear, residual, limit }: UserPredictor): Config {
  return {
    domain: 'molecule',
    quantity: { ...quantity, typical: [...quantity.typical] },
    network: { ...shape, tasks: 1 },
    norm,
    members: members.map(({ mean, deviation }) => ({ mean, deviation })),
    share,
    bias: linear.bias,
    residual,
    limit,
  };
}

/** @throws CheckpointError if the file is damaged or not such a predictor */
export function readUserPredictor(file: Uint8Array): UserPredictor {
  const { tensors, metadata } = readSealed(file, USER_FORMAT);
  const { quantity, network, norm, members, share, bias, residual, limit } = parseConfig(metadata.config);
  const data = { places: valuesOf(tensors, 'domain.places'), counts: valuesOf(tensors, 'domain.counts') };
  if (!isApplicabilityData(data))
    throw new CheckpointError('The predictor is damaged: its training molecules are not a list of bits.');
  return {
    quantity,
    shape: network,
    norm,
    members: members.map((scale, i): UserMember => ({ ...scale, weights: readMember(tensors, network, i) })),
    share,
    linear: { weights: valuesOf(tensors, LINEAR, LINEAR_PLACES), bias },
    residual,
    applicability: new Applicability(data),
    limit,
    history: parseHistory(metadata.history),
  };
}

function parseConfig(text: string | undefined): Config {
  const parsed = configSchema.safeParse(parseJson(text, 'config'));
  if (!parsed.success)
    throw new CheckpointError(`The predictor's config is not valid: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** The weights of a network. @throws CheckpointError if they are missing or have another shape */
export function readMember(tensors: TensorFile['tensors'], shape: MessageShape, member: number): MessageWeights {
  const specs = messageParameters(shape).map((spec) => ({ ...spec, init: 0 }));
  const views = viewParameters(specs, gatherWeights(specs, tensors, `member.${member}.`));
  return Object.fromEntries(specs.map(({ name }, i) => [name, views[i]])) as unknown as MessageWeights;
}
