/** A text file, or stdout, that is written piece by piece and says clearly when it cannot. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { InputError } from './errors.ts';

export class OutputFile {
  readonly #stream: Writable;
  readonly #isFile: boolean;
  readonly #broken: Promise<never>;

  /** @param path '-' for stdout */
  constructor(path: string) {
    this.#isFile = path !== '-';
    this.#stream = this.#isFile ? createWriteStream(path) : process.stdout;
    this.#broken = once(this.#stream, 'error').then(([error]) => {
      throw new InputError(`${path} cannot be written: ${(error as Error).message}.`);
    });
    // Whoever writes or closes sees the failure; until then it is not an unhandled one.
    this.#broken.catch(() => undefined);
  }

  /** Resolves when there is room for more. @throws InputError where the file cannot be written */
  async write(text: string): Promise<void> {
    if (!this.#stream.write(text)) await Promise.race([once(this.#stream, 'drain'), this.#broken]);
  }

  /** Resolves when everything is on disk. @throws InputError where it could not be written */
  async close(): Promise<void> {
    if (this.#isFile) await Promise.race([finished(this.#stream.end()), this.#broken]);
  }
}
