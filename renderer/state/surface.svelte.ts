/** @file The measured surface of a run: what its experts give over merge weights, and the measurement under way. */
import type { Surface, SurfaceState } from '../../contract/api.ts';
import type { Client } from '../client.ts';
import { Resource } from './resource.svelte.ts';

export class MeasuredSurface {
  readonly runId: number;
  readonly resource: Resource<SurfaceState>;
  #client: Client;

  constructor(client: Client, runId: number) {
    this.#client = client;
    this.runId = runId;
    this.resource = new Resource(() => client.invoke('surface.get', { runId }));
  }

  /** Measured so far; null before the first setting. */
  get surface(): Surface | null {
    return this.resource.value?.surface ?? null;
  }

  get job(): SurfaceState['job'] {
    return this.resource.value?.job ?? null;
  }

  /** Not every setting is measured, or the run has gone on since. */
  get isPart(): boolean {
    const { surface } = this;
    return surface !== null && (surface.outdated || surface.measured.length < surface.settings);
  }

  /** Reads it and follows the measurement. @returns a function that stops following */
  follow(): () => void {
    const end = this.#client.subscribe('surface', { runId: this.runId }, (state) => this.resource.set(state));
    void this.resource.refresh();
    return end;
  }

  async measure(reach: number): Promise<void> {
    this.resource.set(await this.#client.invoke('surface.measure', { runId: this.runId, reach }));
  }

  async cancel(): Promise<void> {
    this.resource.set(await this.#client.invoke('surface.cancel', { runId: this.runId }));
  }
}
