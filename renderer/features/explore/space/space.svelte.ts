/**
 * @file Similarity of a run's candidates: their fingerprints, read once, and the maps and clusters derived from them.
 */
import type { Client } from '../../../link/client.ts';
import { type ApplicabilitySource, SpaceApplicability } from '../filters/applicability.svelte.ts';
import { type Fingerprints, FingerprintStretches } from './fingerprints.ts';
import { runInWorker, type RunJob } from './jobs.ts';
import type { Progress } from './pca.ts';
import { type ClusterSource, SpaceClusters } from './space-clusters.svelte.ts';
import { SpaceMap } from './space-map.svelte.ts';
import { type ScaffoldSource, SpaceScaffolds } from './space-scaffolds.svelte.ts';
import type { SpaceWork } from './space-work.ts';

/** Candidates per request, which takes about a second if they have to be computed. */
const stretch = 4096;

export class Space implements SpaceWork {
  readonly map: SpaceMap;
  readonly clusters: SpaceClusters;
  readonly scaffolds: SpaceScaffolds;
  readonly applicability: SpaceApplicability;
  readonly runJob: RunJob;
  #client: Client;
  #of: ClusterSource & ScaffoldSource & ApplicabilitySource;
  #stretches = new FingerprintStretches();
  #whole: Fingerprints | undefined;
  #reading: Promise<void> | undefined;

  constructor(client: Client, of: ClusterSource & ScaffoldSource & ApplicabilitySource, runJob: RunJob = runInWorker) {
    this.#client = client;
    this.#of = of;
    this.runJob = runJob;
    this.map = new SpaceMap(this, of);
    this.clusters = new SpaceClusters(this, of);
    this.scaffolds = new SpaceScaffolds(client, of);
    this.applicability = new SpaceApplicability(client, of);
  }

  async fingerprints(progress: Progress, signal: AbortSignal): Promise<Fingerprints> {
    const { count } = this.#of;
    while (this.#stretches.count < count) {
      progress(this.#stretches.count / count);
      // Concurrent callers that need the same batch share the request.
      this.#reading ??= this.#next(count).finally(() => (this.#reading = undefined));
      await this.#reading;
      signal.throwIfAborted();
    }
    if (this.#whole?.count !== this.#stretches.count) this.#whole = this.#stretches.fingerprints;
    return this.#whole as Fingerprints;
  }

  async #next(count: number): Promise<void> {
    const from = this.#stretches.count;
    this.#stretches.add(
      await this.#client.invoke('space.fingerprints', {
        runId: this.#of.runId,
        from,
        limit: Math.min(stretch, count - from),
      }),
    );
  }
}
