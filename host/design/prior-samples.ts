/**
 * What a generator writes by itself, and how that scores: the sample that
 * previews show and defaults of goals are fitted to. Shipped generators have it
 * in a file beside them (NAME.measured.json.gz, made by `amalgam models --measure`);
 * for others it is drawn at first use and kept in the user's data folder, without
 * scores. Either file names the generator it was drawn from, and counts for
 * nothing once that has changed.
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

/** Valid sequences of a measured sample. */
export const MEASURED = 1000;

const measuredSchema = z.object({
  /** SHA-256 of the generator's file. */
  generator: z.string(),
  sequences: z.array(z.string()),
  /** Raw values by the id of an objective with nothing but default parameters, one a sequence. */
  values: z.record(z.string(), z.array(z.number().nullable())),
});
export type Measured = z.infer<typeof measuredSchema>;

/** The file beside a generator. */
function fileBeside({ file }: Model): string {
  return join(dirname(file), `${basename(file, extname(file))}.measured.json.gz`);
}

function fileOfUser({ key }: Model): string {
  return join(dataFolder(), 'measured', `${key}.json.gz`);
}

const known = new Map<string, Measured>();

/** Null where the generator, as it is now, was not measured yet. @throws Error where a file is damaged */
export function readMeasured(model: Model): Measured | null {
  const remembered = known.get(model.key);
  if (remembered) return remembered;
  for (const file of [fileBeside(model), fileOfUser(model)].filter(existsSync)) {
    const measured = measuredSchema.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));
    if (measured.generator !== model.key) continue;
    known.set(model.key, measured);
    return measured;
  }
  return null;
}

/** @param beside next to the generator instead of in the user's data folder. @returns the file */
export function keepMeasured(model: Model, measured: Measured, beside = false): string {
  const file = beside ? fileBeside(model) : fileOfUser(model);
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, gzipSync(JSON.stringify(measured), { level: 9 }));
  known.set(model.key, measured);
  return file;
}

/** Raw values of the sample's sequences; null where they have to be scored. @param parameters complete */
export function knownValues(
  objective: AnyObjective,
  parameters: Readonly<Record<string, unknown>>,
  values: Measured['values'],
): RawScores | null {
  const known = values[objective.id];
  return known !== undefined && JSON.stringify(parameters) === JSON.stringify(defaultParameters(objective))
    ? known
    : null;
}

/** Null where a parameter must be given. */
export function defaultParameters(objective: AnyObjective): Record<string, unknown> | null {
  const { success, data } = objective.parameters.safeParse({});
  return success ? data : null;
}

/**
 * Goals fitted to what a generator writes by itself, from what was measured
 * before: a check of a design samples and scores nothing.
 * @param prior its name or file; one that cannot be used fits nothing, and is reported elsewhere
 */
export function fittedTo(
  prior: string,
): (objective: AnyObjective, parameters: Readonly<Record<string, unknown>>) => Partial<Fitted> {
  const values = valuesOf(prior);
  return (objective, parameters) => fitGoals(objective, present(knownValues(objective, parameters, values) ?? []));
}

function valuesOf(prior: string): Measured['values'] {
  try {
    return readMeasured(loadModel(prior))?.values ?? {};
  } catch (error) {
    if (error instanceof InputError) return {};
    throw error;
  }
}
