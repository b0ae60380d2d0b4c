/** User predictors: those stored in the data folder by name, and any file. */
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, resolve } from 'node:path';
import type { PredictorInfo } from '../../contract/api.ts';
import { didYouMean } from '../../engine/base/nearest.ts';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { CheckpointError } from '../../engine/generator/safetensors.ts';
import type { AnyObjective } from '../../engine/objectives/catalogue.ts';
import { predicted, predictedBy } from '../../engine/objectives/families/predicted.ts';
import { type AnyPredictor, predictorFormats, quantitiesOf, readAnyPredictor } from '../../engine/predictor/any.ts';
import { InputError } from '../base/errors.ts';
import { ensureUserModels, FileCache, keptName, MODEL_ENDING, safetensorsIn, userModelsFolder } from './folders.ts';

/** Largest header that is read to recognise a predictor. Headers of predictors have a few hundred kilobytes. */
const LONGEST_HEADER = 50_000_000;

const kinds = new FileCache<boolean>();

/** Whether a file declares itself a predictor. Only its header is read. */
export function isPredictorFile(file: string): boolean {
  return kinds.get(file, () => saysPredictor(file));
}

function saysPredictor(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    const start = Buffer.alloc(8);
    if (readSync(handle, start, 0, 8, 0) < 8) return false;
    const length = Number(start.readBigUInt64LE());
    if (length > Math.min(LONGEST_HEADER, statSync(file).size)) return false;
    const header = Buffer.alloc(length);
    readSync(handle, header, 0, length, 8);
    const { __metadata__: metadata } = JSON.parse(header.toString('utf8')) as {
      readonly __metadata__?: { readonly format?: string };
    };
    return predictorFormats.includes(metadata?.format ?? '');
  } catch {
    // Whoever uses the file reports that it cannot be read.
    return false;
  } finally {
    closeSync(handle);
  }
}

/** Names and files of the stored predictors. */
function predictorFiles(): ReadonlyMap<string, string> {
  return new Map(
    safetensorsIn(userModelsFolder())
      .filter(isPredictorFile)
      .map((file) => [basename(file, MODEL_ENDING), file]),
  );
}

/** The file in which a predictor is stored; makes the folder. @throws InputError for an invalid name */
export function keptPredictorFile(name: string): string {
  const file = join(ensureUserModels(), `${keptName(name, 'predictor')}${MODEL_ENDING}`);
  if (existsSync(file) && !isPredictorFile(file))
    throw new InputError(`One of your generators is already named "${name}". Choose a different name.`);
  return file;
}

/**
 * @param folder that file names are relative to; if null, only names of stored predictors and absolute paths are
 * accepted
 * @returns the absolute path
 * @throws ParameterError naming the nearest stored predictor
 */
export function locatePredictor(nameOrFile: string, folder: string | null): string {
  const kept = predictorFiles();
  const file =
    kept.get(nameOrFile) ??
    (folder !== null || isAbsolute(nameOrFile) ? resolve(folder ?? homedir(), nameOrFile) : null);
  if (file !== null && existsSync(file) && statSync(file).isFile()) return file;
  const names = [...kept.keys()];
  const hint =
    names.length === 0
      ? ' You have no predictors yet; "amalgam train-predictor" trains one.'
      : `${didYouMean(nameOrFile, names)} Kept: ${names.join(', ')}.`;
  throw new ParameterError('model', `There is no predictor "${nameOrFile}", and no such file.${hint}`);
}

const cache = new FileCache<AnyPredictor>();

/** @param file an absolute path @throws ParameterError if it is damaged or not a predictor */
function loadPredictor(file: string): AnyPredictor {
  return cache.get(file, () => readFile(file));
}

function readFile(file: string): AnyPredictor {
  try {
    return readAnyPredictor(readFileSync(file));
  } catch (error) {
    if (error instanceof CheckpointError)
      throw new ParameterError('model', `${file} cannot be used as a predictor. ${error.message}`);
    throw error;
  }
}

/**
 * An objective with these parameters. An objective that uses a predictor has the name, unit, modality and goal of its
 * file.
 */
export function asGiven(objective: AnyObjective, parameters: Readonly<Record<string, unknown>>): AnyObjective {
  if (objective.id !== predicted.id) return objective;
  const { model, quantity, give } = predicted.parameters.parse(parameters) as {
    model: string;
    quantity: string;
    give: 'value' | 'error' | 'likeness';
  };
  return predictedBy(loadPredictor(model), { quantity, give });
}

/** Every stored predictor, or why it cannot be used. */
export function predictorInfos(): PredictorInfo[] {
  return [...predictorFiles()].map(([name, file]) => {
    const about = { name, file, bytes: statSync(file).size };
    try {
      const predictor = loadPredictor(file);
      return {
        ...about,
        modality: predictor.modality,
        quantities: quantitiesOf(predictor).map(({ name: of, unit }) => ({ name: of, unit })),
        headline: headlineOf(predictor),
        problem: null,
      };
    } catch (error) {
      return { ...about, modality: null, quantities: [], headline: '', problem: (error as Error).message };
    }
  });
}

function headlineOf({ kind, predictor }: AnyPredictor): string {
  if (kind === 'joint') {
    const { report } = predictor.history as {
      readonly report?: readonly { readonly name?: string; readonly r2?: number }[];
    };
    return Array.isArray(report)
      ? report.map(({ name, r2 }) => `${name}: held-out R2 ${r2?.toFixed(3) ?? 'unknown'}`).join('; ')
      : '';
  }
  const { report: judged } = predictor.history as {
    readonly report?: { readonly verdict?: { readonly text?: string } };
  };
  if (kind === 'single' || judged?.verdict !== undefined) return judged?.verdict?.text ?? '';
  const { report } = predictor.history as {
    readonly report?: readonly { readonly name?: string; readonly test?: { readonly correlation?: number } }[];
  };
  return Array.isArray(report)
    ? report
        .map(({ name, test }) => `${name}: held-out correlation ${test?.correlation?.toFixed(2) ?? 'unknown'}`)
        .join('; ')
    : '';
}
