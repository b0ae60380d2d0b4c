/**
 * A text file, or stdout, that is written piece by piece. It reports clearly if it cannot be written, and appears only
 * when it is complete: until then it has a temporary name beside its final one, and is deleted when the process ends,
 * also by Ctrl-C.
 */
import { once } from 'node:events';
import { createWriteStream, existsSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { InputError } from './errors.ts';

export class OutputFile {
  readonly #path: string;
  /** The temporary file; null for stdout, pipes and devices. */
  readonly #beside: string | null;
  readonly #stream: Writable;
  readonly #broken: Promise<never>;
  readonly #discard = () => {
    if (this.#beside !== null) rmSync(this.#beside, { force: true });
  };

  /** @param path '-' for stdout */
  constructor(path: string) {
    this.#path = path === '-' || !existsSync(path) ? path : realpathSync(path);
    this.#beside = isPlain(this.#path) ? `${this.#path}.part` : null;
    this.#stream = path === '-' ? process.stdout : createWriteStream(this.#beside ?? this.#path);
    this.#broken = once(this.#stream, 'error').then(([error]) => {
      throw new InputError(`Cannot write ${path}: ${(error as Error).message}.`);
    });
    // Whoever writes or closes gets the failure. Until then it must not count as unhandled.
    this.#broken.catch(() => undefined);
    process.once('exit', this.#discard);
  }

  /** Resolves when there is room for more. @throws InputError if the file cannot be written */
  async write(text: string): Promise<void> {
    if (!this.#stream.write(text)) await Promise.race([once(this.#stream, 'drain'), this.#broken]);
  }

  /** Resolves when the file has its final name. @throws InputError if it could not be written */
  async close(): Promise<void> {
    if (this.#path !== '-') await Promise.race([finished(this.#stream.end()), this.#broken]);
    if (this.#beside !== null) renameSync(this.#beside, this.#path);
    process.off('exit', this.#discard);
  }
}

/** Pipes and devices, such as /dev/null, are written directly. */
function isPlain(path: string): boolean {
  return path !== '-' && (!existsSync(path) || statSync(path).isFile());
}
