/** @file A generator in one file: safetensors with the decoder's shape, vocabulary and history in the metadata. */
import { z } from 'zod';
import { decoderParameters, type DecoderShape, type ParameterSpec } from './decoder.ts';
import { kmerSize } from './kmer-tokens.ts';
import { parameterCount, viewParameters, type Weights } from './parameters.ts';
import {
  CheckpointError,
  readSafetensors,
  type StoredTensor,
  type StoredType,
  writeSafetensors,
} from './safetensors.ts';

const FORMAT = 'amalgam-generator-1';

const size = z.number().int().positive().max(65_536);
const configFile = z.strictObject({
  /** The modality; files have used this key since the first version. */
  domain: z.enum(['molecule', 'dna']),
  layers: size,
  width: size,
  heads: size,
  keyValueHeads: size,
  context: size,
  vocabulary: z.array(z.string().min(1)).min(2).max(65_536),
});

const configSchema = configFile.transform(({ domain, ...rest }) => ({ modality: domain, ...rest }));

export type GeneratorConfig = z.output<typeof configSchema>;

export interface Generator {
  readonly config: GeneratorConfig;
  readonly weights: Weights;
  /** How it was made: data, hashes, tokens, metrics. */
  readonly history: Readonly<Record<string, unknown>>;
}

export function decoderShape(config: GeneratorConfig): DecoderShape {
  const { layers, width, heads, keyValueHeads, context } = config;
  return { vocabulary: config.vocabulary.length, layers, width, heads, keyValueHeads, context };
}

/** Writes the file of a generator. */
export function writeGenerator(generator: Generator, type: StoredType): Uint8Array {
  const specs = decoderParameters(decoderShape(generator.config));
  const views = viewParameters(specs, generator.weights);
  const tensors = new Map<string, StoredTensor>(
    specs.map((spec, i) => [spec.name, { shape: spec.shape, values: views[i] }]),
  );
  const metadata = {
    format: FORMAT,
    config: JSON.stringify(configText(generator.config)),
    history: JSON.stringify(generator.history),
  };
  return writeSafetensors(tensors, metadata, type);
}

function configText({ modality, ...rest }: GeneratorConfig): z.input<typeof configSchema> {
  return { domain: modality, ...rest };
}

/** @throws CheckpointError if the file is damaged or not a generator */
export function readGenerator(file: Uint8Array): Generator {
  const { tensors, metadata } = readSafetensors(file);
  if (metadata.format !== FORMAT)
    throw new CheckpointError(
      `The file is not a generator of Amalgam (format ${metadata.format ?? 'missing'}, expected ${FORMAT}).`,
    );
  const config = parseConfig(metadata.config);
  return {
    config,
    weights: gatherWeights(decoderParameters(decoderShape(config)), tensors),
    history: parseHistory(metadata.history),
  };
}

function parseConfig(text: string | undefined): GeneratorConfig {
  const parsed = configSchema.safeParse(parseJson(text, 'config'));
  if (!parsed.success)
    throw new CheckpointError(`The checkpoint's config is not valid: ${z.prettifyError(parsed.error)}`);
  const { width, heads, keyValueHeads } = parsed.data;
  if (width % heads !== 0 || heads % keyValueHeads !== 0)
    throw new CheckpointError(
      `The checkpoint's ${heads} heads do not divide its width ${width} and key-value heads ${keyValueHeads}.`,
    );
  if (parsed.data.modality === 'dna') checkKmers(parsed.data.vocabulary);
  return parsed.data;
}

function checkKmers(vocabulary: readonly string[]): void {
  try {
    kmerSize(vocabulary);
  } catch (error) {
    throw new CheckpointError(`The checkpoint's config is not valid: ${(error as Error).message}`);
  }
}

/** History of a model. @throws CheckpointError if it is not an object */
export function parseHistory(text: string | undefined): Record<string, unknown> {
  const history = parseJson(text, 'history');
  if (typeof history !== 'object' || history === null)
    throw new CheckpointError("The checkpoint's history is not an object.");
  return history as Record<string, unknown>;
}

/** A part of the metadata. @throws CheckpointError, which names it, if it is missing or not JSON */
export function parseJson(text: string | undefined, what: string): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw new CheckpointError(`The checkpoint's ${what} is missing or not JSON.`);
  }
}

/**
 * Parameters of a model as one flat vector.
 * @param prefix of the tensors' names in the file
 * @throws CheckpointError, which names a parameter that is missing or has another shape
 */
export function gatherWeights(
  specs: readonly ParameterSpec[],
  tensors: ReadonlyMap<string, StoredTensor>,
  prefix = '',
): Weights {
  // All parameters are found before memory is allocated, because a config may ask for more than there is.
  const stored = specs.map((spec) => storedAs(spec, tensors, prefix));
  const flat = new Float32Array(parameterCount(specs));
  viewParameters(specs, flat).forEach((view, i) => view.set(stored[i].values));
  return flat;
}

function storedAs(
  { name: own, shape }: ParameterSpec,
  tensors: ReadonlyMap<string, StoredTensor>,
  prefix: string,
): StoredTensor {
  const name = prefix + own;
  const stored = tensors.get(name);
  if (stored === undefined) throw new CheckpointError(`The checkpoint lacks ${name}.`);
  if (stored.shape.join() !== shape.join())
    throw new CheckpointError(
      `${name} has the shape [${stored.shape.join(', ')}]; the config needs [${shape.join(', ')}].`,
    );
  return stored;
}
