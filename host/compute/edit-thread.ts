/** The thread that makes children of a run's sequences. It starts with the first request, as most designs make none. */
import type { MakeChildren } from '../../engine/learn/children.ts';
import { RequestThread } from '../workers/request-thread.ts';
import type { EditAnswer, EditQuestion, EditWorkerData } from './edit-messages.ts';

export class EditThread {
  readonly #data: EditWorkerData;
  #thread: RequestThread<EditQuestion, EditAnswer> | null = null;

  constructor(data: EditWorkerData) {
    this.#data = data;
  }

  /** @throws why the thread could not start, or was lost */
  children: MakeChildren = (requests) => {
    this.#thread ??= new RequestThread({ script: 'edit-worker.js', data: this.#data, name: 'The editing thread' });
    return this.#thread.ask(requests);
  };

  async dispose(): Promise<void> {
    await this.#thread?.end();
  }
}
