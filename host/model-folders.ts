/** @file Where generators and predictors lie. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './paths.ts';

export const MODEL_ENDING = '.safetensors';

/** Where the user's own generators and predictors are kept. */
export const userModelsFolder = (): string => join(dataFolder(), 'models');

/** Models of a folder, by name; none where there is no such folder. */
export function safetensorsIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(MODEL_ENDING)).sort().map((file) => join(folder, file)) : [];
}

/** Makes the user's folder of models where it is missing. @returns it */
export function ensureUserModels(): string {
  mkdirSync(userModelsFolder(), { recursive: true });
  return userModelsFolder();
}
