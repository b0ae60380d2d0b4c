/**
 * Pins: the predictor files that a run depends on, with their SHA-256. A run whose predictor has changed would mix two
 * kinds of scores, so it does not continue. Its results are kept.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, isAbsolute, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ContractError } from '../../contract/api.ts';
import type { PinnedFile, Run } from '../../db/index.ts';
import { catalogue } from '../../engine/objectives/catalogue.ts';
import { predicted } from '../../engine/objectives/families/predicted.ts';
import type { ObjectiveRequest, ReadResource, ScoringRequest } from '../../engine/objectives/types.ts';
import { modelsFolder } from '../base/paths.ts';
import { sha256 } from '../base/sha256.ts';
import { readResource, resourceBytes } from '../chemistry/chemistry.ts';
import { FileCache, MODEL_ENDING } from './folders.ts';

/** File name extensions of predictors. */
export const WEIGHTS: ReadonlySet<string> = new Set([MODEL_ENDING, '.gz']);

const keys = new FileCache<string>();

const placeOf = (file: string): string => (isAbsolute(file) ? file : join(modelsFolder, file));
const keyOf = (file: string): string => keys.get(placeOf(file), () => sha256(resourceBytes(file)));

/** Distinct files of the predictors that a request's objectives and constraints use, in order. */
export function predictorPins(request: Asking): PinnedFile[] {
  return filesAsked(request).map((file) => ({ file, key: keyOf(file) }));
}

type Asking = Pick<ScoringRequest, 'objectives' | 'constraints'>;

function filesAsked({ objectives, constraints }: Asking): string[] {
  return [...new Set([...objectives, ...constraints].flatMap(filesOf))].sort();
}

function filesOf({ id, parameters }: ObjectiveRequest): string[] {
  if (id === predicted.id) return [String(parameters.model)];
  const model = catalogue.find((one) => one.id === id)?.model;
  return model === undefined
    ? []
    : readdirSync(join(modelsFolder, model))
        .filter((file) => WEIGHTS.has(extname(file)))
        .map((file) => `${model}/${file}`);
}

/**
 * @throws ContractError 'conflict' if a predictor is missing or has changed. Runs from before pins existed are not
 * checked.
 */
export function requirePinned({ id, predictors }: Pick<Run, 'id' | 'predictors'>): void {
  for (const { file, key } of predictors ?? []) {
    if (!existsSync(placeOf(file))) throw refused(id, file, `is missing. Restore it (SHA-256 ${key})`);
    const now = keyOf(file);
    if (now !== key)
      throw refused(
        id,
        file,
        `has changed since the run began (SHA-256 was ${key}, is now ${now}), so new scores would not be comparable with those of the run. Restore the original file`,
      );
  }
}

/**
 * The pins of a run that matter for a question about its candidates: those of predictors that its own goals use.
 * @throws ContractError as `requirePinned`
 */
export function pinnedFor({ id, predictors }: Pick<Run, 'id' | 'predictors'>, request: Asking): PinnedFile[] {
  const asked = new Set(filesAsked(request));
  const pins = (predictors ?? []).filter(({ file }) => asked.has(file));
  requirePinned({ id, predictors: pins });
  return pins;
}

function refused(runId: number, file: string, what: string): ContractError {
  const whose = isAbsolute(file)
    ? `The predictor "${basename(file, MODEL_ENDING)}" of run ${runId} (${file})`
    : `The shipped predictor ${file} of run ${runId}`;
  return new ContractError(
    'conflict',
    `${whose} ${what}, or start a new run of the design. Everything that run ${runId} has found is kept.`,
  );
}

/**
 * Reads as `readResource` does, but refuses a pinned file that has changed, which a worker that starts during a run
 * would not notice.
 */
export function readPinned(pins: readonly PinnedFile[]): ReadResource {
  const expected = new Map(pins.map(({ file, key }) => [file, key]));
  return (file) => {
    const key = expected.get(file);
    if (key === undefined) return readResource(file);
    const bytes = resourceBytes(file);
    if (sha256(bytes) !== key)
      throw new Error(
        `The file ${file} has changed since the run began. Restore the original file, or start a new run.`,
      );
    return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  };
}

/**
 * Short text of the predictors; null if there are none, or none are known. One entry per model, with the first 12
 * digits of its SHA-256; for a model in several files, of their concatenated digests.
 */
export function pinsInWords(predictors: readonly PinnedFile[] | null): string | null {
  if (predictors === null || predictors.length === 0) return null;
  const byModel = new Map<string, string[]>();
  for (const { file, key } of predictors) {
    const model = isAbsolute(file) ? file : file.split('/')[0];
    byModel.set(model, [...(byModel.get(model) ?? []), key]);
  }
  const digest = (of: readonly string[]) => (of.length === 1 ? of[0] : sha256(Buffer.from(of.join('')))).slice(0, 12);
  return [...byModel].map(([model, of]) => `${basename(model, MODEL_ENDING)} ${digest(of)}`).join('; ');
}
