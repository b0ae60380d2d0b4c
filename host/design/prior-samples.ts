/**
 * Samples of a generator without any training, with their scores. Previews show them, and goals are fitted to them on
 * request. Shipped generators have them in a file beside the generator (NAME.measured.json.gz, written by
 * `amalgam models --measure`). For other generators they are drawn at first use and stored in the user's data folder,
 * without scores. Each file contains the hash of its generator and is ignored if the generator has changed.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { present } from '../../engine/learn/statistics.ts';
import type { AnyObjective } from '../../engine/objectives/catalogue.ts';
import { fitGoals, type Fitted } from '../../engine/objectives/distribution.ts';
import type { RawScores } from '../../engine/objectives/types.ts';
import { InputError } from '../base/errors.ts';
import { dataFolder } from '../base/paths.ts';
import { writeWhole } from '../base/write-whole.ts';
import { loadModel, type Model } from '../models/generators.ts';

/** Number of valid sequences. */
export const PRIOR_SAMPLES = 1000;

const priorSamplesSchema = z.object({
  /** SHA-256 of the generator's file. */
  generator: z.string(),
  sequences: z.array(z.string()),
  /** Raw values, one per sequence, by the id of an objective with default parameters. */
  values: z.record(z.string(), z.array(z.number().nullable())),
});
export type PriorSamples = z.infer<typeof priorSamplesSchema>;

function fileBeside({ file }: Model): string {
  return join(dirname(file), `${basename(file, extname(file))}.measured.json.gz`);
}

function fileOfUser({ key }: Model): string {
  return join(dataFolder(), 'measured', `${key}.json.gz`);
}

const known = new Map<string, PriorSamples>();

/** Null if there are none of this version of the generator. @throws Error if a file is damaged */
export function readPriorSamples(model: Model): PriorSamples | null {
  const remembered = known.get(model.key);
  if (remembered) return remembered;
  for (const file of [fileBeside(model), fileOfUser(model)].filter(existsSync)) {
    const samples = priorSamplesSchema.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));
    if (samples.generator !== model.key) continue;
    known.set(model.key, samples);
    return samples;
  }
  return null;
}

/** @param beside whether to write next to the generator instead of into the user's data folder @returns the file */
export function storePriorSamples(model: Model, samples: PriorSamples, beside = false): string {
  const file = beside ? fileBeside(model) : fileOfUser(model);
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, gzipSync(JSON.stringify(samples), { level: 9 }));
  known.set(model.key, samples);
  return file;
}

/** Raw values of the samples; null if they have to be computed. @param parameters complete */
export function knownValues(
  objective: AnyObjective,
  parameters: Readonly<Record<string, unknown>>,
  values: PriorSamples['values'],
): RawScores | null {
  const known = values[objective.id];
  return known !== undefined && JSON.stringify(parameters) === JSON.stringify(defaultParameters(objective))
    ? known
    : null;
}

/** Null if a parameter has no default. */
export function defaultParameters(objective: AnyObjective): Record<string, unknown> | null {
  const { success, data } = objective.parameters.safeParse({});
  return success ? data : null;
}

/**
 * Fits goals to the stored samples of a generator. It neither samples nor scores, because it serves the check of a
 * design.
 * @param prior name or file of the generator; nothing is fitted to an unusable one, which is reported elsewhere
 */
export function fittedTo(
  prior: string,
): (objective: AnyObjective, parameters: Readonly<Record<string, unknown>>) => Partial<Fitted> {
  const values = valuesOf(prior);
  return (objective, parameters) => fitGoals(objective, present(knownValues(objective, parameters, values) ?? []));
}

function valuesOf(prior: string): PriorSamples['values'] {
  try {
    return readPriorSamples(loadModel(prior))?.values ?? {};
  } catch (error) {
    if (error instanceof InputError) return {};
    throw error;
  }
}
