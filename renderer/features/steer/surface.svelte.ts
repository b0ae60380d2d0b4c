/** @file The measured surface of a run's experts over merge weights, and its measurement in progress. */
import type { ContractError, Surface, SurfaceState } from '../../../contract/api.ts';
import { asContractError, type Client } from '../../link/client.ts';
import { Resource } from '../../state/resource.svelte.ts';

export class MeasuredSurface {
  readonly runId: number;
  readonly resource: Resource<SurfaceState>;
  #client: Client;
  #error: ContractError | undefined = $state.raw();
  /** Reach of the last requested measurement. */
  #reach: number | undefined;

  constructor(client: Client, runId: number) {
    this.#client = client;
    this.runId = runId;
    this.resource = new Resource(() => client.invoke('surface.get', { runId }));
  }

  /** Settings measured so far; null before the first one. */
  get surface(): Surface | null {
    return this.resource.value?.surface ?? null;
  }

  get job(): SurfaceState['job'] {
    return this.resource.value?.job ?? null;
  }

  /** Whether settings are missing, or the run has continued since. */
  get isPart(): boolean {
    const { surface } = this;
    return surface !== null && (surface.outdated || surface.measured.length < surface.settings);
  }

  /** Why the last requested measurement did not start. */
  get error(): ContractError | undefined {
    return this.#error;
  }

  /**
   * Reads the surface and follows its measurement. A measurement that ended with its host continues.
   * @returns a function that stops following
   */
  follow(): () => void {
    const end = this.#client.subscribe('surface', { runId: this.runId }, (state) => this.resource.set(state));
    void this.#catchUp();
    return end;
  }

  /** Never rejects; failures are in `error`. */
  async measure(reach: number): Promise<void> {
    this.#reach = reach;
    this.#error = undefined;
    try {
      this.resource.set(await this.#client.invoke('surface.measure', { runId: this.runId, reach }));
    } catch (error) {
      this.#error = asContractError(error);
    }
  }

  /** Repeats a request that failed, unless the host received it after all. */
  async retry(): Promise<void> {
    await this.resource.refresh();
    if (this.job !== null) this.#error = undefined;
    else if (this.#reach !== undefined) await this.measure(this.#reach);
  }

  async cancel(): Promise<void> {
    this.resource.set(await this.#client.invoke('surface.cancel', { runId: this.runId }));
  }

  async #catchUp(): Promise<void> {
    const reach = this.job === null ? undefined : this.surface?.reach;
    await this.resource.refresh();
    const { value, error } = this.resource;
    const hasEnded = error === undefined && this.job === null && value?.problem === null;
    if (reach !== undefined && hasEnded && this.isPart) await this.measure(reach);
  }
}
