/** A process of the host's own that answers questions. */
import { Child } from './child.ts';
import { type Port, type Question, type Reply, type RequestOptions, Requests } from './requests.ts';

export class RequestProcess<Q, Answer, Progress = never> {
  readonly #child: Child;
  readonly #requests = new Requests<Answer, Progress>();

  /** @param script under dist/host @param name as it starts a sentence: "The training process" */
  constructor(script: string, name: string) {
    this.#child = new Child({
      script,
      name,
      onMessage: (message) => this.#requests.take(message as Reply<Answer, Progress>),
      onEnd: (why) => this.#requests.lose(new Error(`${why} Try again.`)),
    });
  }

  /** Whether it has ended. */
  get gone(): boolean {
    return this.#requests.lost !== null;
  }

  /** @throws Error with the name and message of what went wrong there, or that it ended */
  ask(question: Q, options?: RequestOptions<Progress>): Promise<Answer> {
    return this.#requests.ask((id) => this.#child.send({ id, question } satisfies Question<Q>), options);
  }

  /** At once, whatever is under way. */
  async end(): Promise<void> {
    await this.#child.end();
  }
}

/** The process's side of its channel. It ends with its parent. */
export const processPort: Port = {
  on: (hear) => {
    process.on('message', hear);
    process.on('disconnect', () => process.exit(0));
    // A terminal's Ctrl-C goes to the whole group: the host decides what becomes of the work.
    process.on('SIGINT', () => undefined);
  },
  post: (reply) => void process.send?.(reply),
};
