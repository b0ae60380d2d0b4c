/** @file A file of the user's sequences while a generator is adapted to it: chosen, looked into, trained on, kept. */
import { type AdaptationState, LARGEST_TABLE, type SequencesInfo } from '../../../../contract/api.ts';
import { base64 } from '../../../lib/base64.ts';
import type { Client } from '../../../link/client.ts';
import { Resource } from '../../../state/resource.svelte.ts';

export class AdaptationDesk {
  #client: Client;
  readonly state: Resource<AdaptationState>;
  #info: SequencesInfo | null = $state.raw(null);
  #prior: string | null = $state(null);
  #passes = $state(NaN);
  #opening = $state(false);
  /** Chosen last: a host that was started again has to be sent it again. */
  #file: File | undefined;

  constructor(client: Client) {
    this.#client = client;
    this.state = new Resource(() => client.invoke('adaptation.state', {}));
  }

  /** What was read of the file; null before one is chosen. */
  get info(): SequencesInfo | null {
    return this.#info;
  }

  /** The generator that is to be adapted; null before one is chosen. */
  get prior(): string | null {
    return this.#prior;
  }

  /** While a file is sent and read. */
  get opening(): boolean {
    return this.#opening;
  }

  /** Times that the data are read; NaN for what suits them. */
  get passes(): number {
    return this.#passes;
  }

  set passes(passes: number) {
    this.#passes = passes;
  }

  /** Called again once a lost host answers. @returns a function that stops following */
  follow(): () => void {
    const end = this.#client.subscribe('adaptation', {}, (event) => this.state.set(event));
    void this.state.refresh().then(() => this.#remind());
    return end;
  }

  /**
   * @throws ContractError where the open file does not fit it; the generator stays chosen, and the file has to be
   * chosen anew
   */
  async choosePrior(prior: string): Promise<void> {
    this.#prior = prior;
    if (this.#info === null) return;
    this.#info = null;
    await this.#busily(async () => (this.#info = await this.#client.invoke('adaptation.reopen', { prior })));
  }

  /** @throws ContractError for what cannot be learnt from; Error where it is too large to be sent */
  async open(file: File): Promise<void> {
    if (file.size > LARGEST_TABLE)
      throw new Error(
        `“${file.name}” is larger than ${LARGEST_TABLE / 1e6} MB. Adapt with “amalgam pretrain --from” on the command line.`,
      );
    const prior = this.#prior;
    if (prior === null) throw new Error('Choose a generator first.');
    await this.#send(prior, file);
    this.#file = file;
  }

  async start(): Promise<void> {
    this.state.set(
      await this.#client.invoke('adaptation.start', Number.isNaN(this.#passes) ? {} : { passes: this.#passes }),
    );
  }

  async cancel(): Promise<void> {
    this.state.set(await this.#client.invoke('adaptation.cancel', {}));
  }

  async keep(name: string): Promise<void> {
    this.state.set(await this.#client.invoke('adaptation.keep', { name }));
  }

  async #send(prior: string, file: File): Promise<void> {
    await this.#busily(
      async () =>
        (this.#info = await this.#client.invoke('adaptation.open', {
          prior,
          name: file.name,
          content: await base64(file),
        })),
    );
  }

  /** Sends the file again to a host that no longer has it; where that fails, it is no longer shown as chosen. */
  async #remind(): Promise<void> {
    const [file, prior] = [this.#file, this.#prior];
    if (file === undefined || prior === null || this.#info === null || this.state.value?.state === 'running') return;
    await this.#client
      .invoke('adaptation.reopen', { prior })
      .catch(() => this.#send(prior, file))
      .catch(() => (this.#info = null));
  }

  async #busily(work: () => Promise<unknown>): Promise<void> {
    this.#opening = true;
    try {
      await work();
    } finally {
      this.#opening = false;
    }
  }
}
