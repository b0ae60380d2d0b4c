/** @file The map of a run's candidates, calculated once and kept while the window shows the run. */
import { Task } from '../../../state/task.svelte.ts';
import type { Placed } from './jobs.ts';
import { mostInUmap, sampleOf } from './sample.ts';
import type { SpaceSource, SpaceWork } from './space-work.ts';

/**
 * `pca`: all candidates along the two directions in which they differ most. `umap`: a sample whose neighbourhoods are
 * preserved.
 */
export type MapMethod = 'pca' | 'umap';

export interface MadeMap extends Placed {
  readonly method: MapMethod;
  /** Candidates that there were, and those that it was made from. */
  readonly from: number;
  readonly placed: number;
}

export class SpaceMap {
  readonly task = new Task();
  #work: SpaceWork;
  #of: SpaceSource;
  #method: MapMethod = $state('pca');
  #maps: Readonly<Partial<Record<MapMethod, MadeMap>>> = $state.raw({});
  #tooFew = $state(false);

  constructor(work: SpaceWork, of: SpaceSource) {
    this.#work = work;
    this.#of = of;
  }

  get method(): MapMethod {
    return this.#method;
  }

  /** The map of the current method, once it is calculated. */
  get made(): MadeMap | undefined {
    return this.#maps[this.#method];
  }

  /** Whether there were too few different candidates for the current method. */
  get tooFew(): boolean {
    return this.#tooFew;
  }

  /** Shows the map of a method, and calculates it if necessary. */
  async choose(method: MapMethod): Promise<void> {
    this.#method = method;
    this.#tooFew = false;
    this.task.cancel();
    if (this.made === undefined) await this.make();
  }

  /**
   * Calculates the map again with the current method, from all candidates or from a sample of those that pass the
   * filters.
   */
  async make(): Promise<void> {
    const [method, from] = [this.#method, this.#of.count];
    const numbers = sampleOf(this.#of.shown, mostInUmap);
    await this.task.run(async (signal) => {
      const fingerprints = await this.#work.fingerprints(
        (share) => this.task.step('Reading fingerprints', share),
        signal,
      );
      const lay = (share: number): void => this.task.step('Computing the map', share);
      const placed =
        method === 'pca'
          ? await this.#work.runJob('pca', { fingerprints }, lay, signal)
          : await this.#work.runJob('umap', { fingerprints, numbers }, lay, signal);
      this.#tooFew = placed === null;
      if (placed !== null)
        this.#maps = { ...this.#maps, [method]: { ...placed, method, from, placed: countOf(placed.x) } };
    });
  }
}

const countOf = (values: Float32Array): number => values.reduce((sum, value) => sum + Number(!Number.isNaN(value)), 0);
