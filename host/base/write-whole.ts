/** Writes a file so that a crash leaves either the old file or the new one, never a part. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { InputError } from './errors.ts';

/**
 * @param mode of a new file; 0o600 is for the user alone
 * @throws InputError if it cannot be written; the old file is then unchanged
 */
export function writeWhole(path: string, bytes: Uint8Array, mode = 0o666): void {
  const beside = `${path}.part`;
  try {
    const file = openSync(beside, 'w', mode);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new InputError(`Cannot write ${path}: ${(error as Error).message}.`);
  }
}
