/**
 * Asks a compute process of its own, one question at a time. Its messages have no numbers, so each message is the
 * answer to the open question.
 */
import { ContractError } from '../../contract/api.ts';
import { revived } from '../workers/failure.ts';
import { Requests } from '../workers/requests.ts';
import type { FromCompute, ToCompute } from './messages.ts';
import { ComputeProcess, type Scorers } from './process.ts';

export class Channel {
  readonly process: ComputeProcess;
  readonly #requests = new Requests<FromCompute>();
  #asked = 0;

  /** @param scorers external scorers of the process */
  constructor(scorers: Scorers | null = null) {
    this.process = new ComputeProcess(
      {
        message: (message) => {
          if (message.type === 'failed') this.#requests.fail(this.#asked, revived(message.error));
          else this.#requests.answer(this.#asked, message);
        },
        lost: (why) => this.#requests.lose(new ContractError('failed', `${why} Try again.`)),
      },
      scorers,
    );
  }

  get lost(): boolean {
    return this.#requests.lost !== null;
  }

  ask(message: ToCompute): Promise<FromCompute> {
    return this.#requests.ask((id) => {
      this.#asked = id;
      this.process.send(message);
    });
  }
}
