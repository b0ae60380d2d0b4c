/** Ends what is costly to start once nobody has used it for a while. */
export class IdleTimer {
  readonly #ms: number;
  readonly #end: () => Promise<void>;
  #users = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param ms from the end of the last use to `end` */
  constructor(ms: number, end: () => Promise<void>) {
    this.#ms = ms;
    this.#end = end;
  }

  /** Nothing ends while work is under way. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.stop();
    this.#users++;
    try {
      return await work();
    } finally {
      if (--this.#users === 0) this.#timer = setTimeout(() => void this.#end(), this.#ms).unref();
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
