/** @file Design files on their way to the list of designs, which adds them. */

/** As the browser's File has it. */
export interface DesignFile {
  readonly name: string;
  text(): Promise<string>;
}

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
