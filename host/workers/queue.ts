/** Work that waits its turn: one piece after another, or one piece for each free worker. */

/** Runs one piece of work at a time, in the order of the calls. A piece that fails does not hold up the next. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T> | T): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when everything that was asked for until now has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}

/** Workers that are alike: each piece of work gets the next free one, first come first served. */
export class WorkerPool<Worker> {
  readonly workers: readonly Worker[];
  readonly #idle: Worker[];
  readonly #waiting: ((worker: Worker) => void)[] = [];

  /** @param workers at least one */
  constructor(workers: readonly Worker[]) {
    this.workers = workers;
    this.#idle = [...workers];
  }

  async use<T>(work: (worker: Worker) => Promise<T>): Promise<T> {
    const worker = this.#idle.pop() ?? (await new Promise<Worker>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(worker);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(worker);
      else this.#idle.push(worker);
    }
  }
}
