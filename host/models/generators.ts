/** Generators on this machine: shipped ones, the user's in the data folder, and any file. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import type { Problem } from '../../contract/api.ts';
import { modalityWords } from '../../engine/base/modality.ts';
import { nearest } from '../../engine/base/nearest.ts';
import {
  decoderShape,
  type Generator,
  type GeneratorConfig,
  readGenerator,
} from '../../engine/generator/checkpoint.ts';
import { decoderParameters } from '../../engine/generator/decoder.ts';
import { parameterCount } from '../../engine/generator/parameters.ts';
import { CheckpointError } from '../../engine/generator/safetensors.ts';
import { InputError } from '../base/errors.ts';
import { modelsFolder } from '../base/paths.ts';
import { sha256 } from '../base/sha256.ts';
import { ensureUserModels, FileCache, keptName, MODEL_ENDING, safetensorsIn, userModelsFolder } from './folders.ts';
import { isPredictorFile } from './predictors.ts';

export interface Model {
  /** The name in a design. */
  readonly name: string;
  readonly file: string;
  /** False if it was given as a file. */
  readonly isNamed: boolean;
  readonly generator: Generator;
  /** SHA-256 of the file, hexadecimal. */
  readonly key: string;
  readonly bytes: number;
}

/** Names of the generators that a design can name, with their files. */
export function modelFiles(): ReadonlyMap<string, string> {
  const files = [
    ...safetensorsIn(modelsFolder),
    ...safetensorsIn(userModelsFolder()).filter((file) => !isPredictorFile(file)),
  ];
  return new Map(files.map((file) => [basename(file, MODEL_ENDING), file]));
}

/**
 * The file in which a generator of the user is stored; makes the folder. @throws InputError for an invalid name, or the
 * name of another model
 */
export function keptModelFile(name: string): string {
  const file = join(ensureUserModels(), `${keptName(name, 'generator')}${MODEL_ENDING}`);
  if (existsSync(file) && isPredictorFile(file))
    throw new InputError(`One of your predictors is already named "${name}". Choose a different name.`);
  if (safetensorsIn(modelsFolder).some((shipped) => basename(shipped, MODEL_ENDING) === name))
    throw new InputError(`A generator that comes with Amalgam is named "${name}". Choose a different name.`);
  return file;
}

const cache = new FileCache<Model>();

/**
 * @param nameOrFile name of a known generator, or a file
 * @throws InputError if there is none, or if the file is damaged
 */
export function loadModel(nameOrFile: string): Model {
  const file = locate(nameOrFile);
  return cache.get(file, () => readModel(nameOrFile, file));
}

function locate(nameOrFile: string): string {
  const files = modelFiles();
  const file = files.get(nameOrFile) ?? resolve(nameOrFile);
  if (existsSync(file) && statSync(file).isFile()) return file;
  const names = [...files.keys()];
  const near = nearest(nameOrFile, names);
  const known = names.length === 0 ? ' No generator is installed.' : ` Known: ${names.join(', ')}.`;
  throw new InputError(`There is no generator "${nameOrFile}", and no such file.${known}`, [
    {
      path: 'prior',
      message: `There is no generator "${nameOrFile}", and no such file.${known}`,
      ...(near !== undefined && extname(nameOrFile) === '' && { suggestion: near }),
    },
  ]);
}

function readModel(name: string, file: string): Model {
  const bytes = readFileSync(file);
  try {
    return {
      name,
      file,
      isNamed: modelFiles().has(name),
      generator: readGenerator(bytes),
      key: sha256(bytes),
      bytes: bytes.length,
    };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new InputError(`${file} cannot be used as a generator. ${error.message}`, [
      { path: 'prior', message: `${file} cannot be used as a generator. ${error.message}` },
    ]);
  }
}

/** Number of parameters of a generator. */
export function modelParameters({ generator }: Model): number {
  return parameterCount(decoderParameters(decoderShape(generator.config)));
}

/** Shape and vocabulary of a prior; null if it cannot be used. */
export function configOf(prior: string): GeneratorConfig | null {
  try {
    return loadModel(prior).generator.config;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
}

/** What is wrong with a design's prior; null if it can be used. */
export function priorProblem(prior: string, modality: 'molecule' | 'dna'): Omit<Problem, 'path'> | null {
  try {
    const { config } = loadModel(prior).generator;
    return config.modality === modality
      ? null
      : {
          message: `"${prior}" generates ${modalityWords[config.modality].kind}, but the design is for ${modalityWords[modality].kind}.`,
        };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [{ message, suggestion }] = error.problems;
    return { message, ...(suggestion !== undefined && { suggestion }) };
  }
}
