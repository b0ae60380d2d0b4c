/**
 * @file Files that the window uploads: kept in a temporary folder while they are in use. Messages show their original
 * names.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, sep } from 'node:path';
import { ContractError } from '../../contract/api.ts';
import { InputError } from '../base/errors.ts';

export interface GivenFile {
  /** The original file name. */
  readonly name: string;
  readonly file: string;
}

export class GivenFiles {
  /** Created for the first file. */
  #folder: string | null = null;
  #taken = 0;

  /** @param name shows the format; it is a file name and not a path @param content base 64 */
  take(name: string, content: string): GivenFile {
    const own = basename(name);
    // Each file has its own folder, so that it keeps its name.
    const folder = join(this.#place(), String(this.#taken++));
    mkdirSync(folder);
    const given = { name: own, file: join(folder, own.replace(/[^\w.-]/g, '_')) };
    writeFileSync(given.file, Buffer.from(content, 'base64'));
    return given;
  }

  /** Replaces paths in a text by the original file names. */
  named(text: string): string {
    return text
      .split(join(this.#place(), sep))
      .map((part, i) => (i === 0 ? part : part.replace(/^\d+./, '')))
      .join('');
  }

  /** An error of another process, for the user. */
  refusal(error: Error): ContractError {
    const text = this.named(error.message);
    return error.name === 'InputError' ? new InputError(text) : new ContractError('failed', text);
  }

  remove(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }

  #place(): string {
    return (this.#folder ??= mkdtempSync(join(tmpdir(), 'amalgam-files-')));
  }
}
