/**
 * @file The file of a predictor of several quantities of molecules. Everything is checked on reading, and nothing in it
 * is executed.
 */
import { z } from 'zod';
import { parseHistory, parseJson } from '../../generator/checkpoint.ts';
import { CheckpointError, type StoredTensor } from '../../generator/safetensors.ts';
import { messageParameters } from '../message-passing.ts';
import { ringAtoms } from '../molecule-features.ts';
import { readSealed, valuesOf, writeSealed } from '../sealed.ts';
import { Applicability, isApplicabilityData } from '../user/applicability.ts';
import { readMember, tensorOf } from '../user/checkpoint.ts';
import { LINEAR_PLACES, type LinearModel } from '../user/linear.ts';
import type { JointPredictor } from './predictor.ts';

export const JOINT_FORMAT = 'amalgam-joint-predictor-1';

const width = z.number().int().positive().max(4096);
const configSchema = z.strictObject({
  /** The modality, under the key that files use. */
  domain: z.literal('molecule'),
  quantities: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        unit: z.string().max(60),
        wanted: z.enum(['higher', 'lower']),
        typical: z.tuple([z.number(), z.number()]),
        /**
         * The sum over kinds of atoms: positions of the folded counts, and the contribution of each. Stored in full
         * precision, since the rounding errors of all atoms add up.
         */
        additive: z
          .strictObject({
            bias: z.number(),
            places: z.array(
              z
                .number()
                .int()
                .min(0)
                .max(LINEAR_PLACES - 1),
            ),
            weights: z.array(z.number()),
          })
          .refine(({ places, weights }) => places.length === weights.length, 'as many weights as places'),
        mean: z.number(),
        deviation: z.number().positive(),
        residual: z.number().nonnegative(),
      }),
    )
    .min(1)
    .max(100),
  network: z.strictObject({
    hidden: width,
    depth: z.number().int().positive().max(12),
    headHidden: width,
    tasks: width,
    atomFeatures: z.literal(ringAtoms.width),
  }),
  norm: z.number().positive(),
  members: z.number().int().min(1).max(64),
  limit: z.number().min(0).max(1),
});
type Config = z.infer<typeof configSchema>;

/** The bytes of the file. Numbers are stored in half precision. */
export function writeJointPredictor(predictor: JointPredictor): Uint8Array {
  const { members, shape, applicability, history } = predictor;
  const tensors = new Map<string, StoredTensor>();
  for (const [i, weights] of members.entries())
    for (const { name, shape: dims } of messageParameters(shape))
      tensors.set(tensorOf(i, name), { shape: dims, values: weights[name] });
  for (const [name, values] of Object.entries(applicability.data) as [string, Float32Array][])
    tensors.set(`domain.${name}`, { shape: [values.length], values });
  return writeSealed(
    tensors,
    { format: JOINT_FORMAT, config: JSON.stringify(configOf(predictor)), history: JSON.stringify(history) },
    'F16',
  );
}

function configOf({ quantities, shape, norm, members, limit }: JointPredictor): Config {
  return {
    domain: 'molecule',
    quantities: quantities.map(({ additive, typical, ...rest }) => ({
      ...rest,
      typical: [...typical],
      additive: sparse(additive),
    })),
    network: { ...shape, atomFeatures: ringAtoms.width },
    norm,
    members: members.length,
    limit,
  };
}

type Sparse = Config['quantities'][number]['additive'];

function sparse({ weights, bias }: LinearModel): Sparse {
  const places = [...weights.keys()].filter((place) => weights[place] !== 0);
  return { bias, places, weights: places.map((place) => weights[place]) };
}

function whole({ bias, places, weights }: Sparse): LinearModel {
  const all = new Float32Array(LINEAR_PLACES);
  places.forEach((place, i) => (all[place] = weights[i]));
  return { bias, weights: all };
}

/** @throws CheckpointError if the file is damaged or not such a predictor */
export function readJointPredictor(file: Uint8Array): JointPredictor {
  const { tensors, metadata } = readSealed(file, JOINT_FORMAT);
  const { quantities, network, norm, members, limit } = parseConfig(metadata.config);
  const data = { places: valuesOf(tensors, 'domain.places'), counts: valuesOf(tensors, 'domain.counts') };
  if (!isApplicabilityData(data))
    throw new CheckpointError('The predictor is damaged: its training molecules are not a list of bits.');
  return {
    quantities: quantities.map(({ additive, ...rest }) => ({ ...rest, additive: whole(additive) })),
    shape: network,
    norm,
    members: Array.from({ length: members }, (_, i) => readMember(tensors, network, i)),
    applicability: new Applicability(data),
    limit,
    history: parseHistory(metadata.history),
  };
}

function parseConfig(text: string | undefined): Config {
  const parsed = configSchema.safeParse(parseJson(text, 'config'));
  if (!parsed.success)
    throw new CheckpointError(`The predictor's config is not valid: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.network.tasks !== parsed.data.quantities.length)
    throw new CheckpointError(
      `The predictor's networks say ${parsed.data.network.tasks} numbers; it names ${parsed.data.quantities.length} quantities.`,
    );
  return parsed.data;
}
