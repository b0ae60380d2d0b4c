/** @file Folders of generators and predictors. */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../base/errors.ts';
import { dataFolder } from '../base/paths.ts';

export const MODEL_ENDING = '.safetensors';

/** The folder of the user's generators and predictors. */
export const userModelsFolder = (): string => join(dataFolder(), 'models');

/** Models in a folder, by name; none if the folder does not exist. */
export function safetensorsIn(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(MODEL_ENDING))
        .sort()
        .map((file) => join(folder, file))
    : [];
}

/** Makes the user's folder of models if it is missing. @returns the folder */
export function ensureUserModels(): string {
  mkdirSync(userModelsFolder(), { recursive: true });
  return userModelsFolder();
}

/** Windows reserves these names for devices, whatever the extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * @param kind of the model, for the message
 * @returns the name
 * @throws InputError for a name that no file can have
 */
export function keptName(name: string, kind: 'generator' | 'predictor'): string {
  if (DEVICES.test(name))
    throw new InputError(`"${name}" is reserved on Windows and cannot be the name of a file. Use "my ${name}".`);
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,80}$/u.test(name)) return name;
  throw new InputError(
    `"${name}" is not a valid name for a ${kind}. Use at most 81 letters, digits, spaces, dots, hyphens and underscores, starting with a letter or digit.`,
  );
}

/**
 * Remembers what was read from files until they change, because a check of a design needs the same generator and
 * predictors many times.
 */
export class FileCache<T> {
  readonly #known = new Map<string, { readonly stamp: string; readonly value: T }>();

  /** @param read its failures are not remembered */
  get(file: string, read: () => T): T {
    const { size, mtimeMs } = statSync(file);
    const stamp = `${size} ${mtimeMs}`;
    const known = this.#known.get(file);
    if (known?.stamp === stamp) return known.value;
    const value = read();
    this.#known.set(file, { stamp, value });
    return value;
  }
}
