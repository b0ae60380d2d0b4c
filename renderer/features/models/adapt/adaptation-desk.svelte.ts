/** @file A file of the user's sequences during the adaptation of a generator: chosen, inspected, trained on, stored. */
import type { AdaptationState, SequencesInfo } from '../../../../contract/api.ts';
import { base64 } from '../../../lib/base64.ts';
import type { Client } from '../../../link/client.ts';
import { expectSendable, TrainingDesk } from '../training-desk.svelte.ts';

export class AdaptationDesk extends TrainingDesk<AdaptationState> {
  #info: SequencesInfo | null = $state.raw(null);
  #prior: string | null = $state(null);
  #passes = $state(NaN);
  /** The last chosen file. It must be sent again to a restarted host. */
  #file: File | undefined;

  constructor(client: Client) {
    super(client, {
      read: () => client.invoke('adaptation.state', {}),
      watch: (listener) => client.subscribe('adaptation', {}, listener),
      cancel: () => client.invoke('adaptation.cancel', {}),
    });
  }

  /** What was read of the file; null before one is chosen. */
  get info(): SequencesInfo | null {
    return this.#info;
  }

  /** The generator to adapt; null before one is chosen. */
  get prior(): string | null {
    return this.#prior;
  }

  /** Passes over the data; NaN for the number that suits them. */
  get passes(): number {
    return this.#passes;
  }

  set passes(passes: number) {
    this.#passes = passes;
  }

  /**
   * @throws ContractError if the open file does not fit the generator; the generator stays chosen, and the file has to
   * be chosen again
   */
  async choosePrior(prior: string): Promise<void> {
    this.#prior = prior;
    if (this.#info === null) return;
    this.#info = null;
    await this.whileOpening(async () => (this.#info = await this.client.invoke('adaptation.reopen', { prior })));
  }

  /** @throws ContractError if the file cannot be learnt from; Error if it is too large to send */
  async open(file: File): Promise<void> {
    expectSendable(file, 'Adapt with “amalgam pretrain --from” on the command line.');
    const prior = this.#prior;
    if (prior === null) throw new Error('Choose a generator first.');
    await this.#send(prior, file);
    this.#file = file;
  }

  async start(): Promise<void> {
    const passes = Number.isNaN(this.#passes) ? {} : { passes: this.#passes };
    this.state.set(await this.client.invoke('adaptation.start', passes));
  }

  async keep(name: string): Promise<void> {
    this.state.set(await this.client.invoke('adaptation.keep', { name }));
  }

  async #send(prior: string, file: File): Promise<void> {
    await this.whileOpening(async () => {
      const content = await base64(file);
      this.#info = await this.client.invoke('adaptation.open', { prior, name: file.name, content });
    });
  }

  /** If that fails, the file is no longer shown as chosen. */
  protected async remind(): Promise<void> {
    const [file, prior] = [this.#file, this.#prior];
    if (file === undefined || prior === null || this.#info === null) return;
    await this.client
      .invoke('adaptation.reopen', { prior })
      .catch(() => this.#send(prior, file))
      .catch(() => (this.#info = null));
  }
}
