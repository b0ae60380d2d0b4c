/**
 * @file The common part of all trainings of the user's models. Files are sent to the host, which trains in the
 * background. Its state is followed, and the files are sent again to a restarted host. `adapt/` and `train/` define
 * what is trained, and on what.
 */
import { type AdaptationState, LARGEST_TABLE, type TrainingState } from '../../../contract/api.ts';
import type { Client } from '../../link/client.ts';
import { Resource } from '../../state/resource.svelte.ts';

/** A training, as its page needs it. */
export interface BackgroundTraining {
  /**
   * Called again once the host responds after a lost connection.
   * @returns a function that stops following
   */
  follow(): () => void;
  start(): Promise<void>;
  cancel(): Promise<void>;
}

/** The host's methods for one kind of training. */
interface TrainingHost<State> {
  read(): Promise<State>;
  watch(listener: (state: State) => void): () => void;
  cancel(): Promise<State>;
}

export abstract class TrainingDesk<State extends AdaptationState | TrainingState> implements BackgroundTraining {
  protected readonly client: Client;
  readonly state: Resource<State>;
  #host: TrainingHost<State>;
  #opening = $state(false);

  constructor(client: Client, host: TrainingHost<State>) {
    this.client = client;
    this.#host = host;
    this.state = new Resource(() => host.read());
  }

  /** While a file is sent and read. */
  get opening(): boolean {
    return this.#opening;
  }

  get running(): boolean {
    return this.state.value?.state === 'running';
  }

  follow(): () => void {
    const end = this.#host.watch((state) => this.state.set(state));
    void this.state.refresh().then(() => (this.running ? undefined : this.remind()));
    return end;
  }

  abstract start(): Promise<void>;

  async cancel(): Promise<void> {
    this.state.set(await this.#host.cancel());
  }

  /** Sends the files again to a host that no longer has them. */
  protected abstract remind(): Promise<void>;

  protected async whileOpening(work: () => Promise<unknown>): Promise<void> {
    this.#opening = true;
    try {
      await work();
    } finally {
      this.#opening = false;
    }
  }
}

/**
 * @param instead what the user can do with a larger file
 * @throws Error if the file is too large to send
 */
export function expectSendable(file: File, instead: string): void {
  if (file.size > LARGEST_TABLE) throw new Error(`“${file.name}” is larger than ${LARGEST_TABLE / 1e6} MB. ${instead}`);
}
