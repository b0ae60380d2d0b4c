/** @file Exports that the host makes, with their progress if structures are embedded in 3D. */
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

  /** The 3D export in progress; null if there is none. */
  get running(): Extract<ExportState, { state: 'running' }> | null {
    return this.#state.value?.state === 'running' ? this.#state.value : null;
  }

  /** While an export that this view requested is in progress. */
  get busy(): boolean {
    return this.#busy;
  }

  /** @returns a function that stops following */
  follow(): () => void {
    const end = this.#client.subscribe('export', {}, (event) => this.#state.set(event));
    void this.#state.refresh();
    return end;
  }

  /**
   * @returns null if it was stopped
   * @throws ContractError
   */
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
