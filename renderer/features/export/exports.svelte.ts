/** @file A file of candidates, made by the host; where its structures are laid out in space, with its progress. */
import type { ExportState, Params, Result } from '../../../contract/api.ts';
import { asContractError, type Client } from '../../link/client.ts';
import { Resource } from '../../state/resource.svelte.ts';

export class ExportDesk {
  #client: Client;
  readonly #state: Resource<ExportState>;
  #busy = $state(false);

  constructor(client: Client) {
    this.#client = client;
    this.#state = new Resource(() => client.invoke('export.state', {}));
  }

  /** The file with structures in space that is in the making; null where none is. */
  get running(): Extract<ExportState, { state: 'running' }> | null {
    return this.#state.value?.state === 'running' ? this.#state.value : null;
  }

  /** While a file is made that this view has asked for. */
  get busy(): boolean {
    return this.#busy;
  }

  /** @returns a function that stops following */
  follow(): () => void {
    const end = this.#client.subscribe('export', {}, (event) => this.#state.set(event));
    void this.#state.refresh();
    return end;
  }

  /** @returns null where it was stopped on the way @throws ContractError */
  async make(request: Params<'export.make'>): Promise<Result<'export.make'> | null> {
    this.#busy = true;
    try {
      return await this.#client.invoke('export.make', request);
    } catch (error) {
      if (asContractError(error).code === 'cancelled') return null;
      throw error;
    } finally {
      this.#busy = false;
    }
  }

  async cancel(): Promise<void> {
    this.#state.set(await this.#client.invoke('export.cancel', {}));
  }
}
