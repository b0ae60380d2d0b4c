/** The compute process's questions to the host's external scorers. Answers may arrive in any order. */
import type { RawScores } from '../../engine/objectives/types.ts';
import type { ExternalScores } from '../external/external-scorers.ts';
import { Requests } from '../workers/requests.ts';
import type { AskExternal } from './messages.ts';

export class ExternalClient {
  readonly #requests = new Requests<RawScores[]>();
  readonly #send: (message: AskExternal) => Promise<void>;

  constructor(send: (message: AskExternal) => Promise<void>) {
    this.#send = send;
  }

  score: ExternalScores = (sequences) =>
    this.#requests.ask((id) => this.#send({ type: 'ask-external', id, sequences }));

  take: Requests<RawScores[]>['take'] = (reply) => this.#requests.take(reply);
}
