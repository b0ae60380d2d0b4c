/** @file Design files on their way to the list of designs, which adds them. */

import { fileText } from '../lib/file-text.ts';

export interface DesignFile {
  readonly name: string;
  text(): Promise<string>;
}

/** A file that the user chose or dropped, in whatever encoding it has. */
export const chosenFile = (file: File): DesignFile => ({ name: file.name, text: () => fileText(file) });

export class DesignFiles {
  #waiting: readonly DesignFile[] = $state.raw([]);

  get waiting(): readonly DesignFile[] {
    return this.#waiting;
  }

  add(files: readonly DesignFile[]): void {
    this.#waiting = [...this.#waiting, ...files];
  }

  take(): readonly DesignFile[] {
    const files = this.#waiting;
    this.#waiting = [];
    return files;
  }
}
